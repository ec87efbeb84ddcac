/* heartbeat.h — counts, versions and room on the disk, as an ordinary message in the outbox.
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    errors of db.h and spool/link.h; the next one comes all the same.
 * Limits:   made only while connected and while the stream is not stopped, so that weeks do not
 * fill the outbox with them. Promise:  holds no content of any record; of a self-check it has the
 * hash of the rule, rows and hits, once a run. */
#ifndef QQ_EDGE_AGENT_HEARTBEAT_H
#define QQ_EDGE_AGENT_HEARTBEAT_H

#include "common/base/sha256.h"
#include "common/base/world.h"
#include "common/spool/link.h"
#include "edge-agent/intake/ledger.h"
#include "edge-agent/page/page.h"

struct heartbeat {
    struct db *db;
    struct link *link;
    struct ledger *ledger;
    struct clock *clock;
    struct page_state *state; /* `stopped` is kept up to date */
    struct hash catalog;
    int64_t every_ms;
    int64_t due_ms; /* monotonic */
};

/* Puts one when it is due and the link is connected. *out_sleep_ms: when the next is due. */
MUST_USE enum err heartbeat_turn(struct heartbeat *h, int64_t *out_sleep_ms);

#endif
