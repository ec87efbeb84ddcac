/* downlink.h — SPINE: receive → open → inbox → receipt.
 *
 * Owns:     nothing; the parts are main's.
 * Threads:  the loop thread.
 * Fails:    never upwards: what stops a batch is logged, and the batch comes again.
 * Limits:   DOWNLINK_MESSAGES_MAX messages a turn.
 * Promise:  a document, and the receipt that it was delivered, are one transaction; what is not
 * understood is set aside and counted, never dropped. */
#ifndef QQ_EDGE_AGENT_DOWNLINK_H
#define QQ_EDGE_AGENT_DOWNLINK_H

#include "common/base/world.h"
#include "common/spool/link.h"
#include "edge-agent/intake/ledger.h"

#define DOWNLINK_MESSAGES_MAX 64

struct downlink {
    struct link_applier applier; /* first member */
    struct db *db;
    struct ledger *ledger;
    struct link *link;
    struct clock *clock;
};

void downlink_init(struct downlink *d, struct db *db, struct ledger *ledger, struct link *link,
                   struct clock *clock);
/* One turn. Returns whether there may be more at once. */
bool downlink_turn(struct downlink *d);

#endif
