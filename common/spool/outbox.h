/* outbox.h — the items that wait for a peer, and the envelopes that were sealed of them.
 *
 * Owns:     tables spool_item and spool_sealed.
 * Threads:  the database's.
 * Fails:    as db.h.
 * Limits:   a batch as common/sync/batch.h; OUTBOX_FLIGHT_BYTES_MAX sealed and not acknowledged.
 * Promise:  items leave in the order in which they were put; sealed bytes never change. */
#ifndef QQ_SPOOL_OUTBOX_H
#define QQ_SPOOL_OUTBOX_H

#include "common/spool/peer.h"

#define OUTBOX_FLIGHT_BYTES_MAX ((uint64_t)4 * 1024 * 1024)

struct outbox_sealed {
    uint64_t epoch, seq;
    uint64_t last_item, last_rows; /* of the peer, up to and with this envelope */
    struct hash hash;
    struct str bytes;
};

MUST_USE enum err outbox_put(struct db *db, struct str peer, uint64_t kind, struct str body,
                             uint64_t rows, int64_t now_ms);
/* The next batch of what is not sealed: its plain text in the arena, empty when nothing waits. */
MUST_USE enum err outbox_gather(struct db *db, const struct peer *p, struct arena *a,
                                struct str *out_plain, struct outbox_sealed *out_sealed);
MUST_USE enum err outbox_keep(struct db *db, struct str peer, const struct outbox_sealed *sealed,
                              int64_t now_ms);
/* Without the bytes. ERR_MISSING: never sealed, or forgotten. */
MUST_USE enum err outbox_find(struct db *db, struct str peer, uint64_t epoch, uint64_t seq,
                              struct outbox_sealed *out_sealed);
/* That one, or the newest known before it; nothing known is all zeros. */
MUST_USE enum err outbox_find_before(struct db *db, struct str peer, uint64_t epoch, uint64_t seq,
                                     struct outbox_sealed *out_sealed);
MUST_USE enum err outbox_read(struct db *db, struct str peer, uint64_t epoch, uint64_t seq,
                              struct arena *a, struct str *out_bytes);
MUST_USE enum err outbox_flight_bytes(struct db *db, const struct peer *p, uint64_t *out_bytes);
/* The envelopes of the present epoch are never sent again. What the acknowledged ones held stays
 * known; the peer may have others under the numbers of the rest. */
MUST_USE enum err outbox_end_epoch(struct db *db, const struct peer *p);
/* Wall clock at which the oldest item not acknowledged was put; 0: there is none. */
MUST_USE enum err outbox_oldest_ms(struct db *db, const struct peer *p, int64_t *out_put_ms);
/* Acknowledged history put before that; at most `rows_max` of each table. */
MUST_USE enum err outbox_purge(struct db *db, int64_t before_ms, int64_t rows_max);

#endif
