/* presence.h — what the broker says of the hub: while it is away nothing is sent into the void, and
 * when it is back not everybody comes in the same second (protocol.md 2).
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    a state that does not parse is skipped.
 * Limits:   pauses of PRESENCE_AWAY_MS at most: a retained word that nobody corrects must not keep
 * a site silent. Promise:  nothing is lost by a wrong word, it only comes later. */
#ifndef QQ_EDGE_AGENT_PRESENCE_H
#define QQ_EDGE_AGENT_PRESENCE_H

#include "common/base/world.h"
#include "common/spool/link.h"
#include "common/transport/transport.h"

#define PRESENCE_AWAY_MS INT64_C(600000)
#define PRESENCE_SPREAD_MAX_MS INT64_C(600000)

struct presence {
    struct transport_watch watch; /* first member */
    struct link *link;            /* set before the first turn */
    struct random *random;
    bool is_away; /* the hub's receiving role said good-bye, or its will did */
};

void presence_init(struct presence *p, struct random *random);

#endif
