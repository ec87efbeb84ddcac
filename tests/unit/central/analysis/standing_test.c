/* After any sequence of rows, corrections, deletions and days, the counts of each rule are those of
 * a full evaluation. */
#include "central/analysis/analysis.h"

#include "central/store/change_store.h"
#include "common/base/date.h"
#include "tests/unit/central/analysis/random_rows.h"

#define SEEDS 12
#define STEPS 12

struct fixture {
    struct hub_fixture hub;
    struct analysis an;
    struct random_rows rows;
};

/* Everything that is counted, in one text. */
static struct str counted(struct fixture *f)
{
    return hub_fixture_text(
        &f->hub, "SELECT (SELECT group_concat(x, ';') FROM (SELECT rule || ' ' || state || ' ' || "
                 "population || ' ' || flagged || ' ' || clear AS x FROM coverage ORDER BY rule)) "
                 "|| '|' || coalesce((SELECT group_concat(x, ';') FROM (SELECT rule || ' ' || "
                 "state || ' ' || persons AS x FROM standing_count WHERE persons <> 0 ORDER BY "
                 "rule, state)), '') || '|' || coalesce((SELECT group_concat(x, ';') FROM (SELECT "
                 "rule || ' ' || subject || ' ' || state AS x FROM standing ORDER BY rule, "
                 "subject)), '') || '|' || coalesce((SELECT group_concat(x, ';') FROM (SELECT rule "
                 "|| dataset || at_ms AS x FROM rule_freshness ORDER BY rule, dataset)), '')");
}

static void run_seed(uint64_t seed, size_t *different, int64_t *things)
{
    struct fixture f = {0};
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    size_t done;
    struct str first = STR_NONE;
    hub_fixture_open(&f.hub);
    f.rows.hub = &f.hub;
    seeded_random_init(&f.rows.random, seed);
    problem_list_init(&problems, f.hub.a, 10);
    assert_true(rule_load_all(f.hub.a, f.hub.catalog, &problems, &rules, &count));
    f.an = (struct analysis){.store = f.hub.store,
                             .link = f.hub.link,
                             .clock = &f.hub.clock.clock,
                             .rules = rules,
                             .rule_count = count,
                             .today_fixed = 20261124};
    assert_int_equal(change_store_prepare(f.hub.store, rules, count), OK);
    for (int step = 0; step < STEPS; step++) {
        for (uint64_t n = 1 + random_rows_pick(&f.rows, 6); n > 0; n--)
            random_rows_merge(&f.rows);
        f.hub.clock.now_ms += 1000;
        if (random_rows_pick(&f.rows, 3) == 0)
            f.an.today_fixed =
                date_add_days(f.an.today_fixed, (int64_t)random_rows_pick(&f.rows, 5));
        assert_int_equal(analysis_turn(&f.an, false, &done), OK);
        if (step % 3 != 2) /* several steps without a full one between them */
            continue;
        struct str incremental = counted(&f);
        assert_int_equal(analysis_turn(&f.an, true, &done), OK);
        struct str full = counted(&f);
        if (!str_equal(incremental, full))
            fail_msg("seed %llu step %d: " STR_FMT " and not " STR_FMT, (unsigned long long)seed,
                     step, STR_ARG(incremental), STR_ARG(full));
        *different += first.len && !str_equal(first, full);
        first = full;
    }
    *things +=
        hub_fixture_number(&f.hub, "SELECT count(*) FROM finding AS f JOIN "
                                   "finding_event AS e ON e.finding = f.id WHERE f.kind <> ''");
    hub_fixture_close(&f.hub);
}

static void incremental_counts_are_those_of_a_full_evaluation(void **state)
{
    (void)state;
    size_t different = 0;
    int64_t things = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        run_seed(seed, &different, &things);
    /* a test in which nothing moves proves nothing */
    assert_true(different > SEEDS * STEPS / 6);
    assert_true(things > SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incremental_counts_are_those_of_a_full_evaluation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
