#include "common/base/check.h"
#include "common/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

/* Against the C library's calendar, day by day. */
static void every_day_from_1970_to_2100_agrees_with_the_library(void **state)
{
    (void)state;
    for (int64_t day = 0; day < 47847; day++) {
        time_t t = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&t, &tm);
        int32_t ymd = date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        assert_int_equal(date_from_days(day), ymd);
        assert_int_equal(date_to_days(ymd), day);
        assert_true(date_is_valid(ymd));
        assert_int_equal(date_add_days(ymd, 1), date_from_days(day + 1));
    }
    assert_int_equal(date_from_days(47846), 21001231);
}

static void days_before_1970_go_there_and_back(void **state)
{
    (void)state;
    assert_int_equal(date_from_days(-1), 19691231);
    assert_int_equal(date_to_days(19000101), -25567);
    assert_int_equal(date_to_days(10101), -719162);
    for (int64_t day = -719162; day < 0; day += 13)
        assert_int_equal(date_to_days(date_from_days(day)), day);
}

static void only_days_of_the_calendar_are_valid(void **state)
{
    (void)state;
    static const struct {
        int32_t ymd;
        bool is_valid;
    } cases[] = {
        {20240229, true},  {20230229, false},  {19000229, false},  {20000229, true},
        {21000229, false}, {20240431, false},  {20240430, true},   {20241231, true},
        {20241232, false}, {20241301, false},  {20240001, false},  {20240100, false},
        {10101, true},     {101, false},       {99991231, true},   {100000101, false},
        {0, false},        {-20240101, false}, {INT32_MAX, false}, {INT32_MIN, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (date_is_valid(cases[i].ymd) != cases[i].is_valid)
            fail_msg("%d", cases[i].ymd);
    assert_true(date_month_is_valid(202412));
    assert_false(date_month_is_valid(202413));
    assert_false(date_month_is_valid(202400));
    assert_false(date_month_is_valid(-202401));
}

static void parts_that_are_not_known_count_as_the_first(void **state)
{
    (void)state;
    assert_int_equal(date_to_days(20240300), date_to_days(20240301));
    assert_int_equal(date_to_days(20240000), date_to_days(20240101));
}

static void months_can_be_subtracted(void **state)
{
    (void)state;
    assert_int_equal(date_month_index(202401) - date_month_index(202312), 1);
    assert_int_equal(date_month_index(202503) - date_month_index(202303), 24);
    assert_int_equal(date_month_of(20240229), 202402);
}

static void a_moment_has_its_day_where_it_is_watched(void **state)
{
    (void)state;
    /* 2024-02-29 16:30:05 UTC is already March in China. */
    int64_t ms = INT64_C(1709224205678);
    assert_int_equal(date_of_ms(ms, 0), 20240229);
    assert_int_equal(date_of_ms(ms, 480), 20240301);
    assert_int_equal(date_of_ms(-1, 0), 19691231);
    struct date_parts p = date_split_ms(ms, 480);
    assert_int_equal(p.year * 10000 + p.month * 100 + p.day, 20240301);
    assert_int_equal(p.hour * 10000 + p.minute * 100 + p.second, 3005);
    p = date_split_ms(-1, 0);
    assert_int_equal(p.hour * 10000 + p.minute * 100 + p.second, 235959);
}

static void a_moment_is_read_with_its_zone_or_not_at_all(void **state)
{
    (void)state;
    int64_t us = 0;
    assert_true(date_parse_moment(STR("1970-01-02T08:00:00+08:00"), &us));
    assert_int_equal(us, INT64_C(86400000000));
    assert_true(date_parse_moment(STR("1970-01-01t00:00:00.2500019z"), &us));
    assert_int_equal(us, 250001);
    assert_true(date_parse_moment(STR("1969-12-31T23:59:59.5-00:30"), &us));
    assert_int_equal(us, INT64_C(1799500000));
    static const char *const faulty[] = {
        "",
        "2026-11-24",
        "2026-11-24T09:30:00",
        "2026-11-24T09:30:00+0800",
        "2026-11-24T09:30:00+08:00 ",
        "2026-11-24T09:30:00.Z",
        "2026-11-24T24:30:00Z",
        "2026-02-30T09:30:00Z",
        "2026-11-24 09:30:00Z",
        "2026-11-24T09:30Z",
    };
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++)
        if (date_parse_moment(str_of(faulty[i]), &us))
            fail_msg("%s is read", faulty[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1970_to_2100_agrees_with_the_library),
        cmocka_unit_test(days_before_1970_go_there_and_back),
        cmocka_unit_test(only_days_of_the_calendar_are_valid),
        cmocka_unit_test(parts_that_are_not_known_count_as_the_first),
        cmocka_unit_test(months_can_be_subtracted),
        cmocka_unit_test(a_moment_has_its_day_where_it_is_watched),
        cmocka_unit_test(a_moment_is_read_with_its_zone_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
