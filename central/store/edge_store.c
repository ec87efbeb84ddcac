#include "central/store/edge_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/os/file.h"

#define EDGE_BUSY_MS 10000

static enum err read_imports(struct db *db, struct arena *a, struct edge_import **out_imports,
                             size_t *out_count)
{
    VEC(struct edge_import) imports = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(db,
                   STR("SELECT id, dataset, state, accepted, rejected, sum_fen FROM import ORDER "
                       "BY started_ms, id"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&imports, a,
                 (struct edge_import){.import_id = db_column_copy(stmt, 0, a),
                                      .dataset = db_column_copy(stmt, 1, a),
                                      .state = db_column_copy(stmt, 2, a),
                                      .accepted = db_column_int(stmt, 3),
                                      .rejected = db_column_int(stmt, 4),
                                      .sum_fen = db_column_int(stmt, 5)});
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_imports = imports.at;
    *out_count = imports.count;
    return e;
}

/* An import has its id from the site and nobody else's; which site it was does not matter here. */
static enum err add_hub(struct store *s, struct edge_import *import)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT coalesce(sum(t.merged), 0), coalesce(sum(t.duplicate), 0), "
                       "coalesce(sum(t.quarantined), 0), coalesce(sum(t.sum_fen), 0) FROM site "
                       "JOIN tally AS t ON t.site = site.id WHERE t.import_id = ?1"),
                   &stmt));
    db_bind_text(stmt, 1, import->import_id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK) {
        import->merged = db_column_int(stmt, 0);
        import->duplicate = db_column_int(stmt, 1);
        import->quarantined = db_column_int(stmt, 2);
        import->hub_fen = db_column_int(stmt, 3);
    }
    db_done(stmt);
    return e;
}

enum err edge_store_compare(struct store *s, const char *path, struct arena *a,
                            struct edge_import **out_imports, size_t *out_count)
{
    struct file_info info;
    struct db *db;
    TRY(file_stat(path, &info));
    TRY(db_open(str_format(a, "sqlite:%s", path), EDGE_BUSY_MS, &db));
    enum err e = read_imports(db, a, out_imports, out_count);
    db_close(db);
    for (size_t i = 0; i < *out_count && e == OK; i++)
        e = add_hub(s, &(*out_imports)[i]);
    return wrap(e, "%s", path);
}
