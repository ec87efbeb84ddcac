/* An evidence pack is asked for on the finding's page, signed elsewhere, and handed to whoever
 * asked. */
#include "central/store/evidence_store.h"
#include "common/evidence/check.h"
#include "common/seal/suite.h"
#include "tests/unit/central/console/console_fixture.h"

#define PATH "/api/v1/findings/1/evidence-pack"

static int64_t ask(struct console_fixture *f)
{
    struct console_reply reply = console_fixture_ask(f, "POST", PATH, NULL, NULL, "{}");
    assert_int_equal(reply.status, 202);
    int64_t pack = json_get_int(reply.json, "pack");
    json_free(reply.json);
    return pack;
}

static struct console_reply fetch(struct console_fixture *f, const char *path, int64_t pack)
{
    struct str number = str_format(f->hub.a, "%lld", (long long)pack);
    struct console_reply reply =
        console_fixture_ask(f, "GET", path, "pack", str_copy_z(f->hub.a, number), "");
    json_free(reply.json);
    return reply;
}

/* As dispatch does it. */
static struct str sign_next(struct console_fixture *f)
{
    struct str secret;
    struct str public;
    struct evidence_pack pack;
    struct keyring *k = keyring_new();
    struct random *random = &f->hub.random.random;
    assert_int_equal(keyring_generate(SUITE_P256, random, f->hub.a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(k, KEY_SIGN, secret), OK);
    assert_int_equal(evidence_store_next(f->hub.store, f->hub.a, &pack), OK);
    signature_make(k, random, f->hub.a, STR(PACK_FORMAT), pack.body, &pack.signature);
    assert_int_equal(evidence_store_sign(f->hub.store, pack.id, &pack.signature, 9), OK);
    keyring_free(k);
    return public;
}

static void a_pack_is_handed_out_once_it_is_signed_and_is_right(void **state)
{
    struct console_fixture *f = *state;
    struct check c;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    int64_t pack = ask(f);
    assert_int_equal(fetch(f, PATH, pack).status, 202);
    struct str key = sign_next(f);
    struct console_reply reply = fetch(f, PATH, pack);
    assert_int_equal(reply.status, 200);
    check_pack(f->hub.a, reply.body, key, &c);
    assert_true(c.is_right);
    assert_true(str_equal(c.pack.county, STR("231282")));
    assert_true(str_equal(c.pack.by, STR("zhao")));
    assert_int_equal(c.pack.finding.id, 1);
    assert_int_equal(c.pack.row_count, 3);
    check_done(&c);
}

static void who_took_it_stands_in_the_timeline(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    ask(f);
    struct console_reply reply =
        console_fixture_ask(f, "GET", "/api/v1/findings/1", NULL, NULL, "");
    const struct json *event =
        console_fixture_named(json_get(reply.json, "timeline"), "kind", "packed");
    assert_non_null(event);
    assert_true(str_equal(json_get_str(event, "by"), STR("zhao")));
    assert_true(str_equal(json_get_str(event, "zh"), STR("导出证据包")));
    json_free(reply.json);
}

static void a_pack_is_for_whoever_asked_and_for_its_finding(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    int64_t pack = ask(f);
    sign_next(f);
    assert_int_equal(fetch(f, "/api/v1/findings/2/evidence-pack", pack).status, 404);
    assert_int_equal(fetch(f, PATH, pack + 1).status, 404);
    assert_int_equal(console_fixture_log_in(f, "qian", PASSWORD), 200);
    assert_int_equal(fetch(f, PATH, pack).status, 404);
    assert_int_equal(
        console_fixture_status_of(f, "POST", "/api/v1/findings/99/evidence-pack", "{}"), 404);
}

static void who_looks_after_the_system_takes_none(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    console_fixture_add_user(f, "sun", "system_admin");
    assert_int_equal(console_fixture_log_in(f, "sun", PASSWORD), 200);
    console_fixture_is_refused(f, "POST", PATH, "{}", 403, "role");
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM evidence_pack"), 0);
}

static void what_is_not_found_again_gets_no_pack(void **state)
{
    struct console_fixture *f = *state;
    console_fixture_find(f);
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    assert_int_equal(
        db_exec(f->hub.db, STR("UPDATE rec_benefit_pay SET amount = 1 WHERE month = 202403")), OK);
    console_fixture_is_refused(f, "POST", PATH, "{}", 409, "not-again");
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM evidence_pack"), 0);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_pack_is_handed_out_once_it_is_signed_and_is_right),
        CASE(who_took_it_stands_in_the_timeline),
        CASE(a_pack_is_for_whoever_asked_and_for_its_finding),
        CASE(who_looks_after_the_system_takes_none),
        CASE(what_is_not_found_again_gets_no_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
