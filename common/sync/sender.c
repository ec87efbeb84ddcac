#include "common/sync/sender.h"

#include "common/base/check.h"
#include "common/sync/backoff.h"

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static int64_t wait_ms(const struct sender *s, uint64_t random)
{
    int64_t base = s->smoothed_ms ? s->smoothed_ms * 2 + 500 : SENDER_WAIT_FIRST_MS;
    if (base < SENDER_WAIT_MIN_MS)
        base = SENDER_WAIT_MIN_MS;
    /* Half of a back-off wait may be jitter, so its base is twice the time the answer may take. */
    return backoff_ms(base < SENDER_WAIT_MAX_MS / 2 ? base * 2 : SENDER_WAIT_MAX_MS,
                      SENDER_WAIT_MAX_MS, s->tries, random);
}

static void measure(struct sender *s, int64_t now_ms)
{
    if (s->timed_seq == 0 || s->at.acked_seq < s->timed_seq)
        return;
    int64_t took = now_ms - s->timed_at_ms;
    s->smoothed_ms = s->smoothed_ms ? (s->smoothed_ms * 7 + took) / 8 : took;
    if (s->smoothed_ms < 1)
        s->smoothed_ms = 1;
    s->timed_seq = 0;
}

/* What was handed over counts as lost: it is sent again, and its round trip cannot be measured. */
static void lose(struct sender *s, uint64_t sent_seq)
{
    s->sent_seq = sent_seq;
    s->timed_seq = 0;
    s->resend_at_ms = SENDER_NEVER;
}

/* The peer's answer to what is under way must come by then. */
static void arm(struct sender *s, const struct sender_event *e)
{
    s->resend_at_ms =
        s->sent_seq > s->at.acked_seq ? e->now_ms + wait_ms(s, e->random) : SENDER_NEVER;
}

static void on_turn(struct sender *s, const struct sender_event *e)
{
    if (e->now_ms < s->resend_at_ms || e->now_ms < s->paused_until_ms)
        return;
    s->tries++;
    s->pace = 1;
    lose(s, s->at.acked_seq);
}

static void on_position(struct sender *s, const struct sender_event *e)
{
    uint64_t acked_before = s->at.acked_seq;
    int64_t paused_until_ms = e->position.paused_ms ? e->now_ms + e->position.paused_ms : 0;
    s->paused_until_ms = paused_until_ms;
    if (e->position.epoch != s->at.epoch) {
        *s = (struct sender){.at = e->position,
                             .sent_seq = e->position.acked_seq,
                             .high_seq = e->position.acked_seq,
                             .pace = SENDER_WINDOW,
                             .smoothed_ms = s->smoothed_ms,
                             .resend_at_ms = SENDER_NEVER,
                             .paused_until_ms = paused_until_ms};
        return;
    }
    s->at = e->position;
    if (s->at.acked_seq < acked_before)
        lose(s, s->at.acked_seq);
    if (s->at.acked_seq <= acked_before)
        return;
    s->tries = 0;
    s->pace = least(s->pace * 2, SENDER_WINDOW);
    s->sent_seq = most(s->sent_seq, s->at.acked_seq);
    measure(s, e->now_ms);
    arm(s, e);
}

static void on_asked(struct sender *s, const struct sender_event *e)
{
    if (e->seq <= s->at.acked_seq || e->seq > s->at.sealed_seq)
        return;
    s->tries = 0;
    lose(s, least(s->sent_seq, e->seq - 1));
    s->pace = least(most(s->pace, e->seq - s->at.acked_seq), SENDER_WINDOW);
    arm(s, e);
}

static void on_sent(struct sender *s, const struct sender_event *e)
{
    ASSERT(e->seq >= s->sent_seq);
    ASSERT(e->seq <= s->at.sealed_seq);
    s->sent_seq = e->seq;
    if (e->seq > s->high_seq) {
        s->high_seq = e->seq;
        if (s->timed_seq == 0) {
            s->timed_seq = e->seq;
            s->timed_at_ms = e->now_ms;
        }
    }
    arm(s, e);
}

void sender_step(const struct sender *s, const struct sender_event *event,
                 struct sender_update *out_update)
{
    struct sender next = *s;
    switch (event->kind) {
    case SENDER_TURN:
        on_turn(&next, event);
        break;
    case SENDER_POSITION:
        on_position(&next, event);
        break;
    case SENDER_ASKED:
        on_asked(&next, event);
        break;
    case SENDER_RECONNECTED:
        next.tries = 0;
        lose(&next, next.at.acked_seq);
        break;
    case SENDER_SENT:
        on_sent(&next, event);
        break;
    }
    *out_update = (struct sender_update){next, 1, 0, 0, SENDER_NEVER};
    if (next.at.is_diverged)
        return;
    uint64_t window = least(most(next.at.credit, 1), next.pace);
    uint64_t in_flight = next.at.sealed_seq - next.at.acked_seq;
    out_update->seal_max = in_flight < window ? window - in_flight : 0;
    if (event->now_ms < next.paused_until_ms) {
        out_update->wake_at_ms = next.paused_until_ms;
        return;
    }
    out_update->send_from = next.sent_seq + 1;
    out_update->send_to = least(next.at.sealed_seq, next.at.acked_seq + window);
    out_update->wake_at_ms = next.resend_at_ms;
}

enum sender_verdict sender_judge_ack(const struct sender_position *at, const struct hash *ours,
                                     const struct message_ack *ack)
{
    if (ack->epoch < at->epoch || ack->up_to_seq == 0)
        return SENDER_STALE;
    if (ack->epoch > at->epoch)
        return SENDER_OLD_EPOCH;
    if (ack->up_to_seq > at->sealed_seq)
        return SENDER_BEHIND;
    if (ours && !hash_equal(ours, &ack->last))
        return SENDER_FORK;
    bool is_news = ack->up_to_seq > at->acked_seq ||
                   (ack->up_to_seq == at->acked_seq && ack->credit != at->credit);
    return is_news ? SENDER_ADVANCE : SENDER_STALE;
}

enum sender_verdict sender_judge_resend(const struct sender_position *at,
                                        const struct message_resend *request)
{
    if (request->from_seq == 0)
        return SENDER_STALE;
    if (request->epoch < at->epoch)
        return SENDER_OLD_REQUEST;
    if (request->epoch > at->epoch)
        return SENDER_OLD_EPOCH;
    if (request->from_seq > at->sealed_seq)
        return request->from_seq == at->sealed_seq + 1 ? SENDER_STALE : SENDER_BEHIND;
    return request->from_seq <= at->acked_seq ? SENDER_REWIND : SENDER_ASK;
}

enum sender_verdict sender_judge_diverged(const struct sender_position *at,
                                          const struct message_diverged *report)
{
    if (report->epoch > at->epoch)
        return SENDER_OLD_EPOCH;
    /* An envelope of an earlier epoch that came late is answered like this: nothing is wrong. */
    if (report->epoch < at->epoch || str_equal(report->reason, STR("old-epoch")))
        return SENDER_STALE;
    return str_equal(report->reason, STR("fork")) ? SENDER_FORK : SENDER_BEHIND;
}

struct str sender_reason(enum sender_verdict verdict)
{
    switch (verdict) {
    case SENDER_BEHIND:
        return STR("behind");
    case SENDER_FORK:
        return STR("fork");
    case SENDER_OLD_EPOCH:
        return STR("old-epoch");
    case SENDER_STALE:
    case SENDER_ADVANCE:
    case SENDER_ASK:
    case SENDER_REWIND:
    case SENDER_OLD_REQUEST:
        break;
    }
    return STR_NONE;
}
