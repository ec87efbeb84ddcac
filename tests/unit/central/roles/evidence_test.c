/* A finding of the analysis becomes a pack that dispatch signs and anybody can verify. */
#include "central/dispatch/dispatch.h"
#include "central/evidence/gather.h"
#include "central/evidence/rerun.h"
#include "central/roles/roles.h"
#include "central/store/evidence_store.h"
#include "common/os/file.h"
#include "common/seal/suite.h"
#include "tests/unit/central/analysis/analysis_fixture.h"

#include <stdio.h>
#include <unistd.h>

#define TENDER(lot, method)                                                                        \
    "project_no=P1;lot_no=" lot ";title=食堂;buyer=水务局;method=" method                          \
    ";kind=服务;notice_on=2024-01-02;state=完成"
#define CONTRACT(number, lot)                                                                      \
    "contract_no=" number ";lot_no=" lot                                                           \
    ";name=采购;signed_on=2024-01-12;amount=600000;buyer=水务局;supplier=甲公司"

static enum err gather(struct analysis_fixture *f, int64_t finding, struct str *out_text)
{
    struct replay_rules rules = {f->an.rules, f->an.rule_count};
    struct gather_for whom = {STR("231282"), STR("1"), STR("zhao"), 5};
    return gather_pack(f->hub.store, f->hub.a, &rules, finding, &whom, out_text);
}

