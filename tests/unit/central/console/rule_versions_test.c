/* A rule written on the page: checked, proposed, let in by another person, taken out. */
#include "tests/unit/central/console/console_fixture.h"

#define VERSIONS "/api/v1/rules/versions"

static struct str text_in_force(struct console_fixture *f)
{
    struct console_reply reply =
        console_fixture_ask(f, "GET", "/api/v1/rules/H01/text", NULL, NULL, "");
    assert_int_equal(reply.status, 200);
    struct str text = str_copy(f->hub.a, json_get_str(reply.json, "text"));
    json_free(reply.json);
    return text;
}

static const char *body_of(struct console_fixture *f, struct str text)
{
    struct json *o = json_new_object();
    json_set_str(o, "text", text);
    const char *body = str_copy_z(f->hub.a, json_write(o, f->hub.a));
    json_free(o);
    return body;
}

/* Asks for two months of grace in place of one: of the two who are found, Li is not any more. */
static struct str patient(struct console_fixture *f, const char *version)
{
    struct str text =
        fixture_changed(f->hub.a, text_in_force(f), "grace months 1", "grace months 2");
    return fixture_changed(f->hub.a, text, "version 1", version);
}

static int64_t propose(struct console_fixture *f, struct str text)
{
    struct console_reply reply =
        console_fixture_ask(f, "POST", VERSIONS, NULL, NULL, body_of(f, text));
    assert_int_equal(reply.status, 200);
    int64_t id = json_get_int(reply.json, "id");
    json_free(reply.json);
    return id;
}

static const char *path_of(struct console_fixture *f, int64_t id, const char *what)
{
    return str_format(f->hub.a, VERSIONS "/%lld%s", (long long)id, what).ptr;
}

static void counts_are(const struct json *o, int appear, int disappear, int change)
{
    assert_int_equal(json_get_int(o, "appear"), appear);
    assert_int_equal(json_get_int(o, "disappear"), disappear);
    assert_int_equal(json_get_int(o, "change"), change);
}

static void begin(struct console_fixture *f)
{
    console_fixture_find(f);
    console_fixture_add_user(f, "sun", "approver");
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
}

static void a_text_is_checked_by_line_and_weighed_on_the_rows_that_are_here(void **state)
{
    struct console_fixture *f = *state;
    begin(f);
    struct str faulty =
        fixture_changed(f->hub.a, patient(f, "version 2"), "needs death", "needs deth");
    struct console_reply reply =
        console_fixture_ask(f, "POST", "/api/v1/rules/check", NULL, NULL, body_of(f, faulty));
    assert_int_equal(reply.status, 200);
    const struct json *problem = json_at(json_get(reply.json, "problems"), 0);
    assert_int_equal(json_get_int(problem, "line"), 33);
    assert_int_equal(json_get_int(problem, "column"), 11);
    assert_true(json_get_str(problem, "zh").len > 0);
    assert_null(json_get(reply.json, "effect"));
    json_free(reply.json);
    reply = console_fixture_ask(f, "POST", "/api/v1/rules/check", NULL, NULL,
                                body_of(f, patient(f, "version 2")));
    assert_int_equal(json_count(json_get(reply.json, "problems")), 0);
    const struct json *effect = json_get(reply.json, "effect");
    counts_are(effect, 0, 1, 1);
    const struct json *change = json_at(json_get(effect, "changes"), 1);
    assert_true(str_equal(json_get_str(change, "change"), STR("disappear")));
    assert_int_equal(json_get_int(change, "finding"), 2);
    assert_false(str_contains(reply.body, STR("李明"))); /* never by name */
    json_free(reply.json);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM rule_version"), 0);
}

