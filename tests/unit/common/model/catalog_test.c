#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/describe.h"
#include "tests/support/declare.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define VOCAB "vocab colour \"颜色\" { version 1\n code red \"红\" }\n\n"

static void the_projects_own_catalog_is_sound(void **state)
{
    (void)state;
    static const char *const ids[] = {"unit",  "official", "benefit_enrol", "benefit_pay",
                                      "death", "penalty",  "judgment",      "discipline_case"};
    struct arena *a = arena_new((size_t)64 << 20);
    struct catalog *c = fixture_catalog(a);
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const struct dataset *d = catalog_dataset(c, str_of(ids[i]));
        assert_non_null(d);
        assert_true(str_contains(describe_dataset(a, d), d->zh));
        for (size_t k = 0; k < d->key_count; k++)
            assert_true(d->fields[d->key[k]].is_required);
    }
    const struct dataset *pay = catalog_dataset(c, STR("benefit_pay"));
    assert_int_equal(pay->period_field, dataset_field(pay, STR("month")));
    assert_false(pay->is_whole);
    assert_true(catalog_dataset(c, STR("unit"))->is_whole);
    assert_int_equal(catalog_dataset(c, STR("unit"))->period_field, -1);
    assert_non_null(catalog_document(c, STR("verify_benefit")));
    assert_non_null(catalog_vocab(c, STR("programme")));
    assert_null(catalog_dataset(c, STR("programme")));
    assert_true(str_contains(describe_document(a, &c->documents[0]), c->documents[0].zh));
    catalog_free(c);
    catalog_free(NULL);
    arena_free(a);
}

static void the_order_of_files_does_not_matter_their_bytes_do(void **state)
{
    (void)state;
    static const struct str d =
        STR_INIT("dataset x \"x\" {\n version 1\n key a\n field a code colour required \"a\"\n}\n");
    const struct catalog_file files[] = {{STR("b.decl"), STR(VOCAB)}, {STR("a.decl"), d}};
    const struct catalog_file swapped[] = {files[1], files[0]};
    const struct catalog_file changed[] = {{STR("c.decl"), STR(VOCAB)}, files[1]};
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list problems;
    problem_list_init(&problems, a, 10);
    struct catalog *x = catalog_build(files, 2, &problems);
    struct catalog *y = catalog_build(swapped, 2, &problems);
    struct catalog *z = catalog_build(changed, 2, &problems);
    assert_int_equal(problems.errors, 0);
    assert_true(hash_equal(&x->hash, &y->hash));
    assert_false(hash_equal(&x->hash, &z->hash));
    assert_ptr_equal(x->datasets[0].fields[0].vocab, &x->vocabs[0]);
    catalog_free(x);
    catalog_free(y);
    catalog_free(z);
    arena_free(a);
}

static void faults_of_all_files_come_at_once(void **state)
{
    (void)state;
    static const char one[] = "vocab v \"v\" {\n version 1\n}\nnonsense\n";
    static const char two[] = "vocab v \"v\" {\n code a \"a\" alias \"b\"\n code c \"b\"\n}\n";
    static const char three[] =
        "document d \"d\" {\n due 3 days\n answer x one of (a \"甲\" \"x\"\n}\n";
    const struct catalog_file files[] = {
        {STR("2.decl"), str_of(two)}, {STR("1.decl"), str_of(one)}, {STR("3.decl"), str_of(three)}};
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list problems;
    problem_list_init(&problems, a, 20);
    assert_null(catalog_build(files, 3, &problems));
    struct str list = declare_list(a, &problems);
    if (!str_equal(list, STR("vocab.empty:1:1 catalog.twice:1:1 vocab.twice:3:2 "
                             "answer.parenthesis:3:25 decl.keyword:4:1 ")))
        fail_msg(STR_FMT, STR_ARG(list));
    assert_true(str_equal(problems.items.at[1].file, STR("2.decl")));
    assert_true(str_contains(problems.items.at[1].en, STR("1.decl")));
    arena_free(a);
}

static void working_days_come_from_the_notices(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct catalog *c = fixture_catalog(a);
    assert_int_equal(c->workdays->first_year, 2015);
    assert_true(c->workdays->last_year >= 2026);
    assert_int_equal(workday_add(c->workdays, 20260930, 1), 20261008);
    assert_true(workday_is(c->workdays, 20181229)); /* by the notice of 2019 */
    assert_false(workday_is(c->workdays, 20181231));
    for (size_t i = 1; i < c->workdays->off_count; i++)
        assert_true(c->workdays->off[i - 1] < c->workdays->off[i]);
    catalog_free(c);
    struct str list = declare_faults(
        a,
        "workdays w \"w\" {\n version 1\n year 2026 {\n  off 2026-10-03\n  worked 2026-10-08, x\n "
        " sing\n }\n year 26 {\n }\n month 2026\n}\n");
    if (!str_equal(list, STR("workdays.week:4:7 workdays.week:5:10 workdays.date:5:22 "
                             "decl.keyword:6:3 workdays.year:8:7 decl.keyword:10:2 ")))
        fail_msg(STR_FMT, STR_ARG(list));
    arena_free(a);
}

