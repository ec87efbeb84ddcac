/* A rule over its golden rows: what it keeps of its cases' claims, and what the folder lacks. */
#include "central/lab/proof.h"

#include "tests/unit/central/lab/lab_fixture.h"

#define H01 SOURCE_DIR "/tests/golden/rules/H01"
#define T02 SOURCE_DIR "/tests/golden/rules/T02"

static struct proof prove(struct lab_fixture *f, struct str text, const char *folder)
{
    struct proof proof;
    bool is_run = false;
    const struct rule *r = lab_fixture_read(f, text);
    assert_non_null(r);
    assert_int_equal(proof_run(f->hub.a, f->hub.catalog, r, folder, &f->problems, &is_run, &proof),
                     OK);
    assert_true(is_run);
    return proof;
}

static void rules_of_the_catalog_keep_their_claims(void **state)
{
    struct lab_fixture *f = *state;
    struct proof persons = prove(f, lab_fixture_text(f, "H/H01"), H01);
    struct proof things = prove(f, lab_fixture_text(f, "T/T02"), T02);
    assert_true(persons.is_passed);
    assert_true(persons.case_count > 10);
    assert_true(things.is_passed);
    assert_true(things.case_count > 5);
}

static void a_threshold_that_moved_breaks_the_claims_beside_it(void **state)
{
    struct lab_fixture *f = *state;
    struct str text =
        fixture_changed(f->hub.a, lab_fixture_text(f, "P/P01"), "grace days 60", "grace days 30");
    struct proof p = prove(f, text, SOURCE_DIR "/tests/golden/rules/P01");
    size_t wrong = 0;
    assert_false(p.is_passed);
    for (size_t i = 0; i < p.case_count; i++)
        if (!proof_is_right(&p.cases[i])) {
            wrong++;
            assert_true(
                str_equal(p.cases[i].given.claim, STR("near miss: one day of grace is left")));
            assert_int_equal(p.cases[i].hit_count, 1);
        }
    assert_int_equal(wrong, 1);
    assert_int_equal(p.lacking_count, 0);
    assert_true(p.is_dirty_same);
}

static void a_hit_that_no_case_speaks_of_fails_and_so_does_a_missing_case(void **state)
{
    struct lab_fixture *f = *state;
    struct str path = str_format(f->hub.a, "cp " H01 "/*.csv %s", f->folder);
    assert_int_equal(system(path.ptr), 0);
    lab_fixture_write(f, "cases.csv", "subject,claim\n999,hit: nobody\n998,clear: nobody\n");
    struct proof p = prove(f, lab_fixture_text(f, "H/H01"), f->folder);
    assert_false(p.is_passed);
    assert_false(proof_is_right(&p.cases[0]));
    assert_true(proof_is_right(&p.cases[1]));
    assert_true(p.stranger_count > 0);
    assert_true(p.lacking_count > 1);
    assert_true(str_equal(p.lacking[0], STR("near miss")));
    assert_true(str_equal(p.lacking[1], STR("unless funeral")));
}

static void cells_that_do_not_fit_are_faults_at_their_place(void **state)
{
    struct lab_fixture *f = *state;
    static const struct {
        const char *rows;
        uint32_t line, column;
    } cases[] = {
        {"person,died_on\n1,2024-13-45\n", 2, 2},
        {"person,died_on\none,2024-01-05\n", 2, 1},
        {"person,dead_on\n1,2024-01-05\n", 1, 2},
        {"recorded_on,died_on\n20241399,2024-01-05\n", 2, 1},
    };
    lab_fixture_write(f, "cases.csv", "subject,claim\n1,hit: x\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proof proof;
        bool is_run = true;
        const struct rule *r = lab_fixture_read(f, lab_fixture_text(f, "H/H01"));
        lab_fixture_write(f, "death.csv", cases[i].rows);
        assert_int_equal(
            proof_run(f->hub.a, f->hub.catalog, r, f->folder, &f->problems, &is_run, &proof), OK);
        assert_false(is_run);
        const struct problem *p = &f->problems.items.at[0];
        assert_true(str_equal(p->file, STR("death.csv")));
        assert_int_equal(p->column, cases[i].column);
        lab_fixture_has_fault(f, "given.cell", cases[i].line);
    }
}

static void without_cases_there_is_no_proof(void **state)
{
    struct lab_fixture *f = *state;
    struct proof proof;
    bool is_run;
    const struct rule *r = lab_fixture_read(f, lab_fixture_text(f, "H/H01"));
    assert_int_equal(
        proof_run(f->hub.a, f->hub.catalog, r, f->folder, &f->problems, &is_run, &proof),
        ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_CASE(rules_of_the_catalog_keep_their_claims),
        LAB_CASE(a_threshold_that_moved_breaks_the_claims_beside_it),
        LAB_CASE(a_hit_that_no_case_speaks_of_fails_and_so_does_a_missing_case),
        LAB_CASE(cells_that_do_not_fit_are_faults_at_their_place),
        LAB_CASE(without_cases_there_is_no_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
