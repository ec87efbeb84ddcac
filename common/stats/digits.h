/* digits.h — whether the digits of amounts look as honest books' do: first digits after Benford,
 * last two digits evenly.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    false when there are fewer values than asked for, or none.
 * Limits:   none.
 * Promise:  amounts under DIGITS_AMOUNT_MIN do not count; what is fixed by rate or capped is the
 * rule's to leave out, for it follows no such law. */
#ifndef QQ_STATS_DIGITS_H
#define QQ_STATS_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGITS_AMOUNT_MIN 1000 /* fen: amounts from 10 yuan (indicators N01) */

/* Mean absolute deviation of the shares of the first `digits` (1 or 2) from log10(1 + 1/d). */
bool digits_benford_mad(const int64_t *fen, size_t count, int digits, int64_t least, double *out);
/* Σ (seen − expected)² / expected over the hundred pairs 00 … 99; other values do not count. */
bool digits_chi_square(const int64_t *pairs, size_t count, double *out);

#endif
