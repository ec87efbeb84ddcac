#include "central/store/record_store.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/model/ddl.h"

#include <string.h>

enum err record_store_begin_batch(struct store *s, const struct record_batch *b,
                                  int64_t *out_batch_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO batch(site, epoch, seq, created_ms, received_ms, catalog) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                   &stmt));
    db_bind_text(stmt, 1, b->site);
    db_bind_int(stmt, 2, (int64_t)b->epoch);
    db_bind_int(stmt, 3, (int64_t)b->seq);
    db_bind_int(stmt, 4, b->created_ms);
    db_bind_int(stmt, 5, b->received_ms);
    db_bind_blob(stmt, 6, hash_str(&b->catalog));
    TRY(db_run(stmt));
    *out_batch_id = db_last_id(s->db);
    return OK;
}

enum err record_store_next_seq(struct store *s, struct str site, uint64_t epoch, uint64_t *out_seq)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db, STR("SELECT coalesce(max(seq), 0) + 1 FROM batch WHERE site = ?1 AND epoch = ?2"),
        &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_int(stmt, 2, (int64_t)epoch);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_seq = (uint64_t)db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

enum err record_store_note_chunk(struct store *s, struct str site, struct str body,
                                 bool *out_is_new)
{
    struct db_stmt *stmt;
    struct hash hash = sha256_of(body);
    TRY(db_prepare(s->db, STR("INSERT OR IGNORE INTO chunk(site, hash) VALUES (?1, ?2)"), &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_blob(stmt, 2, hash_str(&hash));
    TRY(db_run(stmt));
    *out_is_new = db_changes(s->db) == 1;
    return OK;
}

enum err record_store_add_tally(struct store *s, struct str site, struct str import_id,
                                struct str dataset, const struct record_tally *tally)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db,
        STR("INSERT INTO tally(site, import_id, dataset, merged, duplicate, quarantined, conflict, "
            "sum_fen, first_day, last_day) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(site, import_id, "
            "dataset) DO UPDATE SET "
            "merged = merged + ?4, duplicate = duplicate + ?5, quarantined = quarantined + ?6, "
            "conflict = conflict + ?7, sum_fen = sum_fen + ?8, first_day = CASE WHEN first_day = 0 "
            "OR ?9 BETWEEN 1 AND first_day THEN ?9 ELSE first_day END, last_day = CASE WHEN ?10 > "
            "last_day THEN ?10 ELSE last_day END"),
        &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, import_id);
    db_bind_text(stmt, 3, dataset);
    db_bind_int(stmt, 4, (int64_t)tally->merged);
    db_bind_int(stmt, 5, (int64_t)tally->duplicate);
    db_bind_int(stmt, 6, (int64_t)tally->quarantined);
    db_bind_int(stmt, 7, (int64_t)tally->conflict);
    db_bind_int(stmt, 8, tally->sum_fen);
    db_bind_int(stmt, 9, tally->first_day);
    db_bind_int(stmt, 10, tally->last_day);
    return db_run(stmt);
}

enum err record_store_read_tally(struct store *s, struct str site, struct str import_id,
                                 struct record_tally *out_tally)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT coalesce(sum(merged), 0), coalesce(sum(duplicate), 0), "
                       "coalesce(sum(quarantined), 0), "
                       "coalesce(sum(conflict), 0), coalesce(sum(sum_fen), 0) FROM tally WHERE "
                       "site = ?1 AND import_id = ?2"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, import_id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_tally = (struct record_tally){.merged = (uint64_t)db_column_int(stmt, 0),
                                           .duplicate = (uint64_t)db_column_int(stmt, 1),
                                           .quarantined = (uint64_t)db_column_int(stmt, 2),
                                           .conflict = (uint64_t)db_column_int(stmt, 3),
                                           .sum_fen = db_column_int(stmt, 4)};
    db_done(stmt);
    return e;
}

enum err record_store_note_freshness(struct store *s, struct str dataset, int64_t at_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO freshness(dataset, at_ms) VALUES (?1, ?2) ON CONFLICT(dataset) "
                       "DO UPDATE SET "
                       "at_ms = max(at_ms, ?2)"),
                   &stmt));
    db_bind_text(stmt, 1, dataset);
    db_bind_int(stmt, 2, at_ms);
    return db_run(stmt);
}

