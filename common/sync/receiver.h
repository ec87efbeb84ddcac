/* receiver.h — what an envelope that verified means for the stream it claims to belong to
 * (protocol.md 4, 5): decided here, done by the spool.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never; whatever a peer sends is one of the decisions.
 * Limits:   RECEIVER_WINDOW envelopes back are told from forgeries of the past by their hash, and
 *           as many ahead are worth holding.
 * Promise:  an envelope is applied only as the next link of the chain, or as the first of a later
 *           epoch. */
#ifndef QQ_SYNC_RECEIVER_H
#define QQ_SYNC_RECEIVER_H

#include "common/wire/envelope.h"

#define RECEIVER_WINDOW 16

struct receiver { /* of one peer's stream; zeros: nothing was ever received */
    uint64_t epoch, up_to_seq;
    struct hash recent[RECEIVER_WINDOW]; /* whole envelopes, at seq % RECEIVER_WINDOW */
};

enum receiver_decision {
    RECEIVER_APPLY,
    RECEIVER_NEW_EPOCH, /* apply, as the first of a new chain */
    RECEIVER_DUPLICATE, /* acknowledge again */
    RECEIVER_HOLD,      /* something before it is still under way */
    RECEIVER_GAP,       /* too far ahead: drop it, ask for what is missing */
    RECEIVER_OLD_EPOCH, /* drop it, say so */
    RECEIVER_BEHIND,    /* another envelope took this number: the sender was restored or cloned */
    RECEIVER_FORK,      /* it does not continue the chain */
};

/* `whole` is the hash of the whole envelope. *out_next is the state after it, unchanged unless the
 * decision is to apply. */
enum receiver_decision receiver_step(const struct receiver *r, const struct envelope_header *h,
                                     const struct hash *whole, struct receiver *out_next);
/* The hash of the last envelope applied; zeros when there is none. */
struct hash receiver_last(const struct receiver *r);

#endif
