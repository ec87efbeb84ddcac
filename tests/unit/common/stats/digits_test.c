#include "common/stats/digits.h"

#include "common/base/check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define N 1000

/* As many amounts of each first digit as the law's table has per thousand. */
static size_t fill_after_benford(int64_t *fen)
{
    static const int per_thousand[] = {301, 176, 125, 97, 79, 67, 58, 51, 46};
    size_t n = 0;
    for (int d = 1; d <= 9; d++)
        for (int i = 0; i < per_thousand[d - 1]; i++)
            fen[n++] = d * (i % 2 ? 1000 : 1000000) + i;
    return n;
}

static void first_digits_after_the_law_deviate_by_the_rounding_alone(void **state)
{
    (void)state;
    int64_t fen[N];
    double mad;
    assert_int_equal(fill_after_benford(fen), N);
    assert_true(digits_benford_mad(fen, N, 1, 500, &mad));
    assert_true(mad < 0.0003); /* "close" is under 0.006 */
}

/* All beginning with 9: 2 (1 − log10(10/9)) / 9; with 99: 2 (1 − log10(100/99)) / 90. */
static void one_digit_alone_deviates_most(void **state)
{
    (void)state;
    int64_t fen[N];
    double mad;
    for (int i = 0; i < N; i++)
        fen[i] = 99000 + i % 1000;
    assert_true(digits_benford_mad(fen, N, 1, 500, &mad));
    assert_true(fabs(mad - 0.21205389098651664) < 1e-12);
    assert_true(digits_benford_mad(fen, N, 2, 1000, &mad));
    assert_true(fabs(mad - 0.02212522654661222) < 1e-12);
}

static void too_few_amounts_give_no_answer(void **state)
{
    (void)state;
    int64_t fen[] = {999, -5000, 0, 1000, INT64_MAX};
    double mad = 7;
    assert_false(digits_benford_mad(fen, 5, 1, 3, &mad)); /* two of them count */
    assert_false(digits_benford_mad(fen, 3, 1, 0, &mad));
    assert_true(mad > 6);
    assert_true(digits_benford_mad(fen, 5, 1, 2, &mad)); /* 1 and 9: half each */
}

static void last_pairs_are_held_against_an_even_spread(void **state)
{
    (void)state;
    int64_t pairs[300];
    double x = 7;
    for (int i = 0; i < 300; i++)
        pairs[i] = i % 100;
    assert_true(digits_chi_square(pairs, 300, &x));
    assert_true(fabs(x) < 1e-12);
    for (int i = 0; i < 300; i++)
        pairs[i] = 0;
    assert_true(digits_chi_square(pairs, 300, &x)); /* (300 − 3)² / 3 + 99 × 3 */
    assert_true(fabs(x - 29700) < 1e-9);
    pairs[0] = -1;
    pairs[1] = 100;
    assert_false(digits_chi_square(pairs, 2, &x));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_digits_after_the_law_deviate_by_the_rounding_alone),
        cmocka_unit_test(one_digit_alone_deviates_most),
        cmocka_unit_test(too_few_amounts_give_no_answer),
        cmocka_unit_test(last_pairs_are_held_against_an_even_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
