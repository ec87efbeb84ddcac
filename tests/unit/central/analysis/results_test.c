/* What a rule gives for its population: flagged, clear, not computable, in trial. */
#include "common/base/check.h"
#include "common/rules/trial.h"
#include "tests/unit/central/analysis/analysis_fixture.h"

/* The rule needs the register of discipline cases: while it is empty, that nobody is in it says
 * nothing. */
static void a_rule_without_its_sources_is_not_computable_and_says_why(void **state)
{
    struct analysis_fixture *f = *state;
    hub_fixture_merge(&f->hub, "d01", "penalty", false, ROWS(FINED));
    hub_fixture_merge(&f->hub, "d02", "official", false, ROWS(IN_POST));
    f->an.today_fixed = 20270124;
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "not_computable");
    assert_int_equal(
        analysis_fixture_number(f, "SELECT length(reason_zh) > 0 AND length(reason_en) > 0 FROM "
                                   "coverage WHERE rule = 'P01'"),
        1);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 0);

    /* now there is a register, and of whom it says nothing nothing was dealt with */
    hub_fixture_merge(&f->hub, "d03", "discipline_case", false, ROWS(OTHER_CASE));
    assert_int_equal(analysis_fixture_look(f), 1);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'P01'", "computable");
    analysis_fixture_text_is(f, "SELECT rule FROM finding", "P01");
}

static void an_old_source_makes_a_rule_not_computable_and_findings_stay(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    f->an.today_fixed = 20270124; /* 61 days on */
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
    f->an.today_fixed = 20270126;
    assert_int_equal(analysis_fixture_look(f), 0);
    analysis_fixture_text_is(
        f, "SELECT state || ': ' || reason_en FROM coverage WHERE rule = 'H01'",
        "not_computable: Registered deaths: nothing new for 63 days, 62 at most");
    analysis_fixture_text_is(f, "SELECT life FROM finding WHERE rule = 'H01'", "new");
    assert_int_equal(record_store_note_freshness(f->hub.store, STR("death"),
                                                 HUB_FIXTURE_NOW_MS + 63 * INT64_C(86400000)),
                     OK);
    f->an.today_fixed = 20270127;
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
}

static void who_is_clear_and_why_is_counted(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(LI "batch_no=G;programme=丧葬;month=2024-06;amount=100;township=T1"));
    analysis_fixture_look(f);
    analysis_fixture_text_is(
        f, "SELECT population || ' ' || flagged || ' ' || clear FROM coverage WHERE rule = 'H01'",
        "2 1 1");
    struct standing_counts n;
    assert_int_equal(
        standing_store_counts(f->hub.store, f->hub.a, analysis_rule(&f->an, STR("H01")), &n), OK);
    assert_int_equal(n.excused[0], 1); /* a funeral grant */
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", true,
                      ROWS(LI "batch_no=G;programme=丧葬;month=2024-06;amount=100;township=T1"));
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    analysis_fixture_look(f);
    analysis_fixture_text_is(
        f, "SELECT population || ' ' || flagged || ' ' || clear FROM coverage WHERE rule = 'H01'",
        "1 0 1");
    assert_int_equal(
        standing_store_counts(f->hub.store, f->hub.a, analysis_rule(&f->an, STR("H01")), &n), OK);
    assert_int_equal(n.excused[0], 0);
}

/* Evidence room taken anew for each finding once ran over the arena: 3,000 findings of three rows
 * each are enough to show it. */
static void many_findings_take_room_once(void **state)
{
    struct analysis_fixture *f = *state;
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
    assert_int_equal(analysis_fixture_look(f), 3000);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding WHERE rule = 'H01'"),
                     3000);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM evidence"), 9000);
    /* Everybody is flagged: the rule is put into trial and nobody is asked, until a person lets it
     * go; then it stays free. */
    analysis_fixture_text_is(
        f, "SELECT state || ' ' || flagged || ' ' || population FROM coverage WHERE rule = 'H01'",
        "observe 3000 3000");
    analysis_fixture_text_is(f, "SELECT reason || ' ' || counted || ' ' || of FROM rule_hold",
                             "share 3000 3000");
    assert_int_equal(analysis_fixture_ask(f), 0);
    assert_int_equal(
        standing_store_release(f->hub.store, analysis_rule(&f->an, STR("H01")), STR("赵"), 1), OK);
    assert_int_equal(
        standing_store_release(f->hub.store, analysis_rule(&f->an, STR("H01")), STR("赵"), 1),
        ERR_MISSING);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(OTHER_DEAD));
    assert_int_equal(analysis_fixture_look(f), 1);
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
    assert_int_equal(analysis_fixture_ask(f), 3000);
}

