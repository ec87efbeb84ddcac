/* link.h — the one machine of reliability, run by both ends in both directions: what is put at one
 * end inside a transaction is applied at the other end inside a transaction, exactly once and in
 * order, or stays here until it is.
 *
 * Owns:     the tables spool_* of the database given; sealing and opening go through common/seal,
 * decisions through common/sync. Threads:  the loop thread. Fails:    ERR_FULL no disk; ERR_IO,
 * ERR_BUSY of the database. What the network or a peer does wrong is not a failure: it is counted,
 *           logged and answered as protocol.md 4 and 5 say.
 * Limits:   LINK_BATCH_ITEMS_MAX items and LINK_BATCH_BYTES_MAX bytes a batch, LINK_WINDOW_MAX
 * envelopes in flight a peer. Promise:  1. link_put is durable with the caller's transaction. 2.
 * `apply` is called for each batch of each peer exactly once, in order of its stream, and what it
 * writes commits together with the note that it was applied. 3. An item is forgotten only after the
 *           peer's own acknowledgement and the retention. 4. A process without a signing key never
 * sends, one without an opening key never receives; on the hub two processes share the work through
 * the database. */
#ifndef QQ_SPOOL_LINK_H
#define QQ_SPOOL_LINK_H

#include "common/base/world.h"
#include "common/db/db.h"
#include "common/seal/keyring.h"
#include "common/transport/transport.h"
#include "common/wire/message.h"

#define LINK_BATCH_ITEMS_MAX 5000
#define LINK_BATCH_BYTES_MAX ((size_t)1024 * 1024)
#define LINK_WINDOW_MAX 16
#define LINK_APPLY_BYTES_MAX ((size_t)512 * 1024 * 1024)

struct link;

struct link_options {
    struct db *db; /* migrated by link_open */
    struct str self, county;
    const struct keyring *keys;
    struct transport *transport; /* NULL: a role without network (it may still link_put) */
    struct clock *clock;
    struct random *random;
    struct hash catalog;     /* travels in every header */
    int64_t history_ms;      /* acknowledged items are kept that long; default 35 days */
    const char *anchor_path; /* NULL, or the file outside the database in which the position of each
                                stream is kept, so that a restored database is noticed at once */
};

struct link_batch {
    struct str peer;
    uint64_t epoch, seq;
    int64_t created_ms; /* the peer's clock */
    struct hash catalog;
    /* Control messages never come here. A batch that its sender signed but that does not parse
     * comes as one item of kind 0: its whole plain text, for quarantine. */
    const struct message_item *items;
    size_t item_count;
};

/* The caller embeds this as the first member of its own context. Runs inside the transaction;
 * anything but OK rolls it back and the batch comes again later, so a poison batch must be
 * quarantined by the callee, not refused. The arena is emptied after each call and holds
 * LINK_APPLY_BYTES_MAX. */
struct link_applier {
    enum err (*apply)(struct link_applier *self, struct arena *a, const struct link_batch *batch);
};

MUST_USE enum err link_open(const struct link_options *options, struct link **out_link);
void link_close(struct link *l); /* not the database, not the transport */

/* Inside the caller's transaction. `rows` is how many records the item carries, for counting and
 * batching. ERR_TOO_LARGE: a body over LINK_BATCH_BYTES_MAX; the caller cuts it. */
MUST_USE enum err link_put(struct link *l, struct str peer, enum message_kind kind, struct str body,
                           uint64_t rows);

/* Seals what is waiting, sends, sends again, and sends acknowledgements that are due.
 * *out_sleep_ms: when to call again at the latest. */
MUST_USE enum err link_send_turn(struct link *l, int64_t *out_sleep_ms);
/* Takes what the transport has, at most `messages_max`. *out_taken: how many. */
MUST_USE enum err link_receive_turn(struct link *l, struct link_applier *applier,
                                    size_t messages_max, size_t *out_taken);

/* Streams send nothing for so long; acknowledgements still go. For an end that knows that its peer
 * is away or just back (protocol.md 2). 0 ends a pause. */
void link_pause(struct link *l, int64_t delay_ms);
/* There is no room, or room again, for what peers send: they are asked to wait. */
void link_set_full(struct link *l, bool is_full);

enum link_state { LINK_FINE, LINK_DIVERGED };

struct link_status {
    enum link_state state;
    struct str reason; /* of LINK_DIVERGED, our stream's: "behind", "fork", "old-epoch" */
    uint64_t epoch, next_seq, acked_seq;
    uint64_t in_epoch, in_up_to_seq;      /* of the peer's stream, as applied here */
    int64_t in_applied_ms;                /* wall clock of the newest; 0 never */
    uint64_t waiting_items, waiting_rows; /* not yet acknowledged, sealed or not */
    uint64_t acked_items, acked_rows;
    int64_t oldest_waiting_ms; /* age of the oldest unacknowledged item, 0 when none */
    int64_t paused_ms; /* left of a pause: the peer is busy, or known to be away or just back */
    int64_t
        last_contact_ms; /* wall clock of the last envelope from the peer that verified; 0 never */
    struct str refused;  /* why envelopes of the peer were refused in this epoch; empty: none was */
    uint64_t refused_epoch, refused_seq, refused_count; /* the last of them, and how many */
    int64_t refused_ms;                                 /* wall clock of the last; 0 never */
    bool is_twin; /* the chain went on after another was refused: two hold the peer's key */
    uint64_t forged, gaps, duplicates; /* received envelopes, since the database was made */
    int64_t forged_ms;                 /* wall clock of the last forged one; 0 never */
};
MUST_USE enum err link_status(struct link *l, struct str peer, struct arena *a,
                              struct link_status *out_status);
/* Begins a new epoch towards the peer after LINK_DIVERGED: everything not acknowledged, and all
 * history since the point the peer reported, is offered again. */
MUST_USE enum err link_new_epoch(struct link *l, struct str peer);
/* Forgets acknowledged items older than the retention; cheap, to be called now and then. */
MUST_USE enum err link_purge(struct link *l);

#endif
