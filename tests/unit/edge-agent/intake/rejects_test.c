/* The report of refused rows is mended in a spreadsheet program and dropped again: just those rows
 * arrive. */
#include "edge-agent/intake/rejects.h"

#include "common/sheet/book.h"
#include "tests/unit/edge-agent/fixture.h"

#define HEADER "证件号码,姓名,死亡日期,来源,登记日期\n"
#define DONE "drop/done/202609/"

static int make(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    site_make(s, SOURCE_DIR, 3);
    *state = s;
    return 0;
}

static int drop(void **state)
{
    site_remove(*state);
    free(*state);
    return 0;
}

static const char *citizen(struct site *s, int n)
{
    char id[19];
    site_citizen(n, id);
    return str_copy_z(s->arena, str_of(id));
}

static const struct import_entry *import_bytes(struct site *s, const char *name, struct str bytes)
{
    struct drop_file f = site_drop(s, name, bytes);
    site_fine(import_file(s->import, &f));
    return import_current(s->import);
}

/* What a person does: `wrong` becomes `right` in every cell, the rest is saved as it is. */
struct mend {
    const char *wrong, *right;
};

static struct str mended(struct site *s, const char *relative, const struct mend *mends, size_t n)
{
    struct arena *a = s->arena;
    const char *path = str_copy_z(a, str_format(a, "%s/mended.xlsx", s->folder));
    struct problem_list problems;
    struct format *f;
    struct format_row row;
    struct str bytes;
    struct book *b = book_open(path);
    uint32_t sheet = UINT32_MAX;
    size_t at = 0;
    struct format_bytes *source = NEW(a, struct format_bytes);
    *source = format_whole_bytes(site_read(s, relative));
    problem_list_init(&problems, a, 10);
    site_fine(format_open(&source->source, a, &problems, &f));
    while (format_next_row(f, &problems, &row) == OK) {
        struct book_cell cells[64] = {0};
        if (row.sheet != sheet)
            at = book_add_sheet(b, row.sheet_name);
        sheet = row.sheet;
        for (size_t i = 0; i < row.count; i++) {
            cells[i].text = row.cells[i];
            for (size_t k = 0; k < n; k++)
                if (str_equal(row.cells[i], str_of(mends[k].wrong)))
                    cells[i].text = str_of(mends[k].right);
        }
        book_row(b, at, cells, row.count);
    }
    format_close(f);
    site_fine(book_close(b));
    site_fine(file_read(path, 1 << 20, a, &bytes));
    return bytes;
}

static struct str deaths(struct site *s)
{
    struct buf b;
    buf_init(&b, s->arena);
    buf_put_z(&b, HEADER);
    buf_format(&b, "%s,张一,2026-01-02,公安,\n", citizen(s, 1));
    buf_format(&b, "%s,张二,2026-13-02,来路不明,=1+1\n", citizen(s, 2));
    buf_format(&b, "%s,张三,2026-01-02,公安,\n", citizen(s, 3));
    buf_format(&b, "2.31282E+17,张四,2026-01-02,公安,\n");
    return buf_str(&b);
}

static void mending_and_dropping_again_imports_just_those_rows(void **state)
{
    struct site *s = *state;
    const struct mend mends[] = {{"2026-13-02", "2026-12-02"},
                                 {"来路不明", "公安"},
                                 {"=1+1", ""},
                                 {"2.31282E+17", citizen(s, 4)}};
    const struct import_entry *e = import_bytes(s, "死亡.csv", deaths(s));
    assert_int_equal(e->accepted, 2);
    assert_int_equal(e->rejected, 2);
    struct str book = mended(s, DONE "死亡.csv.退回.xlsx", mends, COUNT_OF(mends));
    e = import_bytes(s, "死亡.csv.退回.xlsx", book);
    assert_true(str_equal(e->dataset, STR("death")));
    assert_int_equal(e->rows, 2);
    assert_int_equal(e->accepted, 2);
    assert_int_equal(e->listed, 0); /* not even a reminder of our own columns and sheet */
    assert_string_equal(site_outbox(s),
                        "records death 2,4; end death 4=2+2 fen=0; records death 2,3; end death "
                        "2=2+0 fen=0; ");
}

/* Mended badly, the second report looks like the first, and still knows the first file's rows. */
static void a_report_of_a_report_has_the_same_columns(void **state)
{
    struct site *s = *state;
    const struct mend mends[] = {{"2026-13-02", "2026-12-02"}, {"=1+1", ""}};
    import_bytes(s, "死亡.csv", deaths(s));
    struct str once = mended(s, DONE "死亡.csv.退回.xlsx", mends, COUNT_OF(mends));
    const struct import_entry *e = import_bytes(s, "死亡.csv.退回.xlsx", once);
    assert_int_equal(e->rejected, 2);
    assert_true(
        str_equal(e->archive, STR("done/202609/死亡.csv.退回-2.xlsx"))); /* beside the first */
    struct str report = site_read_book(s, DONE "死亡.csv.退回-2.xlsx.退回.xlsx");
    struct str first = str_cut(&report, '\n');
    assert_true(str_equal(
        first, STR("退回 | 证件号码 | 姓名 | 死亡日期 | 来源 | 登记日期 | 原行号 | 退回原因")));
    struct str row = str_cut(&report, '\n');
    assert_true(str_contains(row, STR("| 来路不明 |")));
    assert_true(str_contains(row, STR("| 3 | 来源：“死亡信息来源”中没有这一项")));
    row = str_cut(&report, '\n');
    assert_true(str_contains(
        row,
        STR("2.31282E+17 | 张四 | 2026-01-02 | 公安 |  | 5 | 证件号码：号码变成了科学计数法")));
}

