#include "central/analysis/analysis.h"

#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/standing_store.h"
#include "tests/unit/central/hub_fixture.h"

#define WANG "citizen_id=11010519491231002X;name=王芳;"
#define LI "citizen_id=440524188001010014;name=李明;"
#define DEAD WANG "died_on=2024-01-10;source=公安"
#define OTHER_DEAD LI "died_on=2024-01-10;source=公安"
#define PAID(month)                                                                                \
    WANG "batch_no=P" month ";programme=居民养老;month=" month ";amount=100;township=T1"
#define FINED                                                                                          \
    "citizen_id=440524188001010014;party=李明;decision_no=K1;agency=公安局;party_kind=自然人;" \
    "offence=赌博;category=罚款;fine=0.2;offence_on=2026-10-01;decided_on=2026-10-05;status=有效"
#define IN_POST LI "category=公务员;unit_code=U1;post_from=2015-01-01"
#define OTHER_CASE                                                                                 \
    "case_no=C0;person=王芳;citizen_id=11010519491231002X;form=1;decided_on=2020-01-01"

struct fixture {
    struct hub_fixture hub; /* first member */
    const struct rule **rules;
    struct analysis an;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct problem_list problems;
    size_t count;
    hub_fixture_open(&f->hub);
    problem_list_init(&problems, f->hub.a, 10);
    assert_true(rule_load_all(f->hub.a, f->hub.catalog, &problems, &f->rules, &count));
    f->an = (struct analysis){.store = f->hub.store,
                              .link = f->hub.link,
                              .clock = &f->hub.clock.clock,
                              .rules = f->rules,
                              .rule_count = count,
                              .today_fixed = 20261124};
    assert_int_equal(finding_store_prepare(f->hub.store), OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

static size_t look(struct fixture *f)
{
    size_t persons;
    assert_int_equal(analysis_turn(&f->an, false, &persons), OK);
    return persons;
}

static size_t ask(struct fixture *f)
{
    size_t asked;
    f->hub.clock.now_ms += 1000;
    assert_int_equal(analysis_ask(&f->an, INT64_MAX, &asked), OK);
    return asked;
}

static int64_t number(struct fixture *f, const char *sql)
{
    return hub_fixture_number(&f->hub, sql);
}

static void text_is(struct fixture *f, const char *sql, const char *expected)
{
    struct str is = hub_fixture_text(&f->hub, sql);
    if (!str_equal(is, str_of(expected)))
        fail_msg("%s: " STR_FMT, sql, STR_ARG(is));
}

static void dead_and_paid(struct fixture *f)
{
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(DEAD, OTHER_DEAD));
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(PAID("2024-01"), PAID("2024-02"), PAID("2024-03"), PAID("2024-04")));
}

static void a_finding_keeps_its_evidence_and_asks_the_site_that_paid(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    assert_int_equal(look(f), 2);
    text_is(f, "SELECT rule FROM finding", "H01");
    assert_int_equal(number(f, "SELECT amount_fen FROM finding"), 20000);
    assert_int_equal(number(f, "SELECT count(*) FROM evidence WHERE dataset = 'benefit_pay'"), 2);
    assert_int_equal(number(f, "SELECT count(*) FROM evidence WHERE dataset = 'death'"), 1);

    assert_int_equal(number(f, "SELECT count(*) FROM spool_item"), 0);
    assert_int_equal(ask(f), 1);
    assert_int_equal(ask(f), 0);
    text_is(f, "SELECT site FROM matter WHERE state = 'sent'", "t01");
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
    struct fixture *f = *state;
    size_t persons;
    dead_and_paid(f);
    look(f);
    ask(f);
    assert_int_equal(look(f), 0);
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK);
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK);
    assert_int_equal(ask(f), 0);
    assert_int_equal(number(f, "SELECT count(*) FROM finding"), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM finding_event"), 2); /* found, prompt */
    assert_int_equal(number(f, "SELECT count(*) FROM spool_item"), 1);
}