enum err record_store_file_end(struct store *s, struct str site, const struct message_file_end *m,
                               bool is_equal)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT OR REPLACE INTO file_end(site, import_id, dataset, file_name, "
                       "file_hash, rows, accepted, rejected, "
                       "sum_fen, imported_ms, is_equal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                       "?9, ?10, ?11)"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, m->import_id);
    db_bind_text(stmt, 3, m->dataset);
    db_bind_text(stmt, 4, m->file_name);
    db_bind_blob(stmt, 5, hash_str(&m->file_hash));
    db_bind_int(stmt, 6, (int64_t)m->rows);
    db_bind_int(stmt, 7, (int64_t)m->accepted);
    db_bind_int(stmt, 8, (int64_t)m->rejected);
    db_bind_int(stmt, 9, m->sum_fen);
    db_bind_int(stmt, 10, m->imported_ms);
    db_bind_int(stmt, 11, is_equal);
    return db_run(stmt);
}

enum err record_store_is_halfway(struct store *s, bool *out_is_halfway)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("SELECT 1 FROM tally AS t WHERE NOT EXISTS (SELECT 1 FROM file_end AS f "
                       "WHERE f.site = t.site AND f.import_id = t.import_id) LIMIT 1"),
                   &stmt));
    enum err e = db_step(stmt, out_is_halfway);
    db_done(stmt);
    return e;
}

enum err record_store_quarantine(struct store *s, const struct record_quarantine *q)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db,
        STR("INSERT INTO quarantine(site, epoch, seq, import_id, dataset, code, "
            "reason_zh, reason_en, rows, kind, body, "
            "received_ms, catalog) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
            "?12, ?13)"),
        &stmt));
    db_bind_text(stmt, 1, q->site);
    db_bind_int(stmt, 2, (int64_t)q->epoch);
    db_bind_int(stmt, 3, (int64_t)q->seq);
    db_bind_text(stmt, 4, q->import_id);
    db_bind_text(stmt, 5, q->dataset);
    db_bind_text(stmt, 6, q->code);
    db_bind_text(stmt, 7, q->reason_zh);
    db_bind_text(stmt, 8, q->reason_en);
    db_bind_int(stmt, 9, (int64_t)q->rows);
    db_bind_int(stmt, 10, (int64_t)q->kind);
    db_bind_blob(stmt, 11, q->body);
    db_bind_int(stmt, 12, q->received_ms);
    db_bind_blob(stmt, 13, hash_str(&s->catalog->hash));
    return db_run(stmt);
}

enum err record_store_last_quarantined(struct store *s, int64_t *out_id)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT coalesce(max(id), 0) FROM quarantine WHERE replayed_ms IS NULL"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_id = db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

enum err record_store_next_quarantined(struct store *s, struct arena *a, int64_t after,
                                       int64_t last, bool is_other_catalog,
                                       struct record_quarantined *out_item)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT q.id, b.id, q.site, q.import_id, q.dataset, q.epoch, q.seq, q.rows, "
                       "q.kind, q.body FROM quarantine "
                       "AS q JOIN batch AS b ON b.site = q.site AND b.epoch = q.epoch AND b.seq = "
                       "q.seq WHERE q.replayed_ms IS NULL AND q.kind <> 0 AND q.id > ?1 AND q.id "
                       "<= ?2 AND (NOT ?3 OR q.catalog IS NOT ?4) ORDER BY q.id LIMIT 1"),
                   &stmt));
    db_bind_int(stmt, 1, after);
    db_bind_int(stmt, 2, last);
    db_bind_int(stmt, 3, is_other_catalog);
    db_bind_blob(stmt, 4, hash_str(&s->catalog->hash));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = ERR_MISSING; /* an answer, not a failure */
    if (e == OK)
        *out_item = (struct record_quarantined){.id = db_column_int(stmt, 0),
                                                .batch_id = db_column_int(stmt, 1),
                                                .site = db_column_copy(stmt, 2, a),
                                                .import_id = db_column_copy(stmt, 3, a),
                                                .dataset = db_column_copy(stmt, 4, a),
                                                .epoch = (uint64_t)db_column_int(stmt, 5),
                                                .seq = (uint64_t)db_column_int(stmt, 6),
                                                .rows = (uint64_t)db_column_int(stmt, 7),
                                                .kind = (uint64_t)db_column_int(stmt, 8),
                                                .body = db_column_copy(stmt, 9, a)};
    db_done(stmt);
    return e;
}

