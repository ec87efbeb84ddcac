/* Persons who may be one, side by side, and the word of somebody who may say it. */
#include "tests/unit/central/console/console_fixture.h"

#define AND_TWIN                                                                                   \
    "citizen_id=110105194912310038;name=王芳;batch_no=P9;programme=居民养老;month=2024-03;"  \
    "amount=100;township=T1;account=6210150001"
#define SAME "{\"decision\":\"same\",\"reason\":\"verified_on_site\",\"note\":\"看过原件\"}"

static void put_twins(struct console_fixture *f)
{
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(PAID(WANG, "2024-03") ";account=6210 1500 01", AND_TWIN));
}

static void two_persons_stand_side_by_side_with_masked_numbers(void **state)
{
    struct console_fixture *f = *state;
    put_twins(f);
    assert_int_equal(console_fixture_log_in(f, "qian", PASSWORD), 200);
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/identity", NULL, NULL, "");
    assert_int_equal(json_get_int(r.json, "total"), 1);
    const struct json *pair = json_at(json_get(r.json, "items"), 0);
    assert_int_equal(json_get_int(pair, "tier"), 3);
    assert_true(str_equal(json_get_str(pair, "say_zh"),
                          STR("相同：姓名、出生日期、银行账号。相近：证件号码。")));
    assert_false(str_contains(r.body, STR("19491231")));
    json_free(r.json);
    r = console_fixture_ask(f, "GET", "/api/v1/identity/1", NULL, NULL, "");
    const struct json *sides = json_get(r.json, "sides");
    assert_int_equal(json_count(sides), 2);
    const struct json *other = json_at(sides, 1);
    assert_true(str_equal(json_get_str(other, "number"), STR("1101**********0038")));
    assert_int_equal(json_count(json_get(other, "ways")), 1);
    assert_int_equal(json_get_int(json_at(json_get(other, "rows"), 0), "rows"), 1);
    assert_false(str_contains(r.body, STR("19491231")));
    json_free(r.json);
    r = console_fixture_ask(f, "GET", "/api/v1/overview", NULL, NULL, "");
    assert_int_equal(json_get_int(r.json, "identities"), 1);
    json_free(r.json);
    assert_int_equal(console_fixture_status_of(f, "GET", "/api/v1/identity/9", ""), 404);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/1/decision", SAME),
                     403);
}

static void a_decision_is_kept_and_can_be_taken_back(void **state)
{
    struct console_fixture *f = *state;
    put_twins(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/identity/1/decision",
                               "{\"decision\":\"perhaps\",\"reason\":\"data_error\"}", 422,
                               "decision");
    console_fixture_is_refused(f, "POST", "/api/v1/identity/1/decision", "{\"decision\":\"same\"}",
                               422, "reason");
    struct console_reply r =
        console_fixture_ask(f, "POST", "/api/v1/identity/1/decision", NULL, NULL, SAME);
    assert_int_equal(json_get_int(r.json, "event"), 1);
    json_free(r.json);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/1/decision", SAME),
                     409);
    r = console_fixture_ask(f, "GET", "/api/v1/identity", NULL, NULL, "");
    assert_int_equal(json_get_int(r.json, "total"), 0);
    json_free(r.json);
    r = console_fixture_ask(f, "GET", "/api/v1/identity/1", NULL, NULL, "");
    assert_true(json_get_bool(r.json, "is_one"));
    assert_true(str_equal(json_get_str(r.json, "decided_by"), STR("zhao")));
    const struct json *event = json_at(json_get(r.json, "events"), 0);
    assert_true(str_equal(json_get_str(event, "reason"), STR("verified_on_site 看过原件")));
    json_free(r.json);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/1/split",
                                               "{\"side\":0,\"way\":1,\"reason\":\"data_error\"}"),
                     200);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/events/1/undo",
                                               "{\"reason\":\"data_error\"}"),
                     409);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/events/2/undo",
                                               "{\"reason\":\"data_error\"}"),
                     200);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/identity/events/1/undo",
                                               "{\"reason\":\"data_error\"}"),
                     200);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(DISTINCT citizen_id_person) FROM "
                                                 "benefit_pay"),
                     2);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(two_persons_stand_side_by_side_with_masked_numbers),
        CASE(a_decision_is_kept_and_can_be_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
