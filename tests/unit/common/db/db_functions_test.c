#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/thing.h"
#include "common/base/workday.h"
#include "common/db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* National Day 2024 by the notice of 2023-10: off 1 to 7 October, worked on 29 September and 12
 * October. */
static const int32_t off[] = {20241001, 20241002, 20241003, 20241004, 20241007};
static const int32_t worked[] = {20240929, 20241012};
static const struct workdays days = {off, COUNT_OF(off), worked, COUNT_OF(worked), 2024, 2024};

struct fixture {
    struct arena *arena;
    struct db *db;
};

static int set_up(void **state)
{
    static struct fixture f;
    f.arena = arena_new(1 << 20);
    *state = &f;
    if (db_open(STR("sqlite::memory:"), 0, &f.db) != OK)
        return 1;
    db_set_workdays(f.db, &days);
    return db_exec(f.db, STR("CREATE TABLE t(x INTEGER, y INTEGER)")) == OK ? 0 : 1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    arena_free(f->arena);
    return 0;
}

/* The value as text, "NULL" or "error". */
static struct str ask(struct fixture *f, const char *expression)
{
    struct db_stmt *s;
    bool has_row;
    struct str text = STR("error");
    struct str sql =
        str_format(f->arena, "SELECT CAST(x AS TEXT) FROM (SELECT %s AS x)", expression);
    assert_int_equal(db_prepare(f->db, sql, &s), OK);
    if (db_step(s, &has_row) == OK)
        text = db_column_is_null(s, 0) ? STR("NULL") : db_column_copy(s, 0, f->arena);
    db_done(s);
    return text;
}

struct claim {
    const char *expression, *value;
};

static void check(struct fixture *f, const struct claim *claims, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str value = ask(f, claims[i].expression);
        if (!str_equal(value, str_of(claims[i].value)))
            fail_msg("%s is " STR_FMT ", not %s", claims[i].expression, STR_ARG(value),
                     claims[i].value);
    }
}

static void dates_are_reckoned_with(void **state)
{
    static const struct claim claims[] = {
        {"qq_days(19700102)", "1"},
        {"qq_days(20240301) - qq_days(20240228)", "2"},
        {"qq_months(202501) - qq_months(202312)", "13"},
        {"qq_ymd(qq_days(20000229))", "20000229"},
        {"qq_ymd(1000000000000000000)", "99991231"},
        {"qq_ymd(-1000000000000000000)", "10101"},
        {"qq_month_of(20240315)", "202403"},
        {"qq_days(NULL)", "NULL"},
        {"qq_hour(20240315235901)", "23"},
        {"qq_is_workday(20240929)", "1"},
        {"qq_is_workday(20241001)", "0"},
        {"qq_workdays(20240927, 20241012)", "7"}, /* 29, 30, 8 to 12 */
        {"qq_workdays(20241012, 20240927)", "0"},
        {"qq_workday_add(20240927, 1)", "20240929"},
        {"qq_workday_add(20240930, 5)", "20241012"},
        {"qq_workday_add(20240930, 0)", "20240930"},
    };
    check(*state, claims, COUNT_OF(claims));
}

static void a_year_without_a_notice_is_unknown(void **state)
{
    static const struct claim claims[] = {
        {"qq_is_workday(20230105)", "NULL"},
        {"qq_workdays(20231231, 20240105)", "NULL"},
        {"qq_workdays(20241231, 20250105)", "NULL"},
        {"qq_workday_add(20241220, 30)", "NULL"},
        {"qq_workday_add(20240101, 9000000000)", "NULL"},
        {"qq_workday_add(20240101, -1)", "NULL"},
        {"qq_is_workday(20240230)", "NULL"},
        {"qq_is_workday(-9223372036854775807)", "NULL"},
    };
    check(*state, claims, COUNT_OF(claims));
}

/* Whoever forgets them learns of it. */
static void without_working_days_counting_them_is_an_error(void **state)
{
    static const struct claim claims[] = {{"qq_workdays(20240927, 20241012)", "error"},
                                          {"qq_days(19700102)", "1"}};
    struct fixture *f = *state;
    db_set_workdays(f->db, NULL);
    check(f, claims, COUNT_OF(claims));
}

/* 11010519491231002X is the example of GB 11643; none of these is anybody's. */
static void an_age_is_whole_years_of_a_number_that_can_be(void **state)
{
    static const struct claim claims[] = {
        {"qq_born('11010519491231002X')", "19491231"},
        {"qq_born('110105491231002')", "19491231"},
        {"qq_born('110105194912310021')", "NULL"}, /* check character */
        {"qq_born('110105499931002')", "NULL"},    /* no month */
        {"qq_age('11010519491231002X', 20241230)", "74"},
        {"qq_age('11010519491231002X', 20241231)", "75"},
        {"qq_age('11010519491231002X', 19491230)", "NULL"},
        {"qq_age('11010519491231002X', 20901231)", "NULL"},
        {"qq_age(NULL, 20241231)", "NULL"},
    };
    check(*state, claims, COUNT_OF(claims));
}