static void few_confirmations_put_a_rule_into_trial(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(
        db_exec(f->hub.db,
                STR("INSERT INTO finding(rule, rule_version, rule_hash, subject, episode, life, "
                    "decision, status, level, points, tier, amount_fen, site, result, say_zh, "
                    "say_en, today, first_ms, last_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                    "SELECT i + 1 FROM n WHERE i < 19) SELECT rule, rule_version, rule_hash, "
                    "subject, 'e' || i, 'ended', CASE WHEN i <= 5 THEN 'confirmed' ELSE 'refuted' "
                    "END, status, level, points, tier, amount_fen, site, result, say_zh, say_en, "
                    "today, first_ms, last_ms FROM finding, n WHERE rule = 'H01'")),
        OK);
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT count(*) FROM rule_hold", "0"); /* 19 decisions */
    assert_int_equal(finding_store_decide(f->hub.store, 1, FINDING_REFUTED, 9, STR("赵"), STR_NONE),
                     OK);
    assert_int_equal(analysis_fixture_look(f), 0); /* nobody changed, and yet */
    analysis_fixture_text_is(f, "SELECT reason || ' ' || counted || ' ' || of FROM rule_hold",
                             "precision 5 20");
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "observe");
    assert_int_equal(analysis_fixture_ask(f), 0);
}

static void whoever_lets_a_rule_go_is_kept_and_it_is_live_at_once(void **state)
{
    struct analysis_fixture *f = *state;
    struct standing_hold hold;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    const struct rule *rule = analysis_rule(&f->an, STR("H01"));
    hold = (struct standing_hold){
        .reason = STR("share"), .counted = 1, .of = 2, .since_ms = HUB_FIXTURE_NOW_MS};
    assert_int_equal(standing_store_hold(f->hub.store, rule, &hold), OK);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(LI "died_on=2024-02-10;source=公安"));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT state || ' ' || reason_en FROM coverage WHERE rule = 'H01'",
                             "observe flags 1 of 2 persons: in trial until a person releases it");
    analysis_fixture_text_is(f, "SELECT group_concat(DISTINCT status) FROM finding", "observe");
    assert_int_equal(standing_store_release(f->hub.store, rule, STR("赵"), 7), OK);
    analysis_fixture_text_is(f, "SELECT state || reason_zh FROM coverage WHERE rule = 'H01'",
                             "computable");
    analysis_fixture_text_is(f, "SELECT group_concat(DISTINCT status) FROM finding", "live");
    assert_int_equal(standing_store_hold_of(f->hub.store, f->hub.a, rule, &hold), OK);
    assert_int_equal(hold.reason.len, 0);
    assert_int_equal(standing_store_last_release(f->hub.store, f->hub.a, rule, &hold), OK);
    assert_true(str_equal(hold.released_by, STR("赵")));
    assert_int_equal(hold.released_ms, 7);
}

static int64_t fresh(struct analysis_fixture *f, const char *rule, const char *dataset)
{
    struct standing_freshness *rows;
    size_t count;
    assert_int_equal(standing_store_freshness(f->hub.store, f->hub.a, str_of(rule), &rows, &count),
                     OK);
    for (size_t i = 0; i < count; i++)
        if (str_equal(rows[i].dataset, str_of(dataset)))
            return rows[i].at_ms;
    return -1;
}

/* A list that is as it was. */
static void came(struct analysis_fixture *f, const char *dataset)
{
    assert_int_equal(
        record_store_note_freshness(f->hub.store, str_of(dataset), f->hub.clock.now_ms), OK);
}

