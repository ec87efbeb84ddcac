/* uplink.h — SPINE: drop → parse → validate → outbox → self-check → batch → seal → send.
 *
 * Owns:     nothing; the parts are main's.
 * Threads:  the loop thread.
 * Fails:    never upwards: what stops a file is shown on the page and tried again.
 * Limits:   one chunk of one file a turn, so that page and network are served in between.
 * Promise:  files are left alone while the disk is nearly full: UPLINK_RESERVE_BYTES or 5 %,
 * whichever is less, stays free for receipts and state. */
#ifndef QQ_EDGE_AGENT_UPLINK_H
#define QQ_EDGE_AGENT_UPLINK_H

#include "common/base/world.h"
#include "common/spool/link.h"
#include "edge-agent/intake/drop.h"
#include "edge-agent/intake/import.h"
#include "edge-agent/page/page.h"
#include "edge-agent/selfcheck/self_check.h"

#define UPLINK_RESERVE_BYTES INT64_C(200000000)
#define UPLINK_STALLED_MS INT64_C(3600000) /* an item that waits for longer is an alarm */
#define UPLINK_SPOOL_PER_FILE 3            /* room that a file may need: its bytes × this */

struct uplink {
    struct drop *drop;
    struct import *import;
    struct self_check *self; /* NULL: none */
    struct link *link;
    struct clock *clock;
    const char *data_folder; /* whose disk it is */
    struct page_state *state;
    int64_t purge_due_ms; /* monotonic */
    int64_t check_due_ms; /* the same, after a failure */
};

/* Whether so much may be written and the reserve still be left. */
bool uplink_has_room(int64_t free_bytes, int64_t total_bytes, int64_t need_bytes);
/* One turn; *out_sleep_ms: when to call again at the latest. */
void uplink_turn(struct uplink *u, int64_t *out_sleep_ms);

#endif
