#include "common/ocds/tables.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/ocds/package.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct desk {
    struct arena *a;
    struct catalog *catalog;
    struct ocds ocds;
    struct problem_list problems;
};

static int make(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    d->a = arena_new((size_t)64 << 20);
    d->catalog = fixture_catalog(d->a);
    problem_list_init(&d->problems, d->a, 50);
    assert_true(ocds_load(d->a, d->catalog, d->catalog->ocds_file, &d->catalog->ocds_file->nodes[0],
                          &d->problems, &d->ocds));
    *state = d;
    return 0;
}

static int drop(void **state)
{
    struct desk *d = *state;
    catalog_free(d->catalog);
    arena_free(d->a);
    free(d);
    return 0;
}

/* The rows of one table, without its header. */
static const char *rows_of(struct desk *d, const char *dataset, const char *json)
{
    struct json *root;
    struct buf out;
    buf_init(&out, d->a);
    assert_int_equal(json_parse(str_of(json), &root), OK);
    for (size_t i = 0; i < d->ocds.table_count; i++)
        if (str_equal(d->ocds.tables[i].dataset->id, str_of(dataset)))
            tables_put_rows(&d->ocds.tables[i], root, d->a, &out, &d->problems);
    json_free(root);
    return str_copy_z(d->a, buf_str(&out));
}

#define PARTIES                                                                                    \
    "\"parties\":[{\"id\":\"b\",\"identifier\":{\"scheme\":\"CN-USCC\",\"id\":"                    \
    "\"11231282MB00000197\"}},{\"id\":\"s\",\"identifier\":{\"id\":\"91350100M000100Y43\"}},"      \
    "{\"id\":\"f\",\"identifier\":{\"scheme\":\"GB-COH\",\"id\":\"1\"}}]"

static void a_tender_is_one_row_with_china_s_time(void **state)
{
    struct desk *d = *state;
    assert_string_equal(
        rows_of(d, "tender",
                "{\"ocid\":\"ocds-1\",\"buyer\":{\"id\":\"b\",\"name\":\"教育局\"}," PARTIES
                ",\"tender\":{\"title\":\"校舍, 二期\",\"procurementMethod\":\"selective\","
                "\"mainProcurementCategory\":\"works\",\"status\":\"complete\","
                "\"value\":{\"amount\":1234567.8,\"currency\":\"CNY\"},"
                "\"items\":[{\"classification\":{\"id\":\"A01\"}}],"
                "\"tenderPeriod\":{\"startDate\":\"2026-03-01T20:00:00Z\","
                "\"endDate\":\"2026-03-31T09:30:00+08:00\"}}}"),
        "ocds-1,ocds-1,\"校舍, "
        "二期\",教育局,11231282MB00000197,invited,works,A01,1234567.80,2026-03-02,"
        "2026-03-31 09:30:00,complete\n");
    assert_string_equal(rows_of(d, "tender", "{\"ocid\":\"ocds-1\"}"), ""); /* not yet */
}

static void things_of_lists_are_rows_that_know_what_is_around_them(void **state)
{
    struct desk *d = *state;
    static const char json[] =
        "{\"ocid\":\"o\"," PARTIES ",\"bids\":{\"details\":["
        "{\"id\":\"1\",\"status\":\"valid\",\"value\":{\"amount\":5},\"tenderers\":[{\"id\":\"s\","
        "\"name\":\"甲\"}]},"
        "{\"id\":\"2\",\"status\":\"odd\",\"tenderers\":[{\"id\":\"x\"}]}]},"
        "\"awards\":[{\"id\":\"a1\",\"suppliers\":[{\"id\":\"s\",\"name\":\"甲公司\"}]}],"
        "\"contracts\":[{\"id\":\"c1\",\"awardID\":\"a1\",\"dateSigned\":\"2026-01-02T00:00:00+08:"
        "00\","
        "\"implementation\":{\"transactions\":["
        "{\"id\":\"v1\",\"value\":{\"amount\":0.1,\"currency\":\"CNY\"},\"payee\":{\"name\":\"甲\"}"
        "},"
        "{\"id\":\"v2\",\"value\":{\"amount\":2,\"currency\":\"CNY\"}}]}},"
        "{\"id\":\"c2\",\"implementation\":{\"transactions\":[{\"id\":\"v3\"}]}}]}";
    assert_string_equal(rows_of(d, "bid", json),
                        "o,91350100M000100Y43,甲,5.00,,valid,\no,x,,,,odd,\n");
    assert_string_equal(rows_of(d, "contract", json),
                        "c1,o,,2026-01-02,,,甲公司,91350100M000100Y43\nc2,o,,,,,,\n");
    assert_string_equal(rows_of(d, "tr_payment", json),
                        "c1,1,,0.10,甲,v1\nc1,2,,2.00,,v2\nc2,1,,,,v3\n");
}