static void faults_of_a_dataset_have_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *body, *expected; /* the body begins in line 5 */
    } cases[] = {
        {"version 1\nkey a", "key.field:6:5 "},
        {"field a text required \"a\"", "dataset.key:4:1 dataset.version:4:1 "},
        {"version 1\nkey a\nfield a float required \"a\"", "field.type:7:9 key.field:6:5 "},
        {"version 1\nkey a\nfield a text \"a\"", "key.required:6:5 "},
        {"version 1\nkey a\nfield a text required \"a\"\nfield a int \"b\"", "field.twice:8:7 "},
        {"version 1\nkey a\nfield a code nothing required \"a\"",
         "field.vocab:7:14 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required", "decl.text:7:1 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required \"a\" hidden", "decl.rest:7:27 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required max 0 \"a\"", "field.max:7:29 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required between 1 and 2 \"a\"",
         "field.range:7:37 key.field:6:5 "},
        {"version 1\nkey a\nfield a int required between 2 and 1 \"a\"",
         "field.range:7:36 key.field:6:5 "},
        {"version 1\nkey a\nfield a money required between 1 and 2.005 \"a\"",
         "field.bound:7:38 key.field:6:5 "},
        {"version 1\nkey a\nfield a money unit 美元 required \"a\"",
         "field.unit:7:20 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required person a \"a\"", "field.person:7:1 "},
        {"version 1\nkey a\nfield a citizen required person b \"a\"", "field.person:7:1 "},
        {"version 1\nkey a\nfield a uscc required company b \"a\"", "field.company:7:1 "},
        {"version 1\nkey a\nfield a text required company a \"a\"", "field.company:7:1 "},
        {"version 1\nkey a\nfield a citizen required person b with c as phone \"a\"\n"
         "field b text \"b\"",
         "field.evidence:7:1 "},
        {"version 1\nkey a\nfield a citizen required person b with phone as birth \"a\"\n"
         "field b text \"b\"\nfield phone text \"c\"",
         "field.evidence:7:1 "},
        {"version 1\nkey a\nfield a citizen required person b with b as shoe \"a\"\n"
         "field b text \"b\"",
         "field.evidence:7:45 key.field:6:5 "},
        {"version 1\nkey a\nfield a citizen required person b with b as unit, b as unit \"a\"\n"
         "field b text \"b\"",
         "field.evidence:7:56 key.field:6:5 "},
        {"version 1\nkey a\nfield a text required \"姓名\"\nfield b int \"b\" alias \"c\", \"姓 "
         "名\"",
         "field.name:8:7 "},
        {"version 1\nkey a\nfield a text required \"甲\" en \"B\"\nfield b int \"乙\"",
         "field.name:8:7 "},
        {"version 1\nkey a\nfield a text required \"a\"\nfield site text \"b\"", "decl.name:8:7 "},
        {"version 1\nkey a\nfield a text required \"a\"\nfield 姓名 text \"b\"", "decl.name:8:7 "},
        {"version 1\nkey a\nfield a text required \"a\"\nfield a.b text \"b\"", "decl.name:8:7 "},
        {"version one\nkey a\nfield a text required \"a\"", "decl.int:5:9 dataset.version:4:1 "},
        {"version 1\nkey a\nfield a text required \"a\"\ncheck b = 1 \"x\"", "expr.field:8:7 "},
        {"version 1\nkey a\nfield a text required \"a\"\ncheck a = \"b\"", "decl.text:8:1 "},
        {"version 1\nkey a\nfield a text required \"a\"\nperiod a", "dataset.period:8:8 "},
        {"version 1\nkey a\nfield a text required \"a\"\nperiod b", "dataset.period:8:8 "},
        {"version 1\nkey a\nfield a month required \"a\"\nperiod a b", "decl.rest:8:10 "},
        {"version 1\nkey a\nwhole list\nfield a text required \"a\"", "decl.rest:7:7 "},
        {"version 1\nkey a\nfield a text required \"a\"\nsing \"loudly\"", "decl.keyword:8:1 "},
    };
    struct arena *a = arena_new((size_t)4 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str text = str_format(a, VOCAB "dataset x \"x\" {\n%s\n}\n", cases[i].body);
        struct str list = declare_faults(a, str_copy_z(a, text));
        struct str expected = str_of(cases[i].expected);
        if (!str_equal(list, expected))
            fail_msg("case %zu: " STR_FMT " is not " STR_FMT, i, STR_ARG(list), STR_ARG(expected));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_projects_own_catalog_is_sound),
        cmocka_unit_test(the_order_of_files_does_not_matter_their_bytes_do),
        cmocka_unit_test(faults_of_all_files_come_at_once),
        cmocka_unit_test(working_days_come_from_the_notices),
        cmocka_unit_test(faults_of_a_dataset_have_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
