#include "common/base/workday.h"

#include "common/base/check.h"
#include "common/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* National Day 2026 by the State Council's notice of 2025-11: off 1 to 7 October, worked on Sunday
 * 20 September and Saturday 10 October. */
static const int32_t off[] = {20261001, 20261002, 20261005, 20261006, 20261007};
static const int32_t worked[] = {20260920, 20261010};
static const struct workdays days = {off, COUNT_OF(off), worked, COUNT_OF(worked), 2026, 2026};

static void the_week_decides_but_for_the_notices(void **state)
{
    (void)state;
    assert_true(workday_is(&days, 20260918));  /* a Friday */
    assert_false(workday_is(&days, 20260919)); /* a Saturday */
    assert_true(workday_is(&days, 20260920));  /* a Sunday that is worked */
    assert_false(workday_is(&days, 20261001)); /* a Thursday off */
    assert_true(workday_is(&days, 20261010));
    assert_false(workday_is(&days, 20261011));
}

static void counting_jumps_over_the_holiday(void **state)
{
    (void)state;
    assert_int_equal(workday_add(&days, 20260930, 0), 20260930);
    assert_int_equal(workday_add(&days, 20260930, 1), 20261008);
    assert_int_equal(workday_add(&days, 20260930, 3), 20261010);
    assert_int_equal(workday_add(&days, 20260930, 4), 20261012);
    assert_int_equal(workday_count(&days, 20260930, 20261012), 4);
    assert_int_equal(workday_count(&days, 20261012, 20260930), 0);
    for (int n = 1; n < 60; n++)
        assert_int_equal(workday_count(&days, 20260901, workday_add(&days, 20260901, n)), n);
}

/* However it is reckoned, it is what going from day to day would count. */
static void counting_is_going_from_day_to_day(void **state)
{
    (void)state;
    for (int from = 0; from < 40; from++) {
        int32_t after = date_add_days(20260905, from);
        int n = 0;
        assert_int_equal(workday_count(&days, after, after), 0);
        for (int32_t day = date_add_days(after, 1); day < 20261120; day = date_add_days(day, 1)) {
            n += workday_is(&days, day);
            assert_int_equal(workday_count(&days, after, day), n);
            if (workday_is(&days, day))
                assert_int_equal(workday_add(&days, after, n), day);
        }
    }
    assert_int_equal(workday_count(&days, 19680101, 19680108), 5); /* before 1970 */
}

static void a_year_without_a_notice_is_told_apart(void **state)
{
    (void)state;
    const struct workdays none = {0};
    assert_true(workday_is_known(&days, 20261231));
    assert_false(workday_is_known(&days, 20270101));
    assert_false(workday_is_known(&none, 20260101));
    assert_true(workday_is(&none, 20261001)); /* the week alone */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_week_decides_but_for_the_notices),
        cmocka_unit_test(counting_jumps_over_the_holiday),
        cmocka_unit_test(counting_is_going_from_day_to_day),
        cmocka_unit_test(a_year_without_a_notice_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