/* An award of library 2 is one that stands: one that is still pending, or was cancelled, is none.
 */
static void an_award_that_does_not_stand_is_no_row(void **state)
{
    struct desk *d = *state;
    static const char json[] =
        "{\"ocid\":\"o\"," PARTIES ",\"awards\":["
        "{\"id\":\"1\",\"status\":\"pending\",\"suppliers\":[{\"id\":\"s\"}]},"
        "{\"id\":\"2\",\"status\":\"active\",\"suppliers\":[{\"id\":\"s\",\"name\":\"甲\"}]},"
        "{\"id\":\"3\",\"status\":\"cancelled\"},"
        "{\"id\":\"4\",\"suppliers\":[{\"id\":\"s\",\"name\":\"乙\"}]}]}";
    assert_string_equal(rows_of(d, "award", json),
                        "o,91350100M000100Y43,甲,,\no,91350100M000100Y43,乙,,\n");
}

static void what_is_not_ours_is_said_and_left_empty(void **state)
{
    struct desk *d = *state;
    assert_string_equal(rows_of(d, "award",
                                "{\"ocid\":\"o\"," PARTIES ",\"awards\":[{\"value\":{\"amount\":9,"
                                "\"currency\":\"GBP\"},\"suppliers\":[{\"id\":\"f\"}]}]}"),
                        "o,,,,\n");
    assert_int_equal(d->problems.items.count, 2);
    assert_true(str_contains(d->problems.items.at[0].zh, STR("GB-COH")));
    assert_true(str_contains(d->problems.items.at[1].zh, STR("GBP")));
}

static void a_file_is_taken_whatever_it_packs(void **state)
{
    struct desk *d = *state;
    static const struct {
        const char *text;
        size_t releases; /* 0: not open contracting data */
        size_t problems;
    } files[] = {
        {"{\"ocid\":\"o\",\"tag\":[\"tender\"]}", 1, 0},
        {"{\"releases\":[{\"ocid\":\"o\",\"tender\":{}},{\"tender\":{}}]}", 1, 1},
        {"{\"records\":[{\"ocid\":\"o\",\"releases\":[{\"url\":\"http://x\",\"tag\":[\"a\"]}],"
         "\"compiledRelease\":{\"ocid\":\"o\",\"tag\":[\"compiled\"]}}]}",
         1, 0},
        {"\xEF\xBB\xBF{\"ocid\":\"o\",\"tag\":[]}\n\n{\"ocid\":\"p\",\"tag\":[]}\n{broken\n", 2, 1},
        {"[{\"ocid\":\"o\",\"tag\":[]},{\"ocid\":\"p\",\"tag\":[]}]", 2, 0},
        {"{\"name\":\"x\"}", 0, 1},
        {"[1,2]", 0, 1},
        {"a,b\n1,2\n", 0, 3},
        {"", 0, 1},
    };
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct problem_list problems;
        struct package p;
        problem_list_init(&problems, d->a, 10);
        enum err e = package_read(d->a, str_of(files[i].text), &problems, &p);
        if (e != (files[i].releases ? OK : ERR_MALFORMED) ||
            (e == OK && p.releases.count != files[i].releases) ||
            problems.items.count != files[i].problems)
            fail_msg("file %zu: %s, %zu problems", i, err_name(e), problems.items.count);
        if (e == OK)
            package_free(&p);
    }
    assert_true(package_looks_so(STR(" {\"releases\": [")));
    assert_false(package_looks_so(STR("{\"name\": 1}")));
    assert_false(package_looks_so(STR("ocid,releases\n")));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_tender_is_one_row_with_china_s_time),
        CASE(things_of_lists_are_rows_that_know_what_is_around_them),
        CASE(an_award_that_does_not_stand_is_no_row),
        CASE(what_is_not_ours_is_said_and_left_empty),
        CASE(a_file_is_taken_whatever_it_packs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
