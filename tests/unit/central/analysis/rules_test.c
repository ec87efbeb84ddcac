/* Rules that are let in or taken out while the analysis runs: it follows without a restart, and
 * looks at everything with that one rule alone. */
#include "common/base/check.h"
#include "tests/unit/central/analysis/analysis_fixture.h"

static struct str h01(struct analysis_fixture *f, const char *version)
{
    struct str text = fixture_read(f->hub.a, "common/catalog/rules/H/H01.decl");
    return fixture_changed(f->hub.a, text, "version 1", version);
}

static const struct rule *load(struct analysis_fixture *f, struct str text)
{
    struct problem_list problems;
    struct decl_file *file = NEW(f->hub.a, struct decl_file);
    problem_list_init(&problems, f->hub.a, 10);
    assert_true(decl_parse(f->hub.a, STR("x.decl"), text, &problems, file));
    const struct rule *r = rule_load(f->hub.a, file, &file->nodes[0], f->hub.catalog, &problems);
    assert_non_null(r);
    return r;
}

/* The same rules with another H01, or (NULL) without any that begins where it does. */
static void take(struct analysis_fixture *f, const struct rule *h01)
{
    const struct rule **rules = NEW_ARRAY(f->hub.a, const struct rule *, f->an.rule_count);
    size_t count = 0;
    for (size_t i = 0; i < f->an.rule_count; i++)
        if (!str_equal(f->an.rules[i]->id, STR("H01")) &&
            (h01 || !str_equal(f->an.rules[i]->population->id, STR("death"))))
            rules[count++] = f->an.rules[i];
    if (h01)
        rules[count++] = h01;
    f->an.rules = rules;
    f->an.rule_count = count;
    f->an.rules_generation++;
}

static void fill(struct analysis_fixture *f)
{
    analysis_fixture_dead_and_paid(f);
    hub_fixture_merge(&f->hub, "d01", "penalty", false, ROWS(FINED));
    hub_fixture_merge(&f->hub, "d02", "official", false, ROWS(IN_POST));
    hub_fixture_merge(&f->hub, "d03", "discipline_case", false, ROWS(OTHER_CASE));
    f->an.today_fixed = 20270124;
    analysis_fixture_look(f);
    analysis_fixture_text_is(f,
                             "SELECT group_concat(rule) FROM (SELECT rule FROM finding ORDER BY "
                             "rule)",
                             "H01,P01");
}

static void a_new_version_looks_at_everything_and_the_other_rules_do_not(void **state)
{
    struct analysis_fixture *f = *state;
    fill(f);
    /* what a full look of P01 would mend */
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE finding SET level = 1 WHERE rule = 'P01'")),
                     OK);
    take(f, load(f, h01(f, "version 2")));
    assert_int_equal(analysis_fixture_look(f), 0);
    analysis_fixture_text_is(f, "SELECT rule_version || life FROM finding WHERE rule = 'H01'",
                             "2continuing");
    analysis_fixture_text_is(f, "SELECT version || state FROM coverage WHERE rule = 'H01'",
                             "2computable");
    analysis_fixture_text_is(f, "SELECT level FROM finding WHERE rule = 'P01'", "1");
    analysis_fixture_text_is(
        f, "SELECT population || ' ' || flagged || ' ' || clear FROM coverage WHERE rule = 'H01'",
        "2 1 1");
}

static void a_rule_taken_out_supersedes_its_findings_and_comes_back_whole(void **state)
{
    struct analysis_fixture *f = *state;
    fill(f);
    take(f, NULL);
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT life FROM finding WHERE rule = 'H01'", "superseded");
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM coverage WHERE rule = 'H01'"),
                     0);
    assert_int_equal(
        analysis_fixture_number(f, "SELECT count(*) FROM member WHERE source LIKE 'death.%'"), 0);
    /* what changed meanwhile is not missed */
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(LI "batch_no=P9;programme=居民养老;month=2024-09;amount=100;"
                              "township=T1"));
    analysis_fixture_look(f);
    take(f, load(f, h01(f, "version 3")));
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding WHERE rule = 'H01' "
                                                "AND life IN ('new', 'continuing')"),
                     2);
    analysis_fixture_text_is(f,
                             "SELECT population || ' ' || flagged FROM coverage WHERE rule = "
                             "'H01'",
                             "2 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(a_new_version_looks_at_everything_and_the_other_rules_do_not),
        ANALYSIS_CASE(a_rule_taken_out_supersedes_its_findings_and_comes_back_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
