#include "common/db/db_guard.h"

#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct db_budget small = {.steps = 1000000,
                                       .ms = 60000,
                                       .memory_bytes = 4 << 20,
                                       .value_bytes = 1000,
                                       .rows = 3,
                                       .result_bytes = 1500};

static void each_part_of_the_budget_is_counted_down(void **state)
{
    (void)state;
    struct db_guard g = {.steps_max = 1000, .budget = small};
    db_guard_restart(&g, 5000000);
    assert_true(db_guard_take_steps(&g, 999, 5000000));
    assert_int_equal(g.limit, DB_LIMIT_NONE);
    assert_false(db_guard_take_steps(&g, 1, 5000000));
    assert_int_equal(g.limit, DB_LIMIT_STEPS);
    db_guard_restart(&g, 5000000);
    assert_int_equal(g.limit, DB_LIMIT_NONE);
    assert_true(db_guard_take_steps(&g, 1, 64999999));
    assert_false(db_guard_take_steps(&g, 1, 65000000));
    assert_int_equal(g.limit, DB_LIMIT_TIME);
    db_guard_restart(&g, 0);
    for (int i = 0; i < 3; i++)
        assert_true(db_guard_take_row(&g, 8));
    assert_false(db_guard_take_row(&g, 8));
    assert_int_equal(g.limit, DB_LIMIT_ROWS);
    db_guard_restart(&g, 0);
    assert_true(db_guard_take_row(&g, 1500));
    assert_false(db_guard_take_row(&g, 1));
}

/* To the end of its rows. */
static enum err run(struct db *db, const char *sql)
{
    struct db_stmt *s;
    bool has_row = true;
    TRY(db_prepare(db, str_of(sql), &s));
    enum err e = OK;
    while (e == OK && has_row)
        e = db_step(s, &has_row);
    db_done(s);
    return e;
}

#define SERIES(n) "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < " n ") "

static void a_statement_over_its_budget_is_stopped_and_says_of_what(void **state)
{
    static const struct {
        const char *sql;
        enum err e;
        enum db_limit limit;
    } cases[] = {
        {SERIES("3") "SELECT i FROM s", OK, DB_LIMIT_NONE},
        {SERIES("4") "SELECT i FROM s", ERR_STOPPED, DB_LIMIT_ROWS},
        {SERIES("2") "SELECT replace('0123456789', '5', '01234567890123456789') FROM s", OK,
         DB_LIMIT_NONE},
        {SERIES("9") "SELECT replace('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' "
                     "|| 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') FROM s",
         ERR_STOPPED, DB_LIMIT_ROWS}, /* of 910 bytes each */
        {"SELECT replace('aaaaaaaaaa', 'a', replace('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaa'))",
         ERR_STOPPED, DB_LIMIT_VALUE},
        {SERIES("2000000") "SELECT count(*) FROM s", ERR_STOPPED, DB_LIMIT_STEPS},
        {SERIES("2000000") "SELECT qq_median(i) FROM s", ERR_STOPPED, DB_LIMIT_STEPS},
        {"SELECT random()", ERR_DENIED, DB_LIMIT_NONE},
        {"SELECT RANDOM()", ERR_DENIED, DB_LIMIT_NONE},
        {"SELECT date('now')", ERR_DENIED, DB_LIMIT_NONE},
        {"SELECT fts3_tokenizer('simple', 'aaaaaaaa')", ERR_DENIED, DB_LIMIT_NONE},
        {"SELECT name FROM pragma_database_list", ERR_DENIED, DB_LIMIT_NONE},
        {"SELECT no_such_column", ERR_INVALID, DB_LIMIT_NONE},
        {"SELECT qq_workdays(20240101, 20240201)", ERR_INVALID, DB_LIMIT_NONE},
        {"SELECT qq_median(1), ABS(-1), row_number() OVER ()", OK, DB_LIMIT_NONE},
    };
    (void)state;
    struct db *db;
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &db), OK);
    db_set_budget(db, &small);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        db_guard_begin(db, INT64_MAX);
        enum err e = run(db, cases[i].sql);
        if (e != cases[i].e || (e == ERR_STOPPED && db_guard_limit(db) != cases[i].limit))
            fail_msg("%s: %s %s", cases[i].sql, err_name(e), err_note());
        db_guard_end(db);
    }
    db_close(db);
}

/* Steps enough, and what is gathered must not be. */
static void memory_is_limited_only_under_the_guard(void **state)
{
    static const char gathering[] = SERIES("2000000") "SELECT qq_median(i) FROM s";
    (void)state;
    struct db *db;
    struct db_budget budget = small;
    budget.steps = INT64_MAX;
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &db), OK);
    db_set_budget(db, &budget);
    db_guard_begin(db, INT64_MAX);
    assert_int_equal(run(db, gathering), ERR_STOPPED);
    assert_int_equal(db_guard_limit(db), DB_LIMIT_MEMORY);
    assert_int_equal(run(db, "SELECT 1"), OK); /* it can go on */
    db_guard_end(db);
    assert_int_equal(run(db, gathering), OK);
    assert_int_equal(run(db, "SELECT length(zeroblob(20000000)), random()"), OK);
    assert_int_equal(db_exec(db, STR("CREATE TABLE t(x); INSERT INTO t VALUES (zeroblob(5000))")),
                     OK);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_of_the_budget_is_counted_down),
        cmocka_unit_test(a_statement_over_its_budget_is_stopped_and_says_of_what),
        cmocka_unit_test(memory_is_limited_only_under_the_guard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
