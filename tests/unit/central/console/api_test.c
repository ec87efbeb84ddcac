#include "central/store/duty_store.h"
#include "tests/unit/central/console/console_fixture.h"

static void set_up_found(struct console_fixture *f)
{
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
}

static void everything_but_the_log_in_needs_a_session(void **state)
{
    struct console_fixture *f = *state;
    static const char *const paths[] = {
        "/api/v1/session",    "/api/v1/overview",  "/api/v1/sites",    "/api/v1/findings",
        "/api/v1/findings/1", "/api/v1/prompts",   "/api/v1/datasets", "/api/v1/datasets/death",
        "/api/v1/calendar",   "/api/v1/sites/t01", "/api/v1/rules",    "/api/v1/identity"};
    console_fixture_find(f);
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        console_fixture_is_refused(f, "GET", paths[i], "", 401, "not-logged-in");
    console_fixture_is_refused(f, "POST", "/api/v1/findings/1/decision", "{}", 401,
                               "not-logged-in");
    console_fixture_is_refused(f, "DELETE", "/api/v1/session", "", 401, "not-logged-in");
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        assert_int_equal(console_fixture_status_of(f, "GET", paths[i], ""), 200);
}

static void whoever_logs_out_is_out(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    struct console_reply me = console_fixture_ask(f, "GET", "/api/v1/session", NULL, NULL, "");
    assert_true(str_equal(json_get_str(me.json, "user"), STR("zhao")));
    assert_true(str_equal(json_get_str(me.json, "role"), STR("analyst")));
    json_free(me.json);
    assert_int_equal(console_fixture_status_of(f, "DELETE", "/api/v1/session", ""), 200);
    console_fixture_is_refused(f, "GET", "/api/v1/session", "", 401, "not-logged-in");
}

static void a_write_needs_the_second_token(void **state)
{
    struct console_fixture *f = *state;
    const char *decision = "{\"decision\":\"confirmed\",\"reason\":\"data_error\"}";
    set_up_found(f);
    f->csrf[0] = f->csrf[0] == 'a' ? 'b' : 'a';
    assert_int_equal(console_fixture_status_of(f, "GET", "/api/v1/findings/1", ""), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/findings/1/decision", decision, 401,
                               "not-logged-in");
    console_fixture_is_refused(f, "DELETE", "/api/v1/session", "", 401, "not-logged-in");
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM finding WHERE decision = "
                                                 "'to_verify'"),
                     2);
}

static void five_wrong_passwords_lock_the_name_for_a_while(void **state)
{
    struct console_fixture *f = *state;
    const char *wrong = "{\"user\":\"zhao\",\"password\":\"wrong\"}";
    const char *right = "{\"user\":\"zhao\",\"password\":\"" PASSWORD "\"}";
    for (int i = 0; i < SESSION_FAILURES_MAX; i++)
        console_fixture_is_refused(f, "POST", "/api/v1/session", wrong, 401, "wrong-password");
    console_fixture_is_refused(f, "POST", "/api/v1/session", right, 429, "locked");
    assert_int_equal(console_fixture_log_in(f, "qian", PASSWORD), 200);
    f->hub.clock.now_ms += SESSION_LOCK_MS;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
}

static void an_unknown_name_is_refused_like_a_wrong_password(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_is_refused(f, "POST", "/api/v1/session",
                               "{\"user\":\"nobody\",\"password\":\"x\"}", 401, "wrong-password");
    console_fixture_is_refused(f, "POST", "/api/v1/session", "{\"user\":7}", 401, "wrong-password");
    console_fixture_is_refused(f, "POST", "/api/v1/session", "{", 400, "malformed");
}

static void a_finding_stands_with_its_evidence_and_masked(void **state)
{
    struct console_fixture *f = *state;
    set_up_found(f);
    struct console_reply one = console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    assert_int_equal(one.status, 200);
    assert_true(str_equal(json_get_str(one.json, "subject_id"), STR("1101**********002X")));
    assert_false(str_contains(one.body, STR("11010519491231002X")));
    assert_true(str_equal(json_get_str(one.json, "site_name"), STR("城关镇")));
    assert_int_equal(json_get_int(one.json, "amount_fen"), 20000);
    const struct json *evidence = json_get(one.json, "evidence");
    assert_int_equal(json_count(evidence), 3);
    const struct json *payment = json_at(evidence, 2);
    assert_true(str_equal(json_get_str(payment, "dataset"), STR("benefit_pay")));
    assert_int_equal(json_get_str(payment, "row_hash").len, 2 * SHA256_BYTES);
    const struct json *amount = json_at(json_get(payment, "columns"), 2);
    assert_true(json_get_bool(amount, "is_number"));
    assert_true(str_equal(json_get_str(amount, "value"), STR("100.00")));
    assert_int_equal(json_count(json_get(one.json, "timeline")), 1);
    assert_true(json_get_int(json_get(one.json, "prompt"), "sent_ms") > 0);
    json_free(one.json);
}

