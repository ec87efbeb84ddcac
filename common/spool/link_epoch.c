#include "common/spool/link_state.h"
#include "common/spool/outbox.h"

enum err link_begin_epoch(struct link *l, struct peer *p, const struct outbox_sealed *from)
{
    TRY(outbox_end_epoch(l->o.db, p));
    /* Where nothing is known, all that is left is offered, and nothing needed before it. */
    p->out_need_epoch = from->seq > 0 ? from->epoch : 0;
    p->out_need_seq = from->seq;
    p->out_epoch = (p->out_epoch > p->out_peer_epoch ? p->out_epoch : p->out_peer_epoch) + 1;
    p->out_sealed_seq = p->out_acked_seq = p->out_asked_seq = 0;
    p->out_prev = (struct hash){{0}};
    p->out_sealed_item = p->out_acked_item = p->out_first_item = from->last_item;
    p->out_sealed_rows = p->out_acked_rows = p->out_first_rows = from->last_rows;
    p->out_reason = STR("");
    p->out_peer_epoch = p->out_peer_seq = 0;
    p->ready = 1;
    return OK;
}

/* From where a new epoch offers: behind what was acknowledged, or what the peer said it has when
 * that is less. After a fork nothing of the epoch is known to be the same there: what was
 * acknowledged may have been lost with a restored database, and another envelope taken in its
 * place. */
static enum err find_offer(struct link *l, const struct peer *p, struct outbox_sealed *out_from)
{
    struct outbox_sealed from = {.epoch = p->out_epoch,
                                 .seq = p->out_acked_seq,
                                 .last_item = p->out_acked_item,
                                 .last_rows = p->out_acked_rows};
    struct outbox_sealed reported;
    if (p->out_acked_seq == 0 || str_equal(p->out_reason, sender_reason(SENDER_FORK)))
        from = (struct outbox_sealed){.epoch = p->out_need_epoch,
                                      .seq = p->out_need_seq,
                                      .last_item = p->out_first_item,
                                      .last_rows = p->out_first_rows};
    if (p->out_peer_epoch > 0 && p->out_peer_epoch <= p->out_epoch) {
        TRY(outbox_find_before(l->o.db, p->name, p->out_peer_epoch, p->out_peer_seq, &reported));
        if (reported.last_item < from.last_item)
            from = reported;
    }
    *out_from = from;
    return OK;
}

static enum err renew(struct link *l, struct str peer)
{
    struct peer p;
    struct outbox_sealed from;
    TRY(peer_need(l->o.db, peer, &p));
    TRY(find_offer(l, &p, &from));
    TRY(link_begin_epoch(l, &p, &from));
    return peer_save(l->o.db, &p);
}

enum err link_new_epoch(struct link *l, struct str peer)
{
    TRY(db_begin(l->o.db));
    enum err e = renew(l, peer);
    e = db_end(l->o.db, e);
    l->is_touched = true;
    return wrap(e, "new epoch");
}
