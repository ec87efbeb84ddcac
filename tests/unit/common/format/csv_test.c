#include "common/format/format.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Reads everything into one text: cells in [], rows by ;, problems as !code@row:column. */
static struct str read_all(struct arena *a, struct str bytes, size_t step, struct str *out_name)
{
    struct format_bytes m = {.source = {.read = format_read_bytes}, .rest = bytes, .step = step};
    char room[32];
    struct problem_list problems;
    struct format *f = NULL;
    struct format_row row;
    struct buf out;
    buf_init(&out, a);
    problem_list_init(&problems, a, 1000);
    enum err e = format_open(&m.source, a, &problems, &f);
    size_t told = 0;
    while (e == OK) {
        e = format_next_row(f, &problems, &row);
        for (; told < problems.items.count; told++)
            buf_format(&out, "!" STR_FMT "@%u:%u", STR_ARG(problems.items.at[told].code),
                       problems.items.at[told].line, problems.items.at[told].column);
        if (e != OK)
            break;
        if (!row.is_damaged && row.is_empty)
            buf_put_z(&out, "-");
        for (size_t i = 0; !row.is_damaged && !row.is_empty && i < row.count; i++)
            buf_format(&out, "[" STR_FMT "]", STR_ARG(row.cells[i]));
        buf_put_z(&out, ";");
    }
    if (f && out_name)
        *out_name = str_copy(a, format_name(f, room, sizeof room));
    if (!f)
        for (size_t i = 0; i < problems.items.count; i++)
            buf_format(&out, "!" STR_FMT, STR_ARG(problems.items.at[i].code));
    assert_true(e == ERR_MISSING || (!f && e == ERR_MALFORMED));
    format_close(f);
    return str_copy(a, buf_str(&out));
}

static void assert_reads(struct str bytes, const char *expected)
{
    static const size_t steps[] = {1, 2, 3, 7, 1000000};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct arena *a = arena_new((size_t)64 << 20);
        struct str got = read_all(a, bytes, steps[i], NULL);
        assert_string_equal(str_copy_z(a, got), expected);
        arena_free(a);
    }
}