static void an_unknown_finding_is_not_found(void **state)
{
    struct console_fixture *f = *state;
    const char *decision = "{\"decision\":\"refuted\",\"reason\":\"data_error\"}";
    set_up_found(f);
    console_fixture_is_refused(f, "GET", "/api/v1/findings/99", "", 404, "not-found");
    console_fixture_is_refused(f, "GET", "/api/v1/findings/x", "", 404, "not-found");
    console_fixture_is_refused(f, "GET", "/api/v1/findings/99999999999999999999", "", 404,
                               "not-found");
    console_fixture_is_refused(f, "POST", "/api/v1/findings/99/decision", decision, 404,
                               "not-found");
    console_fixture_is_refused(f, "GET", "/api/v1/nothing", "", 404, "not-found");
}

static void the_list_comes_in_pages_worst_first(void **state)
{
    struct console_fixture *f = *state;
    set_up_found(f);
    f->hub.clock.now_ms++;
    struct console_reply all = console_fixture_ask(f, "GET", "/api/v1/findings", NULL, NULL, "");
    assert_int_equal(json_get_int(all.json, "total"), 2);
    assert_int_equal(json_count(json_get(all.json, "items")), 2);
    assert_int_equal(json_get_str(all.json, "next").len, 0);
    assert_false(str_contains(all.body, STR("440524188001010014")));
    struct console_reply first =
        console_fixture_ask(f, "GET", "/api/v1/findings", "limit", "1", "");
    assert_int_equal(json_get_int(first.json, "total"), 2);
    assert_int_equal(json_count(json_get(first.json, "items")), 1);
    struct str next = str_copy(f->hub.a, json_get_str(first.json, "next"));
    assert_true(next.len > 0);
    struct console_reply rest =
        console_fixture_ask(f, "GET", "/api/v1/findings", "cursor", str_copy_z(f->hub.a, next), "");
    assert_int_equal(json_count(json_get(rest.json, "items")), 1);
    assert_int_equal(json_get_str(rest.json, "next").len, 0);
    int64_t above = json_get_int(json_at(json_get(first.json, "items"), 0), "points");
    int64_t below = json_get_int(json_at(json_get(rest.json, "items"), 0), "points");
    assert_true(above >= below);
    assert_int_not_equal(json_get_int(json_at(json_get(first.json, "items"), 0), "id"),
                         json_get_int(json_at(json_get(rest.json, "items"), 0), "id"));
    struct console_reply none =
        console_fixture_ask(f, "GET", "/api/v1/findings", "rule", "P01", "");
    assert_int_equal(json_get_int(none.json, "total"), 0);
    json_free(all.json);
    json_free(first.json);
    json_free(rest.json);
    json_free(none.json);
}

static void a_bad_decision_says_what_is_missing(void **state)
{
    struct console_fixture *f = *state;
    const char *path = "/api/v1/findings/1/decision";
    set_up_found(f);
    console_fixture_is_refused(f, "POST", path, "{}", 422, "decision");
    console_fixture_is_refused(f, "POST", path, "{\"decision\":\"guilty\"}", 422, "decision");
    console_fixture_is_refused(f, "POST", path, "{\"decision\":\"site_answered\"}", 422,
                               "decision");
    console_fixture_is_refused(f, "POST", path, "{\"decision\":\"confirmed\"}", 422, "reason");
    console_fixture_is_refused(f, "POST", path, "{\"decision\":\"confirmed\",\"reason\":\"hunch\"}",
                               422, "reason");
    struct str dots = str_make(memset(NEW_ARRAY(f->hub.a, char, 2001), '.', 2001), 2001);
    struct str body = str_format(
        f->hub.a, "{\"decision\":\"unclear\",\"reason\":\"data_error\",\"note\":\"" STR_FMT "\"}",
        STR_ARG(dots));
    console_fixture_is_refused(f, "POST", path, str_copy_z(f->hub.a, body), 422, "note");
    console_fixture_is_refused(f, "POST", path, "not json", 400, "malformed");
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM finding_event"), 2);
}

