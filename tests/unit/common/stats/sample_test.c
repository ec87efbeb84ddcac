#include "common/stats/sample.h"

#include "common/base/check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void near(double found, double expected)
{
    assert_true(fabs(found - expected) <= 1e-12 * fmax(1, fabs(expected)));
}

/* By hand: of n values the place is (n + 1/3) p + 1/3. */
static void quantiles_are_of_type_8(void **state)
{
    (void)state;
    static const struct {
        double values[10];
        size_t count;
        double p, quantile;
    } cases[] = {
        {{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10, 0.25, 35.0 / 12},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 0.5, 5.5},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 0.75, 97.0 / 12},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 0.9, 289.0 / 30}, /* place 31/3 × 9/10 + 1/3 */
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 0, 1},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 1, 10},
        {{7, 3}, 2, 0.25, 3}, /* place 11/12: before the first */
        {{5}, 1, 0.9, 5},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double values[10];
        double out;
        for (size_t k = 0; k < cases[i].count; k++)
            values[k] = cases[i].values[k];
        assert_true(sample_quantile(values, cases[i].count, cases[i].p, &out));
        near(out, cases[i].quantile);
    }
}

static void quartiles_times_twelve_are_the_same_without_rounding(void **state)
{
    (void)state;
    for (size_t n = 1; n < 40; n++) {
        int64_t wholes[40];
        double reals[40];
        double q;
        int64_t x12;
        for (size_t i = 0; i < n; i++)
            reals[i] = (double)(wholes[i] = (int64_t)(i * 7919 % 101) * 100 - 3000);
        for (int quarter = 1; quarter <= 3; quarter += 2) {
            assert_true(sample_quantile(reals, n, quarter * 0.25, &q));
            assert_true(sample_quartile_x12(wholes, n, quarter, &x12));
            near((double)x12, 12 * q);
        }
    }
}

/* NIST, Statistical Reference Datasets: NumAcc1 and NumAcc3 (first lines of its 1001), certified
 * deviations 1 and 0.1. */
static void deviations_are_certified(void **state)
{
    (void)state;
    const double one[] = {10000001, 10000003, 10000002};
    double three[1001];
    double out;
    assert_true(sample_deviation(one, 3, &out));
    near(out, 1);
    for (int i = 0; i < 1001; i++)
        three[i] = i == 0 ? 1000000.2 : i % 2 ? 1000000.1 : 1000000.3;
    assert_true(sample_deviation(three, 1001, &out));
    assert_true(fabs(out - 0.1) < 1e-8);
    assert_false(sample_deviation(one, 1, &out));
}

static void medians_fences_and_robust_z_by_hand(void **state)
{
    (void)state;
    double median[] = {4, 1, 3, 2};
    double mad[] = {9, 1, 2, 6, 1, 4, 2};
    double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double out;
    assert_true(sample_median(median, 4, &out));
    near(out, 2.5);
    assert_true(sample_mad(mad, 7, &out)); /* median 2, distances 1 1 0 0 2 4 7 */
    near(out, 1);
    assert_true(sample_fence(ten, 10, 1.5, true, &out)); /* IQR 62/12 */
    near(out, 97.0 / 12 + 1.5 * 62 / 12);
    assert_true(sample_fence(ten, 10, 3, false, &out));
    near(out, 35.0 / 12 - 3 * 62.0 / 12);
    assert_true(sample_robust_z(16, 2, 1, &out));
    near(out, 0.6745 * 14);
}

static void what_has_no_answer_gets_none(void **state)
{
    (void)state;
    double x[] = {1};
    double out = 7;
    assert_false(sample_quantile(x, 0, 0.5, &out));
    assert_false(sample_quantile(x, 1, -0.1, &out));
    assert_false(sample_quantile(x, 1, 1.1, &out));
    assert_false(sample_quantile(x, 1, NAN, &out));
    assert_false(sample_median(x, 0, &out));
    assert_false(sample_mad(x, 0, &out));
    assert_false(sample_fence(x, 0, 1.5, true, &out));
    assert_false(sample_robust_z(1, 1, 0, &out)); /* all peers alike: no distance is large */
    near(out, 7);
    int64_t large[] = {INT64_MAX, INT64_MAX, INT64_MIN};
    int64_t x12;
    assert_false(sample_quartile_x12(large, 0, 1, &x12));
    assert_false(sample_quartile_x12(large, 3, 3, &x12)); /* twelve times that is no number */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_of_type_8),
        cmocka_unit_test(quartiles_times_twelve_are_the_same_without_rounding),
        cmocka_unit_test(deviations_are_certified),
        cmocka_unit_test(medians_fences_and_robust_z_by_hand),
        cmocka_unit_test(what_has_no_answer_gets_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