static void reads_the_pitfalls(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *expected;
    } cases[] = {
        {STR_INIT("a,b\n1,2\n"), "[a][b];[1][2];"},
        {STR_INIT("a,b\r\n1,2\r\n"), "[a][b];[1][2];"},
        {STR_INIT("a,b\r1,2\r"), "[a][b];[1][2];"},
        {STR_INIT("a,b\n1,2"), "[a][b];[1][2];"},
        {STR_INIT("a,b\r\n1,2\n3,4\r5,6"), "[a][b];[1][2];[3][4];[5][6];"},
        {STR_INIT("a\tb\n1\t2,5\n"), "[a][b];[1][2,5];"},
        {STR_INIT("a;b;c\n1,5;2,5;3\n"), "[a][b][c];[1,5][2,5][3];"},
        {STR_INIT("sep=;\r\na;b\r\n"), "[a][b];"},
        {STR_INIT("a,b\n\"x,y\",\"q\"\"r\"\n"), "[a][b];[x,y][q\"r];"},
        {STR_INIT("a,b\n\"x\ny\",2\n3,4\n"), "[a][b];[x\ny][2];[3][4];"},
        {STR_INIT("a,b\n\"x\" ,2\n"), "[a][b];[x][2];"},
        {STR_INIT("a,b\n5\" pipe,2\n"), "[a][b];[5\" pipe][2];"},
        {STR_INIT("a,b\n=\"0123\",\"=\"\"0456\"\"\"\n"), "[a][b];[0123][0456];"},
        {STR_INIT("a,b\n\n , \n1,2\n"), "[a][b];-;-;[1][2];"},
        {STR_INIT("a,b\n,\n\"\",\"\"\n"), "[a][b];-;-;"},
        {STR_INIT("\xEF\xBB\xBF"
                  "a,b\n"),
         "[a][b];"},
        {STR_INIT("\xFF\xFE"
                  "a\0,\0\x3A\x4E\n\0"),
         "[a][\xE4\xB8\xBA];"},
        {STR_INIT("a\0,\0b\0\n\0001\0,\0002\0\n\0"), "[a][b];[1][2];"},
        {STR_INIT("\xD0\xD5\xC3\xFB,b\n"), "[\xE5\xA7\x93\xE5\x90\x8D][b];"},
        {STR_INIT("\xE5\xA7\x93,b\n1,2\n"), "[\xE5\xA7\x93][b];[1][2];"},
        /* faults: named, and reading goes on */
        {STR_INIT("a,b\n\"x,2\n3,4\n"), "[a][b];!quote.unclosed@2:1;[3][4];"},
        {STR_INIT("a,b\n1,\"x\n\"y\",4\n5,6\n"), "[a][b];!quote.unclosed@2:2;[y][4];[5][6];"},
        {STR_INIT("a,b\n\"x\"y,2\n3,4\n"), "[a][b];!quote.stray@2:1;[3][4];"},
        {STR_INIT("a,b\nx\0y,2\n3,4\n"), "[a][b];!cell.nul@2:1;[3][4];"},
        {STR_INIT("\xE5\xA7\x93\xE5\xA7\x93\xE5\xA7\x93\xE5\xA7\x93,b\n1,\xFFz\n3,4\n"),
         "[\xE5\xA7\x93\xE5\xA7\x93\xE5\xA7\x93\xE5\xA7\x93][b];!encoding.broken@2:2;[3][4];"},
        /* the GB18030 rows before and behind a broken one stand */
        {STR_INIT("\xD0\xD5\xC3\xFB,b\n1,\xFF\n\xD0\xD5,4\n"),
         "[\xE5\xA7\x93\xE5\x90\x8D][b];!encoding.broken@2:2;[\xE5\xA7\x93][4];"},
        /* not a table */
        {STR_INIT("PK\x03\x04zzzz"), "!file.foreign"},
        {STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1zz"), "!file.foreign"},
        {STR_INIT("%PDF-1.7\n"), "!file.foreign"},
        {STR_INIT("\n <HTML><table>"), "!file.foreign"},
        {STR_INIT("\xEF\xBB\xBF[{\"a\":1}]"), "!file.foreign"},
        {STR_INIT("\1\2\3\4\5\6\7a,b,c\n"), "!file.binary"},
        {STR_INIT(""), "!file.empty"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_reads(cases[i].bytes, cases[i].expected);
}

static struct str repeated(struct buf *b, const char *head, const char *piece, size_t times,
                           const char *tail)
{
    buf_put_z(b, head);
    for (size_t i = 0; i < times; i++)
        buf_put_z(b, piece);
    buf_put_z(b, tail);
    return buf_str(b);
}

static void survives_bombs_and_reads_on(void **state)
{
    (void)state;
    static const struct {
        const char *head, *piece;
        size_t times;
        const char *tail, *expected;
    } cases[] = {
        {"a,b\n1,", "xxxxxxxxxx", 1000000, "\n3,4\n", "[a][b];!cell.too_long@2:2;[3][4];"},
        {"a,b\n1,\"", "xxxxxxxxxx", 1000000, "\"\n3,4\n", "[a][b];!quote.unclosed@2:2;[3][4];"},
        {"a,b\n1", ",", 1000000, "\n3,4\n", "[a][b];!columns.too_many@2:513;[3][4];"},
        {"a,b\n1", ",yyyyyyyyyy yyyyyyyyyy yyyyyyyyyy yyyyyyyyyy yyyyyyyyyy", 500, "\n3,4\n", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new((size_t)64 << 20);
        struct arena *reader = arena_new((size_t)8 << 20);
        struct buf b;
        buf_init(&b, a);
        struct str bytes =
            repeated(&b, cases[i].head, cases[i].piece, cases[i].times, cases[i].tail);
        struct str got = read_all(reader, bytes, 1 << 20, NULL);
        if (cases[i].expected)
            assert_string_equal(str_copy_z(a, got), cases[i].expected);
        else
            assert_true(str_ends(got, STR("[3][4];")));
        assert_true(arena_used(reader) < (size_t)8 << 20);
        arena_free(reader);
        arena_free(a);
    }
}

/* A row of 20 cells of 60 KB is over 1 MB though no cell is over its limit. */
static void refuses_a_row_over_its_limit(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct buf b;
    buf_init(&b, a);
    buf_put_z(&b, "a,b\n");
    for (int cell = 0; cell < 30; cell++) {
        for (int i = 0; i < 6000; i++)
            buf_put_z(&b, "zzzzzzzzzz");
        buf_put_char(&b, ',');
    }
    buf_put_z(&b, "\n3,4\n");
    struct str got = read_all(a, buf_str(&b), 1 << 20, NULL);
    assert_true(str_starts(got, STR("[a][b];!row.too_long@2:")));
    assert_true(str_ends(got, STR(";[3][4];")));
    arena_free(a);
}

static void names_the_encoding(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *name;
    } cases[] = {
        {STR_INIT("a,b\n"), "ASCII"},
        {STR_INIT("\xE5\xA7\x93,b\n"), "UTF-8"},
        {STR_INIT("\xEF\xBB\xBF"
                  "a,b\n"),
         "UTF-8 BOM"},
        {STR_INIT("\xD0\xD5\xC3\xFB,\xD6\xA4\xBC\xFE\n"), "GB18030"},
        {STR_INIT("\x84\x31\x95\x33"
                  "a,b\n"),
         "GB18030 BOM"},
        {STR_INIT("\xFE\xFF\0a\0,\0b\0\n"), "UTF-16BE BOM"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new((size_t)8 << 20);
        struct str name = STR_NONE;
        read_all(a, cases[i].bytes, 1000, &name);
        assert_string_equal(str_copy_z(a, name), cases[i].name);
        arena_free(a);
    }
}

/* Chinese first appears far behind the first block, with characters across every block's edge. */
static void settles_the_encoding_where_it_first_shows(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct buf b;
    buf_init(&b, a);
    for (int i = 0; i < 20000; i++)
        buf_put_z(&b, "plain,ascii\n");
    for (int i = 0; i < 100000; i++)
        buf_put_z(&b, "\xD0\xD5\xC3\xFB,b\n"); /* 7 bytes: every offset of a pair */
    struct str name = STR_NONE;
    struct str got = read_all(a, buf_str(&b), 1 << 20, &name);
    assert_true(str_equal(name, STR("GB18030")));
    assert_false(str_contains(got, STR("!")));
    assert_true(str_ends(got, STR("[\xE5\xA7\x93\xE5\x90\x8D][b];")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_pitfalls),
        cmocka_unit_test(survives_bombs_and_reads_on),
        cmocka_unit_test(refuses_a_row_over_its_limit),
        cmocka_unit_test(names_the_encoding),
        cmocka_unit_test(settles_the_encoding_where_it_first_shows),
    };
    return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
