/* outbox_sink.h — imported items go into the link's outbox, to the hub.
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    as link_put.
 * Limits:   as link_put.
 * Promise:  durable with the transaction of the chunk. */
#ifndef QQ_EDGE_AGENT_INTAKE_OUTBOX_SINK_H
#define QQ_EDGE_AGENT_INTAKE_OUTBOX_SINK_H

#include "common/spool/link.h"
#include "edge-agent/intake/chunk.h"

struct outbox_sink {
    struct import_sink sink; /* first member */
    struct link *link;
};

void outbox_sink_init(struct outbox_sink *o, struct link *link);

#endif
