#include "central/store/result_store.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"

#include <string.h>

static enum err read_number(struct store *s, struct str sql, int64_t parameter, int64_t *out_number)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_int(stmt, 1, parameter);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_number = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return e;
}

enum err result_store_mark(struct store *s, struct result_mark *out_mark)
{
    TRY(read_number(s, STR("SELECT coalesce(max(id), 0) + ?1 FROM batch"), 0, &out_mark->batch));
    return read_number(s, STR("SELECT coalesce(max(id), 0) + ?1 FROM row_move"), 0,
                       &out_mark->move);
}

static enum err keep_text(struct store *s, const struct rule *r)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT OR IGNORE INTO rule_text(hash, file, text) VALUES (?1, ?2, ?3)"),
                   &stmt));
    db_bind_blob(stmt, 1, hash_str(&r->hash));
    db_bind_text(stmt, 2, r->file->name);
    db_bind_text(stmt, 3, r->file->text);
    return db_run(stmt);
}

enum err result_store_rule_text(struct store *s, struct arena *a, const struct hash *hash,
                                struct catalog_file *out_file)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT file, text FROM rule_text WHERE hash = ?1"), &stmt));
    db_bind_blob(stmt, 1, hash_str(hash));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = ERR_MISSING; /* an answer, not a failure */
    if (e == OK)
        *out_file = (struct catalog_file){db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a)};
    db_done(stmt);
    return e;
}

enum err result_store_note(struct store *s, int64_t finding, const struct rule *r,
                           const struct finding_hit *hit, const struct result_when *when)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO finding_result(finding, batch, move, today, at_ms, "
                       "rule_version, rule_hash, catalog, level, tier, amount_fen, result) VALUES "
                       "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
                   &stmt));
    db_bind_int(stmt, 1, finding);
    db_bind_int(stmt, 2, when->mark.batch);
    db_bind_int(stmt, 3, when->mark.move);
    db_bind_int(stmt, 4, when->today);
    db_bind_int(stmt, 5, when->at_ms);
    db_bind_int(stmt, 6, r->version);
    db_bind_blob(stmt, 7, hash_str(&r->hash));
    db_bind_blob(stmt, 8, hash_str(&s->catalog->hash));
    db_bind_int(stmt, 9, hit->level);
    db_bind_int(stmt, 10, hit->tier);
    db_bind_int(stmt, 11, hit->amount_fen);
    db_bind_blob(stmt, 12, hash_str(&hit->result));
    TRY(db_run(stmt));
    return keep_text(s, r);
}

static struct hash read_hash(struct db_stmt *stmt, int column)
{
    struct hash h = {{0}};
    struct str bytes = db_column_bytes(stmt, column);
    if (bytes.len == SHA256_BYTES)
        memcpy(h.bytes, bytes.ptr, SHA256_BYTES);
    return h;
}

enum err result_store_of(struct store *s, struct arena *a, int64_t finding,
                         struct result **out_rows, size_t *out_count)
{
    VEC(struct result) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT id, batch, move, today, at_ms, rule_version, level, tier, "
                       "amount_fen, rule_hash, catalog, result FROM finding_result WHERE finding = "
                       "?1 ORDER BY id"),
                   &stmt));
    db_bind_int(stmt, 1, finding);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct result r = {.when = {{db_column_int(stmt, 1), db_column_int(stmt, 2)},
                                    (int32_t)db_column_int(stmt, 3),
                                    db_column_int(stmt, 4)},
                           .rule_hash = read_hash(stmt, 9),
                           .catalog = read_hash(stmt, 10),
                           .hash = read_hash(stmt, 11)};
        int64_t *numbers[] = {&r.id, &r.rule_version, &r.level, &r.tier, &r.amount_fen};
        static const int columns[] = {0, 5, 6, 7, 8};
        for (int i = 0; i < 5; i++)
            *numbers[i] = db_column_int(stmt, columns[i]);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err result_store_moved_since(struct store *s, const struct result_mark *mark,
                                  int64_t *out_rows)
{
    return read_number(s, STR("SELECT count(*) FROM row_move WHERE id > ?1"), mark->move, out_rows);
}

/* A column of a person: the first move behind the mark says whom the row named before it. */
static void put_person(struct buf *out, const struct dataset *d, const struct field *f,
                       int64_t move, const char *column)
{
    buf_format(out,
               ", nullif(coalesce((SELECT m.%s FROM main.row_move AS m WHERE m.dataset = '" STR_FMT
               "' AND m.field = '" STR_FMT "' AND m.rid = r.rid AND m.id > %lld ORDER BY m.id "
               "LIMIT 1), r." STR_FMT "_%s), 0) AS " STR_FMT "_%s",
               column, STR_ARG(d->id), STR_ARG(f->id), (long long)move, STR_ARG(f->id), column,
               STR_ARG(f->id), column);
}

static void put_columns(struct buf *out, const struct dataset *d, int64_t move)
{
    buf_put_z(out, "r.rid, r.key_hash, r.row_hash, r.version, r.op, r.site, r.batch_id, r.row_no, "
                   "r.recorded_edge, r.recorded_hub, r.valid_from, r.quality");
    for (size_t i = 0; i < d->field_count; i++)
        buf_format(out, ", r." STR_FMT, STR_ARG(d->fields[i].id));
    for (size_t i = 0; i < d->field_count; i++)
        if (dataset_field_has_person(&d->fields[i])) {
            put_person(out, d, &d->fields[i], move, "person");
            put_person(out, d, &d->fields[i], move, "tier");
        }
}

static enum err is_moved_since(struct store *s, const struct dataset *d,
                               const struct result_mark *mark, bool *out_is_moved)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("SELECT 1 FROM row_move WHERE dataset = ?1 AND id > ?2 LIMIT 1"),
                   &stmt));
    db_bind_text(stmt, 1, d->id);
    db_bind_int(stmt, 2, mark->move);
    enum err e = db_step(stmt, out_is_moved);
    db_done(stmt);
    return e;
}

/* Where no row moved, the rows themselves: their columns can be looked up by an index. */
static enum err put_view(struct store *s, struct arena *a, const struct dataset *d,
                         const struct result_mark *mark)
{
    struct buf sql;
    bool is_moved = false;
    TRY(is_moved_since(s, d, mark, &is_moved));
    buf_init(&sql, a);
    buf_format(&sql, "CREATE TEMP VIEW " STR_FMT " AS SELECT ", STR_ARG(d->id));
    if (is_moved)
        put_columns(&sql, d, mark->move);
    else
        buf_put_z(&sql, "r.*");
    buf_format(&sql,
               " FROM main.rec_" STR_FMT " AS r WHERE r.valid_from <= %lld AND (r.valid_to IS NULL "
               "OR r.valid_to > %lld) AND r.op <> 'delete'",
               STR_ARG(d->id), (long long)mark->batch, (long long)mark->batch);
    return db_exec(s->db, buf_str(&sql));
}

/* A name without a schema is looked for among temporary views first. */
enum err result_store_go_back(struct store *s, struct arena *a, const struct result_mark *mark)
{
    for (size_t i = 0; i < s->catalog->dataset_count; i++)
        TRY(put_view(s, a, &s->catalog->datasets[i], mark));
    return OK;
}

enum err result_store_come_back(struct store *s, struct arena *a)
{
    for (size_t i = 0; i < s->catalog->dataset_count; i++)
        TRY(db_exec(s->db, str_format(a, "DROP VIEW IF EXISTS temp." STR_FMT,
                                      STR_ARG(s->catalog->datasets[i].id))));
    return OK;
}
