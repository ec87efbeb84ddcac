#include "common/sync/receiver.h"

#include "common/base/check.h"

static enum receiver_decision apply(const struct envelope_header *h, const struct hash *whole,
                                    struct receiver *next, enum receiver_decision decision)
{
    if (decision == RECEIVER_NEW_EPOCH)
        *next = (struct receiver){.epoch = h->epoch};
    next->up_to_seq = h->seq;
    next->recent[h->seq % RECEIVER_WINDOW] = *whole;
    return decision;
}

static enum receiver_decision ahead(uint64_t up_to_seq, uint64_t seq)
{
    return seq - up_to_seq <= RECEIVER_WINDOW ? RECEIVER_HOLD : RECEIVER_GAP;
}

static enum receiver_decision past(const struct receiver *r, const struct envelope_header *h,
                                   const struct hash *whole)
{
    if (r->up_to_seq - h->seq >= RECEIVER_WINDOW)
        return RECEIVER_DUPLICATE; /* its hash is forgotten; the acknowledgement tells the sender */
    return hash_equal(&r->recent[h->seq % RECEIVER_WINDOW], whole) ? RECEIVER_DUPLICATE
                                                                   : RECEIVER_BEHIND;
}

enum receiver_decision receiver_step(const struct receiver *r, const struct envelope_header *h,
                                     const struct hash *whole, struct receiver *out_next)
{
    ASSERT(h->seq > 0);
    static const struct hash none;
    *out_next = *r;
    if (h->epoch < r->epoch)
        return RECEIVER_OLD_EPOCH;
    if (h->epoch > r->epoch) {
        if (h->seq > 1)
            return ahead(0, h->seq);
        return hash_equal(&h->prev, &none) ? apply(h, whole, out_next, RECEIVER_NEW_EPOCH)
                                           : RECEIVER_FORK;
    }
    if (h->seq <= r->up_to_seq)
        return past(r, h, whole);
    if (h->seq > r->up_to_seq + 1)
        return ahead(r->up_to_seq, h->seq);
    struct hash last = receiver_last(r);
    return hash_equal(&h->prev, &last) ? apply(h, whole, out_next, RECEIVER_APPLY) : RECEIVER_FORK;
}

struct hash receiver_last(const struct receiver *r)
{
    return r->up_to_seq ? r->recent[r->up_to_seq % RECEIVER_WINDOW] : (struct hash){{0}};
}
