/* What the console says of sites: the line, the agent, the streams, how old each dataset is. */
#include "tests/unit/central/console/console_fixture.h"

static void set_up_found(struct console_fixture *f)
{
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
}

static void a_site_is_late_and_then_silent(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        int64_t after_ms;
        const char *state;
    } cases[] = {{0, "connected"}, {200000, "late"}, {3600000, "silent"}};
    set_up_found(f);
    struct message_heartbeat beat = {.program_version = STR("0.1.0"), .waiting_rows = 3};
    assert_int_equal(
        site_store_heartbeat(f->hub.store, STR("t01"), &beat, clock_wall_ms(&f->hub.clock.clock)),
        OK);
    int64_t begun = f->hub.clock.now_ms;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        f->hub.clock.now_ms = begun + cases[i].after_ms;
        struct console_reply sites = console_fixture_ask(f, "GET", "/api/v1/sites", NULL, NULL, "");
        const struct json *site = json_at(json_get(sites.json, "items"), 0);
        assert_true(str_equal(json_get_str(site, "state"), str_of(cases[i].state)));
        assert_int_equal(json_get_int(site, "waiting_rows"), 3);
        json_free(sites.json);
    }
}

static void the_line_of_a_site_is_a_fact_of_its_own(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        bool is_online;
        int64_t boot, at_ms;
        const char *line;
        int64_t since_ms;
    } steps[] = {{true, 3, 100, "online", 100},
                 {true, 3, 200, "online", 100}, /* said again */
                 {false, 0, 300, "offline", 300},
                 {true, 4, 400, "online", 400}};
    set_up_found(f);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct site_state one = {.site = STR("t01"),
                                 .version = STR("0.1.0"),
                                 .is_online = steps[i].is_online,
                                 .boot = steps[i].boot,
                                 .at_ms = steps[i].at_ms};
        assert_int_equal(site_store_state(f->hub.store, &one), OK);
        struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites", NULL, NULL, "");
        const struct json *site = console_fixture_named(json_get(r.json, "items"), "id", "t01");
        assert_true(str_equal(json_get_str(site, "line"), str_of(steps[i].line)));
        assert_int_equal(json_get_int(site, "line_since_ms"), steps[i].since_ms);
        assert_true(str_equal(json_get_str(site, "state"), STR("never"))); /* no heartbeat yet */
        json_free(r.json);
    }
}

/* A stream as intake left it. */
static void set_stream(struct console_fixture *f, const char *columns)
{
    struct str sql = str_format(f->hub.a,
                                "INSERT OR IGNORE INTO spool_peer(peer) VALUES ('t01'); "
                                "UPDATE spool_peer SET %s WHERE peer = 't01'",
                                columns);
    assert_int_equal(db_exec(f->hub.db, sql), OK);
}

static void what_is_wrong_with_a_stream_is_said_worst_first(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        const char *columns, *trouble;
    } steps[] = {
        {"in_epoch = 2, in_up_to_seq = 9, in_applied_ms = 1000", ""},
        {"in_forged = 2, in_forged_ms = 1795478400000", ""},
        {"in_forged = 3", "forged"},
        {"out_reason = 'behind'", "stopped"},
        {"in_refused = 'fork', in_refused_epoch = 2, in_refused_seq = 7, in_refused_ms = 2000, "
         "in_refused_count = 4",
         "refused"},
        {"in_applied_ms = 3000", "twin"},
        {"in_refused = '', in_refused_ms = 0, out_reason = '', in_forged_ms = 0", ""},
    };
    set_up_found(f);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        set_stream(f, steps[i].columns);
        struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites", NULL, NULL, "");
        const struct json *stream =
            json_get(console_fixture_named(json_get(r.json, "items"), "id", "t01"), "stream");
        struct str trouble = json_get_str(stream, "trouble");
        if (!str_equal(trouble, str_of(steps[i].trouble)))
            fail_msg("step %zu: " STR_FMT, i, STR_ARG(trouble));
        assert_int_equal(json_get_int(stream, "up_to_seq"), 9);
        if (str_equal(trouble, STR("twin"))) { /* both chains are shown */
            const struct json *refused = json_get(stream, "refused");
            assert_int_equal(json_get_int(stream, "applied_ms"), 3000);
            assert_int_equal(json_get_int(refused, "seq"), 7);
            assert_int_equal(json_get_int(refused, "at_ms"), 2000);
            assert_int_equal(json_get_int(refused, "count"), 4);
        }
        json_free(r.json);
    }
}

/* It says so in its state; when it is gone without a word that stays the last one. */
static void a_site_that_stopped_by_itself_is_seen(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        bool is_online;
        const char *stopped, *trouble;
    } steps[] = {{true, "behind", "halted"}, {false, "", "halted"}, {true, "", ""}};
    set_up_found(f);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct site_state one = {.site = STR("t01"),
                                 .is_online = steps[i].is_online,
                                 .boot = steps[i].is_online,
                                 .stopped = str_of(steps[i].stopped)};
        assert_int_equal(site_store_state(f->hub.store, &one), OK);
        struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites/t01", NULL, NULL, "");
        assert_true(str_equal(json_get_str(json_get(r.json, "stream"), "trouble"),
                              str_of(steps[i].trouble)));
        json_free(r.json);
    }
}

