/* inbox.h — the documents that the hub sent to this site, and what the officer did with each.
 *
 * Owns:     the tables document and unreadable of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h; ERR_MISSING for an unknown document.
 * Limits:   none but the disk.
 * Promise:  each act is noted once: a second reading, signing or the same document come twice
 * change nothing and say so by *out_is_new. */
#ifndef QQ_EDGE_AGENT_INTAKE_INBOX_H
#define QQ_EDGE_AGENT_INTAKE_INBOX_H

#include "common/db/db.h"

struct arena;
struct message_document;
struct message_withdraw;

struct inbox_document {
    struct str id, type, title_zh, title_en, body_zh, body_en, colour, facts_json;
    int32_t due; /* YYYYMMDD */
    int64_t created_ms, received_ms;
    int64_t read_ms, signed_ms, answered_ms, withdrawn_ms; /* 0: not */
    struct str signed_by, answered_by, answers_json, withdrawn_zh, withdrawn_en;
};

MUST_USE enum err inbox_put(struct db *db, const struct message_document *d, int64_t now_ms,
                            bool *out_is_new);
MUST_USE enum err inbox_withdraw(struct db *db, const struct message_withdraw *w, int64_t now_ms);
MUST_USE enum err inbox_put_unreadable(struct db *db, uint64_t kind, struct str body,
                                       const char *reason, int64_t now_ms);
/* What is open first, by deadline; then what is done, newest first. */
MUST_USE enum err inbox_list(struct db *db, size_t skip, size_t max, struct arena *a,
                             struct inbox_document **out_documents, size_t *out_count);
MUST_USE enum err inbox_find(struct db *db, struct str id, struct arena *a,
                             struct inbox_document *out_document);
MUST_USE enum err inbox_mark_read(struct db *db, struct str id, int64_t now_ms, bool *out_is_new);
MUST_USE enum err inbox_sign(struct db *db, struct str id, struct str by, int64_t now_ms,
                             bool *out_is_new);
MUST_USE enum err inbox_answer(struct db *db, struct str id, struct str by, struct str answers_json,
                               int64_t now_ms, bool *out_is_new);
/* Neither answered nor withdrawn. */
MUST_USE enum err inbox_count_open(struct db *db, uint64_t *out_count);

#endif
