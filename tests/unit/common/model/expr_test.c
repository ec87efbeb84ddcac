#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/expr.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define DECLARATION                                                                                \
    "vocab colour \"c\" { version 1\n code red \"r\"\n code blue \"b\" }\n"                        \
    "dataset x \"x\" { version 1\n key a\n field a text required \"a\"\n field n int \"n\"\n"      \
    "field m money \"m\"\n field r area \"r\"\n field d date \"d\"\n field c code colour \"c\"\n"  \
    "check %s \"zh\" en \"en\" }\n"

/* a "x", n 5, m 12.50 yuan, r 1.5 mu, d 31 March 2024, c red; today 15 June 2024 */
static const struct value full[] = {
    {VALUE_TEXT, 0, STR_INIT("x")}, {VALUE_INT, 5, {0}},        {VALUE_INT, 1250, {0}},
    {VALUE_INT, 15000, {0}},        {VALUE_INT, 20240331, {0}}, {VALUE_TEXT, 0, STR_INIT("red")},
};
static const struct value empty[6] = {{VALUE_NULL, 0, {0}}};

static void expressions_mean_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum expr_truth full, empty;
    } cases[] = {
        {"n = 5", EXPR_TRUE, EXPR_UNKNOWN},
        {"n != 5", EXPR_FALSE, EXPR_UNKNOWN},
        {"5 <= n", EXPR_TRUE, EXPR_UNKNOWN},
        {"n < 5", EXPR_FALSE, EXPR_UNKNOWN},
        {"a >= \"w\"", EXPR_TRUE, EXPR_UNKNOWN},
        {"m = 12.5", EXPR_TRUE, EXPR_UNKNOWN},
        {"12.51 > m", EXPR_TRUE, EXPR_UNKNOWN},
        {"r = 1.5", EXPR_TRUE, EXPR_UNKNOWN},
        {"d = 2024-03-31", EXPR_TRUE, EXPR_UNKNOWN},
        {"d + 1 days = 2024-04-01", EXPR_TRUE, EXPR_UNKNOWN},
        {"d - 1 months = 2024-02-29", EXPR_TRUE, EXPR_UNKNOWN},
        {"d + 11 months + 1 days = 2025-03-01", EXPR_TRUE, EXPR_UNKNOWN},
        {"d <= today", EXPR_TRUE, EXPR_UNKNOWN},
        {"d + 76 days = today", EXPR_TRUE, EXPR_UNKNOWN},
        {"c = \"red\"", EXPR_TRUE, EXPR_UNKNOWN},
        {"c in (\"blue\", \"red\")", EXPR_TRUE, EXPR_UNKNOWN},
        {"n in (1, 2)", EXPR_FALSE, EXPR_UNKNOWN},
        {"n is empty", EXPR_FALSE, EXPR_TRUE},
        {"n is not empty", EXPR_TRUE, EXPR_FALSE},
        {"not n = 5", EXPR_FALSE, EXPR_UNKNOWN},
        {"not not n = 5", EXPR_TRUE, EXPR_UNKNOWN},
        {"n = 5 and a = \"y\"", EXPR_FALSE, EXPR_UNKNOWN},
        {"n = 5 or a = \"y\"", EXPR_TRUE, EXPR_UNKNOWN},
        {"n is empty or m > 1", EXPR_TRUE, EXPR_TRUE},
        {"n is not empty and m > 1", EXPR_TRUE, EXPR_FALSE},
        {"n = 1 or n = 5 and a = \"x\"", EXPR_TRUE, EXPR_UNKNOWN},
        {"(n = 5 or n = 1) and a = \"y\"", EXPR_FALSE, EXPR_UNKNOWN},
        {"n = 5 or\n a = \"y\"", EXPR_TRUE, EXPR_UNKNOWN},
    };
    struct arena *a = arena_new((size_t)4 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        /* a line end inside parentheses is no end of the statement */
        struct str text = str_format(a, "(%s)", cases[i].text);
        text = str_format(a, DECLARATION, str_copy_z(a, text));
        struct catalog *c = declare(str_copy_z(a, text));
        const struct expr *e = c->datasets[0].checks[0].expr;
        if (expr_evaluate(e, full, 20240615) != cases[i].full ||
            expr_evaluate(e, empty, 20240615) != cases[i].empty)
            fail_msg("%s", cases[i].text);
        catalog_free(c);
    }
    arena_free(a);
}

static void what_makes_no_sense_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected; /* the text begins in line 12, column 7 */
    } cases[] = {
        {"n", "expr.comparison:12:9"},
        {"n = ", "expr.types:12:12"},
        {"x = 5", "expr.field:12:7"},
        {"(n = 5", "expr.parenthesis:12:14"},
        {"n = \"5\"", "expr.types:12:11"},
        {"a > 3", "expr.types:12:11"},
        {"(n = 5) = 5", "expr.types:12:17"},
        {"c = \"green\"", "expr.code:12:11"},
        {"c in (\"red\", \"green\")", "expr.code:12:20"},
        {"m = 1.005", "expr.number:12:11"},
        {"n = 1.5", "expr.number:12:11"},
        {"d + 5 > today", "expr.duration:12:11"},
        {"d + 99999 days > today", "expr.duration:12:11"},
        {"n + 5 days > today", "expr.date:12:11"},
        {"20240101 + 5 days > today", "expr.date:12:18"},
        {"d > 20240101", "expr.types:12:11"},
        {"n < 2024-01-01", "expr.types:12:11"},
        {"m < n", "expr.types:12:11"},
        {"m < r", "expr.types:12:11"},
        {"n is full", "expr.is:12:9"},
        {"n in 5", "expr.in:12:12"},
        {"n = 5 and", "expr.comparison:12:22"},
    };
    struct arena *a = arena_new((size_t)4 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str text = str_format(a, DECLARATION, cases[i].text);
        struct str list = declare_faults(a, str_copy_z(a, text));
        struct str first = str_cut(&list, ' ');
        if (!str_equal(first, str_of(cases[i].expected)))
            fail_msg("%s: " STR_FMT, cases[i].text, STR_ARG(first));
    }
    arena_free(a);
}

static void hostile_lengths_are_refused(void **state)
{
    (void)state;
    static const char *const pieces[] = {"(", "not ", "n = 1 or ", "d + 1 days ", "n in (1, 1, "};
    struct arena *a = arena_new((size_t)64 << 20);
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        char *text = arena_take(a, 20000 * strlen(pieces[i]) + 8);
        for (size_t k = 0; k < 20000; k++)
            strcat(text + k * strlen(pieces[i]), pieces[i]);
        strcat(text, "n = 1");
        struct str whole = str_format(a, DECLARATION, text);
        if (i == 1) /* an even number of nots is nothing at all */
            catalog_free(declare(str_copy_z(a, whole)));
        else
            assert_true(str_starts(declare_faults(a, str_copy_z(a, whole)), STR("expr.")));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_mean_what_they_say),
        cmocka_unit_test(what_makes_no_sense_is_refused_with_its_place),
        cmocka_unit_test(hostile_lengths_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
