/* chunk.h — one chunk of records: decoded, fitted to the hub's declaration, looked at again, merged
 * row by row.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of intake; inside the link's transaction.
 * Fails:    errors of the database only.
 * Limits:   wire/columns.h.
 * Promise:  a chunk that does not fit goes to quarantine whole, a row that is not valid alone; both
 * are told to the sender. */
#ifndef QQ_INTAKE_CHUNK_H
#define QQ_INTAKE_CHUNK_H

#include "central/store/record_store.h"
#include "common/spool/link.h"
#include "common/wire/columns.h"

struct intake_reply;

struct chunk_context {
    struct store *store;
    struct link *link;
    struct intake_reply *reply; /* NULL: the link */
    const struct link_batch *batch;
    int64_t batch_id, merged_in, now_ms; /* as in record_source */
    int32_t today;
};

MUST_USE enum err chunk_apply(const struct chunk_context *c, struct arena *a,
                              const struct message_item *item, uint64_t *rows);

#endif
