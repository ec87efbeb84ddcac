#include "central/store/matter_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

enum err matter_store_open(struct store *s, const struct message_document *d, int64_t finding,
                           struct str site, int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO matter(document_id, finding, type, site, state, title_zh, "
                       "title_en, due, sent_ms) VALUES "
                       "(?1, ?2, ?3, ?4, 'sent', ?5, ?6, ?7, ?8)"),
                   &stmt));
    db_bind_text(stmt, 1, d->document_id);
    db_bind_int(stmt, 2, finding);
    db_bind_text(stmt, 3, d->type);
    db_bind_text(stmt, 4, site);
    db_bind_text(stmt, 5, d->title_zh);
    db_bind_text(stmt, 6, d->title_en);
    db_bind_int(stmt, 7, d->due);
    db_bind_int(stmt, 8, now_ms);
    return db_run(stmt);
}

#define COLUMNS                                                                                    \
    "m.id, m.finding, m.due, m.sent_ms, m.delivered_ms, m.read_ms, m.signed_ms, m.answered_ms, "   \
    "m.withdrawn_ms, m.document_id, "                                                              \
    "m.type, m.site, coalesce(s.name, ''), m.state, m.title_zh, m.title_en, m.signed_by, "         \
    "m.answered_by FROM matter AS m LEFT "                                                         \
    "JOIN site AS s ON s.id = m.site"

static struct matter_row read_row(struct db_stmt *stmt, struct arena *a)
{
    struct matter_row r;
    int64_t *numbers[] = {&r.id,      &r.finding,   &r.due,         &r.sent_ms,     &r.delivered_ms,
                          &r.read_ms, &r.signed_ms, &r.answered_ms, &r.withdrawn_ms};
    struct str *texts[] = {&r.document_id, &r.type,     &r.site,      &r.site_name,  &r.state,
                           &r.title_zh,    &r.title_en, &r.signed_by, &r.answered_by};
    for (int i = 0; i < 9; i++)
        *numbers[i] = db_column_int(stmt, i);
    for (int i = 0; i < 9; i++)
        *texts[i] = db_column_copy(stmt, 9 + i, a);
    return r;
}

enum err matter_store_of_finding(struct store *s, struct arena *a, int64_t finding,
                                 struct matter_row *out_row)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("SELECT " COLUMNS
            " WHERE m.finding = ?1 AND m.state <> 'withdrawn' ORDER BY m.id DESC LIMIT 1"),
        &stmt));
    db_bind_int(stmt, 1, finding);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        *out_row = read_row(stmt, a);
    db_done(stmt);
    return e == OK && !has_row ? fail(ERR_MISSING, "no open matter") : e;
}

/* One statement per step: its time is kept once, and the state only goes forward. */
enum err matter_store_receipt(struct store *s, struct str site, const struct message_receipt *m,
                              int64_t now_ms)
{
    static const struct str steps[] = {
        [RECEIPT_DELIVERED] =
            STR_INIT("UPDATE matter SET delivered_ms = coalesce(delivered_ms, ?3), state = CASE "
                     "state WHEN 'sent' THEN "
                     "'delivered' ELSE state END WHERE document_id = ?1 AND site = ?2"),
        [RECEIPT_READ] =
            STR_INIT("UPDATE matter SET read_ms = coalesce(read_ms, ?3), state = CASE WHEN state "
                     "IN ('sent', 'delivered') "
                     "THEN 'read' ELSE state END WHERE document_id = ?1 AND site = ?2"),
        [RECEIPT_SIGNED] = STR_INIT("UPDATE matter SET signed_ms = coalesce(signed_ms, ?3), "
                                    "signed_by = CASE signed_by WHEN '' THEN ?4 "
                                    "ELSE signed_by END, state = CASE WHEN state IN ('sent', "
                                    "'delivered', 'read') THEN 'signed' ELSE "
                                    "state END WHERE document_id = ?1 AND site = ?2"),
    };
    struct db_stmt *stmt;
    if (m->state < RECEIPT_DELIVERED || m->state > RECEIPT_SIGNED)
        return fail(ERR_MISSING, "an unknown receipt");
    TRY(db_prepare(s->db, steps[m->state], &stmt));
    db_bind_text(stmt, 1, m->document_id);
    db_bind_text(stmt, 2, site);
    db_bind_int(stmt, 3, now_ms);
    if (m->state == RECEIPT_SIGNED)
        db_bind_text(stmt, 4, m->by);
    TRY(db_run(stmt));
    return db_changes(s->db) == 1
               ? OK
               : fail(ERR_MISSING, "a receipt for a document that was never sent there");
}