static void facts_that_are_gone_end_the_finding_and_take_the_prompt_back(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    ask(f);
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    look(f);
    text_is(f, "SELECT life FROM finding", "ended");
    text_is(f, "SELECT state FROM matter", "withdrawn");
    assert_int_equal(number(f, "SELECT count(*) FROM spool_item WHERE kind = 9"), 1);

    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(DEAD));
    look(f);
    text_is(f, "SELECT life FROM finding", "new");
    assert_int_equal(ask(f), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM matter"), 2);
}

static void facts_that_change_before_the_answer_are_asked_about_anew(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    ask(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-05")));
    look(f);
    assert_int_equal(number(f, "SELECT amount_fen FROM finding"), 30000);
    assert_int_equal(ask(f), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM matter WHERE state = 'withdrawn'"), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM matter WHERE state = 'sent'"), 1);
}

static void what_was_answered_is_not_taken_back(void **state)
{
    struct fixture *f = *state;
    int64_t finding;
    dead_and_paid(f);
    look(f);
    ask(f);
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
    look(f);
    text_is(f, "SELECT life FROM finding", "ended");
    text_is(f, "SELECT state FROM matter", "answered");
    text_is(f, "SELECT decision FROM finding", "site_answered");
    assert_int_equal(ask(f), 0);
}

static void evidence_follows_a_correction_that_leaves_the_result(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    ask(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-03") ";bank=农商行"));
    look(f);
    assert_int_equal(number(f, "SELECT max(version) FROM evidence WHERE dataset = 'benefit_pay'"),
                     2);
    assert_int_equal(number(f, "SELECT count(*) FROM evidence AS e JOIN rec_benefit_pay AS r ON "
                               "r.rid = e.rid WHERE e.dataset = 'benefit_pay' AND r.valid_to IS "
                               "NOT NULL"),
                     0);
    text_is(f, "SELECT state FROM matter", "sent"); /* the question is still the same */
}

static void a_young_finding_waits_while_rows_still_come(void **state)
{
    struct fixture *f = *state;
    size_t asked;
    dead_and_paid(f);
    look(f);
    assert_int_equal(analysis_ask(&f->an, f->hub.clock.now_ms - 1, &asked), OK);
    assert_int_equal(asked, 0);
    assert_int_equal(analysis_ask(&f->an, f->hub.clock.now_ms, &asked), OK);
    assert_int_equal(asked, 1);
}

static void what_a_person_refuted_is_not_asked_about(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    int64_t id = number(f, "SELECT id FROM finding");
    assert_int_equal(
        finding_store_decide(f->hub.store, id, FINDING_REFUTED, 5, STR("wang"), STR("same_name")),
        OK);
    assert_int_equal(ask(f), 0);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-05")));
    look(f);
    text_is(f, "SELECT decision FROM finding", "refuted");
}

/* The rule needs the register of discipline cases: while it is empty, that nobody is in it says
 * nothing. */
static void a_rule_without_its_sources_is_not_computable_and_says_why(void **state)
{
    struct fixture *f = *state;
    hub_fixture_merge(&f->hub, "d01", "penalty", false, ROWS(FINED));
    hub_fixture_merge(&f->hub, "d02", "official", false, ROWS(IN_POST));
    f->an.today_fixed = 20270124;
    look(f);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "not_computable");
    assert_int_equal(number(f, "SELECT length(reason_zh) > 0 AND length(reason_en) > 0 FROM "
                               "coverage WHERE rule = 'P01'"),
                     1);
    assert_int_equal(number(f, "SELECT count(*) FROM finding"), 0);

    /* now there is a register, and of whom it says nothing nothing was dealt with */
    hub_fixture_merge(&f->hub, "d03", "discipline_case", false, ROWS(OTHER_CASE));
    assert_int_equal(look(f), 1);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "computable");
    text_is(f, "SELECT rule FROM finding", "P01");
}

