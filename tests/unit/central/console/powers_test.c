/* What the console says of the power lists: which edition is in force, today and on another day. */
#include "tests/unit/central/console/console_fixture.h"

#define POWER(unit, item, edition, from, more)                                                     \
    "unit_code=" unit ";item_code=" item ";name=事项" item ";kind=行政许可;edition=" edition       \
    ";effective_from=" from more

static void merge_lists(struct console_fixture *f)
{
    hub_fixture_merge(&f->hub, "d01", "unit", false,
                      ROWS("unit_code=u1;name=财政局;kind=部门;is_key=是"));
    hub_fixture_merge(&f->hub, "u1", "power_item", false,
                      ROWS(POWER("u1", "A1", "1", "2023-01-01", ";effective_to=2024-12-31"),
                           POWER("u1", "A1", "2", "2025-01-01", ";risk=高;limit_days=20"),
                           POWER("u1", "A2", "1", "2023-01-01", ""),
                           POWER("u1", "A2", "2", "2027-01-01", "")));
    hub_fixture_merge(&f->hub, "u2", "power_item", false,
                      ROWS(POWER("u2", "B1", "1", "2023-01-01", ";effective_to=2023-12-31")));
}

static void units_are_counted_by_what_is_in_force(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/powers", NULL, NULL, "");
    assert_int_equal(json_count(json_get(r.json, "units")), 0);
    json_free(r.json);
    merge_lists(f);
    r = console_fixture_ask(f, "GET", "/api/v1/powers", NULL, NULL, "");
    assert_int_equal(r.status, 200);
    assert_int_equal(json_get_int(r.json, "day"), 20261124);
    const struct json *u1 = console_fixture_named(json_get(r.json, "units"), "code", "u1");
    assert_true(str_equal(json_get_str(u1, "name"), STR("财政局")));
    assert_int_equal(json_get_int(u1, "in_force"), 2);
    assert_int_equal(json_get_int(u1, "high"), 1);
    assert_int_equal(json_get_int(u1, "edition"), 2);
    assert_int_equal(json_get_int(u1, "since"), 20250101);
    assert_int_equal(json_get_int(u1, "coming"), 1);
    assert_int_equal(json_get_int(u1, "past"), 1);
    const struct json *u2 = console_fixture_named(json_get(r.json, "units"), "code", "u2");
    assert_int_equal(json_get_int(u2, "in_force"), 0);
    assert_int_equal(json_get_int(u2, "past"), 1);
    json_free(r.json);
}

static void an_old_day_shows_the_edition_of_then(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    merge_lists(f);
    struct console_reply r =
        console_fixture_ask(f, "GET", "/api/v1/powers/u1", "day", "20240601", "");
    const struct json *items = json_get(r.json, "items");
    static const char *const then[] = {"coming", "in_force", "coming", "in_force"};
    static const int64_t editions[] = {2, 1, 2, 1}; /* of A1, then of A2 */
    assert_int_equal(json_count(items), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(json_get_int(json_at(items, i), "edition"), editions[i]);
        assert_true(str_equal(json_get_str(json_at(items, i), "state"), str_of(then[i])));
    }
    const struct json *newest = json_at(items, 0);
    assert_true(str_equal(json_get_str(json_get(newest, "kind"), "zh"), STR("行政许可")));
    assert_true(str_equal(json_get_str(json_get(newest, "risk"), "en"), STR("High")));
    assert_int_equal(json_get_int(newest, "limit_days"), 20);
    assert_int_equal(json_get_int(json_at(items, 1), "limit_days"), -1);
    json_free(r.json);
    console_fixture_is_refused(f, "GET", "/api/v1/powers/u9", "", 404, "not-found");
    r = console_fixture_ask(f, "GET", "/api/v1/powers", "day", "20241301", "");
    assert_int_equal(r.status, 400);
    json_free(r.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(units_are_counted_by_what_is_in_force),
        CASE(an_old_day_shows_the_edition_of_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
