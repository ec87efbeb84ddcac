#include "central/store/record_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/model/ddl.h"

#include <string.h>

struct current {
    struct merge_current merge;
    int64_t rid, version;
    char site[64]; /* what merge.site points at */
};

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

static enum err find_current(struct store *s, const struct store_dataset *d,
                             const struct hash *key_hash, struct current *out)
{
    struct db_stmt *stmt;
    bool has_row;
    *out = (struct current){0};
    TRY(db_prepare(s->db, d->select_current, &stmt));
    db_bind_blob(stmt, 1, hash_str(key_hash));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row) {
        struct str hash = db_column_bytes(stmt, 2);
        struct str site = db_column_bytes(stmt, 4);
        out->rid = db_column_int(stmt, 0);
        out->version = db_column_int(stmt, 1);
        out->merge.is_there = true;
        out->merge.is_deleted = str_equal(db_column_bytes(stmt, 3), STR("delete"));
        if (hash.len == SHA256_BYTES)
            memcpy(out->merge.row_hash.bytes, hash.ptr, SHA256_BYTES);
        size_t n = site.len < sizeof out->site ? site.len : sizeof out->site;
        memcpy(out->site, site.ptr, n);
        out->merge.site = str_make(out->site, n);
    }
    db_done(stmt);
    return e;
}

static void bind_value(struct db_stmt *stmt, int index, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        db_bind_null(stmt, index);
        return;
    case VALUE_INT:
        db_bind_int(stmt, index, v->number);
        return;
    case VALUE_TEXT:
        db_bind_text(stmt, index, v->text);
        return;
    }
}

struct identity {
    int64_t person;
    int tier;
};

/* Resolves each identity number of the row that has a name beside it; NULL stays NULL. */
static enum err resolve_all(struct store *s, struct person_batch *people, const struct record *r,
                            struct identity *links, size_t *out_count)
{
    size_t n = 0;
    for (size_t i = 0; i < r->dataset->field_count; i++) {
        const struct field *f = &r->dataset->fields[i];
        if (f->kind != FIELD_CITIZEN || f->person_name < 0)
            continue;
        const struct value *id = &r->values[i];
        const struct value *name = &r->values[f->person_name];
        links[n] = (struct identity){0, 0};
        if (id->kind == VALUE_TEXT && name->kind == VALUE_TEXT) {
            TRY(person_store_resolve(people, id->text, name->text, &links[n].person,
                                     &links[n].tier));
            TRY(person_store_mark_dirty(s, links[n].person));
        }
        n++;
    }
    *out_count = n;
    return OK;
}

static enum err write_version(struct store *s, const struct store_dataset *d,
                              const struct record_source *source, const struct record *r,
                              const struct hash *key_hash, const struct hash *row_hash,
                              int64_t version, const char *op, const struct identity *links,
                              size_t link_count)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, d->insert, &stmt));
    db_bind_blob(stmt, DDL_KEY_HASH, hash_str(key_hash));
    db_bind_blob(stmt, DDL_ROW_HASH, hash_str(row_hash));
    db_bind_int(stmt, DDL_VERSION, version);
    db_bind_text(stmt, DDL_OP, str_of(op));
    db_bind_text(stmt, DDL_SITE, source->site);
    db_bind_int(stmt, DDL_BATCH_ID, source->batch_id);
    db_bind_int(stmt, DDL_ROW_NO, (int64_t)r->row);
    db_bind_int(stmt, DDL_RECORDED_EDGE, source->recorded_edge_ms);
    db_bind_int(stmt, DDL_RECORDED_HUB, source->recorded_hub_ms);
    db_bind_int(stmt, DDL_VALID_FROM, source->batch_id);
    db_bind_int(stmt, DDL_QUALITY, (int64_t)r->doubts);
    int index = DDL_FIRST_FIELD;
    for (size_t i = 0; i < r->dataset->field_count; i++)
        bind_value(stmt, index++, &r->values[i]);
    for (size_t i = 0; i < link_count; i++, index += 2)
        if (links[i].person) {
            db_bind_int(stmt, index, links[i].person);
            db_bind_int(stmt, index + 1, links[i].tier);
        }
    return db_run(stmt);
}

static enum err close_current(struct store *s, const struct store_dataset *d, int64_t rid,
                              int64_t batch_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, d->close_current, &stmt));
    db_bind_int(stmt, 1, rid);
    db_bind_int(stmt, 2, batch_id);
    return db_run(stmt);
}

/* The persons of the version that goes: they lose a row. */
static enum err mark_before(struct store *s, const struct store_dataset *d, int64_t rid,
                            struct arena *a)
{
    for (size_t i = 0; i < d->dataset->field_count; i++) {
        const struct field *f = &d->dataset->fields[i];
        struct db_stmt *stmt;
        bool has_row;
        if (f->kind != FIELD_CITIZEN || f->person_name < 0)
            continue;
        struct str sql =
            str_format(a, "SELECT " STR_FMT "_person FROM rec_" STR_FMT " WHERE rid = ?1",
                       STR_ARG(f->id), STR_ARG(d->dataset->id));
        TRY(db_prepare(s->db, sql, &stmt));
        db_bind_int(stmt, 1, rid);
        enum err e = db_step(stmt, &has_row);
        int64_t person = e == OK && has_row ? db_column_int(stmt, 0) : 0;
        db_done(stmt);
        TRY(e);
        if (person)
            TRY(person_store_mark_dirty(s, person));
    }
    return OK;
}

