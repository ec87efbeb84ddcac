#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/document.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char declaration[] =
    "document verify \"核实\" { version 1\n due 10 days\n instructions \"请核实\"\n"
    " answer verdict one of (yes \"是\" en \"Yes\", no \"否\" en \"No\") required \"结论\"\n"
    " answer day date required \"日期\"\n answer repaid money \"金额\"\n"
    " answer note text max 5 \"说明\" }\n";

static void an_answer_is_checked_against_its_declaration(void **state)
{
    (void)state;
    static const struct {
        struct answer_value values[4];
        size_t count;
        const char *expected; /* code of field, … */
    } cases[] = {
        {{{STR_INIT("verdict"), STR_INIT("yes")},
          {STR_INIT("day"), STR_INIT("2024-06-01")},
          {STR_INIT("repaid"), STR_INIT("1,200.50")},
          {STR_INIT("note"), STR_INIT("一二三四五")}},
         4,
         ""},
        {{{STR_INIT("verdict"), STR_INIT("no")}, {STR_INIT("day"), STR_INIT("2024-06-01")}}, 2, ""},
        {{{STR_INIT("verdict"), STR_INIT("是")}, {STR_INIT("day"), STR_INIT("1 June")}},
         2,
         "answer.choice verdict,date.shape day,"},
        {{{STR_INIT("verdict"), STR_INIT("  ")}}, 1, "required verdict,required day,"},
        {{{STR_INIT("verdict"), STR_INIT("no")},
          {STR_INIT("day"), STR_INIT("2024-06-01")},
          {STR_INIT("note"), STR_INIT("一二三四五六")},
          {STR_INIT("repaid"), STR_INIT("很多")}},
         4,
         "money.shape repaid,answer.length note,"},
        {{{STR_INIT("verdict"), STR_INIT("no")},
          {STR_INIT("day"), STR_INIT("2024-06-01")},
          {STR_INIT("mood"), STR_INIT("good")}},
         3,
         "answer.unknown mood,"},
        {{{STR_INIT("verdict"), STR_INIT("no")},
          {STR_INIT("day"), STR_INIT("2024-06-01")},
          {STR_INIT("verdict"), STR_INIT("yes")}},
         3,
         "answer.twice verdict,"},
        {{{STR_INIT("verdict"), STR_INIT("no")},
          {STR_INIT("day"), STR_INIT("2024-06-01")},
          {STR_INIT("note"), STR_INIT("\xFF")}},
         3,
         "answer.text note,"},
    };
    struct catalog *c = declare(declaration);
    struct arena *a = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct problem_list problems;
        struct str list = STR_NONE;
        problem_list_init(&problems, a, 10);
        bool is_fine =
            document_check_answer(&c->documents[0], cases[i].values, cases[i].count, &problems);
        for (size_t k = 0; k < problems.items.count; k++)
            list = str_format(a, STR_FMT STR_FMT " " STR_FMT ",", STR_ARG(list),
                              STR_ARG(problems.items.at[k].code),
                              STR_ARG(problems.items.at[k].header));
        if (!str_equal(list, str_of(cases[i].expected)) || is_fine != (problems.items.count == 0))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(list));
    }
    arena_free(a);
    catalog_free(c);
}

static void faults_of_a_declaration_have_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *body, *expected; /* begins in line 2 */
    } cases[] = {
        {"answer a text \"a\"", "document.due:1:1 "},
        {"due 0 days", "document.due:1:1 "},
        {"due 3 days\nanswer a number \"a\"", "answer.type:3:10 "},
        {"due 3 days\nanswer a one of (x \"x\" \"a\"", "answer.parenthesis:3:24 "},
        {"due 3 days\nanswer a one (x \"x\") \"a\"", "answer.choices:3:14 "},
        {"due 3 days\nanswer a text max 0 \"a\"", "answer.max:3:21 "},
        {"due 3 days\nanswer a text \"a\"\nanswer a date \"b\"", "answer.twice:4:8 "},
        {"due 3 days\nask \"a\"", "decl.keyword:3:1 "},
    };
    struct arena *a = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str text = str_format(a, "document d \"d\" {\n%s\n}\n", cases[i].body);
        struct str list = declare_faults(a, str_copy_z(a, text));
        if (!str_equal(list, str_of(cases[i].expected)))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(list));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_checked_against_its_declaration),
        cmocka_unit_test(faults_of_a_declaration_have_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
