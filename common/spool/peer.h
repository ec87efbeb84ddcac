/* peer.h — one row of spool_peer: where both streams with one peer stand.
 *
 * Owns:     nothing; texts are literals.
 * Threads:  the database's.
 * Fails:    peer_load: ERR_MISSING for a peer never heard of; the rest as db.h.
 * Limits:   none.
 * Promise:  peer_save never touches out_put_item and out_put_rows, so that an item put between
 *           load and save in the same transaction stays counted. */
#ifndef QQ_SPOOL_PEER_H
#define QQ_SPOOL_PEER_H

#include "common/db/db.h"
#include "common/sync/receiver.h"
#include "common/sync/sender.h"

/* The columns that are numbers and that peer_save writes. */
#define PEER_NUMBERS(X)                                                                            \
    X(out_epoch)                                                                                   \
    X(out_sealed_seq)                                                                              \
    X(out_acked_seq)                                                                               \
    X(out_credit)                                                                                  \
    X(out_busy_until_ms)                                                                           \
    X(out_sealed_item)                                                                             \
    X(out_sealed_rows)                                                                             \
    X(out_acked_item)                                                                              \
    X(out_acked_rows)                                                                              \
    X(out_first_item)                                                                              \
    X(out_first_rows)                                                                              \
    X(out_need_epoch)                                                                              \
    X(out_need_seq)                                                                                \
    X(out_asked_seq)                                                                               \
    X(out_peer_epoch)                                                                              \
    X(out_peer_seq)                                                                                \
    X(in_epoch)                                                                                    \
    X(in_up_to_seq)                                                                                \
    X(in_contact_ms)                                                                               \
    X(in_credit)                                                                                   \
    X(in_busy_ms)                                                                                  \
    X(in_forged)                                                                                   \
    X(in_forged_ms)                                                                                \
    X(in_gaps)                                                                                     \
    X(in_duplicates)                                                                               \
    X(in_refused_epoch)                                                                            \
    X(in_refused_seq)                                                                              \
    X(in_refused_ms)                                                                               \
    X(in_refused_count)                                                                            \
    X(in_applied_ms)                                                                               \
    X(due_ack)                                                                                     \
    X(due_resend_epoch)                                                                            \
    X(due_resend_seq)                                                                              \
    X(ready)

struct peer {
    struct str name; /* as given to peer_load */
#define X(column) uint64_t column;
    PEER_NUMBERS(X)
#undef X
    uint64_t out_put_item, out_put_rows;
    struct hash out_prev, in_recent[RECEIVER_WINDOW];
    struct str out_reason, in_refused, due_diverged; /* empty, or a reason of sender_reason */
};

MUST_USE enum err peer_load(struct db *db, struct str name, struct peer *out_peer);
/* The same, and makes the row when it is missing: inside a transaction. */
MUST_USE enum err peer_need(struct db *db, struct str name, struct peer *out_peer);
MUST_USE enum err peer_save(struct db *db, const struct peer *p);

/* `now_ms`: wall clock, for what is left of a pause. */
struct sender_position peer_position(const struct peer *p, int64_t now_ms);
struct receiver peer_receiver(const struct peer *p);
void peer_set_receiver(struct peer *p, const struct receiver *r);

#endif
