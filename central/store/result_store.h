/* result_store.h — what a finding was each time it was put, and the records as they stood then.
 *
 * Owns:     temporary views that stand before the datasets, between go_back and come_back.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   none.
 * Promise:  versions of rows are never changed and every move of a row to another person is noted
 * before it is made, so a watermark says all that rules saw. */
#ifndef QQ_STORE_RESULT_STORE_H
#define QQ_STORE_RESULT_STORE_H

#include "central/store/finding_store.h"

struct result_mark { /* a state of the records: newest batch, newest move of a row (row_move) */
    int64_t batch, move;
};

struct result_when {
    struct result_mark mark;
    int32_t today;
    int64_t at_ms;
};

struct result { /* of a finding, once */
    int64_t id;
    struct result_when when;
    int64_t rule_version, level, tier, amount_fen;
    struct hash rule_hash, catalog, hash; /* hash: finding_result_hash */
};

/* The state that is seen now: inside the transaction that evaluates. */
MUST_USE enum err result_store_mark(struct store *s, struct result_mark *out_mark);
/* Inside the caller's transaction, whenever a finding is put; the rule's text is kept with it. */
MUST_USE enum err result_store_note(struct store *s, int64_t finding, const struct rule *r,
                                    const struct finding_hit *hit, const struct result_when *when);
/* The oldest first. */
MUST_USE enum err result_store_of(struct store *s, struct arena *a, int64_t finding,
                                  struct result **out_rows, size_t *out_count);
/* The declaration that has the hash, and its file. ERR_MISSING: none was kept. */
MUST_USE enum err result_store_rule_text(struct store *s, struct arena *a, const struct hash *hash,
                                         struct catalog_file *out_file);
/* From here on datasets are what they were at the mark, for this connection alone. */
MUST_USE enum err result_store_go_back(struct store *s, struct arena *a,
                                       const struct result_mark *mark);
MUST_USE enum err result_store_come_back(struct store *s, struct arena *a);
/* Rows that were filed under other persons since. */
MUST_USE enum err result_store_moved_since(struct store *s, const struct result_mark *mark,
                                           int64_t *out_rows);

#endif
