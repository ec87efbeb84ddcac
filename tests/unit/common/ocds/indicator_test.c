/* Declarations of indicators: what a release is laid into, what may be set, and what is refused. */
#include "common/ocds/indicator.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/json/json.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "layout ocds \"表\" { version 1\n option currency text \"币种\"\n table bid each "          \
    "bids.details "                                                                                \
    "{\n"                                                                                          \
    "  column bid position 2\n column state text status\n column who id who.id\n"                  \
    "  column amount number value.amount\n column sent time date\n column address json address\n"  \
    "  column ocid text root ocid }\n"                                                             \
    " table role each parties.roles { column party position 1\n column role text self }\n"         \
    " derived kept \"\"\"SELECT * FROM bid WHERE state = {currency}\"\"\" }\n"
#define FLAG(rest) "indicator R001 \"旗\" { version 1\n maps T01\n " rest " }"

static void put_row(struct buf *out, const struct layout_table *t, const struct layout_cell *cells)
{
    buf_put(out, t->id);
    for (size_t i = 0; i < t->column_count; i++) {
        buf_put_char(out, ' ');
        switch (cells[i].kind) {
        case LAYOUT_CELL_NONE:
            buf_put_char(out, '-');
            break;
        case LAYOUT_CELL_TEXT:
            buf_put(out, cells[i].text);
            break;
        case LAYOUT_CELL_INT:
            buf_format(out, "%lld", (long long)cells[i].whole);
            break;
        case LAYOUT_CELL_REAL:
            buf_put_real(out, cells[i].real);
            break;
        }
    }
    buf_put_z(out, "; ");
}

static enum err take(void *context, const struct layout_table *t, const struct layout_cell *cells)
{
    put_row(context, t, cells);
    return OK;
}

static enum err refuse(void *context, const struct layout_table *t, const struct layout_cell *cells)
{
    (void)cells;
    (*(int *)context)++;
    return str_equal(t->id, STR("bid")) ? ERR_FULL : OK;
}

static void a_release_becomes_rows_and_another_kind_is_nothing(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)16 << 20);
    struct catalog *c = declare(HEAD FLAG("select \"SELECT 1\""));
    struct problem_list problems;
    struct indicators all;
    struct json *release;
    struct buf out;
    int calls = 0;
    problem_list_init(&problems, a, 10);
    buf_init(&out, a);
    assert_true(indicator_load_all(a, c, &problems, &all));
    assert_int_equal(
        json_parse(
            STR("{\"ocid\":\"o\",\"bids\":{\"details\":[{\"status\":\"valid\",\"who\":{\"id\":"
                "7},\"value\":{\"amount\":5},\"date\":\"1970-01-01T00:00:01Z\",\"address\":{"
                "\"b\":1,\"a\":null}},{\"status\":3,\"who\":{\"id\":true},\"value\":{"
                "\"amount\":\"5\"},\"date\":\"1970-01-01\"},4]},\"parties\":[{\"roles\":["
                "\"buyer\",null]},{\"roles\":\"tenderer\"},{}]}"),
            &release),
        OK);
    assert_int_equal(layout_walk(&all.layout, release, a, take, &out), OK);
    assert_string_equal(str_copy_z(a, buf_str(&out)),
                        "bid 1 valid 7 5.0 1000000 {\"a\":null,\"b\":1} o; bid 2 - - - - - o; "
                        "bid 3 - - - - - o; role 1 buyer; role 1 -; role 2 tenderer; ");
    assert_int_equal(layout_walk(&all.layout, release, a, refuse, &calls), ERR_FULL);
    assert_int_equal(calls, 1);
    json_free(release);
    catalog_free(c);
    arena_free(a);
}

