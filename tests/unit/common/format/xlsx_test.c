/* Workbooks of tests/data as their writers made them; what is wrong with one is said and bounded.
 */
#include "common/format/format.h"
#include "common/format/xlsx_number.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BYTES_MAX ((size_t)64 << 20)

static struct str read_file(struct arena *a, const char *name)
{
    struct str bytes;
    char path[512];
    snprintf(path, sizeof path, "%s/tests/data/%s", SOURCE_DIR, name);
    assert_int_equal(file_read(path, BYTES_MAX, a, &bytes), OK);
    return bytes;
}

static void put_row(struct buf *out, const struct format_row *row, uint32_t *sheet)
{
    if (row->sheet != *sheet || row->number % FORMAT_SHEET_ROWS == 1)
        buf_format(out, "{" STR_FMT "}", STR_ARG(row->sheet_name));
    *sheet = row->sheet;
    buf_format(out, "%llu", (unsigned long long)(row->number % FORMAT_SHEET_ROWS));
    buf_put_z(out, row->is_damaged ? "!" : row->is_empty ? "-" : "");
    for (size_t i = 0; i < row->count && !row->is_empty; i++)
        buf_format(out, "[" STR_FMT "]", STR_ARG(row->cells[i]));
    buf_put_char(out, '\n');
}

/* Everything in a workbook: sheets in {}, rows by number, problems as code@row:column. */
static struct str read_book(struct arena *a, struct str bytes)
{
    struct format_bytes m = format_whole_bytes(bytes);
    struct problem_list problems;
    struct format *f = NULL;
    struct format_row row;
    struct buf out;
    uint32_t sheet = 0;
    size_t told = 0;
    buf_init(&out, a);
    problem_list_init(&problems, a, 1000);
    enum err e = format_open(&m.source, a, &problems, &f);
    while (e == OK && (e = format_next_row(f, &problems, &row)) == OK)
        put_row(&out, &row, &sheet);
    assert_true(e == ERR_MISSING || (!f && e == ERR_MALFORMED));
    for (; told < problems.items.count; told++) {
        const struct problem *p = &problems.items.at[told];
        assert_true(p->zh.len && p->en.len);
        buf_format(&out, STR_FMT "@%u:%u\n", STR_ARG(p->code), p->line, p->column);
    }
    if (f) {
        char room[32];
        assert_true(str_equal(format_name(f, room, sizeof room), STR("XLSX")));
    }
    format_close(f);
    return buf_str(&out);
}

static void reads(const char *name, const char *expected)
{
    struct arena *a = arena_new((size_t)512 << 20);
    struct str got = read_book(a, read_file(a, name));
    assert_string_equal(str_copy_z(a, got), expected);
    arena_free(a);
}

static void the_pitfalls_of_a_real_sheet(void **state)
{
    (void)state;
    reads("xlsx/pitfalls.xlsx", "{死亡}1[肇东市死亡人员登记表]\n"
                                "2[填报单位：公安局][][][][2026年11月]\n"
                                "3[证件号码][姓名][死亡日期][数据来源][登记日期]\n"
                                "4[11010519491231002X][王芳][2024-01-10][公安][2024-01-12]\n"
                                "5[4.40524E+17][李明][2024-02-29][公安][2024年3月1日]\n"
                                "6[231282600101001][张甲][2024.3.1][民政殡葬]\n"
                                "7[231282197001010106][张乙][45352][卫健]\n"
                                "8![231282197001030123][张丙][][公安]\n"
                                "9-\n"
                                "10[合计][5]\n"
                                "{说明}1[本表按月报送]\n"
                                "{续表}1[姓名][身份证号][死亡日期][来源]\n"
                                "2[赵丁][23128219700102011X][2024-05-06][公安]\n"
                                "sheet.hidden@0:0\n"
                                "row.hidden@5:0\n"
                                "formula.empty@8:3\n");
}

static void a_vertical_merge_counts_for_every_row(void **state)
{
    (void)state;
    reads("xlsx/merged.xlsx", "{Sheet}1[组织编码][季度][公示日期][公开内容]\n"
                              "2[N01][2026Q1][2026-04-05][第5项]\n"
                              "3[N01][2026Q1][2026-04-06][第6项]\n"
                              "4[N01][2026Q2][2026-04-07][第7项]\n"
                              "5[N01][2026Q2][2026-04-08][第8项]\n"
                              "6[N01][2026Q2][2026-04-09][第9项]\n");
}

static void each_writer_is_read_alike(void **state)
{
    (void)state;
    reads("xlsx/exceljs.xlsx", "{死亡}1[证件号码][姓名][死亡日期][数据来源][登记日期]\n"
                               "2[11010519491231002X][王芳][2024-01-10][公安]\n"
                               "3[440524188001010014][李明][2024-02-29][公安]\n");
    reads("xlsx/sheetjs.xlsx", "{死亡}1[证件号码][姓名][死亡日期][数据来源][登记日期]\n"
                               "2[11010519491231002X][王芳][2024-01-10][公安][]\n"
                               "3[440524188001010014][李明][2024-02-29][公安][TRUE]\n");
    reads("xlsx/libxlsxwriter.xlsx", "{死亡}1[证件号码][姓名][死亡日期][数据来源][登记日期]\n"
                                     "2[11010519491231002X][王芳][2024-01-10][公安]\n");
    reads("xlsx/epoch-1904.xlsx", "{Sheet}1[日期][比例][金额]\n2[2024-01-10][12.5%][0.3]\n");
}

