#include "common/stats/tail.h"

#include <math.h>

#define SMALL 1e-15
#define TINY 1e-300

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign); /* lgamma writes a global */
}

/* P(a, y) for y < a + 1: Abramowitz and Stegun, 6.5.29, the sum y^n / (a (a + 1) … (a + n)). */
static double lower_gamma(double a, double y)
{
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > sum * SMALL; n++) {
        term *= y / n;
        sum += term;
    }
    return sum * exp(a * log(y) - y - log_gamma(a));
}

/* Q(a, y) for y ≥ a + 1: Abramowitz and Stegun, 6.5.31, the continued fraction in its even form,
 * evaluated as in W. Lentz, Applied Optics 15 (1976). */
static double upper_gamma(double a, double y)
{
    double b = y + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double product = d;
    double change = 0;
    for (double i = 1; fabs(change - 1) > SMALL && i < TAIL_COUNT_MAX; i++) {
        double part = -i * (i - a);
        b += 2;
        d = part * d + b;
        c = b + part / c;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = fabs(c) < TINY ? TINY : c;
        change = d * c;
        product *= change;
    }
    return product * exp(a * log(y) - y - log_gamma(a));
}

bool tail_chi_square(double x, int64_t freedom, double *out)
{
    if (!(x >= 0) || freedom < 1 || freedom > TAIL_COUNT_MAX)
        return false;
    double a = (double)freedom / 2;
    double y = x / 2;
    *out = y <= 0 ? 1 : isinf(y) ? 0 : y < a + 1 ? 1 - lower_gamma(a, y) : upper_gamma(a, y);
    return true;
}

static double log_term(int64_t k, int64_t n, double p)
{
    double x = (double)k;
    double all = (double)n;
    return log_gamma(all + 1) - log_gamma(x + 1) - log_gamma(all - x + 1) + x * log(p) +
           (all - x) * log1p(-p);
}

/* From k away from the mean each term is smaller than the one before, by the ratio of the two. */
static double sum_up(int64_t k, int64_t n, double p)
{
    double term = exp(log_term(k, n, p));
    double sum = term;
    for (; k < n && term > sum * SMALL; k++) {
        term *= (double)(n - k) / (double)(k + 1) * p / (1 - p);
        sum += term;
    }
    return sum;
}

bool tail_binomial(int64_t k, int64_t n, double p, double *out)
{
    if (n < 0 || n > TAIL_COUNT_MAX || !(p >= 0 && p <= 1))
        return false;
    double sum;
    if (k <= 0)
        sum = 1;
    else if (k > n || p <= 0)
        sum = 0;
    else if (p >= 1)
        sum = 1;
    else if ((double)k >= (double)n * p)
        sum = sum_up(k, n, p);
    else /* fewer than k succeed: more than n − k fail */
        sum = 1 - sum_up(n - k + 1, n, 1 - p);
    *out = sum < 0 ? 0 : sum > 1 ? 1 : sum;
    return true;
}