static void options_are_declared_with_their_values_and_set_anew(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)16 << 20);
    struct catalog *c =
        declare(HEAD FLAG("option share number 0.05 \"比\"\n option none number \"无\"\n"
                          " option way choice one, two \"路\"\n option methods list open, "
                          "selective \"方式\"\n option days table \"天\"\n"
                          " select \"SELECT {share}, {currency}\""));
    struct problem_list problems;
    struct indicators all;
    struct decl_file file;
    struct str whose;
    problem_list_init(&problems, a, 10);
    assert_true(indicator_load_all(a, c, &problems, &all));
    const struct knob *share = indicator_knob(&all, &all.at[0], STR("share"), &whose);
    assert_true(share->items.at[0].number == 0.05);
    assert_true(str_equal(whose, STR("R001")));
    assert_int_equal(indicator_knob(&all, &all.at[0], STR("none"), &whose)->items.count, 0);
    assert_int_equal(indicator_knob(&all, &all.at[0], STR("methods"), &whose)->items.count, 2);
    assert_non_null(indicator_knob(&all, &all.at[0], STR("currency"), &whose));
    assert_int_equal(whose.len, 0);
    assert_null(indicator_knob(&all, NULL, STR("share"), &whose));
    assert_true(decl_parse(a, STR("s"),
                           STR("settings R001 { share 0.5\n methods \"a b\"\n days x 1, y 2.5 }\n"
                               "settings { currency \"CNY\" }"),
                           &problems, &file));
    assert_true(indicator_set_all(a, &file, &problems, &all));
    assert_true(share->items.at[0].number == 0.5);
    assert_int_equal(share->items.count, 1);
    const struct knob *way = indicator_knob(&all, &all.at[0], STR("way"), &whose);
    assert_true(str_equal(way->items.at[0].word, STR("one")));
    const struct knob *days = indicator_knob(&all, &all.at[0], STR("days"), &whose);
    assert_int_equal(days->items.count, 2);
    assert_true(days->items.at[1].number == 2.5 && str_equal(days->items.at[1].word, STR("y")));
    catalog_free(c);
    arena_free(a);
}

static void what_is_wrong_with_a_declaration_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
    } cases[] = {
        {HEAD FLAG("select \"SELECT {threshold}\""), "indicator.option"},
        {HEAD FLAG("option a number 1 \"甲\""), "indicator.select"},
        {HEAD "indicator X \"旗\" { select \"SELECT 1\" }", "indicator.id"},
        {HEAD FLAG("option a thing \"甲\"\n select \"SELECT 1\""), "knob.kind"},
        {HEAD FLAG("option a text \"甲\"\n option a text \"甲\"\n select \"SELECT 1\""),
         "knob.kind"},
        {HEAD FLAG("level 2\n select \"SELECT 1\""), "decl.keyword"},
        {"layout ocds \"表\" { table bid { column a thing b } }", "layout.kind"},
        {"layout ocds \"表\" { table bid each bids { column a position 2 } }", "layout.column"},
        {"layout ocds \"表\" { table bid { column a text b\n column a id c } }", "layout.column"},
        {"layout ocds \"表\" { table bid { column process text b } }", "layout.column"},
        {"layout ocds \"表\" { table bid { column a text b }\n derived bid \"SELECT 1\" }",
         "layout.name"},
        {"layout ocds \"表\" { derived kept \"SELECT {none}\" }", "indicator.option"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *a = arena_new((size_t)16 << 20);
        struct catalog *c = declare(cases[i].text);
        struct problem_list problems;
        struct indicators all;
        problem_list_init(&problems, a, 10);
        assert_false(indicator_load_all(a, c, &problems, &all));
        if (!str_equal(problems.items.at[0].code, str_of(cases[i].code)))
            fail_msg("%s: " STR_FMT, cases[i].text, STR_ARG(problems.items.at[0].code));
        catalog_free(c);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_release_becomes_rows_and_another_kind_is_nothing),
        cmocka_unit_test(options_are_declared_with_their_values_and_set_anew),
        cmocka_unit_test(what_is_wrong_with_a_declaration_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