static int64_t money_of(const struct record *r)
{
    int64_t sum = 0;
    for (size_t i = 0; i < r->dataset->field_count; i++)
        if (r->dataset->fields[i].kind == FIELD_MONEY && r->values[i].kind == VALUE_INT)
            sum += r->values[i].number;
    return sum;
}

enum err record_store_merge(struct store *s, struct person_batch *people,
                            const struct record_source *source, const struct record *r,
                            bool is_deletion, struct record_tally *tally)
{
    const struct store_dataset *d = store_dataset_named(s, r->dataset->id);
    struct hash key_hash = record_key_hash(r);
    struct hash row_hash = record_hash(r);
    struct current current;
    TRY(find_current(s, d, &key_hash, &current));
    struct merge_decision decision =
        merge_decide(&current.merge, is_deletion, &row_hash, source->site);
    tally->sum_fen += money_of(r);
    if (decision.kind == MERGE_SAME || decision.kind == MERGE_ABSENT) {
        tally->duplicate++;
        return OK;
    }
    struct identity links[DATASET_FIELDS_MAX];
    size_t link_count;
    TRY(resolve_all(s, people, r, links, &link_count));
    if (current.merge.is_there) {
        TRY(mark_before(s, d, current.rid, people->arena));
        TRY(close_current(s, d, current.rid, source->batch_id));
    }
    const char *op = decision.kind == MERGE_DELETE ? "delete"
                     : current.merge.is_there      ? "change"
                                                   : "new";
    tally->merged++;
    tally->conflict += decision.is_conflict;
    return write_version(s, d, source, r, &key_hash, &row_hash, current.version + 1, op, links,
                         link_count);
}

enum err record_store_add_tally(struct store *s, struct str site, struct str import_id,
                                struct str dataset, const struct record_tally *tally)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db,
        STR("INSERT INTO tally(site, import_id, dataset, merged, duplicate, quarantined, conflict, "
            "sum_fen) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(site, import_id, dataset) DO "
            "UPDATE SET "
            "merged = merged + ?4, duplicate = duplicate + ?5, quarantined = quarantined + ?6, "
            "conflict = conflict + ?7, sum_fen = sum_fen + ?8"),
        &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, import_id);
    db_bind_text(stmt, 3, dataset);
    db_bind_int(stmt, 4, (int64_t)tally->merged);
    db_bind_int(stmt, 5, (int64_t)tally->duplicate);
    db_bind_int(stmt, 6, (int64_t)tally->quarantined);
    db_bind_int(stmt, 7, (int64_t)tally->conflict);
    db_bind_int(stmt, 8, tally->sum_fen);
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
        *out_tally = (struct record_tally){
            (uint64_t)db_column_int(stmt, 0), (uint64_t)db_column_int(stmt, 1),
            (uint64_t)db_column_int(stmt, 2), (uint64_t)db_column_int(stmt, 3),
            db_column_int(stmt, 4)};
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

enum err record_store_quarantine(struct store *s, const struct record_quarantine *q)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO quarantine(site, epoch, seq, import_id, dataset, code, "
                       "reason_zh, reason_en, rows, kind, body, "
                       "received_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
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
    return db_run(stmt);
}

enum err record_store_quarantined(struct store *s, struct arena *a,
                                  struct record_quarantined **out_items, size_t *out_count)
{
    VEC(struct record_quarantined) items = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT q.id, b.id, q.site, q.import_id, q.dataset, q.epoch, q.seq, q.rows, "
                       "q.kind, q.body FROM quarantine "
                       "AS q JOIN batch AS b ON b.site = q.site AND b.epoch = q.epoch AND b.seq = "
                       "q.seq WHERE q.replayed_ms IS "
                       "NULL AND q.kind <> 0 ORDER BY q.id"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct record_quarantined q = {.id = db_column_int(stmt, 0),
                                       .batch_id = db_column_int(stmt, 1),
                                       .site = db_column_copy(stmt, 2, a),
                                       .import_id = db_column_copy(stmt, 3, a),
                                       .dataset = db_column_copy(stmt, 4, a),
                                       .epoch = (uint64_t)db_column_int(stmt, 5),
                                       .seq = (uint64_t)db_column_int(stmt, 6),
                                       .rows = (uint64_t)db_column_int(stmt, 7),
                                       .kind = (uint64_t)db_column_int(stmt, 8),
                                       .body = db_column_copy(stmt, 9, a)};
        VEC_PUSH(&items, a, q);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_items = items.at;
    *out_count = items.count;
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

enum err record_store_read(struct store *s, const struct dataset *d, int64_t rid, struct arena *a,
                           struct value *out_values, struct str *out_site)
{
    struct db_stmt *stmt;
    bool has_row;
    struct str sql = str_format(a, "SELECT site");
    for (size_t i = 0; i < d->field_count; i++)
        sql = str_format(a, STR_FMT ", " STR_FMT, STR_ARG(sql), STR_ARG(d->fields[i].id));
    sql =
        str_format(a, STR_FMT " FROM rec_" STR_FMT " WHERE rid = ?1", STR_ARG(sql), STR_ARG(d->id));
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_int(stmt, 1, rid);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such row");
    if (e == OK) {
        *out_site = db_column_copy(stmt, 0, a);
        for (size_t i = 0; i < d->field_count; i++) {
            int column = (int)i + 1;
            out_values[i] = db_column_is_null(stmt, column) ? value_null()
                            : db_column_is_text(stmt, column)
                                ? value_text(db_column_copy(stmt, column, a))
                                : value_int(db_column_int(stmt, column));
        }
    }
    db_done(stmt);
    return e;
}