static void a_day_that_passes_brings_what_falls_due(void **state)
{
    struct fixture *f = *state;
    hub_fixture_merge(&f->hub, "d01", "penalty", false, ROWS(FINED));
    hub_fixture_merge(&f->hub, "d02", "official", false, ROWS(IN_POST));
    hub_fixture_merge(&f->hub, "d03", "discipline_case", false, ROWS(OTHER_CASE));
    f->an.today_fixed = 20261203; /* day 59 */
    look(f);
    assert_int_equal(number(f, "SELECT count(*) FROM finding"), 0);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "computable");
    f->an.today_fixed = 20261204; /* day 60, no new rows */
    assert_int_equal(look(f), 1);
    text_is(f, "SELECT rule FROM finding", "P01");
    assert_int_equal(number(f, "SELECT level FROM finding"), 5);
    assert_int_equal(ask(f), 1);
    text_is(f, "SELECT site FROM matter", "d02"); /* the unit that reported the official */
}

static void another_catalog_looks_at_everybody(void **state)
{
    struct fixture *f = *state;
    const struct rule *h10[1];
    dead_and_paid(f);
    look(f);
    ask(f);
    for (size_t i = 0; i < f->an.rule_count; i++)
        if (str_equal(f->rules[i]->id, STR("H10")))
            h10[0] = f->rules[i];
    f->an.rules = h10; /* H01 was taken out of force */
    f->an.rule_count = 1;
    f->hub.catalog->hash.bytes[0] ^= 1;
    assert_int_equal(look(f), 0);
    text_is(f, "SELECT life FROM finding", "superseded");
    text_is(f, "SELECT state FROM matter", "withdrawn");
    text_is(f, "SELECT group_concat(rule) FROM coverage", "H10");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Evidence room taken anew for each finding once ran over the arena: 3,000 findings of three rows
 * each are enough to show it. */
static void many_findings_take_room_once(void **state)
{
    struct fixture *f = *state;
    static const struct str sql =
        STR_INIT("CREATE TEMP TABLE n(i INTEGER PRIMARY KEY);"
                 "INSERT INTO n WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k "
                 "WHERE i < 3000) SELECT i FROM k;"
                 "INSERT INTO person(id, id18, name, name_key) SELECT i, 'P' || i, 'n', 'n' FROM n;"
                 "INSERT INTO dirty(person) SELECT i FROM n;"
                 "INSERT INTO rec_death(key_hash, row_hash, version, op, site, batch_id, row_no, "
                 "recorded_edge, recorded_hub, valid_from, "
                 "quality, died_on, source, citizen_id_person, citizen_id_tier) SELECT 'd' || i, "
                 "zeroblob(32), 1, 'new', 'd01', 1, i, 0, 0, 1, "
                 "0, 20240110, 'police', i, 1 FROM n;"
                 "INSERT INTO rec_benefit_pay(key_hash, row_hash, version, op, site, batch_id, "
                 "row_no, recorded_edge, recorded_hub, valid_from, "
                 "quality, programme, month, amount, township, citizen_id_person, citizen_id_tier) "
                 "SELECT 'p' || i || m.month, zeroblob(32), 1, "
                 "'new', 't01', 1, i, 0, 0, 1, 0, 'jumin', m.month, 10000, 'T1', i, 1 FROM n, "
                 "(SELECT 202403 AS month UNION ALL SELECT 202404) "
                 "AS m;");
    assert_int_equal(db_exec(f->hub.db, sql), OK);
    assert_int_equal(record_store_note_freshness(f->hub.store, STR("death"), HUB_FIXTURE_NOW_MS),
                     OK);
    assert_int_equal(look(f), 3000);
    assert_int_equal(number(f, "SELECT count(*) FROM finding WHERE rule = 'H01'"), 3000);
    assert_int_equal(number(f, "SELECT count(*) FROM evidence"), 9000);
    /* Everybody is flagged: the rule is put into trial and nobody is asked, until a person lets it
     * go; then it stays free. */
    text_is(f,
            "SELECT state || ' ' || flagged || ' ' || population FROM coverage WHERE rule = 'H01'",
            "observe 3000 3000");
    text_is(f, "SELECT reason || ' ' || counted || ' ' || of FROM rule_hold", "share 3000 3000");
    assert_int_equal(ask(f), 0);
    assert_int_equal(standing_store_release(f->hub.store, STR("H01"), STR("赵"), 1), OK);
    assert_int_equal(standing_store_release(f->hub.store, STR("H01"), STR("赵"), 1), ERR_MISSING);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(OTHER_DEAD));
    assert_int_equal(look(f), 1);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
    assert_int_equal(ask(f), 3000);
}

