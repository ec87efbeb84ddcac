/* The text of a rule that is in no catalog: sound, or every fault where it stands. */
#include "central/lab/draft.h"

#include "central/lab/proof.h"
#include "tests/unit/central/lab/lab_fixture.h"

static void a_rule_of_the_catalog_is_a_sound_draft(void **state)
{
    struct lab_fixture *f = *state;
    static const char *const texts[] = {"H/H01", "T/T02", "P/P01"};
    for (size_t i = 0; i < 3; i++) {
        bool is_sound = false;
        const struct rule *r = lab_fixture_read(f, lab_fixture_text(f, texts[i]));
        assert_non_null(r);
        assert_int_equal(proof_prepare(f->hub.a, f->hub.catalog, r, &f->problems, &is_sound), OK);
        assert_true(is_sound);
    }
}

static void faults_are_told_all_at_once(void **state)
{
    struct lab_fixture *f = *state;
    struct str text = lab_fixture_text(f, "H/H01");
    text = fixture_changed(f->hub.a, text, "needs death", "needs deth");
    text = fixture_changed(f->hub.a, text, "version 1", "vresion 1");
    assert_null(lab_fixture_read(f, text));
    assert_int_equal(f->problems.errors, 3); /* both, and that there is no version */
}

static void a_file_is_one_rule(void **state)
{
    struct lab_fixture *f = *state;
    struct str one = lab_fixture_text(f, "H/H01");
    assert_null(lab_fixture_read(f, STR("")));
    lab_fixture_has_fault(f, "rule.one", 1);
    assert_null(lab_fixture_read(f, STR("vocab x \"x\" { }\n")));
    lab_fixture_has_fault(f, "rule.one", 1);
    assert_null(lab_fixture_read(
        f, str_format(f->hub.a, STR_FMT "\n" STR_FMT, STR_ARG(one), STR_ARG(one))));
    lab_fixture_has_fault(f, "rule.one", 1);
}

static void a_kind_of_thing_is_called_as_the_others_call_it(void **state)
{
    struct lab_fixture *f = *state;
    struct str text = lab_fixture_text(f, "T/T02");
    text = fixture_changed(f->hub.a, text, "rule T02", "rule T99");
    text = fixture_changed(f->hub.a, text, "subject buyer \"采购人\"", "subject buyer \"买方\"");
    assert_null(lab_fixture_read(f, text));
    lab_fixture_has_fault(f, "rule.kind", 1);
}

/* What no declaration says, only the database knows; it is told where the statement stands. */
static void a_statement_that_the_database_refuses_is_a_fault_of_its_line(void **state)
{
    struct lab_fixture *f = *state;
    static const struct {
        const char *from, *to;
        uint32_t line;
    } cases[] = {
        {"c.buyer, c.site, c.rid", "c.byer, c.site, c.rid", 21},
        {"SELECT buyer FROM contract WHERE", "SELECT byer FROM contract WHERE", 20},
        {"FROM contract AS c JOIN", "FROM sqlite_master AS c JOIN", 21},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_sound = true;
        struct str text =
            fixture_changed(f->hub.a, lab_fixture_text(f, "T/T02"), cases[i].from, cases[i].to);
        const struct rule *r = lab_fixture_read(f, text);
        assert_non_null(r);
        assert_int_equal(proof_prepare(f->hub.a, f->hub.catalog, r, &f->problems, &is_sound), OK);
        assert_false(is_sound);
        lab_fixture_has_fault(f, "rule.sql", cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_CASE(a_rule_of_the_catalog_is_a_sound_draft),
        LAB_CASE(faults_are_told_all_at_once),
        LAB_CASE(a_file_is_one_rule),
        LAB_CASE(a_kind_of_thing_is_called_as_the_others_call_it),
        LAB_CASE(a_statement_that_the_database_refuses_is_a_fault_of_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
