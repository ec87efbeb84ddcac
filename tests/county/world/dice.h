/* dice.h — the only source of chance in the county: the same seed and purpose give the same throws.
 *
 * Owns:     nothing; the state is the caller's.
 * Threads:  any, one at a time for each state.
 * Fails:    never.
 * Limits:   none.
 * Promise:  what one purpose throws does not depend on how often another purpose threw. */
#ifndef COUNTY_DICE_H
#define COUNTY_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* A stream of its own for a purpose, and for one thing of that purpose. */
struct dice dice_for(uint64_t seed, const char *purpose, uint64_t which);
uint64_t dice_next(struct dice *d);
/* 0 … n − 1; n > 0. */
uint32_t dice_below(struct dice *d, uint32_t n);
/* lo … hi, both included. */
int32_t dice_range(struct dice *d, int32_t lo, int32_t hi);
bool dice_chance(struct dice *d, uint32_t per_mille);
/* Index by weight; the sum of the weights is > 0. */
size_t dice_weighted(struct dice *d, const uint16_t *weights, size_t count);
uint64_t dice_hash(const char *text);

#endif
