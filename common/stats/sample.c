#include "common/stats/sample.h"

#include <math.h>
#include <stdlib.h>

static int by_real(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_whole(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* R. J. Hyndman, Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician 50
 * (1996), definition 8. */
static double place(const double *sorted, size_t count, double p)
{
    double n = (double)count;
    double h = (n + 1.0 / 3.0) * p + 1.0 / 3.0;
    if (h <= 1)
        return sorted[0];
    if (h >= n)
        return sorted[count - 1];
    double below = floor(h);
    size_t i = (size_t)below;
    return sorted[i - 1] + (h - below) * (sorted[i] - sorted[i - 1]);
}

bool sample_quantile(double *values, size_t count, double p, double *out)
{
    if (count == 0 || !(p >= 0 && p <= 1))
        return false;
    qsort(values, count, sizeof *values, by_real);
    *out = place(values, count, p);
    return true;
}

/* For a quarter the place is (3n + 5) / 12, for three (9n + 7) / 12. */
bool sample_quartile_x12(int64_t *values, size_t count, int quarter, int64_t *out)
{
    size_t twelfths = quarter == 1 ? 3 * count + 5 : 9 * count + 7;
    size_t low = twelfths / 12;
    size_t high = low + 1;
    int64_t part = (int64_t)(twelfths % 12);
    int64_t below;
    int64_t above;
    int64_t sum;
    if (count == 0)
        return false;
    qsort(values, count, sizeof *values, by_whole);
    low = low < 1 ? 1 : low > count ? count : low;
    high = high > count ? count : high;
    if (__builtin_mul_overflow(values[low - 1], 12 - part, &below) ||
        __builtin_mul_overflow(values[high - 1], part, &above) ||
        __builtin_add_overflow(below, above, &sum))
        return false;
    *out = sum;
    return true;
}

bool sample_median(double *values, size_t count, double *out)
{
    if (count == 0)
        return false;
    qsort(values, count, sizeof *values, by_real);
    double low = values[(count - 1) / 2];
    *out = low + (values[count / 2] - low) / 2;
    return true;
}

bool sample_mad(double *values, size_t count, double *out)
{
    double median;
    if (!sample_median(values, count, &median))
        return false;
    for (size_t i = 0; i < count; i++)
        values[i] = fabs(values[i] - median);
    return sample_median(values, count, out);
}

bool sample_fence(double *values, size_t count, double k, bool is_high, double *out)
{
    double q1;
    if (!sample_quantile(values, count, 0.25, &q1))
        return false;
    double q3 = place(values, count, 0.75);
    *out = is_high ? q3 + k * (q3 - q1) : q1 - k * (q3 - q1);
    return true;
}

/* In two passes, so that large equal amounts do not cancel one another out. */
bool sample_deviation(const double *values, size_t count, double *out)
{
    double sum = 0;
    double squares = 0;
    if (count < 2)
        return false;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    double mean = sum / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    *out = sqrt(squares / (double)(count - 1));
    return true;
}

/* B. Iglewicz, D. Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 (x − median) / MAD, as
 * in the NIST handbook, 1.3.5.17. */
bool sample_robust_z(double x, double median, double mad, double *out)
{
    if (!(mad > 0))
        return false;
    *out = 0.6745 * (x - median) / mad;
    return true;
}
