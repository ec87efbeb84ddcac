/* After any sequence of rows, corrections, deletions and days, the counts of each rule are those of
 * a full evaluation. */
#include "central/analysis/analysis.h"

#include "central/store/change_store.h"
#include "common/base/date.h"
#include "tests/unit/central/hub_fixture.h"

#define SEEDS 12
#define STEPS 12
#define PERSONS 5

static const char *const persons[PERSONS] = {
    "citizen_id=11010519491231002X;name=王芳;", "citizen_id=440524188001010014;name=李明;",
    "citizen_id=231282197001010106;name=张甲;", "citizen_id=23128219700102011X;name=张乙;",
    "citizen_id=231282197001030123;name=张丙;"};

struct fixture {
    struct hub_fixture hub;
    struct analysis an;
    struct seeded_random random;
};

static uint64_t pick(struct fixture *f, uint64_t count)
{
    return random_below(&f->random.random, count);
}

static const char *of(const char *const *words, uint64_t index)
{
    return words[index];
}

static void merge_one(struct fixture *f)
{
    static const char *const programmes[] = {"低保", "居民养老", "丧葬"};
    static const char *const sources[] = {"公安", "民政殡葬"};
    static const char *const methods[] = {"询价", "公开招标"};
    static const char *const buyers[] = {"水务局", "教育局"};
    struct arena *a = f->hub.a;
    const char *who = persons[pick(f, PERSONS)];
    bool is_deletion = pick(f, 4) == 0;
    struct str row;
    const char *dataset;
    switch (pick(f, 6)) {
    case 0:
        dataset = "death";
        row = str_format(a, "%sdied_on=2024-0%d-10;source=%s", who, 1 + (int)pick(f, 3),
                         of(sources, pick(f, 2)));
        break;
    case 1:
        dataset = "benefit_pay";
        row = str_format(a, "%sbatch_no=B%d;programme=%s;month=2024-0%d;amount=%d;township=T1", who,
                         (int)pick(f, 2), of(programmes, pick(f, 3)), 1 + (int)pick(f, 8),
                         100 + (int)pick(f, 3));
        break;
    case 2: /* things: lots, and a buyer's contracts that follow them */
        dataset = "tender";
        row = str_format(a,
                         "project_no=P1;lot_no=L%d;title=食堂;buyer=水务局;method=%s;kind=服务;"
                         "notice_on=2024-01-02;state=完成",
                         (int)pick(f, 3), of(methods, pick(f, 3) / 2));
        break;
    case 3:
    case 4:
        dataset = "contract";
        row =
            str_format(a,
                       "contract_no=K%d;lot_no=L%d;name=采购;signed_on=2024-01-%d;amount=%d;buyer="
                       "%s;supplier=甲公司",
                       (int)pick(f, 4), (int)pick(f, 3), 10 + (int)pick(f, 9),
                       600000 + 100000 * (int)pick(f, 3), of(buyers, pick(f, 2)));
        break;
    default:
        dataset = "official";
        row = str_format(a, "%scategory=公务员;unit_code=U%d;post_from=2015-01-01", who,
                         (int)pick(f, 2));
        break;
    }
    hub_fixture_merge(&f->hub, pick(f, 2) ? "t01" : "d01", dataset, is_deletion,
                      ROWS(str_copy_z(a, row)));
}

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
    seeded_random_init(&f.random, seed);
    hub_fixture_open(&f.hub);
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
        for (uint64_t n = 1 + pick(&f, 6); n > 0; n--)
            merge_one(&f);
        f.hub.clock.now_ms += 1000;
        if (pick(&f, 3) == 0)
            f.an.today_fixed = date_add_days(f.an.today_fixed, (int64_t)pick(&f, 5));
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
