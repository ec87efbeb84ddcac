/* A finding is found again from the records of then: whatever came, went or moved since. */
#include "central/evidence/replay.h"

#include "central/store/identity_store.h"
#include "common/base/date.h"
#include "tests/unit/central/analysis/analysis_fixture.h"
#include "tests/unit/central/analysis/random_rows.h"

#define SEEDS 8
#define STEPS 10

static const struct identity_word word = {STR_INIT("zhao"), STR_INIT("looked"), 7};

static struct replay *replay(struct analysis_fixture *f, int64_t finding, size_t *out_count)
{
    struct replay_rules rules = {f->an.rules, f->an.rule_count};
    struct replay *replays;
    assert_int_equal(replay_finding(f->hub.store, f->hub.a, &rules, finding, &replays, out_count),
                     OK);
    return replays;
}

/* The words of all results of the finding, the oldest first. */
static void verdicts_are(struct analysis_fixture *f, int64_t finding, const char *expected)
{
    size_t count;
    struct buf words;
    struct replay *r = replay(f, finding, &count);
    buf_init(&words, f->hub.a);
    for (size_t i = 0; i < count; i++)
        buf_format(&words, "%s%s", i ? " " : "", replay_word(r[i].verdict));
    if (!str_equal(buf_str(&words), str_of(expected)))
        fail_msg(STR_FMT " and not %s", STR_ARG(buf_str(&words)), expected);
}

static void a_finding_is_found_again_after_its_rows_were_corrected_and_deleted(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(PAID("2024-05")));
    analysis_fixture_look(f);
    hub_fixture_merge(&f->hub, "d01", "death", true, ROWS(DEAD));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "ended");
    verdicts_are(f, 1, "equal equal");
    size_t count;
    struct replay *r = replay(f, 1, &count);
    assert_int_equal(r[0].now.hit.amount_fen, 20000);
    assert_int_equal(r[1].now.hit.amount_fen, 30000);
    /* and the present is the present again */
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM death"), 1);
    size_t persons;
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK);
    analysis_fixture_text_is(f, "SELECT life FROM finding", "ended");
}

static void rows_that_went_to_another_person_are_taken_as_they_stood(void **state)
{
    struct analysis_fixture *f = *state;
    int64_t event;
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS("citizen_id=110105194912310038;name=王芳;batch_no=Q;programme="
                           "居民养老;month=2024-03;amount=100;township=T1"));
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(db_begin(f->hub.db), OK);
    enum err e = identity_store_decide(f->hub.store, f->hub.a, 1, STR("same"), &word, &event);
    assert_int_equal(db_end(f->hub.db, e), OK);
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 2);
    verdicts_are(f, 1, "equal");
    verdicts_are(f, 2, "equal");
    assert_int_equal(db_begin(f->hub.db), OK);
    e = identity_store_undo(f->hub.store, f->hub.a, event, &word);
    assert_int_equal(db_end(f->hub.db, e), OK);
    analysis_fixture_look(f);
    verdicts_are(f, 1, "equal equal"); /* gone, and back */
    verdicts_are(f, 2, "equal");
    size_t count;
    assert_true(replay(f, 2, &count)[0].moved > 0);
}

static void what_somebody_changed_in_the_database_is_seen(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(
        db_exec(f->hub.db, STR("UPDATE rec_benefit_pay SET amount = 1 WHERE month = 202403")), OK);
    verdicts_are(f, 1, "differs");
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE rec_death SET died_on = 20250110")), OK);
    verdicts_are(f, 1, "gone");
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE finding_result SET rule_hash = zeroblob(32)")),
                     OK);
    verdicts_are(f, 1, "ruleless");
}

/* A catalog of tomorrow has another H01, or none. */
static void the_rule_of_then_is_kept_with_what_it_found(void **state)
{
    struct analysis_fixture *f = *state;
    struct replay_rules none = {0};
    struct replay *r;
    size_t count;
    analysis_fixture_dead_and_paid(f);
    analysis_fixture_look(f);
    assert_int_equal(replay_finding(f->hub.store, f->hub.a, &none, 1, &r, &count), OK);
    assert_int_equal(r[0].verdict, REPLAY_EQUAL);
    assert_true(hash_equal(&r[0].rule->hash, &r[0].then.rule_hash));
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM rule_text"), 1);
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE rule_text SET text = replace(text, 'sum(', "
                                            "'max(')")),
                     OK); /* another text has another hash */
    assert_int_equal(replay_finding(f->hub.store, f->hub.a, &none, 1, &r, &count), OK);
    assert_int_equal(r[0].verdict, REPLAY_RULELESS);
}

