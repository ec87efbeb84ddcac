/* sender.h — when to send, send again, seal more, or stop, for one peer's stream; and what the
 * peer's answers mean (protocol.md 2, 4, 5). Decided here, done by the spool.
 *
 * Owns:     nothing; the state is the caller's, may be lost at any moment and is found again by a
 *           position event. Threads:  any.
 * Fails:    never.
 * Limits:   SENDER_WINDOW envelopes in flight; waits of SENDER_WAIT_MIN_MS … SENDER_WAIT_MAX_MS.
 * Promise:  what is sealed and not acknowledged is sent again until it is; a peer that is silent
 *           costs one envelope a wait, and waits double. */
#ifndef QQ_SYNC_SENDER_H
#define QQ_SYNC_SENDER_H

#include "common/wire/message.h"

#include <stdbool.h>

#define SENDER_WINDOW 16
#define SENDER_WAIT_FIRST_MS 2000
#define SENDER_WAIT_MIN_MS 1000
#define SENDER_WAIT_MAX_MS ((int64_t)3600 * 1000) /* a peer that comes back asks by itself */
#define SENDER_NEVER INT64_MAX

struct sender_position { /* what the database knows */
    uint64_t epoch;      /* from 1 */
    uint64_t acked_seq, sealed_seq;
    uint64_t credit;   /* the peer's; 0 counts as 1, so that its change of mind is noticed */
    int64_t paused_ms; /* left of the pause that the peer asked for */
    bool is_diverged;
};

struct sender {
    struct sender_position at;
    uint64_t sent_seq; /* handed to the transport since the last loss was noticed */
    uint64_t high_seq; /* ever handed over */
    uint64_t pace;     /* envelopes in flight: 1 after a loss, doubled by each progress */
    unsigned tries;    /* without progress */
    int64_t smoothed_ms, timed_at_ms;
    uint64_t timed_seq; /* the envelope whose round trip is being measured; 0: none */
    int64_t resend_at_ms;
    int64_t paused_until_ms;
};

enum sender_event_kind {
    SENDER_TURN,
    SENDER_POSITION,    /* position: as just read */
    SENDER_ASKED,       /* seq: the peer misses everything from it */
    SENDER_RECONNECTED, /* what was under way is lost */
    SENDER_SENT,        /* seq: everything up to it was handed over */
};

struct sender_event {
    enum sender_event_kind kind;
    int64_t now_ms; /* monotonic */
    uint64_t seq;
    uint64_t random;
    struct sender_position position;
};

struct sender_update {
    struct sender next;
    uint64_t send_from, send_to; /* nothing to send when from > to */
    uint64_t seal_max;           /* how many more envelopes may be sealed */
    int64_t wake_at_ms;
};

void sender_step(const struct sender *s, const struct sender_event *event,
                 struct sender_update *out_update);

enum sender_verdict {
    SENDER_STALE,       /* nothing new */
    SENDER_ADVANCE,     /* acknowledged up to there */
    SENDER_ASK,         /* send again from there */
    SENDER_REWIND,      /* the peer lost what it had acknowledged: that counts as waiting again */
    SENDER_OLD_REQUEST, /* the peer still stands in an earlier epoch */
    SENDER_BEHIND,      /* the peer has more than was ever sealed here: we were restored */
    SENDER_FORK,        /* the peer has another envelope under that number */
    SENDER_OLD_EPOCH,   /* the peer knows a later epoch of ours */
};

/* `ours`: the hash of our envelope up_to_seq, NULL when it is forgotten. */
enum sender_verdict sender_judge_ack(const struct sender_position *at, const struct hash *ours,
                                     const struct message_ack *ack);
/* Epoch 0 in a request: nothing was ever received. */
enum sender_verdict sender_judge_resend(const struct sender_position *at,
                                        const struct message_resend *request);
enum sender_verdict sender_judge_diverged(const struct sender_position *at,
                                          const struct message_diverged *report);
struct str sender_reason(enum sender_verdict verdict); /* of BEHIND, FORK, OLD_EPOCH */

#endif
