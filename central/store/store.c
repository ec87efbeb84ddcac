#include "central/store/store.h"
#include "central/store/key_form.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/db/migrate.h"
#include "common/model/ddl.h"

#define STORE_BYTES_MAX ((size_t)16 * 1024 * 1024)

extern const struct embed_file hub_migrations[];

static enum err read_columns(struct store *s, const struct dataset *d, struct str **out_columns,
                             size_t *out_count)
{
    VEC(struct str) columns = {0};
    struct db_stmt *stmt;
    struct str table = str_format(s->arena, "rec_" STR_FMT, STR_ARG(d->id));
    bool has_row = true;
    TRY(db_prepare(s->db, STR("SELECT name FROM pragma_table_info(?1)"), &stmt));
    db_bind_text(stmt, 1, table);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&columns, s->arena, db_column_copy(stmt, 0, s->arena));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_columns = columns.at;
    *out_count = columns.count;
    return e;
}

static enum err make_table(struct store *s, const struct dataset *d)
{
    struct str *columns;
    size_t count;
    TRY(read_columns(s, d, &columns, &count));
    struct str sql = count ? ddl_migrate(s->arena, d, DDL_SQLITE, columns, count)
                           : ddl_create(s->arena, d, DDL_SQLITE);
    return sql.len ? db_exec(s->db, sql) : OK;
}

static void make_statements(struct store *s, const struct dataset *d, struct store_dataset *out)
{
    out->dataset = d;
    out->select_current = str_format(s->arena,
                                     "SELECT rid, version, row_hash, op, site FROM rec_" STR_FMT
                                     " WHERE key_hash = ?1 AND valid_to IS NULL",
                                     STR_ARG(d->id));
    out->close_current = str_format(
        s->arena, "UPDATE rec_" STR_FMT " SET valid_to = ?2 WHERE rid = ?1", STR_ARG(d->id));
    out->insert =
        str_format(s->arena, STR_FMT " ON CONFLICT DO NOTHING", STR_ARG(ddl_insert(s->arena, d)));
}

static enum err make_tables(struct store *s)
{
    TRY(db_begin(s->db));
    enum err e = OK;
    for (size_t i = 0; i < s->catalog->dataset_count && e == OK; i++)
        e = wrap(make_table(s, &s->catalog->datasets[i]), "table of " STR_FMT,
                 STR_ARG(s->catalog->datasets[i].id));
    return db_end(s->db, e);
}

/* Rules read datasets, and whom they are to look at: neither accounts nor numbers of persons. */
static bool is_readable(const void *context, struct str table, struct str view)
{
    static const struct str own[] = {STR_INIT("dirty_person"), STR_INIT("dirty_key"),
                                     STR_INIT("dirty_subject"), STR_INIT("hit_subject")};
    const struct catalog *c = context;
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_equal(table, own[i]))
            return true;
    return catalog_dataset(c, table) || (view.len && catalog_dataset(c, view));
}

enum err store_open(struct db *db, const struct catalog *catalog, struct store **out_store)
{
    struct arena *a = arena_new(STORE_BYTES_MAX);
    struct store *s = NEW(a, struct store);
    *s = (struct store){.db = db, .catalog = catalog, .arena = a};
    s->datasets = NEW_ARRAY(a, struct store_dataset, catalog->dataset_count + 1);
    db_set_workdays(db, catalog->workdays); /* rules count them */
    db_set_readable(db, is_readable, catalog);
    /* the index of keys is hit all over: it should stay in memory, and in the log for a while */
    enum err e = db_exec(db, STR("PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000"));
    if (e == OK)
        e = migrate_apply(db, STR("hub"), hub_migrations);
    if (e == OK)
        e = make_tables(s);
    if (e == OK)
        e = key_form_update(s);
    if (e != OK) {
        arena_free(a);
        return e;
    }
    for (size_t i = 0; i < catalog->dataset_count; i++)
        make_statements(s, &catalog->datasets[i], &s->datasets[i]);
    *out_store = s;
    return OK;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    arena_free(s->people);
    arena_free(s->arena);
}

const struct store_dataset *store_dataset_named(const struct store *s, struct str id)
{
    for (size_t i = 0; i < s->catalog->dataset_count; i++)
        if (str_equal(s->datasets[i].dataset->id, id))
            return &s->datasets[i];
    return NULL;
}

enum err store_note_get(struct store *s, struct str key, int64_t otherwise, int64_t *out_value)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT value FROM note WHERE key = ?1"), &stmt));
    db_bind_text(stmt, 1, key);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_value = has_row ? db_column_int(stmt, 0) : otherwise;
    db_done(stmt);
    return e;
}

enum err store_note_set(struct store *s, struct str key, int64_t value)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO note(key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE "
                       "SET value = ?2"),
                   &stmt));
    db_bind_text(stmt, 1, key);
    db_bind_int(stmt, 2, value);
    return db_run(stmt);
}
