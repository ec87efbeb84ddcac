/* world.h — the clock and the randomness that pure code is given: values behind two tiny
 * interfaces.
 *
 * Owns:     nothing.
 * Threads:  as the implementation.
 * Fails:    never; the kernel's randomness failing stops the process (os/random.c).
 * Limits:   none.
 * Promise:  hand-cranked and seeded twins live here, so that a test's world is a number. */
#ifndef QQ_BASE_WORLD_H
#define QQ_BASE_WORLD_H

#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*wall_ms)(struct clock *c);      /* Unix time; may jump */
    int64_t (*monotonic_ms)(struct clock *c); /* never goes back; for durations */
};

struct random {
    void (*fill)(struct random *r, void *bytes, size_t len);
};

static inline int64_t clock_wall_ms(struct clock *c)
{
    return c->wall_ms(c);
}

static inline int64_t clock_monotonic_ms(struct clock *c)
{
    return c->monotonic_ms(c);
}

uint64_t random_u64(struct random *r);
uint64_t random_below(struct random *r, uint64_t bound); /* 0 … bound-1, without bias; bound > 0 */

struct crank_clock {
    struct clock clock; /* first member */
    int64_t now_ms;
    int64_t skew_ms; /* wall = now + skew */
};
void crank_clock_init(struct crank_clock *c, int64_t now_ms);

struct seeded_random {
    struct random random; /* first member */
    uint64_t state;
};
void seeded_random_init(struct seeded_random *r, uint64_t seed); /* splitmix64 */

#endif
