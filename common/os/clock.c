#include "common/os/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t wall(struct clock *c)
{
    (void)c;
    return read_ms(CLOCK_REALTIME);
}

static int64_t monotonic(struct clock *c)
{
    (void)c;
    return read_ms(CLOCK_MONOTONIC);
}

struct clock *clock_real(void)
{
    /* Never written to; the interface is not const because hand-cranked clocks are. */
    static const struct clock real = {wall, monotonic};
    return (struct clock *)(uintptr_t)&real;
}

int64_t clock_monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
