#include "central/roles/open_data.h"

#include "central/store/ocds_store.h"
#include "central/store/record_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/base/map.h"
#include "common/base/sha256.h"
#include "common/base/vec.h"
#include "common/ocds/build.h"
#include "common/ocds/merge.h"
#include "common/ocds/package.h"
#include "common/ocds/tables.h"

#include <stdlib.h>

#define PART_BYTES 18000 /* of a release in one row; the cell may have 20,000 */

struct process {
    struct str ocid;
    VEC(const struct json *) releases;
};

struct processes {
    struct arena *arena;
    struct map by_ocid;
    VEC(struct process *) list;
    VEC(struct json *) parsed; /* to be freed */
    bool is_open;              /* every process that comes is taken, not only known ones */
    struct str only;           /* with is_open: but of this name alone, when it is not empty */
};

static struct process *process_named(struct processes *p, struct str ocid, bool is_added)
{
    struct process *found = (struct process *)(uintptr_t)map_get(&p->by_ocid, ocid);
    if (found || !is_added)
        return found;
    found = NEW(p->arena, struct process);
    found->ocid = str_copy(p->arena, ocid);
    map_put(&p->by_ocid, found->ocid, found);
    VEC_PUSH(&p->list, p->arena, found);
    return found;
}

static void init(struct processes *p, struct arena *a, bool is_open, struct str only)
{
    *p = (struct processes){.arena = a, .is_open = is_open, .only = only};
    map_init(&p->by_ocid, a);
}

static void done(struct processes *p)
{
    for (size_t i = 0; i < p->parsed.count; i++)
        json_free(p->parsed.at[i]);
}

/* A release that the file brings as well counts once: the merge takes equal ones as one. */
static enum err take_stored(void *context, const struct ocds_stored *r)
{
    struct processes *p = context;
    bool is_wanted = p->is_open && (p->only.len == 0 || str_equal(p->only, r->ocid));
    struct process *process = process_named(p, r->ocid, is_wanted);
    struct json *root;
    if (!process || json_parse(r->content, &root) != OK)
        return OK;
    VEC_PUSH(&p->parsed, p->arena, root);
    VEC_PUSH(&process->releases, p->arena, root);
    return OK;
}

static bool has_release(const struct process *p, const struct json *release)
{
    for (size_t i = 0; i < p->releases.count; i++)
        if (json_same(p->releases.at[i], release))
            return true;
    return false;
}

static bool may_end(char before, char after)
{
    return before != ' ' && after != ' ' && before != '\'' && after != '\'' && before != '\\' &&
           after != '\\';
}

/* Where a part ends: a blank at its edge would be trimmed as an office's stray one. */
static size_t part_len(struct str rest)
{
    if (rest.len <= PART_BYTES)
        return rest.len;
    size_t len = PART_BYTES;
    while (len > PART_BYTES / 2 && !may_end(rest.ptr[len - 1], rest.ptr[len]))
        len--;
    return len;
}

static struct str id_of(struct arena *a, const struct json *release, struct str text)
{
    const struct json *id = json_get(release, "id");
    if (json_kind(id) == JSON_KIND_TEXT && json_text(id).len)
        return json_text(id);
    struct hash h = sha256_of(text); /* the standard demands one; some publishers forget */
    return json_kind(id) == JSON_KIND_INT ? json_write(id, a) : hex_encode(a, hash_str(&h));
}

static size_t put_release(struct buf *out, struct arena *a, const struct package_release *r)
{
    struct str text = json_write_plain(r->release, a);
    struct str date = json_get_str(r->release, "date");
    struct str id = id_of(a, r->release, text);
    size_t parts = 0;
    for (struct str rest = text; rest.len; rest = str_skip(rest, part_len(rest)))
        parts++;
    struct str rest = text;
    for (size_t i = 1; i <= parts; i++) {
        size_t len = part_len(rest);
        tables_put_cell(out, r->ocid);
        buf_put_char(out, ',');
        tables_put_cell(out, id);
        buf_format(out, ",%zu,%zu,", i, parts);
        tables_put_cell(out, str_slice(date, 0, 10));
        buf_put_char(out, ',');
        tables_put_cell(out, str_slice(rest, 0, len));
        buf_put_z(out, "\n");
        rest = str_skip(rest, len);
    }
    return parts;
}

static struct open_data_file releases_table(struct arena *a, const struct package *p)
{
    struct open_data_file file = {.dataset = STR("ocds_release")};
    struct buf out;
    buf_init(&out, a);
    buf_put_z(&out, "开放合同编号,发布编号,分段,分段数,发布日期,内容\n");
    for (size_t i = 0; i < p->releases.count; i++)
        file.rows += put_release(&out, a, &p->releases.at[i]);
    file.bytes = buf_str(&out);
    return file;
}

static enum err load_declaration(struct store *s, struct arena *a, struct ocds *out)
{
    struct problem_list faults;
    const struct decl_file *file = s->catalog->ocds_file;
    problem_list_init(&faults, a, 5);
    if (!file)
        return fail(ERR_INVALID, "the catalog declares no open contracting data (catalog/ocds)");
    if (!ocds_load(a, s->catalog, file, &file->nodes[0], &faults, out))
        return fail(ERR_INVALID, STR_FMT,
                    STR_ARG(problem_format(a, &faults.items.at[0]))); /* a declaration, no data */
    return OK;
}

