#include "central/indicators/indicators.h"

#include "central/indicators/indicator_file.h"
#include "central/indicators/indicator_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/log.h"
#include "common/json/json.h"
#include "common/ocds/merge.h"
#include "common/os/file.h"

#define ARENA_BYTES_MAX ((size_t)64 << 20)
#define MERGE_BYTES_MAX ((size_t)1 << 30)
#define PROBLEMS_SHOWN 20

struct run {
    struct arena *arena;
    struct ocds ocds;
    struct indicators all;
    struct indicator_file *file;
    struct indicator_store *store;
    /* The process whose releases stand in several places, and what was read of it. */
    struct {
        struct arena *arena;
        int64_t process;
        VEC(struct json *) releases;
    } again;
    int64_t releases, processes;
};

static enum err fail_problems(struct run *r, const char *event, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++)
        log_write(LOG_ERROR, event,
                  &KV_STR("problem", problem_format(r->arena, &problems->items.at[i])), 1);
    return fail(ERR_INVALID, "%zu faults in the declarations", problems->errors);
}

static enum err load(struct run *r, const struct catalog *catalog)
{
    struct problem_list problems;
    const struct decl_file *file = catalog->ocds_file;
    problem_list_init(&problems, r->arena, PROBLEMS_SHOWN);
    if (!file || !catalog->indicator_file_count)
        return fail(ERR_INVALID, "the catalog declares no open contracting data or no indicators");
    if (ocds_load(r->arena, catalog, file, &file->nodes[0], &problems, &r->ocds) &&
        indicator_load_all(r->arena, catalog, &problems, &r->all))
        return OK;
    return fail_problems(r, "indicator.faulty", &problems);
}

static enum err load_settings(struct run *r, const char *path)
{
    struct problem_list problems;
    struct decl_file file;
    struct str text;
    if (path[0] == '\0')
        return OK;
    problem_list_init(&problems, r->arena, PROBLEMS_SHOWN);
    TRY(file_read(path, DECL_FILE_BYTES_MAX, r->arena, &text));
    if (decl_parse(r->arena, str_of(path), text, &problems, &file) &&
        indicator_set_all(r->arena, &file, &problems, &r->all))
        return OK;
    return wrap(fail_problems(r, "settings.faulty", &problems), "settings of indicators");
}

/* The first release of a process is laid as it stands; if others come, all of them are read again
 * and merged. Most files have one a process, and these are read once. */
static enum err take_piece(struct run *r, const struct indicator_piece *piece)
{
    for (size_t i = 0; i < piece->package->releases.count; i++) {
        const struct package_release *release = &piece->package->releases.at[i];
        struct indicator_place place = {piece->start, piece->len, (int64_t)i};
        int64_t process;
        bool is_first;
        TRY(indicator_store_note(r->store, release->ocid, place, &process, &is_first));
        r->releases++;
        if (!is_first)
            continue;
        r->processes++;
        TRY(indicator_store_lay(r->store, process, release->release, piece->arena));
    }
    return OK;
}

static enum err take_file(struct run *r)
{
    struct indicator_piece piece;
    TRY(indicator_file_next(r->file, &piece));
    if (piece.len == 0)
        return fail(ERR_MALFORMED, "not open contracting data: a release, a release package or a "
                                   "record package is expected, or one a line");
    while (piece.len) {
        TRY(take_piece(r, &piece));
        TRY(indicator_file_next(r->file, &piece));
    }
    return OK;
}

static enum err lay_again(struct run *r)
{
    struct arena *a = r->again.arena;
    size_t n = r->again.releases.count;
    enum err e = OK;
    if (n) {
        struct json *compiled =
            ocds_merge_compiled(&r->ocds, (const struct json *const *)r->again.releases.at, n, a);
        e = indicator_store_clear(r->store, r->again.process);
        if (e == OK)
            e = indicator_store_lay(r->store, r->again.process, compiled, a);
        json_free(compiled);
    }
    for (size_t i = 0; i < n; i++)
        json_free(r->again.releases.at[i]);
    r->again.releases.count = r->again.releases.capacity = 0;
    r->again.releases.at = NULL;
    arena_reset(a);
    return e;
}