static void a_decision_is_kept_with_who_and_why(void **state)
{
    struct console_fixture *f = *state;
    const char *path = "/api/v1/findings/1/decision";
    const char *body =
        "{\"decision\":\"confirmed\",\"reason\":\"verified_on_site\",\"note\":\" 已见人 \"}";
    set_up_found(f);
    assert_int_equal(console_fixture_status_of(f, "POST", path, body), 200);
    console_fixture_is_refused(f, "POST", path, body, 409, "not-allowed-now");
    struct console_reply one = console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    assert_true(str_equal(json_get_str(one.json, "decision"), STR("confirmed")));
    const struct json *last = json_at(json_get(one.json, "timeline"), 1);
    assert_true(str_equal(json_get_str(last, "by"), STR("zhao")));
    assert_true(str_equal(json_get_str(last, "note"), STR("verified_on_site 已见人")));
    json_free(one.json);
}

static void a_role_that_may_not_decide_is_told_so(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "qian", PASSWORD), 200);
    assert_int_equal(console_fixture_status_of(f, "GET", "/api/v1/findings/1", ""), 200);
    console_fixture_is_refused(f, "POST", "/api/v1/findings/1/decision",
                               "{\"decision\":\"confirmed\",\"reason\":\"data_error\"}", 403,
                               "role");
}