static void texts_are_compared_as_they_were_meant(void **state)
{
    static const struct claim claims[] = {
        {"qq_similar('青石建筑有限公司', '青石建设有限公司')", "71"},
        {"qq_similar('甲（乙）', '甲乙')", "100"},
        {"qq_similar('（）', '甲乙')", "NULL"},
        {"qq_contains('城关镇（中心）小学', '中心小学')", "1"},
        {"qq_contains('城关镇', '城东')", "0"},
        {"qq_contains('城关镇', '')", "NULL"},
        {"qq_begins('城关镇', 2)", "城关"},
        {"qq_begins('城关镇', -2)", ""},
        {"qq_begins('城关镇', 9)", "城关镇"},
        {"qq_contains(printf('%.*c', 900000, 'x'), 'x')", "1"},
        {"qq_similar(printf('%.*c', 900000, 'x'), printf('%.*c', 900000, 'x'))", "100"},
    };
    struct fixture *f = *state;
    check(f, claims, COUNT_OF(claims));
    assert_true(str_equal(ask(f, "qq_thing('abc')"),
                          str_format(f->arena, "%lld", (long long)thing_id(STR("abc")))));
}

/* What stats/ computes is tested there: here, that it arrives. */
static void aggregates_gather_their_rows(void **state)
{
    static const struct claim claims[] = {
        {"(SELECT qq_q1_x12(x) FROM t)", "35"},
        {"(SELECT qq_q3_x12(x) FROM t)", "97"},
        {"(SELECT qq_quantile(x, 0.5) FROM t)", "5.5"},
        {"(SELECT qq_median(x) FROM t WHERE x < 6)", "3.0"},
        {"(SELECT qq_mad(x) FROM t WHERE x < 6)", "1.0"},
        {"(SELECT 12 * qq_fence_high(x, 1.5) FROM t)", "190.0"},
        {"(SELECT 12 * qq_fence_low(x, 1) FROM t)", "-27.0"},
        {"(SELECT qq_stddev(x) FROM t WHERE x IN (1, 2, 3))", "1.0"},
        {"(SELECT qq_stddev(x) FROM t WHERE x = 1)", "NULL"},
        {"(SELECT round(qq_benford1(x * 1000, 9), 6) FROM t)", "0.044902"},
        {"(SELECT qq_benford2(x * 1000, 20) FROM t)", "NULL"},
        {"(SELECT round(qq_chi2(y), 9) FROM t WHERE x = 1)", "99.0"},
        {"(SELECT round(qq_chi2_p(y), 4) FROM t WHERE x = 1)", "0.4811"},
        {"(SELECT qq_median(x) FROM t WHERE x > 99)", "NULL"},
        {"(SELECT qq_quantile(x, NULL) FROM t)", "NULL"},
        {"qq_robust_z(16, 2, 1)", "9.443"},
        {"qq_robust_z(16, 2, 0)", "NULL"},
        {"round(qq_binomial_p(8, 10, 0.5), 9)", "0.0546875"},
    };
    struct fixture *f = *state;
    assert_int_equal(db_exec(f->db, STR("INSERT INTO t VALUES (10, 10), (9, NULL), (8, NULL), "
                                        "(7, NULL), (6, NULL), (5, NULL), (4, NULL), (3, NULL), "
                                        "(2, NULL), (1, 17), (NULL, 3)")),
                     OK);
    check(f, claims, COUNT_OF(claims));
}

/* The texts of all rows, of three values and NULLs between them. */
static void aggregates_look_through_windows(void **state)
{
    static const struct claim claims[] = {
        {"(SELECT group_concat(m, ' ') FROM (SELECT qq_median(x) OVER (PARTITION BY y) AS m FROM t "
         "ORDER BY rowid))",
         "20.0 20.0 20.0 20.0 7.0"},
        {"(SELECT group_concat(m, ' ') FROM (SELECT coalesce(qq_median(x) OVER (ORDER BY rowid "
         "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), 'none') AS m FROM t ORDER BY rowid))",
         "30.0 30.0 10.0 15.0 13.5"},
        {"(SELECT group_concat(m, ' ') FROM (SELECT coalesce(qq_q1_x12(x) OVER (ORDER BY rowid "
         "ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING), 'none') AS m FROM t ORDER BY rowid))",
         "none 120 240 84 none"},
    };
    struct fixture *f = *state;
    assert_int_equal(
        db_exec(f->db, STR("INSERT INTO t VALUES (30, 1), (NULL, 1), (10, 1), (20, 1), (7, 2)")),
        OK);
    check(f, claims, COUNT_OF(claims));
}

/* Deterministic: an index may hold it. */
static void an_index_may_hold_a_function(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(db_exec(f->db, STR("CREATE INDEX t_days ON t(qq_days(x)) WHERE x > 19700101")),
                     OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(dates_are_reckoned_with),
        CASE(a_year_without_a_notice_is_unknown),
        CASE(without_working_days_counting_them_is_an_error),
        CASE(an_age_is_whole_years_of_a_number_that_can_be),
        CASE(texts_are_compared_as_they_were_meant),
        CASE(aggregates_gather_their_rows),
        CASE(aggregates_look_through_windows),
        CASE(an_index_may_hold_a_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
