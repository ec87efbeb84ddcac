/* Old workbooks (XLS) of several writers, and what only bears the name. */
#include "tests/unit/edge-agent/fixture.h"

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

static const struct import_entry *take(struct site *s, const char *name, struct str bytes)
{
    struct drop_file f = site_drop(s, name, bytes);
    site_fine(import_file(s->import, &f));
    assert_false(site_has(s, "drop/.xls-copy.xlsx")); /* nothing is left of the copy */
    return import_current(s->import);
}

static struct str sample(struct site *s, const char *name)
{
    struct str bytes;
    site_fine(file_read(
        str_copy_z(s->arena, str_format(s->arena, "%s/tests/data/xls/%s", SOURCE_DIR, name)),
        1 << 20, s->arena, &bytes));
    return bytes;
}

static void sheets_rows_and_dates_keep_their_places(void **state)
{
    struct site *s = *state;
    const struct import_entry *e = take(s, "死亡.xls", sample(s, "deaths.xls"));
    assert_true(str_equal(e->dataset, STR("death")));
    assert_true(str_equal(e->encoding, STR("XLS")));
    assert_int_equal(e->accepted, 4);
    assert_int_equal(e->rejected, 1); /* a number that lost its digits */
    assert_string_equal(site_outbox(s), "records death 3,4,7; records death 10000002; end death "
                                        "5=4+1 fen=0; ");
    struct str report = site_read_book(s, "drop/done/202609/死亡.xls.退回.xlsx");
    assert_true(str_contains(report, STR("4.40524E+17 | 张三 | 2026-01-03 | 公安")));
    assert_true(str_contains(report, STR("号码变成了科学计数法")));
}

static void every_writer_gives_the_same_records(void **state)
{
    struct site *s = *state;
    static const char *const names[] = {"contracts.xls", "contracts-sheetjs.xls"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct import_entry *e = take(s, names[i], sample(s, names[i]));
        if (e->accepted != 2 || e->rejected != 0 || e->skipped != 1 || e->sum_fen != 300050)
            fail_msg("%s: %d accepted, %d refused, " STR_FMT, names[i], (int)e->accepted,
                     (int)e->rejected, STR_ARG(e->note_zh));
    }
}

/* What a file is, its bytes say. */
static void names_do_not_matter(void **state)
{
    struct site *s = *state;
    const struct import_entry *e =
        take(s, "合同.xls", STR("合同编号,签订日期,合同金额,合同相对方\nH1,2026-09-01,1,甲\n"));
    assert_int_equal(e->accepted, 1);
    assert_true(str_equal(e->encoding, STR("UTF-8")));
    e = take(s, "合同.csv", sample(s, "contracts.xls"));
    assert_int_equal(e->accepted, 2);
    assert_true(str_equal(e->encoding, STR("XLS")));
    e = take(s, "网页.xls",
             STR("<html><body><table><tr><td>合同编号</td></tr></table></body></html>"));
    assert_int_equal(e->state, IMPORT_REFUSED);
    assert_true(str_contains(e->note_zh, STR("网页")));
    assert_true(str_contains(e->note_zh, STR("另存为")));
}

/* Cut anywhere, and with any block of it spoiled: said, and the agent lives. */
static void a_spoiled_workbook_is_refused_or_read(void **state)
{
    struct site *s = *state;
    struct str whole = sample(s, "deaths.xls");
    char *bytes = arena_take(s->arena, whole.len);
    for (size_t i = 0; i < 24; i++) {
        const char *name = str_copy_z(s->arena, str_format(s->arena, "%zu.xls", i));
        memcpy(bytes, whole.ptr, whole.len);
        size_t len = i < 8 ? whole.len * (i + 1) / 9 : whole.len;
        if (i >= 8)
            memset(bytes + 8 + whole.len * (i - 8) / 17, 0xFF, 40);
        take(s, name, str_make(bytes, len));
    }
    const struct import_entry *e = take(s, "死亡.xls", whole);
    assert_int_equal(e->accepted, 4);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(sheets_rows_and_dates_keep_their_places),
        CASE(every_writer_gives_the_same_records),
        CASE(names_do_not_matter),
        CASE(a_spoiled_workbook_is_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
