#include "common/base/log.h"
#include "common/spool/link_state.h"
#include "common/spool/outbox.h"

void link_note_diverged(struct peer *p, enum sender_verdict verdict, uint64_t epoch, uint64_t seq)
{
    p->ready = 1;
    p->out_peer_epoch = epoch;
    p->out_peer_seq = seq;
    if (p->out_reason.len > 0)
        return;
    p->out_reason = sender_reason(verdict);
    LOG(ERROR, "stream.diverged", KV_STR("peer", p->name), KV_STR("reason", p->out_reason),
        KV_I64("epoch", p->out_epoch), KV_I64("seq", p->out_sealed_seq),
        KV_I64("peer_epoch", epoch), KV_I64("peer_seq", seq));
}

/* The stream counts as acknowledged up to `seq`, be that forward or back. ERR_MISSING: what stands
 * there is forgotten. */
static enum err move_acked(struct link *l, struct peer *p, uint64_t seq)
{
    struct outbox_sealed at = {.last_item = p->out_first_item, .last_rows = p->out_first_rows};
    if (seq > 0)
        TRY(outbox_find(l->o.db, p->name, p->out_epoch, seq, &at));
    p->out_acked_seq = seq;
    p->out_acked_item = at.last_item;
    p->out_acked_rows = at.last_rows;
    p->ready = 1;
    return OK;
}

static enum err judge_ack(struct link *l, struct peer *p, const struct message_ack *ack)
{
    struct sender_position at = peer_position(p, clock_wall_ms(l->o.clock));
    struct outbox_sealed ours;
    enum err e = outbox_find(l->o.db, p->name, ack->epoch, ack->up_to_seq, &ours);
    if (e != OK && e != ERR_MISSING)
        return e;
    enum sender_verdict verdict = sender_judge_ack(&at, e == OK ? &ours.hash : NULL, ack);
    switch (verdict) {
    case SENDER_ADVANCE:
        if (p->out_reason.len > 0)
            return OK; /* may be of before the peer was restored; it proves nothing any more */
        p->out_busy_until_ms = 0; /* said again behind this when it still holds */
        p->out_credit = ack->credit < LINK_WINDOW_MAX ? ack->credit : LINK_WINDOW_MAX;
        return move_acked(l, p, ack->up_to_seq);
    case SENDER_BEHIND:
    case SENDER_FORK:
    case SENDER_OLD_EPOCH:
        link_note_diverged(p, verdict, ack->epoch, ack->up_to_seq);
        return OK;
    case SENDER_STALE:
    case SENDER_ASK:
    case SENDER_REWIND:
    case SENDER_OLD_REQUEST:
        return OK;
    }
    return OK;
}

static enum err rewind_to(struct link *l, struct peer *p, uint64_t from_seq)
{
    struct str bytes;
    enum err e = outbox_read(l->o.db, p->name, p->out_epoch, from_seq, l->scratch, &bytes);
    if (e == OK)
        e = move_acked(l, p, from_seq - 1);
    if (e != ERR_MISSING) {
        LOG(WARN, "stream.rewound", KV_STR("peer", p->name), KV_I64("from_seq", from_seq));
        return e;
    }
    /* Older than the history: only a new epoch can offer what is left. */
    link_note_diverged(p, SENDER_BEHIND, p->out_epoch, from_seq - 1);
    return OK;
}

/* The peer stands in an earlier epoch, or in none: because nothing of the present one has reached
 * it, or because it was restored from before. If the present one left out what it misses, another
 * is begun for it; that repeats things, and repeating is harmless. */
static enum err judge_old_request(struct link *l, struct peer *p,
                                  const struct message_resend *request)
{
    struct outbox_sealed had;
    if (p->out_reason.len > 0)
        return OK; /* a person decides */
    TRY(outbox_find_before(l->o.db, p->name, request->epoch, request->from_seq - 1, &had));
    if (had.last_item < p->out_first_item) {
        LOG(WARN, "epoch.renewed", KV_STR("peer", p->name), KV_I64("peer_epoch", request->epoch),
            KV_I64("peer_seq", request->from_seq - 1), KV_I64("epoch", p->out_epoch));
        return link_begin_epoch(l, p, &had);
    }
    if (p->out_sealed_seq == 0)
        return OK;
    if (p->out_acked_seq > 0)
        return rewind_to(l, p, 1);
    p->out_asked_seq = 1;
    p->ready = 1;
    return OK;
}

static enum err judge_resend(struct link *l, struct peer *p, struct message_resend request)
{
    struct sender_position at = peer_position(p, clock_wall_ms(l->o.clock));
    enum sender_verdict verdict = sender_judge_resend(&at, &request);
    switch (verdict) {
    case SENDER_OLD_REQUEST:
        return judge_old_request(l, p, &request);
    case SENDER_ASK:
        p->out_asked_seq = request.from_seq;
        p->ready = 1;
        return OK;
    case SENDER_REWIND:
        return rewind_to(l, p, request.from_seq);
    case SENDER_BEHIND:
    case SENDER_FORK:
    case SENDER_OLD_EPOCH:
        link_note_diverged(p, verdict, request.epoch, request.from_seq - 1);
        return OK;
    case SENDER_STALE:
    case SENDER_ADVANCE:
        return OK;
    }
    return OK;
}

static enum err judge_busy(struct link *l, struct peer *p, const struct message_busy *busy)
{
    int64_t delay_ms = busy->delay_ms < CREDIT_BUSY_MAX_MS ? busy->delay_ms : CREDIT_BUSY_MAX_MS;
    if (delay_ms > 0)
        p->out_busy_until_ms = (uint64_t)(clock_wall_ms(l->o.clock) + delay_ms);
    p->ready = 1;
    return OK;
}

static enum err judge_diverged(struct link *l, struct peer *p,
                               const struct message_diverged *report)
{
    struct sender_position at = peer_position(p, clock_wall_ms(l->o.clock));
    enum sender_verdict verdict = sender_judge_diverged(&at, report);
    if (sender_reason(verdict).len > 0)
        link_note_diverged(p, verdict, report->epoch, report->up_to_seq);
    return OK;
}

enum err link_judge(struct link *l, struct peer *p, const struct message_item *item)
{
    struct message_ack ack;
    struct message_resend resend;
    struct message_diverged diverged;
    struct message_busy busy;
    enum err e = OK;
    if (item->kind == MESSAGE_ACK && (e = message_ack_parse(l->turn, item->body, &ack)) == OK)
        return judge_ack(l, p, &ack);
    if (item->kind == MESSAGE_RESEND &&
        (e = message_resend_parse(l->turn, item->body, &resend)) == OK)
        return judge_resend(l, p, resend);
    if (item->kind == MESSAGE_DIVERGED &&
        (e = message_diverged_parse(l->turn, item->body, &diverged)) == OK)
        return judge_diverged(l, p, &diverged);
    if (item->kind == MESSAGE_BUSY && (e = message_busy_parse(l->turn, item->body, &busy)) == OK)
        return judge_busy(l, p, &busy);
    /* Signed by the peer, and yet not readable here: a newer program, or a wrong one. */
    LOG(WARN, "control.skipped", KV_STR("peer", p->name), KV_I64("kind", item->kind),
        KV_STR("err", str_of(err_name(e))));
    return OK;
}