static void what_does_not_exist_is_missing(void **state)
{
    struct analysis_fixture *f = *state;
    struct replay_rules rules = {f->an.rules, f->an.rule_count};
    struct replay *replays;
    size_t count;
    assert_int_equal(replay_finding(f->hub.store, f->hub.a, &rules, 5, &replays, &count),
                     ERR_MISSING);
}

/* Two persons become one by somebody's word, or are told apart again. */
static void decide_something(struct analysis_fixture *f, struct random_rows *r)
{
    int64_t event;
    int64_t pair = hub_fixture_number(
        &f->hub, "SELECT coalesce((SELECT min(id) FROM identity_pair WHERE decision = ''), 0)");
    int64_t last = hub_fixture_number(
        &f->hub, "SELECT coalesce(max(id), 0) FROM identity_event WHERE undone_ms = 0");
    enum err e = OK;
    assert_int_equal(db_begin(f->hub.db), OK);
    if (last && random_rows_pick(r, 2))
        e = identity_store_undo(f->hub.store, f->hub.a, last, &word);
    else if (pair)
        e = identity_store_decide(f->hub.store, f->hub.a, pair, STR("same"), &word, &event);
    assert_true(db_end(f->hub.db, e) == OK || e == ERR_INVALID);
}

static void every_result_is_equal(struct analysis_fixture *f, uint64_t seed, size_t *out_results)
{
    int64_t findings = hub_fixture_number(&f->hub, "SELECT coalesce(max(id), 0) FROM finding");
    size_t noted = (size_t)hub_fixture_number(&f->hub, "SELECT count(*) FROM finding_result");
    size_t seen = 0;
    for (int64_t id = 1; id <= findings; id++) {
        size_t count;
        struct replay *r = replay(f, id, &count);
        assert_true(count > 0);
        seen += count;
        for (size_t i = 0; i < count; i++)
            if (r[i].verdict != REPLAY_EQUAL)
                fail_msg("seed %llu finding %lld result %zu: %s", (unsigned long long)seed,
                         (long long)id, i, replay_word(r[i].verdict));
    }
    assert_int_equal(seen, noted);
    *out_results += seen;
}

static void every_finding_ever_stored_is_found_again(void **state)
{
    (void)state;
    size_t results = 0;
    int64_t moves = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct analysis_fixture *f;
        size_t persons;
        analysis_fixture_set_up((void **)&f);
        struct random_rows r = {.hub = &f->hub};
        seeded_random_init(&r.random, seed);
        for (int step = 0; step < STEPS; step++) {
            for (uint64_t n = 1 + random_rows_pick(&r, 20); n > 0; n--)
                random_rows_merge(&r);
            if (random_rows_pick(&r, 2))
                decide_something(f, &r);
            if (random_rows_pick(&r, 3) == 0)
                f->an.today_fixed =
                    date_add_days(f->an.today_fixed, (int64_t)random_rows_pick(&r, 5));
            f->hub.clock.now_ms += 1000;
            assert_int_equal(analysis_turn(&f->an, step % 4 == 3, &persons), OK);
        }
        every_result_is_equal(f, seed, &results);
        moves += hub_fixture_number(&f->hub, "SELECT count(*) FROM row_move");
        analysis_fixture_tear_down((void **)&f);
    }
    /* a test in which nothing happens proves nothing */
    assert_true(results > SEEDS * STEPS / 2);
    assert_true(moves > SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(a_finding_is_found_again_after_its_rows_were_corrected_and_deleted),
        ANALYSIS_CASE(rows_that_went_to_another_person_are_taken_as_they_stood),
        ANALYSIS_CASE(what_somebody_changed_in_the_database_is_seen),
        ANALYSIS_CASE(the_rule_of_then_is_kept_with_what_it_found),
        ANALYSIS_CASE(what_does_not_exist_is_missing),
        cmocka_unit_test(every_finding_ever_stored_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