static void gb18030_and_other_columns_are_kept(void **state)
{
    struct site *s = *state;
    /* "证件号码,姓名,死亡日期,来源,备注" and a row without a name, in GB18030 */
    static const char header[] =
        "\xD6\xA4\xBC\xFE\xBA\xC5\xC2\xEB,\xD0\xD5\xC3\xFB,\xCB\xC0\xCD\xF6"
        "\xC8\xD5\xC6\xDA,\xC0\xB4\xD4\xB4,\xB1\xB8\xD7\xA2\n";
    struct buf b;
    buf_init(&b, s->arena);
    buf_put_z(&b, header);
    buf_format(&b, "%s,,2026-01-02,\xB9\xAB\xB0\xB2,\xBC\xD7\n", citizen(s, 1));
    const struct import_entry *e = import_bytes(s, "死亡.csv", buf_str(&b));
    assert_int_equal(e->rejected, 1);
    struct str report = site_read_book(s, DONE "死亡.csv.退回.xlsx");
    assert_true(str_contains(
        report, STR("退回 | 证件号码 | 姓名 | 死亡日期 | 来源 | 备注 | 原行号 | 退回原因\n")));
    assert_true(
        str_contains(report, STR(" |  | 2026-01-02 | 公安 | 甲 | 2 | 姓名：此列必填，不能为空\n")));
}

/* A workbook of three sheets: one without a fault has no place in the report. */
static void sheets_keep_their_names(void **state)
{
    struct site *s = *state;
    const char *path = str_copy_z(s->arena, str_format(s->arena, "%s/three.xlsx", s->folder));
    static const char *const names[] = {"一月", "二月", "三月"};
    static const struct str head[] = {STR_INIT("证件号码"), STR_INIT("姓名"), STR_INIT("死亡日期"),
                                      STR_INIT("来源")};
    struct book *b = book_open(path);
    struct str bytes;
    for (size_t i = 0; i < 3; i++) {
        size_t sheet = book_add_sheet(b, str_of(names[i]));
        struct book_cell cells[4] = {0};
        book_row(b, sheet, &(struct book_cell){.text = STR("死亡登记表")}, 1); /* a title */
        for (size_t k = 0; k < 4; k++)
            cells[k].text = head[k];
        book_row(b, sheet, cells, 4);
        cells[0].text = str_of(citizen(s, (int)i));
        cells[1].text = STR("王某");
        cells[2].text = i == 1 ? STR("2026-01-02") : STR("2026-02-30");
        cells[3].text = STR("公安");
        book_row(b, sheet, cells, 4);
    }
    site_fine(book_close(b));
    site_fine(file_read(path, 1 << 20, s->arena, &bytes));
    const struct import_entry *e = import_bytes(s, "死亡.xlsx", bytes);
    assert_int_equal(e->rejected, 2);
    struct str report = site_read_book(s, DONE "死亡.xlsx.退回.xlsx");
    assert_true(str_contains(report, STR("一月 | 证件号码")));
    assert_false(str_contains(report, STR("二月 | ")));
    assert_true(str_contains(report, STR("三月 | 证件号码")));
    assert_true(str_contains(report, STR("| 3!3 | 死亡日期：没有这一天")));
    const struct mend mends[] = {{"2026-02-30", "2026-02-27"}};
    e = import_bytes(s, "改.xlsx", mended(s, DONE "死亡.xlsx.退回.xlsx", mends, 1));
    assert_int_equal(e->accepted, 2);
    assert_int_equal(e->rejected, 0);
}

static void more_refused_rows_than_a_page_all_stand_in_it(void **state)
{
    struct site *s = *state;
    struct buf b;
    buf_init(&b, s->arena);
    buf_put_z(&b, HEADER);
    for (int i = 0; i < 350; i++)
        buf_format(&b, "%s,张%d,2026-02-30,公安,\n", citizen(s, i), i);
    const struct import_entry *e = import_bytes(s, "死亡.csv", buf_str(&b));
    assert_int_equal(e->rejected, 350);
    const struct mend mends[] = {{"2026-02-30", "2026-02-27"}};
    e = import_bytes(s, "改.xlsx", mended(s, DONE "死亡.csv.退回.xlsx", mends, 1));
    assert_int_equal(e->accepted, 350);
    assert_int_equal(e->listed, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(mending_and_dropping_again_imports_just_those_rows),
        CASE(a_report_of_a_report_has_the_same_columns),
        CASE(gb18030_and_other_columns_are_kept),
        CASE(sheets_keep_their_names),
        CASE(more_refused_rows_than_a_page_all_stand_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
