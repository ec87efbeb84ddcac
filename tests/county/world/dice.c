#include "tests/county/world/dice.h"

uint64_t dice_hash(const char *text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return h;
}

uint64_t dice_next(struct dice *d)
{
    uint64_t z = (d->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct dice dice_for(uint64_t seed, const char *purpose, uint64_t which)
{
    struct dice d = {seed ^ dice_hash(purpose)};
    d.state = dice_next(&d) ^ (which * 0xd1342543de82ef95u);
    (void)dice_next(&d);
    return d;
}

uint32_t dice_below(struct dice *d, uint32_t n)
{
    return (uint32_t)(((dice_next(d) >> 32) * n) >> 32);
}

int32_t dice_range(struct dice *d, int32_t lo, int32_t hi)
{
    return lo + (int32_t)dice_below(d, (uint32_t)(hi - lo + 1));
}

bool dice_chance(struct dice *d, uint32_t per_mille)
{
    return dice_below(d, 1000) < per_mille;
}

size_t dice_weighted(struct dice *d, const uint16_t *weights, size_t count)
{
    uint32_t sum = 0, at;
    size_t i;

    for (i = 0; i < count; i++)
        sum += weights[i];
    at = dice_below(d, sum);
    for (i = 0; i + 1 < count && at >= weights[i]; i++)
        at -= weights[i];
    return i;
}