static void put_tables(const struct ocds *o, const struct processes *p, struct arena *a,
                       struct problem_list *problems, struct open_data_file *files, size_t *count)
{
    struct buf outs[OCDS_TABLES_MAX];
    size_t rows[OCDS_TABLES_MAX] = {0};
    for (size_t t = 0; t < o->table_count; t++) {
        buf_init(&outs[t], a);
        tables_put_header(&o->tables[t], &outs[t]);
    }
    for (size_t i = 0; i < p->list.count; i++) {
        const struct process *process = p->list.at[i];
        struct json *compiled =
            ocds_merge_compiled(o, process->releases.at, process->releases.count, a);
        for (size_t t = 0; t < o->table_count; t++)
            rows[t] += tables_put_rows(&o->tables[t], compiled, a, &outs[t], problems);
        json_free(compiled);
    }
    for (size_t t = 0; t < o->table_count; t++)
        if (rows[t])
            files[(*count)++] =
                (struct open_data_file){o->tables[t].dataset->id, buf_str(&outs[t]), rows[t]};
}

enum err open_data_tables(struct store *s, struct arena *a, struct str text,
                          struct problem_list *problems, struct open_data_file *out_files,
                          size_t *out_count)
{
    struct ocds o;
    struct package package;
    struct processes all;
    *out_count = 0;
    TRY(load_declaration(s, a, &o));
    TRY(package_read(a, text, problems, &package));
    init(&all, a, false, STR_NONE);
    for (size_t i = 0; i < package.releases.count; i++)
        process_named(&all, package.releases.at[i].ocid, true);
    enum err e = ocds_store_each(s, a, take_stored, &all);
    for (size_t i = 0; i < package.releases.count && e == OK; i++) {
        struct process *p = process_named(&all, package.releases.at[i].ocid, false);
        if (!has_release(p, package.releases.at[i].release))
            VEC_PUSH(&p->releases, a, package.releases.at[i].release);
    }
    if (e == OK) {
        out_files[(*out_count)++] = releases_table(a, &package);
        put_tables(&o, &all, a, problems, out_files, out_count);
    }
    done(&all);
    package_free(&package);
    return e;
}

static void put_record(const struct ocds *o, const struct process *p, struct arena *a,
                       struct json *records)
{
    struct json *record = json_add_object(records);
    json_set_str(record, "ocid", p->ocid);
    struct json *releases = json_set_array(record, "releases");
    for (size_t i = 0; i < p->releases.count; i++)
        json_add_value(releases, json_clone(p->releases.at[i]));
    json_set_value(record, "compiledRelease",
                   ocds_merge_compiled(o, p->releases.at, p->releases.count, a));
}

struct taking {
    struct build *build;
    const struct ocds_table *table;
};

static void take_row(void *context, const struct value *values)
{
    const struct taking *t = context;
    build_take(t->build, t->table, values);
}

/* Processes that came as tables of our own: no releases, only what is known. */
static enum err put_own(struct store *s, const struct ocds *o, const struct processes *published,
                        struct arena *a, struct str only_ocid, struct str date,
                        struct json *records)
{
    struct build b;
    struct arena *row = arena_new((size_t)4 << 20);
    enum err e = OK;
    build_init(&b, o, a);
    for (size_t i = 0; i < o->table_count && e == OK; i++) {
        struct taking t = {&b, &o->tables[i]};
        e = record_store_each(s, t.table->dataset, row, take_row, &t);
    }
    build_finish(&b, date);
    for (size_t i = 0; i < b.list.count && e == OK; i++) {
        const struct build_process *p = b.list.at[i];
        if (map_get(&published->by_ocid, p->ocid) ||
            (only_ocid.len && !str_equal(only_ocid, p->ocid)))
            continue;
        struct json *record = json_add_object(records);
        json_set_str(record, "ocid", p->ocid);
        json_set_array(record, "releases");
        json_set_value(record, "compiledRelease", json_clone(p->root));
    }
    build_free(&b);
    arena_free(row);
    return e;
}

enum err open_data_package(struct store *s, struct arena *a, struct str only_ocid, struct str date,
                           struct str *out_json)
{
    struct ocds o;
    struct processes all;
    TRY(load_declaration(s, a, &o));
    init(&all, a, true, only_ocid);
    enum err e = ocds_store_each(s, a, take_stored, &all);
    struct json *root = json_new_object();
    json_set_str(root, "version", STR("1.1"));
    struct json *records = json_set_array(root, "records");
    for (size_t i = 0; i < all.list.count && e == OK; i++)
        put_record(&o, all.list.at[i], a, records);
    if (e == OK)
        e = put_own(s, &o, &all, a, only_ocid, date, records);
    if (e == OK)
        *out_json = json_write_lines(root, a);
    json_free(root);
    done(&all);
    return e;
}