static void what_a_site_does_not_acknowledge_is_said_after_a_day(void **state)
{
    struct console_fixture *f = *state;
    set_up_found(f);
    assert_int_equal(db_begin(f->hub.db), OK);
    assert_int_equal(link_put(f->hub.link, STR("t01"), MESSAGE_WITHDRAW, STR("x"), 0), OK);
    assert_int_equal(db_commit(f->hub.db), OK);
    for (int day = 0; day < 2; day++) {
        assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200); /* sessions end */
        struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites/t01", NULL, NULL, "");
        const struct json *stream = json_get(r.json, "stream");
        assert_true(str_equal(json_get_str(stream, "trouble"), day ? STR("stalled") : STR("")));
        assert_true(json_get_int(json_get(stream, "down"), "waiting") >= 1);
        json_free(r.json);
        f->hub.clock.now_ms += INT64_C(86400000);
    }
}

/* Line, newest batch, and of the datasets the one that was not renewed for longest. */
static void the_oldest_dataset_of_a_site_is_its_third_fact(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        const char *id, *dataset;
        int64_t at_ms;
    } files[] = {{"a", "penalty", 5000},
                 {"b", "death", 3000},
                 {"c", "judgment", 9000},
                 {"d", "death", 4000}};
    set_up_found(f);
    struct site_entry police = {STR("d02"), STR("D2"), STR("公安局"), STR("department")};
    assert_int_equal(site_store_put(f->hub.store, &police), OK);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct message_file_end end = {.import_id = str_of(files[i].id),
                                       .dataset = str_of(files[i].dataset),
                                       .imported_ms = files[i].at_ms};
        assert_int_equal(record_store_file_end(f->hub.store, STR("d02"), &end, true), OK);
    }
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites", NULL, NULL, "");
    const struct json *site = console_fixture_named(json_get(r.json, "items"), "id", "d02");
    assert_int_equal(json_get_int(site, "datasets"), 3);
    assert_true(str_equal(json_get_str(json_get(site, "oldest"), "id"), STR("death")));
    assert_int_equal(json_get_int(json_get(site, "oldest"), "last_ms"), 4000);
    json_free(r.json);
    r = console_fixture_ask(f, "GET", "/api/v1/sites/d02", NULL, NULL, "");
    static const char *const order[] = {"death", "penalty", "judgment"};
    const struct json *datasets = json_get(r.json, "datasets");
    for (size_t i = 0; i < COUNT_OF(order); i++)
        assert_true(str_equal(json_get_str(json_at(datasets, i), "id"), str_of(order[i])));
    assert_true(str_equal(json_get_str(r.json, "line"), STR("never")));
    json_free(r.json);
    console_fixture_is_refused(f, "GET", "/api/v1/sites/nobody", "", 404, "not-found");
}

/* The hash that the site says it ran, against the hub's own declaration. */
static void the_same_declaration_ran_at_the_site_or_another(void **state)
{
    struct console_fixture *f = *state;
    static const struct {
        const char *rule, *declaration;
        bool is_ours;
    } cases[] = {{"D02", "same", true}, {"X05", "other", false}, {"Z99", "none", false}};
    set_up_found(f);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct message_self_check m = {.rule = str_of(cases[i].rule),
                                       .version = 1,
                                       .rows = 40,
                                       .hits = 2,
                                       .why = STR(""),
                                       .at_ms = 1000};
        if (cases[i].is_ours)
            m.hash = library_rule(&f->library, m.rule)->hash;
        assert_int_equal(site_store_put_self_check(f->hub.store, STR("t01"), &m), OK);
    }
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/sites/t01", NULL, NULL, "");
    const struct json *checks = json_get(r.json, "self_checks");
    assert_int_equal(json_count(checks), COUNT_OF(cases));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct json *check = console_fixture_named(checks, "id", cases[i].rule);
        assert_true(str_equal(json_get_str(check, "declaration"), str_of(cases[i].declaration)));
        assert_int_equal(json_get_int(check, "hits"), 2);
    }
    json_free(r.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_site_is_late_and_then_silent),
        CASE(the_line_of_a_site_is_a_fact_of_its_own),
        CASE(what_is_wrong_with_a_stream_is_said_worst_first),
        CASE(a_site_that_stopped_by_itself_is_seen),
        CASE(what_a_site_does_not_acknowledge_is_said_after_a_day),
        CASE(the_oldest_dataset_of_a_site_is_its_third_fact),
        CASE(the_same_declaration_ran_at_the_site_or_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
