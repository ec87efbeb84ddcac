/* link_state.h — what a link remembers between turns; everything in it may be lost at any moment.
 *
 * Owns:     as link.h; seen by the files link*.c only.
 * Threads:  the loop thread.
 * Fails:    as link.h.
 * Limits:   LINK_HELD_BYTES_MAX of envelopes that came early; LINK_GROUP_BYTES_MAX opened before
 *           one transaction takes them.
 * Promise:  the database decides, this only saves asking it. */
#ifndef QQ_SPOOL_LINK_STATE_H
#define QQ_SPOOL_LINK_STATE_H

#include "common/base/arena.h"
#include "common/base/map.h"
#include "common/base/vec.h"
#include "common/spool/link.h"
#include "common/spool/peer.h"
#include "common/sync/credit.h"

#define LINK_HELD_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define LINK_GROUP_BYTES_MAX ((size_t)24 * 1024 * 1024)
#define LINK_ASK_AGAIN_MS 1000
#define LINK_FORGED_LOGGED_AT 3

struct link_held {
    struct arena *arena; /* holds `bytes`; NULL: the place is free */
    uint64_t epoch, seq;
    struct str bytes;
};

struct link_peer {
    struct str name;
    struct sender sender;
    bool is_loaded; /* the sender knows its position */
    struct hash last_sealed;
    struct link_held held[LINK_WINDOW_MAX];
    uint64_t asked_epoch,
        asked_seq; /* what was last asked for, so that it is not asked each time */
    int64_t asked_at_ms;
    uint64_t forged; /* since the link was opened */
    uint64_t forged_unsaved;
    bool is_stalled; /* a batch of it failed in this turn: the rest of it waits */
};

struct link {
    struct link_options o;
    struct arena *keep, *turn, *scratch, *apply;
    struct map peer_of; /* name -> struct link_peer */
    VEC(struct link_peer *) peers;
    bool is_touched; /* something was written through this link */
    bool was_connected;
    bool is_backed_up; /* the transport took less than there was to send */
    int64_t data_version;
    int64_t wake_at_ms, announce_at_ms;
    int64_t paused_until_ms; /* monotonic; link_pause */
    size_t held_bytes;
    struct credit granted;
    bool is_full;   /* no room on the disk; link_set_full */
    bool was_tight; /* somebody may have been granted less than everything; so after a start */
};

struct link_peer *link_peer_get(struct link *l, struct str name); /* made when it is new */
/* Says what is due to the peer, if anything. */
void link_answer(struct link *l, const struct peer *p);
/* One item of a control envelope: what a peer says about our stream to it. */
MUST_USE enum err link_judge(struct link *l, struct peer *p, const struct message_item *item);
struct outbox_sealed;
/* Everything behind `from` is offered again in a new chain. */
MUST_USE enum err link_begin_epoch(struct link *l, struct peer *p,
                                   const struct outbox_sealed *from);
void link_note_diverged(struct peer *p, enum sender_verdict verdict, uint64_t epoch, uint64_t seq);

#endif
