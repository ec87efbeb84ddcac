/* sample.h — where the values of a sample lie and how far apart, for outliers among peers.
 *
 * Owns:     nothing; the values are the caller's, and are sorted or changed.
 * Threads:  any.
 * Fails:    false for what has no answer (no values, a share outside 0 … 1, a number too large to
 * be whole); out is left alone.
 * Limits:   memory of the caller.
 * Promise:  the same values in any order give the same result, but for rounding of the deviation.
 */
#ifndef QQ_STATS_SAMPLE_H
#define QQ_STATS_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Type 8 of Hyndman and Fan: place (n + 1/3) p + 1/3, between two values in proportion, inside. */
bool sample_quantile(double *values, size_t count, double p, double *out);
/* Twelve times the quantile at a quarter (1) or three quarters (3): whole, so nothing is rounded.
 */
bool sample_quartile_x12(int64_t *values, size_t count, int quarter, int64_t *out);
bool sample_median(double *values, size_t count, double *out);
/* The median of the distances from the median; the values become these distances. */
bool sample_mad(double *values, size_t count, double *out);
/* Q1 − k (Q3 − Q1), or Q3 + k (Q3 − Q1). */
bool sample_fence(double *values, size_t count, double k, bool is_high, double *out);
bool sample_deviation(const double *values, size_t count, double *out); /* over n − 1; n from 2 */
bool sample_robust_z(double x, double median, double mad, double *out); /* not when mad is 0 */

#endif