static enum err take_again(void *context, int64_t process, struct indicator_place place)
{
    struct run *r = context;
    struct indicator_piece piece;
    if (process != r->again.process)
        TRY(lay_again(r));
    r->again.process = process;
    TRY(indicator_file_again(r->file, place.start, place.len, &piece));
    if ((size_t)place.number >= piece.package->releases.count)
        return fail(ERR_IO, "the file changed while it was read");
    const struct json *release = piece.package->releases.at[place.number].release;
    VEC_PUSH(&r->again.releases, r->again.arena, json_clone(release));
    return OK;
}

struct writing {
    indicators_write_fn write;
    void *context;
    struct arena *arena; /* emptied after each flag */
    struct arena *last;  /* what follows */
    struct str group, id;
};

static struct str quoted(struct arena *a, struct str text)
{
    struct json *holder = json_new_array();
    json_add_str(holder, text);
    struct str out = json_write(json_at(holder, 0), a);
    json_free(holder);
    return out;
}

static void write_flag(void *context, const struct indicator_flag *f)
{
    struct writing *w = context;
    struct buf out;
    bool is_new_group = !str_equal(w->group, f->group);
    bool is_new_id = is_new_group || !str_equal(w->id, f->id);
    buf_init(&out, w->arena);
    if (is_new_group)
        buf_format(&out, "%s  \"" STR_FMT "\": {\n", w->group.len ? "}\n  },\n" : "{\n",
                   STR_ARG(f->group));
    else
        buf_put_z(&out, is_new_id ? "},\n" : ", ");
    if (is_new_id)
        buf_format(&out, "    " STR_FMT ": {", STR_ARG(quoted(w->arena, f->id)));
    buf_format(&out, "\"" STR_FMT "\": ", STR_ARG(f->code));
    buf_put_real(&out, f->value);
    w->write(w->context, buf_str(&out));
    arena_reset(w->arena);
    if (is_new_id) {
        arena_reset(w->last);
        w->group = str_copy(w->last, f->group);
        w->id = str_copy(w->last, f->id);
    }
}

static enum err write_flags(struct run *r, indicators_write_fn write, void *context)
{
    struct writing w = {write,    context, arena_new(ARENA_BYTES_MAX), arena_new(ARENA_BYTES_MAX),
                        STR_NONE, STR_NONE};
    enum err e = indicator_store_each_flag(r->store, write_flag, &w);
    if (e == OK)
        write(context, w.group.len ? STR("}\n  }\n}\n") : STR("{}\n"));
    arena_free(w.arena);
    arena_free(w.last);
    return e;
}

static void tell_uncomputable(void *context, const struct indicator *i)
{
    (void)context;
    LOG(INFO, "indicators.uncomputable", KV_STR("indicator", i->id));
}

enum err indicators_run(const struct catalog *catalog, const char *ocds_path,
                        const char *settings_path, indicators_write_fn write, void *context)
{
    struct run r = {.arena = arena_new(ARENA_BYTES_MAX), .again.arena = arena_new(MERGE_BYTES_MAX)};
    enum err e = load(&r, catalog);
    if (e == OK)
        e = load_settings(&r, settings_path);
    if (e == OK)
        e = indicator_file_open(ocds_path, &r.file);
    if (e == OK)
        e = indicator_store_open(&r.all, &r.store);
    if (e == OK)
        e = take_file(&r);
    if (e == OK)
        e = indicator_store_each_repeated(r.store, take_again, &r);
    enum err last = lay_again(&r); /* frees what is held in any case */
    if (e == OK)
        e = last;
    if (e == OK)
        e = indicator_store_count(r.store, tell_uncomputable, NULL);
    if (e == OK)
        e = write_flags(&r, write, context);
    if (e == OK)
        LOG(INFO, "indicators.counted", KV_I64("releases", r.releases),
            KV_I64("processes", r.processes), KV_I64("refused", indicator_file_refused(r.file)));
    indicator_store_close(r.store);
    indicator_file_close(r.file);
    arena_free(r.again.arena);
    arena_free(r.arena);
    return e;
}
