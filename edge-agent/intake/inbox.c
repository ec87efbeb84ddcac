#include "edge-agent/intake/inbox.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/wire/message.h"

#define COLUMNS                                                                                    \
    "id, type, title_zh, title_en, body_zh, body_en, colour, facts_json, due, created_ms, "        \
    "received_ms, read_ms, signed_ms, answered_ms, withdrawn_ms, signed_by, answered_by, "         \
    "answers_json, withdrawn_zh, withdrawn_en"

static struct str not_null(struct str s)
{
    return s.ptr ? s : STR("");
}

static enum err run_once(struct db *db, struct db_stmt *s, bool *out_is_new)
{
    TRY(db_run(s));
    *out_is_new = db_changes(db) > 0;
    return OK;
}

enum err inbox_put(struct db *db, const struct message_document *d, int64_t now_ms,
                   bool *out_is_new)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO document (id, type, title_zh, title_en, body_zh, body_en, "
                       "colour, facts_json, due, created_ms, received_ms) VALUES (?1, ?2, ?3, ?4, "
                       "?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING"),
                   &s));
    const struct str texts[] = {d->document_id, d->type,    d->title_zh, d->title_en,
                                d->body_zh,     d->body_en, d->colour,   d->facts_json};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        db_bind_text(s, (int)i + 1, not_null(texts[i]));
    db_bind_int(s, 9, d->due);
    db_bind_int(s, 10, d->created_ms);
    db_bind_int(s, 11, now_ms);
    return wrap(run_once(db, s, out_is_new), "store a document");
}

enum err inbox_withdraw(struct db *db, const struct message_withdraw *w, int64_t now_ms)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("UPDATE document SET withdrawn_ms = ?2, withdrawn_zh = ?3, withdrawn_en = "
                       "?4 WHERE id = ?1 AND withdrawn_ms = 0"),
                   &s));
    db_bind_text(s, 1, w->document_id);
    db_bind_int(s, 2, now_ms);
    db_bind_text(s, 3, not_null(w->reason_zh));
    db_bind_text(s, 4, not_null(w->reason_en));
    return wrap(db_run(s), "withdraw a document");
}

enum err inbox_put_unreadable(struct db *db, uint64_t kind, struct str body, const char *reason,
                              int64_t now_ms)
{
    struct db_stmt *s;
    TRY(db_prepare(
        db, STR("INSERT INTO unreadable (kind, body, reason, received_ms) VALUES (?1, ?2, ?3, ?4)"),
        &s));
    db_bind_int(s, 1, (int64_t)kind);
    db_bind_blob(s, 2, not_null(body));
    db_bind_text(s, 3, str_of(reason));
    db_bind_int(s, 4, now_ms);
    return wrap(db_run(s), "set an unreadable message aside");
}

static void read_document(struct db_stmt *s, struct arena *a, struct inbox_document *d)
{
    struct str *texts[] = {&d->id,      &d->type,    &d->title_zh, &d->title_en,
                           &d->body_zh, &d->body_en, &d->colour,   &d->facts_json};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = db_column_copy(s, (int)i, a);
    d->due = (int32_t)db_column_int(s, 8);
    int64_t *times[] = {&d->created_ms, &d->received_ms, &d->read_ms,
                        &d->signed_ms,  &d->answered_ms, &d->withdrawn_ms};
    for (size_t i = 0; i < COUNT_OF(times); i++)
        *times[i] = db_column_int(s, 9 + (int)i);
    struct str *acts[] = {&d->signed_by, &d->answered_by, &d->answers_json, &d->withdrawn_zh,
                          &d->withdrawn_en};
    for (size_t i = 0; i < COUNT_OF(acts); i++)
        *acts[i] = db_column_copy(s, 15 + (int)i, a);
}

enum err inbox_list(struct db *db, size_t skip, size_t max, struct arena *a,
                    struct inbox_document **out_documents, size_t *out_count)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("SELECT " COLUMNS " FROM document ORDER BY answered_ms > 0 OR withdrawn_ms "
                       "> 0, CASE WHEN answered_ms > 0 OR withdrawn_ms > 0 THEN -received_ms ELSE "
                       "due END, id LIMIT ?1 OFFSET ?2"),
                   &s));
    db_bind_int(s, 1, (int64_t)max);
    db_bind_int(s, 2, (int64_t)skip);
    struct inbox_document *documents = NEW_ARRAY(a, struct inbox_document, max);
    size_t count = 0;
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row && count < max) {
        read_document(s, a, &documents[count++]);
        e = db_step(s, &has_row);
    }
    db_done(s);
    TRY(e);
    *out_documents = documents;
    *out_count = count;
    return OK;
}

enum err inbox_find(struct db *db, struct str id, struct arena *a,
                    struct inbox_document *out_document)
{
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db, STR("SELECT " COLUMNS " FROM document WHERE id = ?1"), &s));
    db_bind_text(s, 1, id);
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row)
        read_document(s, a, out_document);
    db_done(s);
    return e != OK ? e : has_row ? OK : fail(ERR_MISSING, "no such document");
}

enum err inbox_mark_read(struct db *db, struct str id, int64_t now_ms, bool *out_is_new)
{
    struct db_stmt *s;
    TRY(db_prepare(db, STR("UPDATE document SET read_ms = ?2 WHERE id = ?1 AND read_ms = 0"), &s));
    db_bind_text(s, 1, id);
    db_bind_int(s, 2, now_ms);
    return wrap(run_once(db, s, out_is_new), "mark a document as read");
}

enum err inbox_sign(struct db *db, struct str id, struct str by, int64_t now_ms, bool *out_is_new)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("UPDATE document SET signed_ms = ?2, signed_by = ?3 WHERE id = ?1 AND "
                       "signed_ms = 0 AND withdrawn_ms = 0"),
                   &s));
    db_bind_text(s, 1, id);
    db_bind_int(s, 2, now_ms);
    db_bind_text(s, 3, by);
    return wrap(run_once(db, s, out_is_new), "sign for a document");
}

enum err inbox_answer(struct db *db, struct str id, struct str by, struct str answers_json,
                      int64_t now_ms, bool *out_is_new)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("UPDATE document SET answered_ms = ?2, answered_by = ?3, answers_json = ?4 "
                       "WHERE id = ?1 AND signed_ms > 0 AND answered_ms = 0 AND withdrawn_ms = 0"),
                   &s));
    db_bind_text(s, 1, id);
    db_bind_int(s, 2, now_ms);
    db_bind_text(s, 3, by);
    db_bind_text(s, 4, answers_json);
    return wrap(run_once(db, s, out_is_new), "answer a document");
}

enum err inbox_count_open(struct db *db, uint64_t *out_count)
{
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(
        db, STR("SELECT count(*) FROM document WHERE answered_ms = 0 AND withdrawn_ms = 0"), &s));
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row)
        *out_count = (uint64_t)db_column_int(s, 0);
    db_done(s);
    return e;
}
