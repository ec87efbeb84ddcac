#include "central/calendar/duty.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/workday.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct workdays weeks = {0};
static const struct duty monthly = {.cycle = PERIOD_MONTH, .from = 20260801, .due_days = 5};

static int set_up(void **state)
{
    *state = arena_new((size_t)8 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void has_name(struct arena *a, enum period_cycle cycle, int32_t date, const char *name,
                     int32_t first, int32_t last)
{
    struct period p = period_of(cycle, date);
    struct str is = period_name(a, cycle, p);
    if (!str_equal(is, str_of(name)))
        fail_msg("%d: " STR_FMT " instead of %s", date, STR_ARG(is), name);
    assert_int_equal(p.first, first);
    assert_int_equal(p.last, last);
}

static void periods_have_their_names_and_ends(void **state)
{
    has_name(*state, PERIOD_DAY, 20260228, "2026-02-28", 20260228, 20260228);
    has_name(*state, PERIOD_MONTH, 20240215, "2024-02", 20240201, 20240229);
    has_name(*state, PERIOD_QUARTER, 20261125, "2026-Q4", 20261001, 20261231);
    has_name(*state, PERIOD_YEAR, 20261125, "2026", 20260101, 20261231);
    has_name(*state, PERIOD_WEEK, 20261125, "2026-W48", 20261123, 20261129);
    has_name(*state, PERIOD_WEEK, 20270102, "2026-W53", 20261228, 20270103);
    has_name(*state, PERIOD_WEEK, 20250101, "2025-W01", 20241230, 20250105);
}

static void periods_touch_and_do_not_overlap(void **state)
{
    (void)state;
    for (int c = PERIOD_DAY; c <= PERIOD_YEAR; c++) {
        enum period_cycle cycle = (enum period_cycle)c;
        struct period p = period_of(cycle, 20240101);
        for (int i = 0; i < 200; i++) {
            struct period next = period_next(cycle, p);
            assert_int_equal(period_of(cycle, p.last).first, p.first);
            assert_true(next.first > p.last);
            assert_int_equal(period_of(cycle, next.first).last, next.last);
            p = next;
        }
    }
}

static void words_of_both_languages_are_known(void **state)
{
    (void)state;
    enum period_cycle c;
    assert_true(period_cycle_named(STR("quarter"), &c) && c == PERIOD_QUARTER);
    assert_true(period_cycle_named(STR("月"), &c) && c == PERIOD_MONTH);
    assert_false(period_cycle_named(STR("旬"), &c));
}

static size_t judge(struct arena *a, const struct duty *d, const struct duty_arrival *arrivals,
                    size_t n, int32_t today, struct duty_state **states)
{
    size_t count;
    duty_judge(a, d, &weeks, arrivals, n, today, states, &count);
    return count;
}

static void what_never_came_is_late_after_its_working_day(void **state)
{
    struct duty_state *s;
    assert_int_equal(judge(*state, &monthly, NULL, 0, 20260831, &s), 0); /* still running */
    assert_int_equal(judge(*state, &monthly, NULL, 0, 20260907, &s), 1);
    assert_int_equal(s[0].due, 20260907);
    assert_int_equal(s[0].late_days, 0);
    assert_int_equal(judge(*state, &monthly, NULL, 0, 20260908, &s), 1);
    assert_int_equal(s[0].late_days, 1);
    assert_int_equal(s[0].filled, 0);
}

static void rows_fill_the_periods_of_which_they_speak(void **state)
{
    const struct duty_arrival arrivals[] = {
        {.at = 20261003, .first = 20260901, .last = 20260930, .rows = 7},
        {.at = 20261104, .first = 20260801, .last = 20261031, .rows = 5},
    };
    struct duty_state *s;
    assert_int_equal(judge(*state, &monthly, arrivals, 2, 20261110, &s), 3);
    assert_int_equal(s[0].filled, 20261104);
    assert_int_equal(s[0].late_days, 58); /* due 7 September */
    assert_int_equal(s[1].filled, 20261003);
    assert_int_equal(s[1].rows, 12);
    assert_int_equal(s[1].late_days, 0);
    assert_int_equal(s[2].rows, 5);
}

static void a_file_without_dates_fills_the_oldest_open_period(void **state)
{
    const struct duty_arrival arrivals[] = {
        {.at = 20261105, .rows = 1}, {.at = 20261105, .rows = 2}, {.at = 20261106, .rows = 3}};
    const struct duty_arrival turned[] = {arrivals[2], arrivals[1], arrivals[0]};
    struct duty_state *s, *t;
    assert_int_equal(judge(*state, &monthly, arrivals, 3, 20261110, &s), 3);
    assert_int_equal(judge(*state, &monthly, turned, 3, 20261110, &t), 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(s[i].rows, i + 1);
        assert_memory_equal(&s[i], &t[i], sizeof s[i]);
    }
}

static void nothing_this_period_is_an_answer_too(void **state)
{
    const struct duty_arrival arrivals[] = {
        {.at = 20260903, .first = 20260801, .last = 20260831, .is_nothing = true},
        {.at = 20261003, .first = 20260901, .last = 20260930, .is_nothing = true},
        {.at = 20261020, .first = 20260901, .last = 20260930, .rows = 3}};
    struct duty_state *s;
    assert_int_equal(judge(*state, &monthly, arrivals, 3, 20261021, &s), 2);
    assert_true(s[0].is_nothing && s[0].filled == 20260903 && s[0].late_days == 0);
    assert_false(s[1].is_nothing); /* rows came after all */
    assert_int_equal(s[1].filled, 20261003);
}

static void a_duty_that_ended_owes_no_more(void **state)
{
    struct duty d = monthly;
    struct duty_state *s;
    d.to = 20260930;
    assert_int_equal(judge(*state, &d, NULL, 0, 20271231, &s), 2);
    d.cycle = PERIOD_DAY;
    d.to = 0;
    assert_int_equal(judge(*state, &d, NULL, 0, 20291231, &s), DUTY_PERIODS_MAX - 1);
    assert_int_equal(s[0].period.first, 20281127);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(periods_have_their_names_and_ends, set_up, tear_down),
        cmocka_unit_test(periods_touch_and_do_not_overlap),
        cmocka_unit_test(words_of_both_languages_are_known),
        cmocka_unit_test_setup_teardown(what_never_came_is_late_after_its_working_day, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_fill_the_periods_of_which_they_speak, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_without_dates_fills_the_oldest_open_period, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_this_period_is_an_answer_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_duty_that_ended_owes_no_more, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