static enum err put_answers(struct store *s, int64_t matter, const struct message_answer *m)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("DELETE FROM matter_answer WHERE matter = ?1"), &stmt));
    db_bind_int(stmt, 1, matter);
    TRY(db_run(stmt));
    TRY(db_prepare(
        s->db,
        STR("INSERT INTO matter_answer(matter, position, field, value) VALUES (?1, ?2, ?3, ?4)"),
        &stmt));
    for (size_t i = 0; i < m->field_count; i++) {
        db_bind_int(stmt, 1, matter);
        db_bind_int(stmt, 2, (int64_t)i);
        db_bind_text(stmt, 3, m->fields[i].id);
        db_bind_text(stmt, 4, m->fields[i].text);
        TRY(db_run(stmt));
    }
    return OK;
}

enum err matter_store_answer(struct store *s, struct str site, const struct message_answer *m,
                             int64_t now_ms, int64_t *out_finding)
{
    struct db_stmt *stmt;
    bool has_row;
    int64_t matter = 0;
    TRY(db_prepare(
        s->db, STR("SELECT id, finding FROM matter WHERE document_id = ?1 AND site = ?2"), &stmt));
    db_bind_text(stmt, 1, m->document_id);
    db_bind_text(stmt, 2, site);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row) {
        matter = db_column_int(stmt, 0);
        *out_finding = db_column_int(stmt, 1);
    }
    db_done(stmt);
    TRY(e);
    if (!has_row)
        return fail(ERR_MISSING, "an answer to a document that was never sent there");
    TRY(put_answers(s, matter, m));
    TRY(db_prepare(s->db,
                   STR("UPDATE matter SET answered_ms = ?2, answered_by = ?3, state = CASE state "
                       "WHEN 'withdrawn' THEN state ELSE "
                       "'answered' END WHERE id = ?1"),
                   &stmt));
    db_bind_int(stmt, 1, matter);
    db_bind_int(stmt, 2, now_ms);
    db_bind_text(stmt, 3, m->by);
    return db_run(stmt);
}

enum err matter_store_withdraw(struct store *s, int64_t matter, int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE matter SET state = 'withdrawn', withdrawn_ms = ?2 WHERE id = ?1"),
                   &stmt));
    db_bind_int(stmt, 1, matter);
    db_bind_int(stmt, 2, now_ms);
    return db_run(stmt);
}

enum err matter_store_list(struct store *s, struct arena *a, struct str state, int64_t cursor,
                           int64_t limit, struct matter_row **out_rows, size_t *out_count,
                           int64_t *out_total, int64_t *out_next)
{
    VEC(struct matter_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    limit = limit < 1 || limit > MATTER_PAGE_MAX ? 50 : limit;
    TRY(db_prepare(s->db, STR("SELECT count(*) FROM matter WHERE ?1 = '' OR state = ?1"), &stmt));
    db_bind_text(stmt, 1, state);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_total = db_column_int(stmt, 0);
    db_done(stmt);
    TRY(e);
    TRY(db_prepare(s->db,
                   STR("SELECT " COLUMNS
                       " WHERE (?1 = '' OR m.state = ?1) AND m.id > ?2 ORDER BY m.id LIMIT ?3"),
                   &stmt));
    db_bind_text(stmt, 1, state);
    db_bind_int(stmt, 2, cursor);
    db_bind_int(stmt, 3, limit + 1);
    e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rows, a, read_row(stmt, a));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_next = rows.count > (size_t)limit ? rows.at[limit - 1].id : 0;
    *out_rows = rows.at;
    *out_count = rows.count > (size_t)limit ? (size_t)limit : rows.count;
    return e;
}

enum err matter_store_answers(struct store *s, struct arena *a, int64_t matter,
                              struct matter_answer **out_rows, size_t *out_count)
{
    VEC(struct matter_answer) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db, STR("SELECT field, value FROM matter_answer WHERE matter = ?1 ORDER BY position"),
        &stmt));
    db_bind_int(stmt, 1, matter);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct matter_answer r = {db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a)};
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err matter_store_counts(struct store *s, struct matter_counts *out_counts)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT count(*), count(delivered_ms), count(read_ms), count(signed_ms), "
                       "count(answered_ms), "
                       "count(withdrawn_ms) FROM matter"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_counts = (struct matter_counts){db_column_int(stmt, 0), db_column_int(stmt, 1),
                                             db_column_int(stmt, 2), db_column_int(stmt, 3),
                                             db_column_int(stmt, 4), db_column_int(stmt, 5)};
    db_done(stmt);
    return e;
}
