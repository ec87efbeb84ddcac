#include "common/db/db_aggregates.h"

#include "common/stats/digits.h"
#include "common/stats/sample.h"
#include "common/stats/tail.h"

#define PAIR_FREEDOM 99 /* a hundred pairs of digits whose counts have one sum */

static void give(struct db_call *c, bool has_value, const double *value)
{
    c->out = (struct db_value){.type = has_value ? DB_REAL : DB_NULL, .real = *value};
}

static void give_quartile(struct db_call *c, int quarter)
{
    int64_t x = 0;
    if (sample_quartile_x12(c->wholes, c->count, quarter, &x))
        c->out = (struct db_value){.type = DB_INT, .whole = x};
}

void db_q1_x12(struct db_call *c)
{
    give_quartile(c, 1);
}

void db_q3_x12(struct db_call *c)
{
    give_quartile(c, 3);
}

void db_quantile(struct db_call *c)
{
    double x = 0;
    give(c, sample_quantile(c->reals, c->count, c->in[1].real, &x), &x);
}

void db_median(struct db_call *c)
{
    double x = 0;
    give(c, sample_median(c->reals, c->count, &x), &x);
}

void db_mad(struct db_call *c)
{
    double x = 0;
    give(c, sample_mad(c->reals, c->count, &x), &x);
}

void db_fence_low(struct db_call *c)
{
    double x = 0;
    give(c, sample_fence(c->reals, c->count, c->in[1].real, false, &x), &x);
}

void db_fence_high(struct db_call *c)
{
    double x = 0;
    give(c, sample_fence(c->reals, c->count, c->in[1].real, true, &x), &x);
}

void db_stddev(struct db_call *c)
{
    double x = 0;
    give(c, sample_deviation(c->reals, c->count, &x), &x);
}

void db_benford1(struct db_call *c)
{
    double x = 0;
    give(c, digits_benford_mad(c->wholes, c->count, 1, c->in[1].whole, &x), &x);
}

void db_benford2(struct db_call *c)
{
    double x = 0;
    give(c, digits_benford_mad(c->wholes, c->count, 2, c->in[1].whole, &x), &x);
}

void db_chi2(struct db_call *c)
{
    double x = 0;
    give(c, digits_chi_square(c->wholes, c->count, &x), &x);
}

void db_chi2_p(struct db_call *c)
{
    double x = 0;
    double p = 0;
    bool has_value =
        digits_chi_square(c->wholes, c->count, &x) && tail_chi_square(x, PAIR_FREEDOM, &p);
    give(c, has_value, &p);
}
