/* world_state.h — what the files of the simulated world share.
 *
 * Owns:     as world.h.
 * Threads:  one.
 * Fails:    as world.h.
 * Limits:   as world.h.
 * Promise:  seen by world*.c only. */
#ifndef QQ_SIM_WORLD_STATE_H
#define QQ_SIM_WORLD_STATE_H

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/base/world.h"
#include "common/db/db.h"
#include "common/spool/link.h"
#include "common/transport/memory.h"
#include "tests/sim/checker.h"
#include "tests/sim/world.h"

#define WORLD_ENDS_MAX (WORLD_SITES_MAX + 1)
#define WORLD_HUB 0 /* the index of the hub; sites follow */

struct world_end {
    struct link_applier applier; /* first member */
    struct world *world;
    int index;
    struct str name;
    struct db *db;
    struct link *link; /* NULL: the process is down */
    struct transport *transport;
    struct crank_clock clock;
    bool is_dead, is_cut, is_full, is_tight, has_backup;
    uint64_t writes_left; /* until the process dies; 0: it does not */
    bool is_faulty;       /* this turn met a fault that was made on purpose */
};

struct world {
    uint64_t seed;
    struct world_options o;
    const struct world_keys *keys;
    bool is_verbose, is_peace;
    struct arena *keep, *scratch;
    struct seeded_random random;
    struct crank_clock clock; /* of the net */
    struct memory_net *net;
    struct world_end ends[WORLD_ENDS_MAX];
    int end_count;
    uint64_t next_uid;
    VEC(struct checker_put) puts, pending;
    bool is_broken[WORLD_ENDS_MAX][WORLD_ENDS_MAX]; /* [from][to] */
    bool was_restored[WORLD_ENDS_MAX];
    struct str fault;
    struct str fault_text;
};

struct keyring *world_keys_of(const struct world_keys *keys, int index);
bool world_chance(struct world *w, uint64_t permille);
void world_say(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void world_blame(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool world_end_start(struct world_end *n);
void world_end_stop(struct world_end *n);
void world_end_put(struct world_end *n);
void world_end_turn(struct world_end *n, int64_t *out_sleep_ms);
void world_end_watch(struct world_end *n); /* divergence, and the operator who mends it */
bool world_end_setup_backup(struct world_end *n);
void world_end_backup(struct world_end *n);
void world_end_restore(struct world_end *n);

#endif
