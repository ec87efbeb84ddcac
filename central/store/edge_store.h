/* edge_store.h — what an agent's own database says of its imports, and what the hub has of each:
 * the judge of the ledger.
 *
 * Owns:     nothing; rows live in the arena given.
 * Threads:  the loop thread.
 * Fails:    ERR_MISSING no such file; errors of db.h, also for a database that is not an agent's.
 * Limits:   none.
 * Promise:  only reads. Counts, never content. */
#ifndef QQ_STORE_EDGE_STORE_H
#define QQ_STORE_EDGE_STORE_H

#include "central/store/store.h"

struct edge_import {
    struct str import_id, dataset, state;
    int64_t accepted, rejected, sum_fen;             /* at the site */
    int64_t merged, duplicate, quarantined, hub_fen; /* at the hub */
};

MUST_USE enum err edge_store_compare(struct store *s, const char *path, struct arena *a,
                                     struct edge_import **out_imports, size_t *out_count);

#endif
