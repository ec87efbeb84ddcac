/* Group Q at the edge: totals against rows, deletions said and unsaid, what is filled in later. */
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

static const struct import_entry *take(struct site *s, const char *name, const char *text)
{
    struct drop_file f = site_drop(s, name, str_of(text));
    site_fine(import_file(s->import, &f));
    return import_current(s->import);
}

/* The sentence that was said under this code about the file read last; empty: none. */
static struct str said(struct site *s, const char *code)
{
    struct problem_list *list = NEW(s->arena, struct problem_list);
    problem_list_init(list, s->arena, 100);
    site_fine(ledger_problems(s->ledger, import_current(s->import)->id, 0, 100, list));
    for (size_t i = 0; i < list->items.count; i++)
        if (str_equal(list->items.at[i].code, str_of(code)))
            return list->items.at[i].zh;
    return STR_NONE;
}

#define CONTRACTS "合同编号,签订日期,合同金额,合同相对方\n"

static void a_total_that_does_not_agree_is_said_with_both_numbers(void **state)
{
    struct site *s = *state;
    const struct import_entry *e =
        take(s, "a.csv",
             CONTRACTS "H1,2026-09-01,\"1,000.50\",甲公司\n"
                       "H2,2026-09-02,2000,乙公司\n"
                       "小计,,3000.50,\n"
                       "H3,2026-09-41,100,丙公司\n" /* refused, and counted */
                       "合计,,\"3,200.50\",\n");
    assert_int_equal(e->accepted, 2);
    assert_true(str_equal(
        said(s, "totals.differ"),
        STR("合计写的是 3,200.50，逐行相加是 3100.50；请核对有没有漏行、重行或填错的金额")));
    assert_string_equal(site_outbox(s), "records contract 2,3; end contract 3=2+1 fen=300050; "
                                        "quality contract totals=1 totals_wrong=1; ");
}

static void a_total_that_agrees_is_no_matter(void **state)
{
    struct site *s = *state;
    take(s, "a.csv",
         CONTRACTS "H1,2026-09-01,1000.50,甲公司\nH2,2026-09-02,2000,乙公司\n合　计,,3000.5,\n");
    assert_int_equal(said(s, "totals.differ").len, 0);
    /* an amount under 万元 is counted in its own unit */
    take(s, "b.csv",
         "合同编号,签订日期,合同金额(万元),合同相对方\nH3,2026-09-01,1.5,甲\nH4,2026-09-01,2,"
         "乙\n总计,,3.5,\n");
    assert_int_equal(said(s, "totals.differ").len, 0);
}

static void a_deletion_says_its_key_and_why(void **state)
{
    struct site *s = *state;
    const struct import_entry *e = take(s, "a.csv",
                                        "操作,合同编号,签订日期,合同金额,合同相对方,删除说明\n"
                                        "新增,H1,2026-09-01,1000,甲公司,\n"
                                        "删除,H2,,,,重复登记\n"
                                        "删除,H3,坏日期,,,重复登记\n" /* only the key counts */
                                        "删除,H4,,,,\n"
                                        "变更,H1,2026-09-01,1100,甲公司,\n"
                                        "删除,,,,,没有编号\n"
                                        "销号,H6,2026-09-01,1,甲,\n");
    assert_int_equal(e->accepted, 5);
    assert_int_equal(e->rejected, 2);
    assert_true(str_contains(said(s, "delete.unexplained"), STR("没有写明原因")));
    assert_true(str_contains(said(s, "delete.key"), STR("主键")));
    assert_true(str_contains(said(s, "op.unknown"), STR("应为新增、变更或删除")));
    assert_string_equal(site_outbox(s),
                        "records contract 2; delete contract 3,4 (重复登记); delete contract 5; "
                        "records contract 6; end contract 7=5+2 fen=210000; quality contract "
                        "deleted=3 unexplained=1; ");
}

#define UNITS "单位编码,单位名称,类别\n"

static void rows_that_go_without_a_word_are_asked_about(void **state)
{
    struct site *s = *state;
    take(s, "一.csv", UNITS "U1,财政局,部门\nU2,教育局,部门\nU3,民政局,部门\nU4,水务局,部门\n");
    assert_int_equal(said(s, "whole.missing").len, 0);
    take(s, "二.csv", UNITS "U1,财政局,部门\nU3,民政局,不是类别\n"); /* refused, but there */
    assert_true(str_contains(said(s, "whole.missing"), STR("以前报过的 2 行这次没有")));
    assert_true(str_contains(said(s, "whole.missing"), STR("“一.csv”第 3 行")));
    /* what is said to be deleted, and what comes back, is asked no more */
    take(s, "三.csv",
         "单位编码,单位名称,类别,操作,删除说明\nU1,财政局,部门,,\nU2,,,删除,机构改革撤并\nU3,"
         "民政局,部门,,\n");
    assert_true(str_contains(said(s, "whole.missing"), STR("以前报过的 1 行这次没有")));
    take(s, "四.csv", UNITS "U1,财政局,部门\nU3,民政局,部门\nU4,水务局,部门\n");
    assert_int_equal(said(s, "whole.missing").len, 0);
}

/* The mended report of a whole list is not the whole list. */
static void a_mended_report_lacks_nothing(void **state)
{
    struct site *s = *state;
    take(s, "一.csv", UNITS "U1,财政局,部门\nU2,教育局,部门\nU3,民政局,部门\n");
    take(s, "改.csv", "单位编码,单位名称,类别,原行号,退回原因\nU4,水务局,部门,9,类别：不对\n");
    assert_int_equal(said(s, "whole.missing").len, 0);
}

static void what_is_filled_in_long_afterwards_is_said(void **state)
{
    struct site *s = *state; /* 2026-09-21; three months are the limit */
    take(s, "一.csv", CONTRACTS "H1,2020-01-01,1,甲\nH2,2020-01-02,1,甲\n");
    assert_int_equal(said(s, "rows.old").len, 0); /* a first file brings the past along */
    take(s, "二.csv", CONTRACTS "H3,2026-09-01,1,甲\nH4,2026-06-23,1,甲\n"); /* 90 days exactly */
    assert_int_equal(said(s, "rows.old").len, 0);
    take(s, "三.csv", CONTRACTS "H5,2026-09-01,1,甲\nH6,2026-06-22,1,甲\n");
    assert_true(str_contains(said(s, "rows.old"), STR("2 行中有 1 行是 90 天以前的事")));
}

static void another_header_than_last_time_is_said(void **state)
{
    struct site *s = *state;
    take(s, "一.csv", CONTRACTS "H1,2026-09-01,1,甲\n");
    take(s, "二.csv",
         "合同相对方,★合同编号,签订日期,合同金额\n甲,H2,2026-09-01,1\n"); /* another order */
    assert_int_equal(said(s, "header.drift").len, 0);
    take(s, "三.csv", "合同编号,签订日期,合同金额,乙方,工期\nH3,2026-09-01,1,甲,30\n");
    assert_true(str_contains(said(s, "header.drift"),
                             STR("表头与上次的“二.csv”不同：多了 乙方、工期，少了 合同相对方。")));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_total_that_does_not_agree_is_said_with_both_numbers),
        CASE(a_total_that_agrees_is_no_matter),
        CASE(a_deletion_says_its_key_and_why),
        CASE(rows_that_go_without_a_word_are_asked_about),
        CASE(a_mended_report_lacks_nothing),
        CASE(what_is_filled_in_long_afterwards_is_said),
        CASE(another_header_than_last_time_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
