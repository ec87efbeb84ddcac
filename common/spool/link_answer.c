#include "common/base/buf.h"
#include "common/base/log.h"
#include "common/seal/seal.h"
#include "common/spool/link_state.h"

static void put_dues(struct link *l, struct buf *plain, const struct peer *p)
{
    struct buf body;
    buf_init(&body, l->scratch);
    if (p->due_ack) {
        struct receiver r = peer_receiver(p);
        message_ack_put(&body, &(struct message_ack){.epoch = r.epoch,
                                                     .up_to_seq = r.up_to_seq,
                                                     .credit = p->in_credit,
                                                     .hub_time_ms = clock_wall_ms(l->o.clock),
                                                     .last = receiver_last(&r)});
        message_put_item(plain, MESSAGE_ACK, buf_str(&body));
        if (p->in_busy_ms) {
            buf_clear(&body);
            message_busy_put(&body, &(struct message_busy){(int64_t)p->in_busy_ms});
            message_put_item(plain, MESSAGE_BUSY, buf_str(&body));
        }
    }
    if (p->due_resend_seq) {
        buf_clear(&body);
        message_resend_put(&body, &(struct message_resend){.epoch = p->due_resend_epoch,
                                                           .from_seq = p->due_resend_seq});
        message_put_item(plain, MESSAGE_RESEND, buf_str(&body));
    }
    if (p->due_diverged.len > 0) {
        buf_clear(&body);
        message_diverged_put(&body, &(struct message_diverged){.epoch = p->in_epoch,
                                                               .up_to_seq = p->in_up_to_seq,
                                                               .reason = p->due_diverged});
        message_put_item(plain, MESSAGE_DIVERGED, buf_str(&body));
    }
}

/* Answers are made from the database and not kept: one that is lost is made again when the peer
 * sends again. */
void link_answer(struct link *l, const struct peer *p)
{
    struct buf plain;
    struct str sealed;
    arena_reset(l->scratch);
    buf_init(&plain, l->scratch);
    put_dues(l, &plain, p);
    if (plain.len == 0)
        return;
    struct envelope_header header = {
        .county = l->o.county,
        .from = l->o.self,
        .to = p->name,
        .epoch = p->out_epoch,
        .created_ms = clock_wall_ms(l->o.clock),
        .catalog = l->o.catalog,
    };
    enum err e = seal_close(l->o.keys, l->o.random, l->scratch, &header, buf_str(&plain), &sealed);
    if (e == OK)
        e = transport_send(l->o.transport, p->name, sealed);
    if (e == ERR_CLOSED || e == ERR_FULL)
        l->is_backed_up = true;
    else if (e != OK)
        LOG_FAILURE(WARN, "answer.unsent", e);
}
