#include "common/rules/emit.h"
#include "common/rules/explain.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void every_rule_of_the_catalog_loads_and_explains_itself(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct catalog *c = fixture_catalog(a);
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, a, 100);
    bool is_fine = rule_load_all(a, c, &problems, &rules, &count);
    for (size_t i = 0; i < problems.items.count; i++)
        fprintf(stderr, STR_FMT "\n", STR_ARG(problem_format(a, &problems.items.at[i])));
    assert_true(is_fine);
    assert_true(count >= 4);
    for (size_t i = 0; i < count; i++) {
        struct str text = explain_rule(a, rules[i], c);
        assert_true(str_contains(text, rules[i]->id));
        assert_true(str_contains(text, STR("dirty_subject")));
        if (rules[i]->wake_count)
            assert_true(emit_wake(a, rules[i], c, EMIT_PERSONS, DDL_SQLITE).len +
                        emit_wake(a, rules[i], c, EMIT_KEYS, DDL_SQLITE).len);
        if (getenv("SHOW"))
            printf(STR_FMT "\n", STR_ARG(text));
    }
    catalog_free(c);
    arena_free(a);
}

#define LOT_RULE(id, zh)                                                                           \
    "rule " id                                                                                     \
    " \"x\" en \"x\" {\n group T\n version 1\n status observe\n sees analysts\n basis \"b\"\n"     \
    " from tender as t on lot_no\n subject lot \"" zh "\" en \"Lot\" called t.title\n"             \
    " episode \"e\"\n level 1\n evidence t \"left\" (lot_no)\n say \"s\" en \"s\"\n"               \
    " by_hand \"h\" en \"h\"\n needs tender\n}\n"

static size_t faults_of_two(const char *one, const char *other)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct catalog *c = fixture_catalog(a);
    struct catalog own = *c;
    struct decl_file files[2];
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, a, 100);
    assert_true(decl_parse(a, STR("one.decl"), str_of(one), &problems, &files[0]));
    assert_true(decl_parse(a, STR("other.decl"), str_of(other), &problems, &files[1]));
    own.rule_files = files;
    own.rule_file_count = 2;
    rule_load_all(a, &own, &problems, &rules, &count);
    for (size_t i = 0; i < problems.items.count; i++)
        assert_true(str_equal(problems.items.at[i].code, STR("rule.kind")));
    size_t errors = problems.errors;
    catalog_free(c);
    arena_free(a);
    return errors;
}

static void a_kind_of_thing_has_one_name(void **state)
{
    (void)state;
    assert_int_equal(faults_of_two(LOT_RULE("T01", "标段"), LOT_RULE("T02", "标段")), 0);
    assert_int_equal(faults_of_two(LOT_RULE("T01", "标段"), LOT_RULE("T02", "包件")), 1);
}

static void faults_are_found_all_at_once_with_their_places(void **state)
{
    (void)state;
    static const struct str text = STR_INIT("rule X01 \"x\" {\n"
                                            "    version 1\n"
                                            "    from nowhere as n on id\n"
                                            "    from death as d on citizen_id\n"
                                            "    when d.colour = \"red\"\n"
                                            "    when d.source = \"martian\"\n"
                                            "    when d.name > 3\n"
                                            "    level 9\n"
                                            "    sing loudly\n"
                                            "}\n");
    struct arena *a = arena_new((size_t)64 << 20);
    struct catalog *c = fixture_catalog(a);
    struct problem_list problems;
    struct decl_file file;
    problem_list_init(&problems, a, 100);
    assert_true(decl_parse(a, STR("x.decl"), text, &problems, &file));
    assert_null(rule_load(a, &file, &file.nodes[0], c, &problems));
    static const struct {
        uint32_t line;
        const char *code;
    } expected[] = {{3, "rule.dataset"}, {5, "rule.column"}, {6, "rule.code"},
                    {7, "rule.types"},   {8, "rule.level"},  {9, "decl.keyword"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        bool is_found = false;
        for (size_t k = 0; k < problems.items.count; k++)
            is_found = is_found || (problems.items.at[k].line == expected[i].line &&
                                    str_equal(problems.items.at[k].code, str_of(expected[i].code)));
        if (!is_found)
            fail_msg("no %s at line %u", expected[i].code, expected[i].line);
    }
    catalog_free(c);
    arena_free(a);
}

static void points_grow_with_level_and_amount(void **state)
{
    (void)state;
    assert_int_equal(explain_points(1, 0), 10);
    assert_int_equal(explain_points(3, 294000), 60);
    assert_int_equal(explain_points(4, 1000000), 98);
    assert_int_equal(explain_points(5, 10000000), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_of_the_catalog_loads_and_explains_itself),
        cmocka_unit_test(a_kind_of_thing_has_one_name),
        cmocka_unit_test(faults_are_found_all_at_once_with_their_places),
        cmocka_unit_test(points_grow_with_level_and_amount),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