static void a_second_person_lets_it_in(void **state)
{
    struct console_fixture *f = *state;
    begin(f);
    int64_t id = propose(f, patient(f, "version 2"));
    struct console_reply reply = console_fixture_ask(f, "GET", VERSIONS, NULL, NULL, "");
    const struct json *o = json_at(json_get(reply.json, "items"), 0);
    assert_true(str_equal(json_get_str(o, "status"), STR("draft")));
    assert_true(str_equal(json_get_str(o, "proposed_by"), STR("zhao")));
    assert_false(json_get_bool(o, "may_approve"));
    assert_true(json_get_bool(o, "may_refuse"));
    counts_are(o, 0, 1, 1);
    json_free(reply.json);
    const char *decision = path_of(f, id, "/decision");
    console_fixture_is_refused(f, "POST", decision, "{\"decision\":\"approve\"}", 403,
                               "second-person");
    assert_int_equal(console_fixture_log_in(f, "sun", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", decision, "{\"decision\":\"perhaps\"}", 422, "decision");
    reply = console_fixture_ask(f, "GET", path_of(f, id, ""), NULL, NULL, "");
    assert_true(json_get_bool(reply.json, "may_approve"));
    assert_true(str_contains(json_get_str(reply.json, "text"), STR("grace months 2")));
    assert_true(str_contains(json_get_str(reply.json, "older_text"), STR("grace months 1")));
    counts_are(json_get(reply.json, "effect"), 0, 1, 1);
    json_free(reply.json);
    assert_int_equal(console_fixture_status_of(f, "POST", decision, "{\"decision\":\"approve\"}"),
                     200);
    console_fixture_is_refused(f, "POST", decision, "{\"decision\":\"approve\"}", 409,
                               "not-allowed-now");
    /* in force without a restart, and what a next version begins with */
    assert_true(str_contains(text_in_force(f), STR("grace months 2")));
    assert_int_equal(library_rule(&f->library, STR("H01"))->version, 2);
}

static void a_number_is_used_once_and_faults_are_not_proposed(void **state)
{
    struct console_fixture *f = *state;
    begin(f);
    propose(f, patient(f, "version 2"));
    console_fixture_is_refused(f, "POST", VERSIONS, body_of(f, patient(f, "version 2")), 422,
                               "faulty");
    console_fixture_is_refused(f, "POST", VERSIONS, body_of(f, STR("rule")), 422, "faulty");
    console_fixture_is_refused(f, "POST", VERSIONS, "{", 400, "malformed");
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM rule_version"), 1);
}

static void roles_that_do_not_write_rules_only_read(void **state)
{
    struct console_fixture *f = *state;
    begin(f);
    int64_t id = propose(f, patient(f, "version 2"));
    const char *body = body_of(f, patient(f, "version 3"));
    assert_int_equal(console_fixture_log_in(f, "qian", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/rules/check", body, 403, "role");
    console_fixture_is_refused(f, "POST", VERSIONS, body, 403, "role");
    console_fixture_is_refused(f, "POST", path_of(f, id, "/decision"), "{\"decision\":\"approve\"}",
                               403, "role");
    console_fixture_is_refused(f, "POST", "/api/v1/rules/H01/retire", "{}", 403, "role");
    assert_int_equal(console_fixture_status_of(f, "GET", VERSIONS, ""), 200);
}

static void an_approver_takes_it_out_again(void **state)
{
    struct console_fixture *f = *state;
    begin(f);
    int64_t id = propose(f, patient(f, "version 2"));
    console_fixture_is_refused(f, "POST", "/api/v1/rules/H01/retire", "{}", 403, "role");
    assert_int_equal(console_fixture_log_in(f, "sun", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/rules/H01/retire", "{}", 404, "not-found");
    assert_int_equal(console_fixture_status_of(f, "POST", path_of(f, id, "/decision"),
                                               "{\"decision\":\"approve\"}"),
                     200);
    assert_int_equal(console_fixture_status_of(f, "POST", "/api/v1/rules/H01/retire", "{}"), 200);
    assert_int_equal(console_fixture_status_of(f, "GET", "/api/v1/rules/H01/text", ""), 404);
    struct console_reply reply = console_fixture_ask(f, "GET", VERSIONS, "rule", "H01", "");
    const struct json *o = json_at(json_get(reply.json, "items"), 0);
    assert_true(str_equal(json_get_str(o, "status"), STR("retired")));
    assert_int_equal(json_get_int(o, "valid_from"), 20261124);
    assert_int_equal(json_get_int(o, "valid_to"), 20261124);
    assert_true(str_equal(json_get_str(o, "retired_by"), STR("sun")));
    json_free(reply.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_text_is_checked_by_line_and_weighed_on_the_rows_that_are_here),
        CASE(a_second_person_lets_it_in),
        CASE(a_number_is_used_once_and_faults_are_not_proposed),
        CASE(roles_that_do_not_write_rules_only_read),
        CASE(an_approver_takes_it_out_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
