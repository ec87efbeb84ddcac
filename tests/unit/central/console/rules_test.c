/* What the console says of rules: for whom, on what, in trial or not, and who may let one go. */
#include "central/store/standing_store.h"
#include "tests/unit/central/console/console_fixture.h"

static const struct rule *rule_of(struct console_fixture *f, const char *id)
{
    for (size_t i = 0;; i++)
        if (str_equal(f->rules[i]->id, str_of(id)))
            return f->rules[i];
}

static void look(struct console_fixture *f, const char *state)
{
    struct store *s = f->hub.store;
    const struct rule *rule = rule_of(f, "H01");
    struct finding_excused excused[] = {{90, 1}};
    struct finding_coverage c = {.rule = rule->id,
                                 .zh = rule->zh,
                                 .en = rule->en,
                                 .version = rule->version,
                                 .state = str_of(state),
                                 .population = 7};
    bool is_computable = !str_equal(c.state, STR("not_computable"));
    if (is_computable) {
        assert_int_equal(standing_store_put(s, rule, EMIT_ALL, excused, 1), OK);
        assert_int_equal(standing_store_note_freshness(s, rule), OK);
        c.flagged = 2;
        c.clear = 5;
    } else {
        c.reason_zh = STR("死亡登记过期");
        c.reason_en = STR("deaths are old");
    }
    assert_int_equal(finding_store_cover(s, &c), OK);
}

static void hold(struct console_fixture *f)
{
    struct standing_hold held = {.reason = STR("share"), .counted = 2, .of = 7, .since_ms = 5};
    assert_int_equal(standing_store_hold(f->hub.store, rule_of(f, "H01"), &held), OK);
    look(f, "observe");
}

static void a_rule_says_for_whom_it_gave_what(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    look(f, "computable");
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    struct console_reply reply = console_fixture_ask(f, "GET", "/api/v1/rules", NULL, NULL, "");
    assert_int_equal(json_count(json_get(reply.json, "items")), 1);
    const struct json *o = json_at(json_get(reply.json, "items"), 0);
    assert_true(str_equal(json_get_str(o, "rule"), STR("H01")));
    assert_int_equal(json_get_int(o, "population"), 7);
    assert_int_equal(json_get_int(o, "flagged"), 2);
    assert_int_equal(json_get_int(o, "clear"), 5);
    assert_int_equal(json_get_int(o, "not_computable"), 0);
    assert_int_equal(json_get_int(o, "share"), 5);
    assert_int_equal(json_get_int(o, "floor"), 30);
    const struct json *excused = json_at(json_get(o, "excused"), 0);
    assert_true(str_equal(json_get_str(excused, "name"), STR("funeral")));
    assert_int_equal(json_get_int(excused, "persons"), 1);
    const struct json *fresh = json_get(o, "freshness");
    assert_int_equal(json_count(fresh), 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(json_get_int(json_at(fresh, i), "at_ms"), HUB_FIXTURE_NOW_MS);
    json_free(reply.json);
}

static void what_is_not_computable_is_not_clear_and_findings_are_not_renewed(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    look(f, "computable");
    look(f, "not_computable");
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    struct console_reply reply = console_fixture_ask(f, "GET", "/api/v1/rules", NULL, NULL, "");
    const struct json *o = json_at(json_get(reply.json, "items"), 0);
    assert_int_equal(json_get_int(o, "not_computable"), 7);
    assert_int_equal(json_get_int(o, "flagged") + json_get_int(o, "clear"), 0);
    assert_int_equal(json_get_int(o, "not_renewed"), 2);
    json_free(reply.json);
    reply = console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    assert_true(json_get_bool(reply.json, "is_left"));
    assert_true(str_equal(json_get_str(reply.json, "left_zh"), STR("死亡登记过期")));
    assert_true(str_equal(json_get_str(reply.json, "left_en"), STR("deaths are old")));
    assert_int_equal(json_count(json_get(reply.json, "freshness")), 2);
    json_free(reply.json);
    look(f, "computable");
    reply = console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    assert_false(json_get_bool(reply.json, "is_left"));
    json_free(reply.json);
}

static void precision_stands_beside_the_finding(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    assert_int_equal(
        console_fixture_status_of(f, "POST", "/api/v1/findings/2/decision",
                                  "{\"decision\":\"confirmed\",\"reason\":\"verified_on_site\"}"),
        200);
    struct console_reply reply =
        console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    const struct json *p = json_get(reply.json, "precision");
    assert_int_equal(json_get_int(p, "confirmed"), 1);
    assert_int_equal(json_get_int(p, "decided"), 1);
    assert_int_equal(json_get_int(p, "site_confirmed"), 1);
    assert_int_equal(json_get_int(p, "site_decided"), 1);
    json_free(reply.json);
}

static void an_approver_lets_a_rule_go_and_nobody_else(void **state)
{
    struct console_fixture *f = *state;
    const char *path = "/api/v1/rules/H01/release";
    console_fixture_find(f);
    hold(f);
    console_fixture_is_refused(f, "POST", path, "{}", 401, "not-logged-in");
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", path, "{}", 403, "role");
    console_fixture_add_user(f, "sun", "approver");
    assert_int_equal(console_fixture_log_in(f, "sun", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/rules/X99/release", "{}", 404, "not-found");
    struct console_reply reply = console_fixture_ask(f, "GET", "/api/v1/rules", NULL, NULL, "");
    const struct json *o = json_at(json_get(reply.json, "items"), 0);
    assert_true(str_equal(json_get_str(o, "state"), STR("observe")));
    assert_true(str_equal(json_get_str(o, "held"), STR("share")));
    assert_int_equal(json_get_int(o, "held_ms"), 5);
    json_free(reply.json);
    assert_int_equal(console_fixture_status_of(f, "POST", path, "{}"), 200);
    console_fixture_is_refused(f, "POST", path, "{}", 404, "not-found");
    reply = console_fixture_ask(f, "GET", "/api/v1/rules", NULL, NULL, "");
    o = json_at(json_get(reply.json, "items"), 0);
    assert_true(str_equal(json_get_str(o, "state"), STR("computable")));
    assert_int_equal(json_get_str(o, "held").len, 0);
    assert_true(str_equal(json_get_str(o, "released_by"), STR("sun")));
    assert_int_equal(json_get_int(o, "released_ms"), f->hub.clock.now_ms);
    json_free(reply.json);
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT count(*) FROM finding WHERE status = 'live'"), 2);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_rule_says_for_whom_it_gave_what),
        CASE(what_is_not_computable_is_not_clear_and_findings_are_not_renewed),
        CASE(precision_stands_beside_the_finding),
        CASE(an_approver_lets_a_rule_go_and_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
