#include "tests/golden/rules/postgres_functions.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/workday.h"
#include "common/db/db.h"
#include "common/db/db_functions.h"
#include "common/model/ddl.h"
#include "common/os/file.h"
#include "tests/golden/rules/bench.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define STEPS_MAX 100000000
/* Real numbers are compared to a millionth, probabilities to a billionth. */
#define MILLION(call) "CAST(round(1000000 * " call ") AS BIGINT)"
#define BILLION(call) "CAST(round(1000000000 * " call ") AS BIGINT)"
/* Amounts that look drawn by lot: 1 … 1500 mixed, in fen. */
#define AMOUNTS                                                                                    \
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1500), "             \
    "v(x) AS (SELECT CAST(i * 7919 % 10007 * (1 + i % 13) * (1 + i % 7 * 9) AS BIGINT) FROM s) "
#define FEW "WITH v(x) AS (VALUES (40), (NULL), (10), (30), (20), (75), (21)) "
#define ONE "WITH v(x) AS (VALUES (40)) "
#define NONE "WITH v(x) AS (SELECT i FROM (SELECT 1 AS i) AS t WHERE i > 1) "

static const char *const questions[] = {
    "SELECT qq_days(20240229), qq_months(202402), qq_ymd(19782), qq_month_of(20240229)",
    "SELECT qq_ymd(-99999999), qq_ymd(99999999), qq_days(NULL), "
    "qq_hour(20240101235958)",
    "SELECT qq_is_workday(20241001), qq_is_workday(20241012), qq_is_workday(20241013), "
    "qq_is_workday(20241014), qq_is_workday(19990101), qq_is_workday(20240230)",
    "SELECT qq_workdays(20240930, 20241014), qq_workdays(20241014, 20240930), "
    "qq_workdays(20160101, 20241231), qq_workdays(20141231, 20240101), "
    "qq_workdays(20240105, 20240107), qq_workdays(NULL, 20240107)",
    "WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < 40) "
    "SELECT "
    "i, "
    "qq_workday_add(20240920, i), qq_workdays(20240920, qq_workday_add(20240920, i)), "
    "qq_workday_add(20250120 + i % 10, 3) FROM s ORDER BY i",
    "SELECT qq_workday_add(20150105, 2500), qq_workday_add(20240101, 9999), "
    "qq_workday_add(20240101, -1), qq_workday_add(20240101, 10001)",
    "SELECT qq_born('11010519491231002X'), qq_born('11010519491231002x'), "
    "qq_born('110105491231002'), qq_born('110105194912310021'), "
    "qq_born('11010549123100'), "
    "qq_born('440524188001010014'), qq_born('110105499931002'), qq_born('一二三四五')",
    "SELECT qq_age('11010519491231002X', 20241230), qq_age('11010519491231002X', "
    "20241231), "
    "qq_age('11010519491231002X', 19491230), qq_age('11010519491231002X', 20901231), "
    "qq_age('440524188001010014', 20240101), qq_age('1', 20240101)",
    "SELECT qq_thing('91231282MA00000000'), qq_thing('清渠'), qq_thing('')",
    "SELECT qq_similar('night', 'nacht'), qq_similar('青石建筑有限公司', "
    "'青石建设有限公司'), "
    "qq_similar('ＡＢＣ（北京）有限公司', 'abc(北京) 有限公司'), qq_similar('aaaa', "
    "'aa'), "
    "qq_similar('王', '王'), qq_similar('王', '李五'), qq_similar('（）', '王五'), "
    "qq_similar('佐々木、〇五', '佐々木〇五'), qq_similar('佐々木', '佐木'), "
    "qq_similar('买买提·艾力', '买买提　艾力'), qq_similar('É-é', 'Éé'), "
    "qq_similar(NULL, "
    "'a')",
    "SELECT qq_contains('城关镇（中心）小学', '中心小学'), qq_contains('城关镇', "
    "'城东'), "
    "qq_contains('ABC公司', 'ｂｃ'), qq_contains('城', '--')",
    "SELECT qq_begins('城关镇中心小学', 3), qq_begins('城', 3), qq_begins('城关', -1), "
    "qq_begins('城关', 0), qq_begins(NULL, 1), qq_begins('231282', 9000000000)",
    "SELECT " MILLION("qq_robust_z(16, 2, 1)") ", " MILLION(
        "qq_robust_z(-4, 2.5, 0.5)") ", "
                                     "qq_robust_z(1, 1, 0)",
    "SELECT " BILLION("qq_binomial_p(8, 10, 0.5)") ", " BILLION(
        "qq_binomial_p(3, 20, "
        "0.3)") ", " BILLION("q"
                             "q"
                             "_"
                             "b"
                             "i"
                             "n"
                             "o"
                             "m"
                             "i"
                             "a"
                             "l"
                             "_"
                             "p"
                             "("
                             "1"
                             "5"
                             "0"
                             ","
                             " "
                             "1"
                             "0"
                             "0"
                             "0"
                             ","
                             " "
                             "0"
                             "."
                             "1"
                             ")") ", " BILLION("qq_binomial_p(5, 3, 0.5)") ", " BILLION("qq_"
                                                                                        "binomial_"
                                                                                        "p(2, 2, "
                                                                                        "1)") ","
                                                                                              " " BILLION(
                                                                                                  "qq"
                                                                                                  "_b"
                                                                                                  "in"
                                                                                                  "om"
                                                                                                  "ia"
                                                                                                  "l_"
                                                                                                  "p("
                                                                                                  "90"
                                                                                                  "0,"
                                                                                                  " 1"
                                                                                                  "00"
                                                                                                  "0,"
                                                                                                  " 0"
                                                                                                  ".0"
                                                                                                  "1"
                                                                                                  ")") ", " BILLION("qq_binomial_p(0, 0, "
                                                                                                                    "0.5)") ", "
                                                                                                                            "qq_binomial_"
                                                                                                                            "p(1, -1, "
                                                                                                                            "0.5), "
                                                                                                                            "qq_binomial_"
                                                                                                                            "p(1, 2, 2)",
    FEW "SELECT qq_q1_x12(x), qq_q3_x12(x), " MILLION("qq_quantile(x, 0.9)") ", " MILLION(
        "qq_"
        "medi"
        "an("
        "x)") ", " MILLION("qq_mad(x)") ", " MILLION("qq_fence_low(x, 1.5)") ","
                                                                             " " MILLION(
                                                                                 "qq_fence_high(x, "
                                                                                 "3)") ", " MILLION("qq_stddev(x)") ", qq_quantile(x, 1.5) FROM v",
    AMOUNTS "SELECT qq_q1_x12(x), qq_q3_x12(x), " MILLION("qq_quantile(x, 0.99)") ", " MILLION(
        "qq_"
        "med"
        "ian"
        "(x"
        ")") ", " MILLION("qq_mad(x)") ", " MILLION("qq_fence_low(x, 1.5)") ","
                                                                            " " MILLION(
                                                                                "qq_fence_high(x, "
                                                                                "1.5)") ","
                                                                                        " " MILLION(
                                                                                            "qq_"
                                                                                            "stddev"
                                                                                            "(x)") " FROM v",
    AMOUNTS "SELECT " BILLION("qq_benford1(x, 500)") ", " BILLION(
        "qq_benford2(x, 1000)") ", "
                                "qq_benford1(x, "
                                "2000), " BILLION(
                                    "qq_"
                                    "chi2"
                                    "(x "
                                    "% "
                                    "100"
                                    ")") ", " BILLION("qq_chi2_p(x % 100)") ","
                                                                            " " BILLION(
                                                                                "qq_chi2(x / 10 % "
                                                                                "130 - 10)") ","
                                                                                             " " BILLION(
                                                                                                 "q"
                                                                                                 "q"
                                                                                                 "_"
                                                                                                 "c"
                                                                                                 "h"
                                                                                                 "i"
                                                                                                 "2"
                                                                                                 "_"
                                                                                                 "p"
                                                                                                 "("
                                                                                                 "x"
                                                                                                 " "
                                                                                                 "/"
                                                                                                 " "
                                                                                                 "1"
                                                                                                 "0"
                                                                                                 " "
                                                                                                 "%"
                                                                                                 " "
                                                                                                 "1"
                                                                                                 "3"
                                                                                                 "0"
                                                                                                 " "
                                                                                                 "-"
                                                                                                 " "
                                                                                                 "1"
                                                                                                 "0"
                                                                                                 ")") " FROM v",
    AMOUNTS "SELECT x % 5, " MILLION("qq_median(x)") ", " BILLION(
        "qq_chi2_p(x / 7 % 100)") ", " BILLION("qq_benford1(x, 10)") " FROM v GROUP BY "
                                                                     "x % "
                                                                     "5 ORDER BY x % 5",
    AMOUNTS "SELECT x, qq_q3_x12(x) OVER (PARTITION BY x % 5), " MILLION(
        "qq_fence_high(x, 1.5) "
        "OVER (PARTITION BY x % 5)") " FROM v WHERE x % 11 = 3 ORDER BY x",
    FEW "SELECT x, " MILLION("qq_median(x) OVER (ORDER BY x)") ", " MILLION(
        "qq_median(x) OVER "
        "(ORDER BY x ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)") " FROM v WHERE x IS NOT NULL "
                                                                 "ORDER BY x",
    "WITH v(x) AS (VALUES (9223372036854775807), (9223372036854775806), (5)) SELECT qq_q1_x12(x), "
    "qq_q3_x12(x) FROM v",
    ONE "SELECT qq_q1_x12(x), " MILLION("qq_quantile(x, 0.9)") ", " MILLION(
        "qq_median(x)") ", " MILLION("qq_mad(x)") ", " MILLION("qq_fence_low(x, 1.5)") ", "
                                                                                       "qq_stddev("
                                                                                       "x),"
                                                                                       " " BILLION(
                                                                                           "q"
                                                                                           "q"
                                                                                           "_"
                                                                                           "c"
                                                                                           "h"
                                                                                           "i"
                                                                                           "2"
                                                                                           "_"
                                                                                           "p"
                                                                                           "("
                                                                                           "x"
                                                                                           ")") ", "
                                                                                                "qq"
                                                                                                "_b"
                                                                                                "en"
                                                                                                "fo"
                                                                                                "rd"
                                                                                                "1("
                                                                                                "x,"
                                                                                                " 0"
                                                                                                ") "
                                                                                                "FR"
                                                                                                "OM"
                                                                                                " "
                                                                                                "v",
    NONE "SELECT qq_q1_x12(x), qq_q3_x12(x), qq_quantile(x, 0.9), qq_median(x), qq_mad(x), "
         "qq_fence_low(x, 1.5), qq_fence_high(x, 1.5), qq_stddev(x), qq_benford1(x, 0), "
         "qq_benford2(x, 0), qq_chi2(x), qq_chi2_p(x), count(*) FROM v",
};

