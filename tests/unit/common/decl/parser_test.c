#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/decl/decl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* One line per statement: [tokens]{children}; a token with a letter for its kind. */
static void dump(struct buf *out, const struct decl_node *nodes, size_t count)
{
    static const char kinds[] = {'w', 's', 'n', 'd', 'p'};
    for (size_t i = 0; i < count; i++) {
        buf_put_char(out, '[');
        for (size_t k = 0; k < nodes[i].token_count; k++) {
            const struct decl_token *t = &nodes[i].tokens[k];
            buf_format(out, "%s%c:" STR_FMT, k ? " " : "", kinds[t->kind], STR_ARG(t->text));
        }
        buf_put_char(out, ']');
        if (nodes[i].has_block) {
            buf_put_char(out, '{');
            dump(out, nodes[i].children, nodes[i].child_count);
            buf_put_char(out, '}');
        }
    }
}

static void text_becomes_statements(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"# nothing\n\n  \t\r\n", ""},
        {"a b c\nd", "[w:a w:b w:c][w:d]"},
        {"\xEF\xBB\xBF"
         "a",
         "[w:a]"},
        {"字段 pay.amount _x 2号 01a", "[w:字段 w:pay.amount w:_x w:2号 w:01a]"},
        {"\"a \\\"b\\\" \\\\ \\n\" \"\"", "[s:a \"b\" \\ \n s:]"},
        {"12 1_000_000 0.01 2.5x", "[n:12 n:1_000_000 n:0.01 w:2.5x]"},
        {"2024-02-29 2024-02", "[d:2024-02-29 n:2024 p:- n:02]"},
        {"a<=b != c>=d<e", "[w:a p:<= w:b p:!= w:c p:>= w:d p:< w:e]"},
        {"a (b\nc)\nd", "[w:a p:( w:b w:c p:)][w:d]"},
        {"a b,\n  # why\n\n c\nd", "[w:a w:b p:, w:c][w:d]"},
        {"a =\nb", "[w:a p:= w:b]"},
        {"a b) \n c (d\n e)", "[w:a w:b p:)][w:c p:( w:d w:e p:)]"},
        {"a { b\n c { d } }\ne {}", "[w:a]{[w:b][w:c]{[w:d]}}[w:e]{}"},
        {"a (b { c }\nd", "[w:a p:( w:b]{[w:c]}[w:d]"},
        {"a \"#\" # \"b\"", "[w:a s:#]"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new((size_t)1 << 20);
        struct problem_list problems;
        struct decl_file f;
        struct buf out;
        buf_init(&out, a);
        problem_list_init(&problems, a, 10);
        if (!decl_parse(a, STR("t"), str_of(cases[i].text), &problems, &f))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(problem_format(a, &problems.items.at[0])));
        dump(&out, f.nodes, f.count);
        if (!str_equal(buf_str(&out), str_of(cases[i].expected)))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(buf_str(&out)));
        arena_free(a);
    }
}

static void a_raw_text_stands_as_it_is(void **state)
{
    (void)state;
    struct arena *a = arena_new(100000);
    struct problem_list problems;
    struct decl_file f;
    problem_list_init(&problems, a, 10);
    assert_true(decl_parse(a, STR("x"),
                           STR("select \"\"\"\n  SELECT \"a\" -- \\ {b}\n\"\"\" end\nnext"),
                           &problems, &f));
    assert_int_equal(f.count, 2);
    assert_int_equal(f.nodes[0].token_count, 3);
    assert_true(str_equal(f.nodes[0].tokens[1].text, STR("\n  SELECT \"a\" -- \\ {b}\n")));
    assert_int_equal(f.nodes[1].line, 4);
    arena_free(a);
}

