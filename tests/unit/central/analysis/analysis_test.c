#include "tests/unit/central/analysis/analysis_fixture.h"

static void a_finding_keeps_its_evidence_and_asks_the_site_that_paid(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    assert_int_equal(analysis_fixture_look(f), 2);
    analysis_fixture_text_is(f, "SELECT rule FROM finding", "H01");
    assert_int_equal(analysis_fixture_number(f, "SELECT amount_fen FROM finding"), 20000);
    assert_int_equal(
        analysis_fixture_number(f, "SELECT count(*) FROM evidence WHERE dataset = 'benefit_pay'"),
        2);
    assert_int_equal(
        analysis_fixture_number(f, "SELECT count(*) FROM evidence WHERE dataset = 'death'"), 1);

    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM spool_item"), 0);
    assert_int_equal(analysis_fixture_ask(f), 1);
    assert_int_equal(analysis_fixture_ask(f), 0);
    analysis_fixture_text_is(f, "SELECT site FROM matter WHERE state = 'sent'", "t01");
    struct message_document d;
    struct str body =
        hub_fixture_text(&f->hub, "SELECT body FROM spool_item WHERE peer = 't01' AND kind = 5");
    assert_int_equal(message_document_parse(f->hub.a, body, &d), OK);
    assert_true(str_equal(d.type, STR("verify_benefit")));
    assert_int_equal(d.due, 20261204);
    assert_true(str_contains(d.body_zh, STR("2024-03")));
    assert_true(str_contains(d.facts_json, STR("王芳")));
}

static void nothing_new_changes_nothing(void **state)
{
    struct analysis_fixture *f = *state;
    size_t persons;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    assert_int_equal(analysis_fixture_look(f), 0);
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK);
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK);
    assert_int_equal(analysis_fixture_ask(f), 0);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 1);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding_event"),
                     2); /* found, prompt */
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM spool_item"), 1);
}

static void facts_that_are_gone_end_the_finding_and_take_the_prompt_back(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "ended");
    analysis_fixture_text_is(f, "SELECT state FROM matter", "withdrawn");
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM spool_item WHERE kind = 9"),
                     1);

    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(DEAD));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "new");
    assert_int_equal(analysis_fixture_ask(f), 1);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM matter"), 2);
}

static void facts_that_change_before_the_answer_are_asked_about_anew(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-05")));
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT amount_fen FROM finding"), 30000);
    assert_int_equal(analysis_fixture_ask(f), 1);
    assert_int_equal(
        analysis_fixture_number(f, "SELECT count(*) FROM matter WHERE state = 'withdrawn'"), 1);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM matter WHERE state = 'sent'"),
                     1);
}

static void what_was_answered_is_not_taken_back(void **state)
{
    struct analysis_fixture *f = *state;
    int64_t finding;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    struct message_answer_field field = {STR("verdict"), STR("confirmed")};
    struct message_answer m = {.document_id =
                                   hub_fixture_text(&f->hub, "SELECT document_id FROM matter"),
                               .by = STR("officer"),
                               .at_ms = 1,
                               .fields = &field,
                               .field_count = 1};
    assert_int_equal(matter_store_answer(f->hub.store, STR("t02"), &m, 5, &finding), ERR_MISSING);
    assert_int_equal(matter_store_answer(f->hub.store, STR("t01"), &m, 5, &finding), OK);
    assert_int_equal(
        finding_store_decide(f->hub.store, finding, FINDING_SITE_ANSWERED, 5, m.by, STR_NONE), OK);
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "ended");
    analysis_fixture_text_is(f, "SELECT state FROM matter", "answered");
    analysis_fixture_text_is(f, "SELECT decision FROM finding", "site_answered");
    assert_int_equal(analysis_fixture_ask(f), 0);
}

