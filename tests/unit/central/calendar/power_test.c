#include "central/calendar/power.h"

#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define EDITION(u, i, n, first, last)                                                              \
    {                                                                                              \
        .unit = STR_INIT(u), .item = STR_INIT(i), .edition = (n), .from = (first), .to = (last)    \
    }

static void of_one_power_the_newest_valid_edition_is_in_force(void **state)
{
    (void)state;
    static const struct {
        int32_t day;
        enum power_state expected[3];
    } cases[] = {
        {20221231, {POWER_COMING, POWER_COMING, POWER_COMING}},
        {20230101, {POWER_COMING, POWER_COMING, POWER_IN_FORCE}},
        {20241231, {POWER_COMING, POWER_COMING, POWER_IN_FORCE}},
        {20250101, {POWER_COMING, POWER_IN_FORCE, POWER_REPLACED}}, /* the first has no end */
        {20251231, {POWER_COMING, POWER_IN_FORCE, POWER_REPLACED}},
        {20260101, {POWER_COMING, POWER_ENDED, POWER_IN_FORCE}}, /* the second is over */
        {20270101, {POWER_IN_FORCE, POWER_ENDED, POWER_REPLACED}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct power_edition editions[] = {EDITION("u1", "A1", 3, 20270101, 0),
                                           EDITION("u1", "A1", 2, 20250101, 20251231),
                                           EDITION("u1", "A1", 1, 20230101, 0)};
        power_judge(editions, COUNT_OF(editions), cases[i].day);
        for (size_t k = 0; k < COUNT_OF(editions); k++)
            assert_int_equal(editions[k].state, cases[i].expected[k]);
    }
}

static void powers_and_units_do_not_replace_each_other(void **state)
{
    (void)state;
    struct power_edition editions[] = {
        EDITION("u1", "A1", 2, 20250101, 0), EDITION("u1", "A2", 1, 20230101, 0),
        EDITION("u2", "A2", 1, 20230101, 0), EDITION("u2", "A3", 1, 20230101, 20231231)};
    power_judge(editions, COUNT_OF(editions), 20261124);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(editions[i].state, POWER_IN_FORCE);
    assert_int_equal(editions[3].state, POWER_ENDED);
    power_judge(NULL, 0, 20261124);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_one_power_the_newest_valid_edition_is_in_force),
        cmocka_unit_test(powers_and_units_do_not_replace_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
