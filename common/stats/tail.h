/* tail.h — how rare it would be by chance: upper tails of two distributions.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    false for what is no distribution (a share outside 0 … 1, a negative count).
 * Limits:   TAIL_COUNT_MAX trials or degrees of freedom, so that each call ends soon.
 * Promise:  a probability, 0 … 1; right to eight digits for up to a million trials. */
#ifndef QQ_STATS_TAIL_H
#define QQ_STATS_TAIL_H

#include <stdbool.h>
#include <stdint.h>

#define TAIL_COUNT_MAX 10000000

/* A χ² of `freedom` degrees is at least x. */
bool tail_chi_square(double x, int64_t freedom, double *out);
/* At least k of n trials succeed when each does with chance p. */
bool tail_binomial(int64_t k, int64_t n, double p, double *out);

#endif