static void evidence_follows_a_correction_that_leaves_the_result(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-03") ";bank=农商行"));
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(
                         f, "SELECT max(version) FROM evidence WHERE dataset = 'benefit_pay'"),
                     2);
    assert_int_equal(analysis_fixture_number(
                         f, "SELECT count(*) FROM evidence AS e JOIN rec_benefit_pay AS r ON "
                            "r.rid = e.rid WHERE e.dataset = 'benefit_pay' AND r.valid_to IS "
                            "NOT NULL"),
                     0);
    analysis_fixture_text_is(f, "SELECT state FROM matter",
                             "sent"); /* the question is still the same */
}

static void a_young_finding_waits_while_rows_still_come(void **state)
{
    struct analysis_fixture *f = *state;
    size_t asked;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(analysis_ask(&f->an, f->hub.clock.now_ms - 1, &asked), OK);
    assert_int_equal(asked, 0);
    assert_int_equal(analysis_ask(&f->an, f->hub.clock.now_ms, &asked), OK);
    assert_int_equal(asked, 1);
}

static void what_a_person_refuted_is_not_asked_about(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    int64_t id = analysis_fixture_number(f, "SELECT id FROM finding");
    assert_int_equal(
        finding_store_decide(f->hub.store, id, FINDING_REFUTED, 5, STR("wang"), STR("same_name")),
        OK);
    assert_int_equal(analysis_fixture_ask(f), 0);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-05")));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT decision FROM finding", "refuted");
}

static void a_day_that_passes_brings_what_falls_due(void **state)
{
    struct analysis_fixture *f = *state;
    hub_fixture_merge(&f->hub, "d01", "penalty", false, ROWS(FINED));
    hub_fixture_merge(&f->hub, "d02", "official", false, ROWS(IN_POST));
    hub_fixture_merge(&f->hub, "d03", "discipline_case", false, ROWS(OTHER_CASE));
    f->an.today_fixed = 20261203; /* day 59 */
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 0);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "computable");
    f->an.today_fixed = 20261204; /* day 60, no new rows */
    assert_int_equal(analysis_fixture_look(f), 1);
    analysis_fixture_text_is(f, "SELECT rule FROM finding", "P01");
    assert_int_equal(analysis_fixture_number(f, "SELECT level FROM finding"), 5);
    assert_int_equal(analysis_fixture_ask(f), 1);
    analysis_fixture_text_is(f, "SELECT site FROM matter",
                             "d02"); /* the unit that reported the official */
}

static void another_catalog_looks_at_everybody(void **state)
{
    struct analysis_fixture *f = *state;
    const struct rule *h10[1];
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    analysis_fixture_ask(f);
    for (size_t i = 0; i < f->an.rule_count; i++)
        if (str_equal(f->rules[i]->id, STR("H10")))
            h10[0] = f->rules[i];
    f->an.rules = h10; /* H01 was taken out of force */
    f->an.rule_count = 1;
    f->hub.catalog->hash.bytes[0] ^= 1;
    assert_int_equal(analysis_fixture_look(f), 0);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "superseded");
    analysis_fixture_text_is(f, "SELECT state FROM matter", "withdrawn");
    analysis_fixture_text_is(f, "SELECT group_concat(rule) FROM coverage", "H10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(a_finding_keeps_its_evidence_and_asks_the_site_that_paid),
        ANALYSIS_CASE(nothing_new_changes_nothing),
        ANALYSIS_CASE(facts_that_are_gone_end_the_finding_and_take_the_prompt_back),
        ANALYSIS_CASE(facts_that_change_before_the_answer_are_asked_about_anew),
        ANALYSIS_CASE(what_was_answered_is_not_taken_back),
        ANALYSIS_CASE(evidence_follows_a_correction_that_leaves_the_result),
        ANALYSIS_CASE(a_young_finding_waits_while_rows_still_come),
        ANALYSIS_CASE(what_a_person_refuted_is_not_asked_about),
        ANALYSIS_CASE(a_day_that_passes_brings_what_falls_due),
        ANALYSIS_CASE(another_catalog_looks_at_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