static void must(enum err e)
{
    if (e != OK)
        fail_msg("%s: %s", err_name(e), err_note());
}

void postgres_expect(struct buf *expected, struct db *db, struct str sql, const int64_t *parameters,
                     size_t count)
{
    struct db_stmt *row;
    bool has_row;
    db_guard_begin(db, STEPS_MAX);
    must(db_prepare(db, sql, &row));
    for (size_t i = 0; i < count; i++)
        db_bind_int(row, (int)i + 1, parameters[i]);
    for (;;) {
        must(db_step(row, &has_row));
        if (!has_row)
            break;
        for (int i = 0; i < db_column_count(row); i++) {
            buf_put_z(expected, i ? "|" : "");
            if (db_column_is_null(row, i))
                buf_put_z(expected, POSTGRES_NOTHING);
            else if (db_column_is_text(row, i))
                buf_put(expected, db_column_bytes(row, i));
            else
                buf_format(expected, "%lld", (long long)db_column_int(row, i));
        }
        buf_put_char(expected, '\n');
    }
    db_done(row);
    db_guard_end(db);
}

static void put_days(struct buf *sql, const int32_t *days, size_t count, const char *is_worked)
{
    for (size_t i = 0; i < count; i++)
        buf_format(sql, "%s(%d, %s)", i ? ", " : "INSERT INTO qq_calendar VALUES ", days[i],
                   is_worked);
    buf_put_z(sql, count ? ";\n" : "");
}

