#include "central/roles/hub.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/format/format.h"
#include "common/os/file.h"

#define REGISTER_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define REGISTER_ARENA_BYTES_MAX ((size_t)128 * 1024 * 1024)

/* The columns of the register as qingqu-provision writes it. */
enum column {
    SITE_ID,
    UNIT_CODE,
    NAME,
    KIND,
    DIVISION,
    USCC,
    SIGN_PUB,
    OPEN_PUB,
    REVOKED,
    COLUMN_COUNT
};

/* Key paths are relative to the register's folder. */
static struct str beside(const struct hub *h, struct arena *a, struct str path)
{
    struct str file = str_of(h->settings.sites_file);
    size_t slash = file.len;
    while (slash > 0 && file.ptr[slash - 1] != '/')
        slash--;
    if (str_starts(path, STR("/")) || slash == 0)
        return str_copy(a, path);
    return str_format(a, STR_FMT STR_FMT, STR_ARG(str_slice(file, 0, slash)), STR_ARG(path));
}

static struct hub_site site_of(const struct hub *h, struct arena *a, const struct format_row *row)
{
    return (struct hub_site){.id = str_copy(a, row->cells[SITE_ID]),
                             .unit_code = str_copy(a, row->cells[UNIT_CODE]),
                             .name = str_copy(a, row->cells[NAME]),
                             .kind = str_copy(a, row->cells[KIND]),
                             .sign_pub = beside(h, a, row->cells[SIGN_PUB]),
                             .open_pub = beside(h, a, row->cells[OPEN_PUB]),
                             .is_revoked = str_equal(row->cells[REVOKED], STR("1"))};
}

/* *out_* are written only when the whole file was read. */
static enum err read_rows(const struct hub *h, struct arena *a, struct hub_site **out_sites,
                          size_t *out_count)
{
    VEC(struct hub_site) sites = {0};
    struct format_bytes source = {.source = {.read = format_read_bytes}};
    struct problem_list problems;
    struct format *format = NULL;
    struct format_row row;
    enum err e;
    problem_list_init(&problems, a, 10);
    TRY(file_read(h->settings.sites_file, REGISTER_BYTES_MAX, a, &source.rest));
    if ((e = format_open(&source.source, a, &problems, &format)) != OK)
        return e;
    while ((e = format_next_row(format, &problems, &row)) == OK) {
        if (row.is_empty || row.number == 1)
            continue;
        if (row.is_damaged || row.count < COLUMN_COUNT || sites.count >= HUB_SITES_MAX) {
            e = fail(ERR_MALFORMED, "row %llu does not fit", (unsigned long long)row.number);
            break;
        }
        VEC_PUSH(&sites, a, site_of(h, a, &row));
    }
    format_close(format);
    if (e != ERR_MISSING)
        return e;
    *out_sites = sites.at;
    *out_count = sites.count;
    return OK;
}

enum err hub_read_sites(struct hub *h)
{
    struct arena *a = arena_new(REGISTER_ARENA_BYTES_MAX);
    struct file_info seen;
    enum err e = file_stat(h->settings.sites_file, &seen);
    if (e == OK)
        e = read_rows(h, a, &h->sites, &h->site_count);
    if (e != OK) {
        arena_free(a);
        return e;
    }
    if (h->register_arena)
        arena_free(h->register_arena);
    h->register_arena = a;
    h->register_seen = seen;
    return OK;
}