static void a_rule_keeps_how_fresh_its_sources_were_when_it_was_computed(void **state)
{
    struct analysis_fixture *f = *state;
    struct finding_row *rows;
    size_t count;
    int64_t total, next;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    int64_t first = f->hub.clock.now_ms;
    assert_int_equal(fresh(f, "H01", "death"), first);
    assert_int_equal(fresh(f, "H10", "benefit_enrol"), 0); /* looked into by an `unless` alone */
    assert_int_equal(fresh(f, "H10", "death"), -1);
    f->hub.clock.now_ms += 100 * INT64_C(86400000); /* too late for the register of deaths */
    f->an.today_fixed = 20270304;
    came(f, "benefit_pay");
    analysis_fixture_look(f);
    analysis_fixture_text_is(
        f,
        "SELECT state || ' ' || population || ' ' || flagged || ' ' || clear FROM coverage WHERE "
        "rule = 'H01'",
        "not_computable 2 0 0");
    assert_int_equal(fresh(f, "H01", "benefit_pay"), first); /* what the finding rests on */
    assert_int_equal(fresh(f, "H10", "benefit_pay"), f->hub.clock.now_ms);
    struct finding_filter filter = {.rule = STR("H01")};
    assert_int_equal(
        finding_store_list(f->hub.store, f->hub.a, &filter, &rows, &count, &total, &next), OK);
    assert_int_equal(count, 1);
    assert_true(rows[0].is_left && str_equal(rows[0].life, STR("new")));
    came(f, "death");
    analysis_fixture_look(f);
    assert_int_equal(fresh(f, "H01", "benefit_pay"), f->hub.clock.now_ms);
    assert_int_equal(
        finding_store_list(f->hub.store, f->hub.a, &filter, &rows, &count, &total, &next), OK);
    assert_false(rows[0].is_left);
}

/* Precision is counted as decisions are made, changed and moved to another site. */
static void decisions_are_counted_by_rule_and_site(void **state)
{
    struct analysis_fixture *f = *state;
    static const struct {
        const char *sql;
        int64_t confirmed, decided, of_site;
    } steps[] = {
        {"UPDATE finding SET decision = 'site_answered'", 0, 0, 0},
        {"UPDATE finding SET decision = 'confirmed'", 1, 1, 1},
        {"UPDATE finding SET say_en = ''", 1, 1, 1},
        {"UPDATE finding SET decision = 'refuted'", 0, 1, 1},
        {"UPDATE finding SET site = 't02'", 0, 1, 0},
        {"UPDATE finding SET site = 't01', decision = 'unclear'", 0, 1, 1},
        {"UPDATE finding SET decision = 'to_verify'", 0, 0, 0},
    };
    int64_t confirmed, decided;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 1);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        assert_int_equal(db_exec(f->hub.db, str_of(steps[i].sql)), OK);
        assert_int_equal(
            standing_store_decided(f->hub.store, STR("H01"), STR_NONE, &confirmed, &decided), OK);
        assert_int_equal(confirmed, steps[i].confirmed);
        assert_int_equal(decided, steps[i].decided);
        assert_int_equal(
            standing_store_decided(f->hub.store, STR("H01"), STR("t01"), &confirmed, &decided), OK);
        assert_int_equal(decided, steps[i].of_site);
    }
}

static void the_share_counts_from_a_population_that_the_rule_declares(void **state)
{
    (void)state;
    struct rule r = {.share = 5, .share_from = 200, .floor = 30};
    static const struct {
        struct trial_facts facts;
        enum trial_reason expected;
    } cases[] = {
        {{199, 199, 0, 0}, TRIAL_NONE},     {{200, 10, 0, 0}, TRIAL_NONE},
        {{200, 11, 0, 0}, TRIAL_SHARE},     {{200, 0, 19, 0}, TRIAL_NONE},
        {{200, 0, 20, 5}, TRIAL_PRECISION}, {{200, 0, 20, 6}, TRIAL_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(trial_judge(&r, &cases[i].facts), cases[i].expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(a_rule_without_its_sources_is_not_computable_and_says_why),
        ANALYSIS_CASE(an_old_source_makes_a_rule_not_computable_and_findings_stay),
        ANALYSIS_CASE(who_is_clear_and_why_is_counted),
        ANALYSIS_CASE(many_findings_take_room_once),
        ANALYSIS_CASE(few_confirmations_put_a_rule_into_trial),
        ANALYSIS_CASE(whoever_lets_a_rule_go_is_kept_and_it_is_live_at_once),
        ANALYSIS_CASE(a_rule_keeps_how_fresh_its_sources_were_when_it_was_computed),
        ANALYSIS_CASE(decisions_are_counted_by_rule_and_site),
        cmocka_unit_test(the_share_counts_from_a_population_that_the_rule_declares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
