/* What the console says of the major matters: items in order, and the gaps of each key unit. */
#include "tests/unit/central/console/console_fixture.h"

static struct console_reply ask(struct console_fixture *f, const char *month)
{
    return console_fixture_ask(f, "GET", "/api/v1/majors", month ? "month" : NULL, month, "");
}

static void without_a_catalogue_there_is_nothing_to_owe(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    struct console_reply r = ask(f, NULL);
    assert_int_equal(r.status, 200);
    assert_int_equal(json_get_int(r.json, "month"), 202611);
    assert_int_equal(json_get_int(r.json, "items"), 0);
    json_free(r.json);
}

static void gaps_are_listed_by_unit(void **state)
{
    struct console_fixture *f = *state;
    struct hub_fixture *h = &f->hub;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    hub_fixture_merge(h, "d01", "unit", false,
                      ROWS("unit_code=u1;name=财政局;kind=部门;is_key=是",
                           "unit_code=u2;name=教育局;kind=部门;is_key=是",
                           "unit_code=u3;name=气象局;kind=部门;is_key=否"));
    hub_fixture_merge(h, "d01", "major_item", false,
                      ROWS("item_no=1;name=预算调整;kind=决策分析;cycle=月;materials=批复",
                           "item_no=2;name=招生计划;kind=决策分析;cycle=年;owner=教育局",
                           "item_no=3;name=旧事项;kind=决策分析;cycle=月;to_day=2026-10-31"));
    hub_fixture_merge(h, "u1", "major_report", false,
                      ROWS("unit_code=u1;item_no=1;month=2026-10;title=甲;materials=县政府批复",
                           "unit_code=u1;item_no=1;month=2026-11;title=无;is_nothing=是",
                           "unit_code=u2;item_no=1;month=2026-11;title=乙",
                           "unit_code=u2;item_no=2;month=2026-03;title=丙"));
    struct console_reply r = ask(f, NULL);
    const struct json *units = json_get(r.json, "units");
    assert_int_equal(json_get_int(r.json, "items"), 2);
    assert_int_equal(json_get_int(r.json, "complete"), 1);
    assert_int_equal(json_count(units), 2);
    const struct json *u1 = console_fixture_named(units, "code", "u1");
    assert_int_equal(json_get_int(u1, "owed"), 1);
    assert_int_equal(json_get_int(u1, "nothing"), 1);
    assert_int_equal(json_count(json_get(u1, "gaps")), 0);
    const struct json *u2 = console_fixture_named(units, "code", "u2");
    assert_int_equal(json_get_int(u2, "owed"), 2);
    assert_int_equal(json_get_int(u2, "reported"), 1);
    const struct json *gap = json_at(json_get(u2, "gaps"), 0);
    assert_true(str_equal(json_get_str(gap, "state"), STR("incomplete")));
    assert_true(str_equal(json_get_str(gap, "lacking"), STR("批复")));
    assert_true(str_equal(json_get_str(gap, "period"), STR("2026-11")));
    json_free(r.json);
    r = ask(f, "202610"); /* the month before: u2 owes 1 and 3 */
    u2 = console_fixture_named(json_get(r.json, "units"), "code", "u2");
    assert_int_equal(json_get_int(r.json, "items"), 3);
    assert_int_equal(json_get_int(u2, "missing"), 2);
    json_free(r.json);
    r = ask(f, "202613");
    assert_int_equal(r.status, 400);
    json_free(r.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(without_a_catalogue_there_is_nothing_to_owe),
        CASE(gaps_are_listed_by_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