enum err record_store_take_quarantined(struct store *s, const struct record_quarantined *q,
                                       int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("UPDATE quarantine SET replayed_ms = ?2 WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, q->id);
    db_bind_int(stmt, 2, now_ms);
    TRY(db_run(stmt));
    TRY(db_prepare(s->db,
                   STR("UPDATE tally SET quarantined = quarantined - ?4 WHERE site = ?1 AND "
                       "import_id = ?2 AND dataset = ?3"),
                   &stmt));
    db_bind_text(stmt, 1, q->site);
    db_bind_text(stmt, 2, q->import_id);
    db_bind_text(stmt, 3, q->dataset);
    db_bind_int(stmt, 4, (int64_t)q->rows);
    return db_run(stmt);
}

enum err record_store_ledger(struct store *s, struct arena *a, struct record_ledger_row **out_rows,
                             size_t *out_count)
{
    VEC(struct record_ledger_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("WITH said AS (SELECT site, dataset, count(*) AS files, sum(rows) AS rows, "
            "sum(accepted) AS accepted, "
            "sum(rejected) AS rejected, sum(sum_fen) AS sum_fen FROM file_end GROUP BY site, "
            "dataset), "
            "have AS (SELECT site, dataset, sum(merged) AS merged, sum(duplicate) AS duplicate, "
            "sum(quarantined) AS quarantined, "
            "sum(conflict) AS conflict, sum(sum_fen) AS sum_fen FROM tally GROUP BY site, "
            "dataset), "
            "pairs AS (SELECT site, dataset FROM said UNION SELECT site, dataset FROM have) "
            "SELECT p.site, p.dataset, coalesce(s.files, 0), coalesce(s.rows, 0), "
            "coalesce(s.accepted, 0), coalesce(s.rejected, 0), "
            "coalesce(h.merged, 0), coalesce(h.duplicate, 0), coalesce(h.quarantined, 0), "
            "coalesce(h.conflict, 0), "
            "coalesce(s.sum_fen, 0), coalesce(h.sum_fen, 0) FROM pairs AS p LEFT JOIN said AS s ON "
            "s.site = p.site AND s.dataset = p.dataset "
            "LEFT JOIN have AS h ON h.site = p.site AND h.dataset = p.dataset ORDER BY p.site, "
            "p.dataset"),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct record_ledger_row r = {.site = db_column_copy(stmt, 0, a),
                                      .dataset = db_column_copy(stmt, 1, a)};
        int64_t *numbers[] = {&r.files,        &r.rows,       &r.accepted,    &r.rejected,
                              &r.merged,       &r.duplicate,  &r.quarantined, &r.conflict,
                              &r.site_sum_fen, &r.hub_sum_fen};
        for (int i = 0; i < 10; i++)
            *numbers[i] = db_column_int(stmt, 2 + i);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

/* The fields stand behind one other column. */
static void read_values(struct db_stmt *stmt, const struct dataset *d, struct arena *a,
                        struct value *out_values)
{
    for (size_t i = 0; i < d->field_count; i++) {
        int column = (int)i + 1;
        out_values[i] = db_column_is_null(stmt, column) ? value_null()
                        : db_column_is_text(stmt, column)
                            ? value_text(db_column_copy(stmt, column, a))
                            : value_int(db_column_int(stmt, column));
    }
}

static struct str select_fields(struct arena *a, const struct dataset *d, const char *first)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, "SELECT %s", first);
    for (size_t i = 0; i < d->field_count; i++)
        buf_format(&out, ", " STR_FMT, STR_ARG(d->fields[i].id));
    return buf_str(&out);
}

enum err record_store_each(struct store *s, const struct dataset *d, struct arena *a,
                           void (*take)(void *context, const struct value *values), void *context)
{
    struct value values[DATASET_FIELDS_MAX];
    struct db_stmt *stmt;
    bool has_row;
    arena_reset(a);
    struct str sql = str_format(a, STR_FMT " FROM " STR_FMT " ORDER BY rid",
                                STR_ARG(select_fields(a, d, "rid")), STR_ARG(d->id));
    TRY(db_prepare(s->db, sql, &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        arena_reset(a);
        read_values(stmt, d, a, values);
        take(context, values);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

enum err record_store_read(struct store *s, const struct dataset *d, int64_t rid, struct arena *a,
                           struct value *out_values, struct str *out_site)
{
    struct db_stmt *stmt;
    bool has_row;
    struct str sql = str_format(a, STR_FMT " FROM rec_" STR_FMT " WHERE rid = ?1",
                                STR_ARG(select_fields(a, d, "site")), STR_ARG(d->id));
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_int(stmt, 1, rid);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such row");
    if (e == OK) {
        *out_site = db_column_copy(stmt, 0, a);
        read_values(stmt, d, a, out_values);
    }
    db_done(stmt);
    return e;
}
