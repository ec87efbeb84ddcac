/* Workbooks made to harm: each ends soon, with a sentence, and what stands before the harm is read.
 */
#include "common/format/format.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "tests/support/workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define GOOD_ROW "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>good</t></is></c></row>"
#define BOMB_BYTES ((size_t)100 << 20)

struct reading {
    size_t rows, damaged;
    bool is_good_read; /* the row before the harm */
    struct str code;   /* of the first problem */
};

static struct reading read_parts(const struct workbook_parts *parts)
{
    static char code[64];
    struct arena *a = arena_new((size_t)1 << 30);
    struct reading got = {0};
    struct format_bytes m = format_whole_bytes(workbook_pack(a, parts));
    struct problem_list problems;
    struct format *f = NULL;
    struct format_row row;
    problem_list_init(&problems, a, 100);
    if (format_open(&m.source, a, &problems, &f) == OK)
        while (format_next_row(f, &problems, &row) == OK) {
            got.rows++;
            got.damaged += row.is_damaged;
            got.is_good_read =
                got.is_good_read || (row.count && str_equal(row.cells[0], STR("good")));
        }
    format_close(f);
    if (problems.items.count) {
        assert_true(problems.items.at[0].zh.len && problems.items.at[0].en.len);
        struct str c = problems.items.at[0].code;
        memcpy(code, c.ptr, c.len);
        got.code = str_make(code, c.len);
    }
    arena_free(a);
    return got;
}

static void is_broken_behind_the_good_row(struct str sheet)
{
    struct reading got = read_parts(&(struct workbook_parts){.sheet = sheet});
    assert_true(got.is_good_read);
    assert_int_equal(got.damaged, 1);
    assert_true(str_equal(got.code, STR("xlsx.broken")));
}

static void a_bomb_of_spaces_is_not_unpacked(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 30);
    struct buf b;
    buf_init(&b, a);
    buf_put_z(&b, "<worksheet><sheetData>" GOOD_ROW "<row r=\"2\">");
    char blanks[4096];
    memset(blanks, ' ', sizeof blanks);
    for (size_t i = 0; i < BOMB_BYTES / sizeof blanks; i++)
        buf_put_bytes(&b, blanks, sizeof blanks);
    buf_put_z(&b, "</row></sheetData></worksheet>");
    struct reading got = read_parts(&(struct workbook_parts){.sheet = buf_str(&b)});
    assert_true(str_equal(got.code, STR("xlsx.broken")));
    arena_free(a);
}

static void entities_are_never_declared(void **state)
{
    (void)state;
    static const struct str sheets[] = {
        STR_INIT("<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                 "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>&b;</t></is></c>"
                 "</row></sheetData></worksheet>"),
        STR_INIT("<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                 "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>&x;</t></is></c>"
                 "</row></sheetData></worksheet>"),
    };
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        struct reading got = read_parts(&(struct workbook_parts){.sheet = sheets[i]});
        assert_int_equal(got.rows, got.damaged);
        assert_true(str_equal(got.code, STR("xlsx.broken")));
    }
}

static void nesting_and_cuts_end_the_sheet(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct buf b;
    buf_init(&b, a);
    buf_put_z(&b, "<worksheet><sheetData>" GOOD_ROW "<row r=\"2\">");
    for (int i = 0; i < 1000; i++)
        buf_put_z(&b, "<x>");
    is_broken_behind_the_good_row(buf_str(&b));
    arena_free(a);
}

/* References and numbers from outside are bounded before they are used. */
static void positions_that_lie_are_bounded(void **state)
{
    (void)state;
    static const struct str sheets[] = {
        STR_INIT("<worksheet><sheetData>" GOOD_ROW
                 "<row r=\"99999999999999999999\"><c r=\"A1\"><v>1</v></c></row>"
                 "</sheetData></worksheet>"),
        STR_INIT("<worksheet><sheetData>" GOOD_ROW
                 "<row r=\"2\"><c r=\"ZZZZZZZZZZ2\"><v>1</v></c></row></sheetData></worksheet>"),
        STR_INIT("<worksheet><sheetData>" GOOD_ROW
                 "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>4294967297</v></c></row>"
                 "</sheetData></worksheet>"),
        STR_INIT("<worksheet><sheetData>" GOOD_ROW "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                 "<row r=\"-5\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"),
        STR_INIT("<worksheet><sheetData>" GOOD_ROW "</sheetData><mergeCells>"
                 "<mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"::::\"/></mergeCells>"
                 "</worksheet>"),
    };
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        struct reading got = read_parts(&(struct workbook_parts){.sheet = sheets[i]});
        assert_true(got.is_good_read);
        assert_true(got.rows <= 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bomb_of_spaces_is_not_unpacked),
        cmocka_unit_test(entities_are_never_declared),
        cmocka_unit_test(nesting_and_cuts_end_the_sheet),
        cmocka_unit_test(positions_that_lie_are_bounded),
    };
    return cmocka_run_group_tests_name("xlsx_hostile", tests, NULL, NULL);
}
