/* world.h — some sites and the hub in one thread: a cranked clock, a net that loses, doubles,
 * reorders and bends, disks that fail, processes that die at any write, databases that come back
 * from a backup.
 *
 * Owns:     everything in it.
 * Threads:  one.
 * Fails:    world_run says no, and world_fault what went wrong.
 * Limits:   WORLD_SITES_MAX sites.
 * Promise:  a seed is a run, byte for byte; its options are drawn from it and can be printed. */
#ifndef QQ_SIM_WORLD_H
#define QQ_SIM_WORLD_H

#include "common/base/str.h"

#include <stdint.h>
#include <stdio.h>

#define WORLD_SITES_MAX 3

/* Chances are in 1/1000; of what happens in a step of one end where nothing else is said. */
#define WORLD_OPTIONS(X)                                                                           \
    X(sites)                                                                                       \
    X(steps) /* of the phase with faults */                                                        \
    X(step_max_ms)                                                                                 \
    X(loss) /* of a message, as are the next four */                                               \
    X(duplicate)                                                                                   \
    X(reorder)                                                                                     \
    X(flip)                                                                                        \
    X(delay_max_ms)                                                                                \
    X(put)         /* a transaction with items */                                                  \
    X(abandon)     /* such a transaction is rolled back */                                         \
    X(reply)       /* an applied batch is answered in its transaction */                           \
    X(refuse)      /* the application fails on a batch */                                          \
    X(crash)       /* the process dies at one of its next writes */                                \
    X(down)        /* a dead process stays so for this step */                                     \
    X(full)        /* a disk becomes full */                                                       \
    X(room)        /* so many messages fill the queue of an end; 0: as many as there are */        \
    X(tight)       /* an end says that it has no room, or room again */                            \
    X(pause)       /* an end pauses by itself, as when its peer is known to be away */             \
    X(cut)         /* a site's line is cut, or mended */                                           \
    X(forget)      /* the broker loses its sessions */                                             \
    X(jump)        /* a wall clock jumps */                                                        \
    X(backup)      /* a database is copied */                                                      \
    X(restore)     /* a database is replaced by its last copy */                                   \
    X(epoch)       /* an operator begins a new epoch for no reason */                              \
    X(restart_all) /* 1: everything restarts when the faults end */

struct world_options {
#define X(name) uint64_t name;
    WORLD_OPTIONS(X)
#undef X
};

struct world_keys; /* of all parties; made once, used by all worlds */
struct world;

struct world_keys *world_keys_new(void);
void world_keys_free(struct world_keys *keys);

struct world_options world_options_draw(uint64_t seed);
void world_options_print(FILE *out, const struct world_options *options);

struct world *world_new(uint64_t seed, const struct world_options *options,
                        const struct world_keys *keys, bool is_verbose);
void world_free(struct world *w);
/* Both phases: faults, then peace in which everything must arrive. */
bool world_run(struct world *w);
struct str world_fault(const struct world *w);
uint64_t world_item_count(const struct world *w);

#endif