static void numbers_and_dates_have_their_values_and_places(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list problems;
    struct decl_file f;
    problem_list_init(&problems, a, 10);
    assert_true(
        decl_parse(a, STR("t"), STR("甲 1_0.50\n  x 2024-02-29 \"中文\" y"), &problems, &f));
    const struct decl_token *t = f.nodes[0].tokens;
    assert_int_equal(t[1].number, 1050);
    assert_int_equal(t[1].scale, 2);
    assert_int_equal(t[1].column, 3);
    t = f.nodes[1].tokens;
    assert_int_equal(t[1].number, 20240229);
    assert_int_equal(f.nodes[1].line, 2);
    assert_int_equal(f.nodes[1].column, 3);
    assert_int_equal(t[3].column, 21); /* characters, not bytes */
    assert_true(decl_word_is(&t[0], "x"));
    assert_false(decl_word_is(&t[2], "中文")); /* a string is no word */
    assert_true(str_equal(decl_keyword(&f.nodes[0]), STR("甲")));
    arena_free(a);
}

static void every_fault_has_its_line_and_column(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *expected; /* code:line:column … */
    } cases[] = {
        {STR_INIT("a $ b\n ; c"), "decl.character:1:3 decl.character:2:2 "},
        {STR_INIT("a \"open\nb \"too"), "decl.string:1:3 decl.string:2:3 "},
        {STR_INIT("a \"x\\\nb"), "decl.escape:1:5 decl.string:1:3 "},
        {STR_INIT("a \"\"\"b\n c"), "decl.string:1:3 "},
        {STR_INIT("a \"x\\q\""), "decl.escape:1:5 "},
        {STR_INIT("a \"x\0y\""), "decl.control:1:5 "},
        {STR_INIT("a\0b"), "decl.character:1:2 "},
        {STR_INIT("a 123456789012345\nb 11010519491231002X"), "decl.number:1:3 "},
        {STR_INIT("a 2023-02-29"), "decl.date:1:3 "},
        {STR_INIT("a {\n b {\n}\n"), "decl.open:4:1 "},
        {STR_INIT("a\n}\nb"), "decl.close:2:1 "},
        {STR_INIT("{ a }"), "decl.block:1:1 "},
        {STR_INIT("a\nb \xFF"), "decl.utf8:2:3 "},
        {STR_INIT("甲 $"), "decl.character:1:3 "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new((size_t)1 << 20);
        struct problem_list problems;
        struct decl_file f;
        struct buf out;
        buf_init(&out, a);
        problem_list_init(&problems, a, 10);
        assert_false(decl_parse(a, STR("t.decl"), cases[i].text, &problems, &f));
        for (size_t k = 0; k < problems.items.count; k++) {
            const struct problem *p = &problems.items.at[k];
            buf_format(&out, STR_FMT ":%u:%u ", STR_ARG(p->code), p->line, p->column);
            assert_true(str_equal(p->file, STR("t.decl")));
            assert_true(p->zh.len > 0 && p->en.len > 0);
        }
        if (!str_equal(buf_str(&out), str_of(cases[i].expected)))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(buf_str(&out)));
        arena_free(a);
    }
}

static void depth_and_size_have_limits(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct problem_list problems;
    struct decl_file f;
    struct buf deep;
    buf_init(&deep, a);
    for (int i = 0; i < 100000; i++)
        buf_put_z(&deep, "a {");
    problem_list_init(&problems, a, 100);
    assert_false(decl_parse(a, STR("t"), buf_str(&deep), &problems, &f));
    assert_true(str_equal(problems.items.at[0].code, STR("decl.depth")));
    buf_clear(&deep);
    for (int i = 0; i < DECL_DEPTH_MAX - 1; i++)
        buf_put_z(&deep, "a {");
    for (int i = 0; i < DECL_DEPTH_MAX - 1; i++)
        buf_put_z(&deep, "}");
    problem_list_init(&problems, a, 100);
    assert_true(decl_parse(a, STR("t"), buf_str(&deep), &problems, &f));
    buf_clear(&deep);
    while (deep.len <= DECL_FILE_BYTES_MAX)
        buf_put_z(&deep, "# filling\n");
    problem_list_init(&problems, a, 100);
    assert_false(decl_parse(a, STR("t"), buf_str(&deep), &problems, &f));
    assert_true(str_equal(problems.items.at[0].code, STR("decl.size")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_becomes_statements),
        cmocka_unit_test(a_raw_text_stands_as_it_is),
        cmocka_unit_test(numbers_and_dates_have_their_values_and_places),
        cmocka_unit_test(every_fault_has_its_line_and_column),
        cmocka_unit_test(depth_and_size_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