static void an_answer_is_told_in_both_languages(void **state)
{
    struct console_fixture *f = *state;
    int64_t finding;
    set_up_found(f);
    struct message_answer_field fields[] = {{STR("verdict"), STR("wrong_data")},
                                            {STR("note"), STR("登记有误")}};
    struct message_answer answer = {.document_id = STR("F1-1"),
                                    .by = STR("王核实"),
                                    .at_ms = HUB_FIXTURE_NOW_MS,
                                    .fields = fields,
                                    .field_count = COUNT_OF(fields)};
    assert_int_equal(
        matter_store_answer(f->hub.store, STR("t01"), &answer, HUB_FIXTURE_NOW_MS + 5, &finding),
        OK);
    struct console_reply one = console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    const struct json *prompt = json_get(one.json, "prompt");
    assert_int_equal(json_get_int(prompt, "answered_ms"), HUB_FIXTURE_NOW_MS + 5);
    assert_true(str_equal(json_get_str(prompt, "answered_by"), STR("王核实")));
    const struct json *verdict = json_at(json_get(prompt, "answer"), 0);
    assert_true(str_equal(json_get_str(verdict, "value_zh"), STR("数据有误")));
    assert_true(str_equal(json_get_str(verdict, "value_en"), STR("Data are wrong")));
    struct console_reply prompts =
        console_fixture_ask(f, "GET", "/api/v1/prompts", "state", "answered", "");
    assert_int_equal(json_get_int(prompts.json, "total"), 1);
    struct console_reply sent =
        console_fixture_ask(f, "GET", "/api/v1/prompts", "state", "sent", "");
    assert_int_equal(json_get_int(sent.json, "total"), 0);
    json_free(one.json);
    json_free(prompts.json);
    json_free(sent.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

static void a_dataset_says_who_supplied_it_and_what_never_came(void **state)
{
    struct console_fixture *f = *state;
    set_up_found(f);
    struct message_file_end end = {.import_id = STR("i1"),
                                   .file_name = STR("死亡.csv"),
                                   .dataset = STR("death"),
                                   .rows = 3,
                                   .accepted = 2,
                                   .rejected = 1,
                                   .imported_ms = 1234};
    struct record_tally tally = {.merged = 2};
    struct site_entry police = {STR("d01"), STR("D1"), STR("公安局"), STR("department")};
    assert_int_equal(site_store_put(f->hub.store, &police), OK);
    assert_int_equal(
        record_store_add_tally(f->hub.store, STR("d01"), STR("i1"), STR("death"), &tally), OK);
    assert_int_equal(record_store_file_end(f->hub.store, STR("d01"), &end, true), OK);
    struct console_reply all = console_fixture_ask(f, "GET", "/api/v1/datasets", NULL, NULL, "");
    const struct json *items = json_get(all.json, "items");
    assert_int_equal(json_count(items), f->hub.catalog->dataset_count);
    const struct json *death = console_fixture_named(items, "id", "death");
    assert_int_equal(json_get_int(death, "sites"), 1);
    assert_int_equal(json_get_int(death, "rows"), 3);
    assert_int_equal(json_get_int(death, "rejected"), 1);
    assert_int_equal(json_get_int(death, "merged"), 2);
    assert_int_equal(json_get_int(death, "last_ms"), 1234);
    assert_int_equal(json_get_int(console_fixture_named(items, "id", "penalty"), "files"), 0);
    json_free(all.json);
    struct console_reply one =
        console_fixture_ask(f, "GET", "/api/v1/datasets/death", NULL, NULL, "");
    const struct json *by = console_fixture_named(json_get(one.json, "sites"), "site", "d01");
    assert_true(str_equal(json_get_str(by, "name"), STR("公安局")));
    assert_true(json_get_bool(
        console_fixture_named(json_get(one.json, "fields"), "id", "citizen_id"), "key"));
    json_free(one.json);
    struct console_reply site = console_fixture_ask(f, "GET", "/api/v1/sites/d01", NULL, NULL, "");
    assert_int_equal(json_count(json_get(site.json, "datasets")), 1);
    assert_int_equal(
        json_get_int(console_fixture_named(json_get(site.json, "datasets"), "id", "death"),
                     "last_ms"),
        1234);
    json_free(site.json);
    console_fixture_is_refused(f, "GET", "/api/v1/datasets/none", "", 404, "not-found");
}

/* Owed since August; August came in time, September late, October was said to be nothing. Today is
 * 24 November. */
static void the_calendar_says_what_is_owed_and_what_came(void **state)
{
    struct console_fixture *f = *state;
    set_up_found(f);
    hub_fixture_merge(
        &f->hub, "d01", "duty", false,
        ROWS("site_id=t01;dataset_id=benefit_pay;cycle=月;due_days=5;from_day=2026-08-"
             "01",
             "site_id=t01;dataset_id=penalty;cycle=季;due_days=5;from_day=2026-07-01"));
    static const struct {
        const char *id;
        int32_t first, last;
        int64_t at_ms;
    } files[] = {{"a", 20260801, 20260831, INT64_C(1788400000000)},  /* 3 September */
                 {"b", 20260901, 20260930, INT64_C(1792000000000)}}; /* 15 October */
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct record_tally tally = {
            .merged = 4, .first_day = files[i].first, .last_day = files[i].last};
        struct message_file_end end = {.import_id = str_of(files[i].id),
                                       .dataset = STR("benefit_pay"),
                                       .rows = 4,
                                       .accepted = 4,
                                       .imported_ms = files[i].at_ms};
        assert_int_equal(
            record_store_add_tally(f->hub.store, STR("t01"), end.import_id, end.dataset, &tally),
            OK);
        assert_int_equal(record_store_file_end(f->hub.store, STR("t01"), &end, true), OK);
    }
    struct message_nothing nothing = {.dataset = STR("benefit_pay"),
                                      .first = 20261001,
                                      .last = 20261031,
                                      .by = STR("王某"),
                                      .at_ms = INT64_C(1793600000000)}; /* 2 November */
    assert_int_equal(duty_store_nothing(f->hub.store, STR("t01"), &nothing), OK);
    struct console_reply reply = console_fixture_ask(f, "GET", "/api/v1/calendar", NULL, NULL, "");
    const struct json *items = json_get(reply.json, "items");
    assert_int_equal(json_count(items), 2);
    const struct json *pay = console_fixture_named(items, "dataset", "benefit_pay");
    const struct json *periods = json_get(pay, "periods");
    assert_int_equal(json_get_int(pay, "overdue"), 0);
    assert_int_equal(json_count(periods), 3);
    assert_true(str_equal(json_get_str(json_at(periods, 0), "period"), STR("2026-10")));
    assert_true(json_get_bool(json_at(periods, 0), "nothing"));
    assert_int_equal(json_get_int(json_at(periods, 1), "due"), 20261013); /* behind National Day */
    assert_int_equal(json_get_int(json_at(periods, 1), "late_days"), 2);
    assert_int_equal(json_get_int(json_at(periods, 2), "late_days"), 0);
    const struct json *penalty = console_fixture_named(items, "dataset", "penalty");
    assert_int_equal(json_get_int(penalty, "overdue"), 1);
    assert_int_equal(json_get_int(penalty, "late_days"), 42);
    json_free(reply.json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(everything_but_the_log_in_needs_a_session),
        CASE(the_calendar_says_what_is_owed_and_what_came),
        CASE(a_dataset_says_who_supplied_it_and_what_never_came),
        CASE(whoever_logs_out_is_out),
        CASE(a_write_needs_the_second_token),
        CASE(five_wrong_passwords_lock_the_name_for_a_while),
        CASE(an_unknown_name_is_refused_like_a_wrong_password),
        CASE(a_finding_stands_with_its_evidence_and_masked),
        CASE(an_unknown_finding_is_not_found),
        CASE(the_list_comes_in_pages_worst_first),
        CASE(a_bad_decision_says_what_is_missing),
        CASE(a_decision_is_kept_with_who_and_why),
        CASE(a_role_that_may_not_decide_is_told_so),
        CASE(an_answer_is_told_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
