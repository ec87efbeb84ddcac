#include "common/stats/tail.h"

#include "common/base/check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* NIST/SEMATECH e-Handbook, 1.3.6.7.4: critical values with three decimals, so the tail is near the
 * level to about four digits. */
static void critical_values_of_chi_square_give_their_levels(void **state)
{
    (void)state;
    static const struct {
        double x;
        int64_t freedom;
        double level;
    } cases[] = {
        {2.706, 1, 0.10},    {3.841, 1, 0.05},     {10.828, 1, 0.001},  {5.991, 2, 0.05},
        {18.307, 10, 0.05},  {29.588, 10, 0.001},  {117.407, 99, 0.10}, {123.225, 99, 0.05},
        {134.642, 99, 0.01}, {148.230, 99, 0.001}, {77.046, 99, 0.95},  {61.137, 99, 0.999},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double p;
        assert_true(tail_chi_square(cases[i].x, cases[i].freedom, &p));
        assert_true(fabs(p - cases[i].level) < 0.0006 * cases[i].level);
    }
}

/* With two degrees of freedom it is e^(−x/2). */
static void two_degrees_are_an_exponential(void **state)
{
    (void)state;
    for (double x = 0; x < 1400; x = x * 1.3 + 0.01) {
        double p;
        assert_true(tail_chi_square(x, 2, &p));
        assert_true(fabs(p - exp(-x / 2)) <= 1e-12 * exp(-x / 2) + 1e-15 * (x < 4));
    }
}

/* Exact fractions, added up. */
static void binomial_tails_are_their_sums(void **state)
{
    (void)state;
    static const struct {
        int64_t k, n;
        double p, tail;
    } cases[] = {
        {8, 10, 0.5, 0.0546875},
        {10, 20, 0.3, 0.04796189733134348},
        {3, 20, 0.3, 0.9645168677015313},
        {70, 100, 0.5, 3.925069822796835e-05},
        {1, 1000, 0.001, 0.6323045752290359},
        {150, 1000, 0.1, 4.4894428594500086e-07},
        {0, 5, 0.2, 1},
        {6, 5, 0.2, 0},
        {1, 5, 0, 0},
        {5, 5, 1, 1},
        {0, 0, 0.5, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double p;
        assert_true(tail_binomial(cases[i].k, cases[i].n, cases[i].p, &p));
        assert_true(fabs(p - cases[i].tail) <= 1e-10 * cases[i].tail);
    }
}

static void what_is_no_distribution_gets_no_answer(void **state)
{
    (void)state;
    double p = 7;
    assert_false(tail_chi_square(-1, 3, &p));
    assert_false(tail_chi_square(NAN, 3, &p));
    assert_false(tail_chi_square(1, 0, &p));
    assert_false(tail_chi_square(1, INT64_MAX, &p));
    assert_false(tail_binomial(1, -1, 0.5, &p));
    assert_false(tail_binomial(1, INT64_MAX, 0.5, &p));
    assert_false(tail_binomial(1, 2, 1.5, &p));
    assert_false(tail_binomial(1, 2, NAN, &p));
    assert_true(p > 6);
    assert_true(tail_chi_square(INFINITY, 3, &p));
    assert_true(p <= 0);
    assert_true(tail_binomial(INT64_MIN, 2, 0.5, &p));
    assert_true(p >= 1);
}

/* The largest there is ends soon, and half of it lies on either side. */
static void the_largest_ends_and_is_about_a_half(void **state)
{
    (void)state;
    double p;
    assert_true(tail_chi_square(TAIL_COUNT_MAX, TAIL_COUNT_MAX, &p));
    assert_true(fabs(p - 0.5) < 0.001);
    assert_true(tail_binomial(TAIL_COUNT_MAX / 2, TAIL_COUNT_MAX, 0.5, &p));
    assert_true(fabs(p - 0.5) < 0.001);
    assert_true(tail_binomial(TAIL_COUNT_MAX / 2 + 5000, TAIL_COUNT_MAX, 0.5, &p));
    assert_true(p > 0.0007 && p < 0.0009); /* 3.16 deviations */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(critical_values_of_chi_square_give_their_levels),
        cmocka_unit_test(two_degrees_are_an_exponential),
        cmocka_unit_test(binomial_tails_are_their_sums),
        cmocka_unit_test(what_is_no_distribution_gets_no_answer),
        cmocka_unit_test(the_largest_ends_and_is_about_a_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