/* What a driver for PostgreSQL is to run once: the functions, the catalog's working days, and the
 * tables, which each script fills and leaves empty again. */
static void write_setup(struct bench *b, const char *folder)
{
    const struct workdays *w = b->catalog->workdays;
    struct buf sql;
    buf_init(&sql, b->arena);
    buf_put(&sql, fixture_read(b->arena, "common/db/functions.postgres.sql"));
    buf_format(&sql, "INSERT INTO qq_calendar_years VALUES (%d, %d);\n", w->first_year,
               w->last_year);
    put_days(&sql, w->off, w->off_count, "FALSE");
    put_days(&sql, w->worked, w->worked_count, "TRUE");
    buf_put_z(&sql, "CREATE TABLE dirty_subject(subject BIGINT PRIMARY KEY, key TEXT);\n"
                    "CREATE TABLE hit_subject(subject BIGINT PRIMARY KEY, key TEXT);\n");
    for (size_t i = 0; i < b->catalog->dataset_count; i++)
        buf_put(&sql, ddl_create(b->arena, &b->catalog->datasets[i], DDL_POSTGRES));
    must(file_replace(str_format(b->arena, "%s/setup", folder).ptr, buf_str(&sql), 0644));
}

static bool is_asked(const char *name)
{
    struct arena *a = arena_new(1000);
    struct str call = str_format(a, "%s(", name);
    bool is_found = false;
    for (size_t i = 0; i < COUNT_OF(questions); i++)
        is_found = is_found || str_contains(str_of(questions[i]), call);
    arena_free(a);
    return is_found;
}

void postgres_write_functions(struct bench *b, const char *folder)
{
    struct buf sql;
    struct buf expected;
    buf_init(&sql, b->arena);
    buf_init(&expected, b->arena);
    for (size_t i = 0; i < db_functions_count; i++)
        if (!is_asked(db_functions[i].name))
            fail_msg("%s is not compared with PostgreSQL", db_functions[i].name);
    write_setup(b, folder);
    buf_put_z(&sql, "\\pset null '" POSTGRES_NOTHING "'\n\\echo -- functions\n");
    buf_put_z(&expected, "-- functions\n");
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        buf_format(&sql, "\\echo -- %zu\n%s;\n", i, questions[i]);
        buf_format(&expected, "-- %zu\n", i);
        postgres_expect(&expected, b->db, str_of(questions[i]), NULL, 0);
    }
    must(file_replace(str_format(b->arena, "%s/functions.sql", folder).ptr, buf_str(&sql), 0644));
    must(file_replace(str_format(b->arena, "%s/functions.expected", folder).ptr, buf_str(&expected),
                      0644));
}