/* Real workbooks of many sheets; that every cell of the first sheet is there was counted by hand.
 */
static void the_workbooks_of_the_contracting_standard(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *has;
    } books[] = {
        {"ocds/flattened-ocds-213czf-000-00001-01-planning.xlsx", "ocds-213czf-000-00001"},
        {"ocds/flattened-ocds-213czf-000-00001-02-tender.xlsx", "ocds-213czf-000-00001-02-tender"},
        {"ocds/flattened-ocds-213czf-000-00001-03-tenderAmendment.xlsx", "tenderAmendment"},
        {"ocds/flattened-ocds-213czf-000-00001-04-award.xlsx", "ocds-213czf-000-00001-award-01"},
        {"ocds/flattened-ocds-213czf-000-00001-05-contract.xlsx", "contract-01"},
        {"ocds/flattened-ocds-213czf-000-00001-06-implementation.xlsx", "[11000000]"},
    };
    for (size_t i = 0; i < COUNT_OF(books); i++) {
        struct arena *a = arena_new((size_t)512 << 20);
        struct str got = read_book(a, read_file(a, books[i].name));
        if (!str_contains(got, str_of(books[i].has)) || str_contains(got, STR("broken")))
            fail_msg("%s: " STR_FMT, books[i].name, STR_ARG(str_slice(got, 0, 3000)));
        arena_free(a);
    }
}

static void what_is_cut_or_changed_is_broken_and_says_so(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)512 << 20);
    struct str whole = read_file(a, "xlsx/pitfalls.xlsx");
    for (size_t len = 4; len < whole.len; len += 97) {
        struct str got = read_book(a, str_slice(whole, 0, len));
        assert_true(str_equal(got, STR("xlsx.broken@0:0\n")));
    }
    for (size_t at = 0; at < whole.len; at += 13) { /* whatever it says, it ends */
        struct str copy = str_copy(a, whole);
        ((char *)(uintptr_t)copy.ptr)[at] ^= 0x20;
        if (str_starts(copy, STR("PK\x03\x04")))
            (void)read_book(a, copy);
    }
    arena_free(a);
}

static void formats_that_are_dates(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum xlsx_style style;
    } cases[] = {
        {"General", XLSX_PLAIN},
        {"0.00E+00", XLSX_PLAIN},
        {"#,##0.00_);[Red](#,##0.00)", XLSX_PLAIN},
        {"\"day\" 0", XLSX_PLAIN},
        {"yyyy\"年\"m\"月\"d\"日\"", XLSX_DATE},
        {"[$-804]yyyy/m/d;@", XLSX_DATE},
        {"mmm", XLSX_DATE},
        {"yyyy-mm-dd hh:mm", XLSX_DATETIME},
        {"h:mm AM/PM", XLSX_TIME},
        {"[h]:mm", XLSX_TIME},
        {"0.0%", XLSX_PERCENT},
        {"@", XLSX_PLAIN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (xlsx_number_style_of(str_of(cases[i].code)) != cases[i].style)
            fail_msg("%s is %d", cases[i].code, xlsx_number_style_of(str_of(cases[i].code)));
    assert_int_equal(xlsx_number_style(14), XLSX_DATE);
    assert_int_equal(xlsx_number_style(31), XLSX_DATE);
    assert_int_equal(xlsx_number_style(10), XLSX_PERCENT);
    assert_int_equal(xlsx_number_style(49), XLSX_PLAIN);
}

static void numbers_are_shown_as_people_see_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum xlsx_style style;
        const char *shown;
    } cases[] = {
        {"1234.5", XLSX_PLAIN, "1234.5"},
        {"0.30000000000000004", XLSX_PLAIN, "0.3"},
        {"1.0E3", XLSX_PLAIN, "1000"},
        {"231282600101001", XLSX_PLAIN, "231282600101001"},
        {"2.3128219900101101E+17", XLSX_PLAIN, "2.31282E+17"},
        {"231282199001011008", XLSX_PLAIN, "2.31282E+17"},
        {"-5", XLSX_PLAIN, "-5"},
        {"45301", XLSX_DATE, "2024-01-10"},
        {"1", XLSX_DATE, "1900-01-01"},
        {"59", XLSX_DATE, "1900-02-28"},
        {"61", XLSX_DATE, "1900-03-01"},
        {"45301.395833333336", XLSX_DATETIME, "2024-01-10 09:30:00"},
        {"45301.99999999", XLSX_DATETIME, "2024-01-11"},
        {"0.5", XLSX_TIME, "12:00:00"},
        {"-3", XLSX_DATE, "-3"},
        {"9999999", XLSX_DATE, "9999999"},
        {"#REF!", XLSX_PLAIN, "#REF!"},
        {"", XLSX_PLAIN, ""},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str got = xlsx_number_show(a, str_of(cases[i].text), cases[i].style, false);
        if (!str_equal(got, str_of(cases[i].shown)))
            fail_msg("%s: " STR_FMT, cases[i].text, STR_ARG(got));
    }
    assert_true(str_equal(xlsx_number_show(a, STR("43839"), XLSX_DATE, true), STR("2024-01-10")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pitfalls_of_a_real_sheet),
        cmocka_unit_test(a_vertical_merge_counts_for_every_row),
        cmocka_unit_test(each_writer_is_read_alike),
        cmocka_unit_test(the_workbooks_of_the_contracting_standard),
        cmocka_unit_test(what_is_cut_or_changed_is_broken_and_says_so),
        cmocka_unit_test(formats_that_are_dates),
        cmocka_unit_test(numbers_are_shown_as_people_see_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
