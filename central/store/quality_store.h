/* quality_store.h — how good the data is (indicators.md, group Q): what sites noticed about their
 * files, why rows were deleted, numbers and names that contradict each other.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   as many contradictions as are asked for.
 * Promise:  nobody is accused: a contradiction is a question to the units that wrote it. */
#ifndef QQ_STORE_QUALITY_STORE_H
#define QQ_STORE_QUALITY_STORE_H

#include "central/store/store.h"
#include "common/wire/message.h"

/* ERR_MALFORMED: a fact is no number. Said again it changes nothing. */
MUST_USE enum err quality_store_put(struct store *s, struct str site,
                                    const struct message_quality *m, int64_t now_ms);
struct quality_deletion {
    int64_t batch_id;
    struct str dataset, site, import_id, reason;
    uint64_t rows, unknown;
};
MUST_USE enum err quality_store_deleted(struct store *s, const struct quality_deletion *d);

struct quality_row { /* of one site and dataset, over all its files */
    struct str site, site_name, dataset;
    int64_t files, rows, rejected;
    int64_t dated, old;           /* Q09 */
    int64_t deleted, unexplained; /* Q08, said */
    int64_t totals, totals_wrong; /* Q07 */
    int64_t missing;              /* Q08, unsaid: in the newest file */
    int64_t unequal;              /* files whose rows or sum the hub counted otherwise */
};
/* Ordered by site, then dataset. */
MUST_USE enum err quality_store_list(struct store *s, struct arena *a,
                                     struct quality_row **out_rows, size_t *out_count);

enum quality_contradiction {
    QUALITY_SAME_NUMBER, /* Q02: one number, several names */
    QUALITY_SAME_BIRTH,  /* Q03: one name and day of birth, several numbers */
};
struct quality_pair {
    int64_t person, other; /* the older first */
    struct str number, other_number, name, other_name;
};
/* Of the questions of identity_store.h, those that nobody has answered. */
MUST_USE enum err quality_store_pairs(struct store *s, struct arena *a,
                                      enum quality_contradiction kind, size_t max,
                                      struct quality_pair **out_pairs, size_t *out_count,
                                      int64_t *out_total);

#endif
