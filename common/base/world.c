#include "common/base/world.h"

#include "common/base/check.h"

#include <string.h>

uint64_t random_u64(struct random *r)
{
    uint64_t value;
    r->fill(r, &value, sizeof value);
    return value;
}

uint64_t random_below(struct random *r, uint64_t bound)
{
    ASSERT(bound > 0);
    uint64_t excess = (UINT64_MAX % bound + 1) % bound;
    uint64_t value;
    do
        value = random_u64(r);
    while (value > UINT64_MAX - excess);
    return value % bound;
}

static int64_t crank_wall(struct clock *clock)
{
    struct crank_clock *c = (struct crank_clock *)clock;
    return c->now_ms + c->skew_ms;
}

static int64_t crank_monotonic(struct clock *clock)
{
    return ((struct crank_clock *)clock)->now_ms;
}

void crank_clock_init(struct crank_clock *c, int64_t now_ms)
{
    *c = (struct crank_clock){{crank_wall, crank_monotonic}, now_ms, 0};
}

/* Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014). */
static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void seeded_fill(struct random *random, void *bytes, size_t len)
{
    struct seeded_random *r = (struct seeded_random *)random;
    unsigned char *out = bytes;
    while (len) {
        uint64_t value = splitmix64(&r->state);
        size_t n = len < sizeof value ? len : sizeof value;
        memcpy(out, &value, n);
        out += n;
        len -= n;
    }
}

void seeded_random_init(struct seeded_random *r, uint64_t seed)
{
    *r = (struct seeded_random){{seeded_fill}, seed};
}
