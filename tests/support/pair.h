/* pair.h — a hub and one site over the memory transport, each with its database: the smallest world
 * in which a link can be tested.
 *
 * Owns:     both ends and the net, until pair_done.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   what was applied is kept as text in 256 bytes.
 * Promise:  the same run each time: seeded randomness, a clock that only pair_exchange moves. */
#ifndef QQ_TESTS_PAIR_H
#define QQ_TESTS_PAIR_H

#include "common/base/arena.h"
#include "common/base/world.h"
#include "common/seal/suite.h"
#include "common/spool/link.h"
#include "common/transport/memory.h"

struct pair_end {
    struct link_applier applier; /* first member */
    struct keyring *keys;
    struct db *db;
    struct transport *transport;
    struct link *link;
    struct str name;
    char seen[256]; /* what was applied, one text and a space an item */
    size_t count, batch_count;
    uint64_t kind;
    enum err answer; /* of the applier */
};

struct pair {
    struct arena *a;
    struct seeded_random random;
    struct crank_clock clock;
    struct memory_net *net;
    struct pair_end hub, site;
};

void pair_init(struct pair *p, const struct suite_ops *ops); /* keys of that suite */
void pair_done(struct pair *p);
void pair_mute_log(void); /* of the whole program: what goes wrong on purpose is not printed */
struct link_options pair_options(struct pair *p, struct pair_end *n);
void pair_open_end(struct pair *p, struct pair_end *n, struct str url); /* name and keys are set */
void pair_close_end(struct pair_end *n);

/* One item in a transaction of its own. */
void pair_put(struct pair_end *n, struct str peer, struct str text, uint64_t rows);
void pair_send(struct pair_end *n);    /* until there is nothing to send now */
void pair_receive(struct pair_end *n); /* until there is nothing more */
void pair_exchange(struct pair *p, int rounds);
struct link_status pair_status(struct pair *p, struct pair_end *n, struct str peer);

#endif
