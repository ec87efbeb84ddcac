/* matter_store.h — prompts in hand: sent, delivered, read, signed, answered, each with its time.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    ERR_MISSING a document that was never sent to that site; errors of db.h.
 * Limits:   MATTER_PAGE_MAX rows a page.
 * Promise:  a state only goes forward, its time is kept once; a site moves only what it was asked.
 */
#ifndef QQ_STORE_MATTER_STORE_H
#define QQ_STORE_MATTER_STORE_H

#include "central/store/store.h"
#include "common/wire/message.h"

#define MATTER_PAGE_MAX 200

struct matter_row {
    int64_t id, finding, due; /* due: YYYYMMDD */
    int64_t sent_ms, delivered_ms, read_ms, signed_ms, answered_ms, withdrawn_ms; /* 0: not yet */
    struct str document_id, type, site, site_name, state, title_zh, title_en, signed_by,
        answered_by;
};

struct matter_answer {
    struct str field, value;
};

struct matter_counts {
    int64_t sent, delivered, read, signed_for, answered, withdrawn;
};

MUST_USE enum err matter_store_open(struct store *s, const struct message_document *d,
                                    int64_t finding, struct str site, int64_t now_ms);
/* The newest that was not withdrawn. ERR_MISSING: there is none. */
MUST_USE enum err matter_store_of_finding(struct store *s, struct arena *a, int64_t finding,
                                          struct matter_row *out_row);
MUST_USE enum err matter_store_receipt(struct store *s, struct str site,
                                       const struct message_receipt *m, int64_t now_ms);
MUST_USE enum err matter_store_answer(struct store *s, struct str site,
                                      const struct message_answer *m, int64_t now_ms,
                                      int64_t *out_finding);
MUST_USE enum err matter_store_withdraw(struct store *s, int64_t matter, int64_t now_ms);

/* `state` empty: all. `cursor` is *out_next of the page before, 0 at first; *out_next 0: no more.
 */
MUST_USE enum err matter_store_list(struct store *s, struct arena *a, struct str state,
                                    int64_t cursor, int64_t limit, struct matter_row **out_rows,
                                    size_t *out_count, int64_t *out_total, int64_t *out_next);
MUST_USE enum err matter_store_answers(struct store *s, struct arena *a, int64_t matter,
                                       struct matter_answer **out_rows, size_t *out_count);
MUST_USE enum err matter_store_counts(struct store *s, struct matter_counts *out_counts);

#endif
