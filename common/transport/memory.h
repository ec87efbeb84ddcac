/* memory.h — the transport inside one process, with faults on demand: for the simulator and for
 * tests.
 *
 * Owns:     every message under way.
 * Threads:  one.
 * Fails:    as transport.h.
 * Limits:   MEMORY_MESSAGES_MAX under way; beyond it messages are lost.
 * Promise:  every fault comes from the seeded randomness given: a seed is a run. */
#ifndef QQ_TRANSPORT_MEMORY_H
#define QQ_TRANSPORT_MEMORY_H

#include "common/base/world.h"
#include "common/transport/transport.h"

#define MEMORY_MESSAGES_MAX 4096

struct memory_faults {                       /* chances in 1/1000 */
    unsigned loss, duplicate, reorder, flip; /* flip: one bit changes under way */
    int64_t delay_max_ms;
};

struct memory_net;

struct memory_net *memory_net_new(struct random *random, struct clock *clock);
void memory_net_free(struct memory_net *net);
void memory_net_set_faults(struct memory_net *net, struct memory_faults faults);
void memory_net_cut(struct memory_net *net, struct str site,
                    bool is_cut); /* partition: send gives ERR_CLOSED */
bool memory_net_is_idle(const struct memory_net *net);
/* An end: a site by its id, or the hub by "hub". Messages to a closed end wait for its next opening
 * (the broker keeps them), or are lost when memory_net_forget is called (the broker lost its
 * sessions). */
struct transport *memory_open(struct memory_net *net, struct str name);
void memory_net_forget(struct memory_net *net);
/* How many messages to the hub count as full (transport_load); MEMORY_MESSAGES_MAX at first. */
void memory_net_set_room(struct memory_net *net, size_t messages);

#endif