static void few_confirmations_put_a_rule_into_trial(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    assert_int_equal(
        db_exec(f->hub.db,
                STR("INSERT INTO finding(rule, rule_version, rule_hash, subject, episode, life, "
                    "decision, status, level, points, tier, amount_fen, site, result, say_zh, "
                    "say_en, today, first_ms, last_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                    "SELECT i + 1 FROM n WHERE i < 20) SELECT rule, rule_version, rule_hash, "
                    "subject, 'e' || i, 'ended', CASE WHEN i <= 5 THEN 'confirmed' ELSE 'refuted' "
                    "END, status, level, points, tier, amount_fen, site, result, say_zh, say_en, "
                    "today, first_ms, last_ms FROM finding, n WHERE rule = 'H01'")),
        OK);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(LI "died_on=2024-02-10;source=公安"));
    look(f);
    text_is(f, "SELECT reason || ' ' || counted || ' ' || of FROM rule_hold", "precision 5 20");
    text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "observe");
    assert_int_equal(ask(f), 0);
}

static void an_old_source_makes_a_rule_not_computable_and_findings_stay(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    look(f);
    f->an.today_fixed = 20270124; /* 61 days on */
    look(f);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
    f->an.today_fixed = 20270126;
    assert_int_equal(look(f), 0);
    text_is(f, "SELECT state || ': ' || reason_en FROM coverage WHERE rule = 'H01'",
            "not_computable: Registered deaths: nothing new for 63 days, 62 at most");
    text_is(f, "SELECT life FROM finding WHERE rule = 'H01'", "new");
    assert_int_equal(record_store_note_freshness(f->hub.store, STR("death"),
                                                 HUB_FIXTURE_NOW_MS + 63 * INT64_C(86400000)),
                     OK);
    f->an.today_fixed = 20270127;
    look(f);
    text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
}

static void who_is_clear_and_why_is_counted(void **state)
{
    struct fixture *f = *state;
    dead_and_paid(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(LI "batch_no=G;programme=丧葬;month=2024-06;amount=100;township=T1"));
    look(f);
    text_is(f,
            "SELECT population || ' ' || flagged || ' ' || clear FROM coverage WHERE rule = 'H01'",
            "2 1 1");
    struct standing_counts n;
    assert_int_equal(
        standing_store_counts(f->hub.store, f->hub.a, analysis_rule(&f->an, STR("H01")), &n), OK);
    assert_int_equal(n.excused[0], 1); /* a funeral grant */
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", true,
                      ROWS(LI "batch_no=G;programme=丧葬;month=2024-06;amount=100;township=T1"));
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    look(f);
    text_is(f,
            "SELECT population || ' ' || flagged || ' ' || clear FROM coverage WHERE rule = 'H01'",
            "1 0 1");
    assert_int_equal(
        standing_store_counts(f->hub.store, f->hub.a, analysis_rule(&f->an, STR("H01")), &n), OK);
    assert_int_equal(n.excused[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_finding_keeps_its_evidence_and_asks_the_site_that_paid),
        CASE(nothing_new_changes_nothing),
        CASE(many_findings_take_room_once),
        CASE(few_confirmations_put_a_rule_into_trial),
        CASE(an_old_source_makes_a_rule_not_computable_and_findings_stay),
        CASE(who_is_clear_and_why_is_counted),
        CASE(facts_that_are_gone_end_the_finding_and_take_the_prompt_back),
        CASE(facts_that_change_before_the_answer_are_asked_about_anew),
        CASE(what_was_answered_is_not_taken_back),
        CASE(evidence_follows_a_correction_that_leaves_the_result),
        CASE(a_young_finding_waits_while_rows_still_come),
        CASE(what_a_person_refuted_is_not_asked_about),
        CASE(a_rule_without_its_sources_is_not_computable_and_says_why),
        CASE(a_day_that_passes_brings_what_falls_due),
        CASE(another_catalog_looks_at_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