/* Asked for, and signed by dispatch with a key made here. */
static struct str signed_pack(struct analysis_fixture *f, int64_t finding, struct str *out_key)
{
    struct evidence_pack pack = {.finding = finding, .by = STR("zhao"), .asked_ms = 5};
    struct str secret;
    struct keyring *k = keyring_new();
    size_t count;
    int64_t id;
    struct dispatch_signing with = {f->hub.store, k, &f->hub.random.random, &f->hub.clock.clock};
    assert_int_equal(
        keyring_generate(SUITE_P256, &f->hub.random.random, f->hub.a, &secret, out_key), OK);
    assert_int_equal(keyring_add_own(k, KEY_SIGN, secret), OK);
    assert_int_equal(gather(f, finding, &pack.body), OK);
    assert_int_equal(db_begin(f->hub.db), OK);
    assert_int_equal(db_end(f->hub.db, evidence_store_ask(f->hub.store, &pack, &id)), OK);
    assert_int_equal(dispatch_sign_packs(&with, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(dispatch_sign_packs(&with, &count), OK);
    assert_int_equal(count, 0);
    keyring_free(k);
    assert_int_equal(evidence_store_get(f->hub.store, f->hub.a, id, &pack), OK);
    assert_true(pack.is_signed);
    return pack_file(f->hub.a, pack.body, &pack.signature);
}

static enum check_state state_of(const struct check *c, const char *part)
{
    for (size_t i = 0; i < c->parts.count; i++)
        if (str_equal(c->parts.at[i].part, str_of(part)))
            return c->parts.at[i].state;
    fail_msg("nothing is said of %s", part);
    return CHECK_WRONG;
}

static void a_pack_verifies_and_its_rule_runs_again_over_its_rows_alone(void **state)
{
    struct analysis_fixture *f = *state;
    struct check c;
    struct str key;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    struct str file = signed_pack(f, 1, &key);
    check_pack(f->hub.a, file, key, &c);
    assert_true(c.is_right);
    rerun_pack(&c);
    assert_int_equal(state_of(&c, "rerun"), CHECK_RIGHT);
    assert_int_equal(c.pack.row_count, 3);
    assert_int_equal(c.pack.source_count, 2);
    const struct pack_person *person = &c.pack.rows[0].persons[0];
    assert_true(person->person > 0);
    assert_true(str_equal(person->how, STR("first")));
    assert_true(str_equal(c.pack.rows[0].batch.site, STR("d01")));
    check_done(&c);
}

/* One row alone of a rule that adds several up: it finds something else. */
static void rows_that_do_not_decide_are_said_not_to(void **state)
{
    struct analysis_fixture *f = *state;
    struct check c;
    struct str key;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    check_pack(f->hub.a, signed_pack(f, 1, &key), key, &c);
    c.pack.row_count = 2;
    rerun_pack(&c);
    assert_int_equal(state_of(&c, "rerun"), CHECK_NOTE);
    check_done(&c);
}

/* What was corrected since is no evidence of then. */
static void the_rows_are_those_of_the_watermark(void **state)
{
    struct analysis_fixture *f = *state;
    struct check c;
    struct str key;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    struct str before = signed_pack(f, 1, &key);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", true, ROWS(PAID("2024-03")));
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(WANG "died_on=2024-02-10;source=公安"));
    check_pack(f->hub.a, signed_pack(f, 1, &key), key, &c); /* before anybody looked again */
    assert_true(c.is_right);
    assert_int_equal(c.pack.row_count, 3);
    struct pack then = c.pack;
    struct check b;
    check_pack(f->hub.a, before, STR_NONE, &b);
    assert_true(hash_equal(&then.result.hash, &b.pack.result.hash));
    check_done(&b);
    check_done(&c);
}

static void a_thing_has_its_pack_too(void **state)
{
    struct analysis_fixture *f = *state;
    struct check c;
    struct str key;
    hub_fixture_merge(&f->hub, "b01", "tender", false, ROWS(TENDER("L1", "询价")));
    hub_fixture_merge(&f->hub, "b01", "contract", false,
                      ROWS(CONTRACT("K1", "L1"), CONTRACT("K2", "L1")));
    analysis_fixture_look(f);
    int64_t finding = hub_fixture_number(&f->hub, "SELECT min(id) FROM finding WHERE kind <> ''");
    check_pack(f->hub.a, signed_pack(f, finding, &key), key, &c);
    assert_true(c.is_right);
    assert_true(c.pack.finding.key.len > 0);
    rerun_pack(&c); /* the tender is a condition, not evidence */
    assert_int_equal(state_of(&c, "rerun"), CHECK_NOTE);
    check_done(&c);
}

static void what_was_changed_in_the_database_gets_no_pack(void **state)
{
    struct analysis_fixture *f = *state;
    struct str text;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    /* neither where the rule looks … */
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE rec_benefit_pay SET amount = 1")), OK);
    assert_int_equal(gather(f, 1, &text), ERR_INVALID);
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE rec_benefit_pay SET amount = 10000")), OK);
    assert_int_equal(gather(f, 1, &text), OK);
    /* … nor where it does not */
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE rec_benefit_pay SET bank = '农商行'")), OK);
    assert_int_equal(gather(f, 1, &text), ERR_INVALID);
    assert_int_equal(gather(f, 9, &text), ERR_MISSING);
}

static void the_command_needs_the_file_alone(void **state)
{
    struct analysis_fixture *f = *state;
    struct str key;
    char path[] = "/tmp/qingqu-pack-XXXXXX";
    struct settings settings = {.key = "", .is_json = true};
    struct options_words words = {{STR("evidence"), STR("verify"), str_of(path)}, 3, {0}, 0, 0};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    struct str file = signed_pack(f, 1, &key);
    assert_int_equal(file_replace(path, file, 0600), OK);
    assert_int_equal(roles_verify(&settings, &words), OK);
    assert_int_equal(file_replace(path, str_slice(file, 0, file.len - 1), 0600), OK);
    assert_int_equal(roles_verify(&settings, &words), ERR_INVALID);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(a_pack_verifies_and_its_rule_runs_again_over_its_rows_alone),
        ANALYSIS_CASE(rows_that_do_not_decide_are_said_not_to),
        ANALYSIS_CASE(the_rows_are_those_of_the_watermark),
        ANALYSIS_CASE(a_thing_has_its_pack_too),
        ANALYSIS_CASE(what_was_changed_in_the_database_gets_no_pack),
        ANALYSIS_CASE(the_command_needs_the_file_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
