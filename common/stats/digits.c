#include "common/stats/digits.h"

#include <math.h>

#define PAIRS 100

/* M. Nigrini, Benford's Law (2012): MAD = Σ |seen share − expected share| / number of groups, 9 for
 * the first digit, 90 for the first two. */
bool digits_benford_mad(const int64_t *fen, size_t count, int digits, int64_t least, double *out)
{
    size_t seen[PAIRS] = {0};
    int first = digits == 1 ? 1 : 10;
    int end = first * 10;
    int64_t n = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t head = fen[i];
        if (head < DIGITS_AMOUNT_MIN)
            continue;
        while (head >= end)
            head /= 10;
        seen[head]++;
        n++;
    }
    if (n == 0 || n < least)
        return false;
    double sum = 0;
    for (int d = first; d < end; d++)
        sum += fabs((double)seen[d] / (double)n - log10(1 + 1.0 / d));
    *out = sum / (end - first);
    return true;
}

bool digits_chi_square(const int64_t *pairs, size_t count, double *out)
{
    size_t seen[PAIRS] = {0};
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (pairs[i] >= 0 && pairs[i] < PAIRS) {
            seen[pairs[i]]++;
            n++;
        }
    if (n == 0)
        return false;
    double expected = (double)n / PAIRS;
    double sum = 0;
    for (int i = 0; i < PAIRS; i++)
        sum += ((double)seen[i] - expected) * ((double)seen[i] - expected) / expected;
    *out = sum;
    return true;
}
