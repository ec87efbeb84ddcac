/* agent.h — the parts of the agent, opened in order and given to one another.
 *
 * Owns:     everything in it; agent_close releases in reverse.
 * Threads:  the loop thread.
 * Fails:    errors of the parts; a note says which one and what to do.
 * Limits:   AGENT_CATALOG_BYTES_MAX of declarations.
 * Promise:  the database is opened only after settings, keys and catalog are valid (protocol.md
 * 12), and no two agents write to one data folder. */
#ifndef QQ_EDGE_AGENT_AGENT_H
#define QQ_EDGE_AGENT_AGENT_H

#include "edge-agent/downlink.h"
#include "edge-agent/heartbeat.h"
#include "edge-agent/intake/outbox_sink.h"
#include "edge-agent/presence.h"
#include "edge-agent/settings.h"
#include "edge-agent/uplink.h"

#define AGENT_CATALOG_BYTES_MAX ((size_t)64 << 20)

struct catalog;
struct loop;

enum agent_reach {
    AGENT_ASK,   /* database, link without network, beside a running agent: status, new-epoch */
    AGENT_ALTER, /* also the lock and the drop folder: import */
    AGENT_RUN,   /* also network, page and loop */
};

struct agent {
    struct settings settings;
    struct arena *arena; /* of the settings; the caller's */
    int lock;            /* -1: not taken */
    struct catalog *catalog;
    struct keyring *keys;
    struct transport *transport;
    struct db *db;
    struct link *link;
    struct ledger *ledger;
    struct drop *drop;
    struct self_check *self;
    struct import *import;
    struct outbox_sink sink;
    struct loop *loop;
    struct page_state state;
    struct page page;
    struct http_server *server;
    struct uplink uplink;
    struct downlink downlink;
    struct heartbeat heartbeat;
    struct presence presence;
    uint64_t boot;   /* how often this agent was started */
    struct str told; /* what of page_state.stopped the state says */
};

/* ERR_EXISTS: another agent holds the data folder. After a failure agent_close is still to be
 * called. */
MUST_USE enum err agent_open(const struct settings *settings, enum agent_reach reach,
                             struct arena *a, struct agent *out_agent);
MUST_USE enum err agent_run(struct agent *g); /* until a stop signal */
void agent_close(struct agent *g);

#endif
