#include "tests/unit/edge-agent/fixture.h"

#define HEADER "证件号码,姓名,死亡日期,来源,登记日期\n"

static void put_person(struct buf *b, int n, const char *rest)
{
    char id[19];
    site_citizen(n, id);
    buf_format(b, "%s,%s\n", id, rest);
}

/* Rows 4 to 18; refused: 6, 9, 12; skipped: 14 (totals), 18 (totals); empty: 8. */
static struct str sample(struct arena *a)
{
    struct buf b;
    buf_init(&b, a);
    buf_put_z(&b, "\xEF\xBB\xBF肇东市死亡登记表\n制表单位：民政局,,,,\n" HEADER);
    put_person(&b, 1, "张一,2026-01-02,公安,2026-01-05");
    put_person(&b, 2, "张二,2026.01.03,公安,");
    buf_put_z(&b, "2.31282E+17,张三,2026-01-02,公安,\n");
    put_person(&b, 4, "\"张\n四\",2026年1月3日,民政殡葬,");
    buf_put_z(&b, " , ,,,\n");
    put_person(&b, 6, ",2026-01-02,公安,");
    put_person(&b, 7, "张七,20260102,公安,");
    put_person(&b, 8, "张八,2026/1/2,公安,");
    put_person(&b, 9, "张九,2026-13-02,来路不明,");
    put_person(&b, 10, "张十,2026-01-02,公安,");
    buf_put_z(&b, "合　计,,,,\n");
    put_person(&b, 11, "李一,2026-01-02,公安,");
    put_person(&b, 12, "李二,2026-01-02,公安,");
    put_person(&b, 13, "李三,2026-01-02,公安,");
    buf_put_z(&b, "总计：,8,,,\n");
    return buf_str(&b);
}

#define SAMPLE_ROWS                                                                                \
    "records death 4,5,7; records death 10,11,13; records death 15,16,17; end death 12=9+3 "       \
    "fen=0; "
#define SAMPLE_OUTBOX SAMPLE_ROWS "quality death totals=2; "

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

static void reads_a_file_and_puts_it_away(void **state)
{
    struct site *s = *state;
    struct drop_file f = site_drop(s, "死亡.csv", sample(s->arena));
    site_fine(import_file(s->import, &f));
    const struct import_entry *e = import_current(s->import);
    assert_int_equal(e->state, IMPORT_ARCHIVED);
    assert_string_equal(site_outbox(s), SAMPLE_OUTBOX);
    assert_int_equal(e->rows, 12);
    assert_int_equal(e->accepted, 9);
    assert_int_equal(e->rejected, 3);
    assert_int_equal(e->skipped, 2);
    assert_true(str_equal(e->encoding, STR("UTF-8 BOM")));
    assert_false(site_has(s, "drop/死亡.csv"));
    assert_true(site_has(s, "drop/done/202609/死亡.csv"));
}

/* BLESS=1 writes what is expected anew; to be reviewed like code. */
static void reports_what_it_refused_and_why(void **state)
{
    struct site *s = *state;
    const char *golden = SOURCE_DIR "/tests/golden/format/death.退回.txt";
    struct drop_file f = site_drop(s, "死亡.csv", sample(s->arena));
    struct str expected;
    site_fine(import_file(s->import, &f));
    struct str report = site_read_book(s, "drop/done/202609/死亡.csv.退回.xlsx");
    if (getenv("BLESS"))
        site_fine(file_replace(golden, report, 0644));
    site_fine(file_read(golden, 1 << 20, s->arena, &expected));
    assert_string_equal(str_copy_z(s->arena, report), str_copy_z(s->arena, expected));
}

struct fuse {
    int left;
    enum err e;
};

static enum err burn(void *context)
{
    struct fuse *f = context;
    return --f->left == 0 ? (fail)(f->e, "the power is gone") : OK;
}

/* Dies at the nth durable step of an import, comes back, and goes on: rows are there exactly once.
 */
struct sheet { /* a file and what becomes of it */
    const char *name, *path, *put_away, *report, *outbox;
    uint64_t listed;
};

static bool survives(struct site *s, const struct sheet *sheet, struct str bytes, int n, enum err e)
{
    struct fuse fuse = {n, e};
    struct drop_file f = site_drop(s, sheet->name, bytes);
    db_set_fault(s->db, burn, &fuse);
    enum err first = import_file(s->import, &f);
    if (first != OK)
        assert_int_equal(first, e);
    site_die(s);
    site_live(s);
    site_fine(import_recover(s->import));
    if (site_has(s, sheet->path))
        site_fine(import_file(s->import, &f));
    assert_string_equal(site_outbox(s), sheet->outbox);
    assert_true(site_has(s, sheet->put_away));
    assert_true(site_has(s, sheet->report));
    struct import_entry *entries;
    size_t count = 0;
    site_fine(ledger_list(s->ledger, 0, 10, s->arena, &entries, &count));
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].state, IMPORT_ARCHIVED);
    assert_int_equal(entries[0].listed, sheet->listed);
    return first == OK;
}

static void survives_everywhere(const struct sheet *sheet, struct str bytes, size_t chunk_rows)
{
    static const enum err deaths[] = {ERR_IO, ERR_FULL, ERR_BUSY};
    for (size_t d = 0; d < COUNT_OF(deaths); d++) {
        int n = 1;
        bool is_done = false;
        for (; !is_done; n++) {
            struct site s;
            site_make(&s, SOURCE_DIR, chunk_rows);
            is_done = survives(&s, sheet, bytes, n, deaths[d]);
            site_remove(&s);
        }
        assert_true(n > 20); /* the fault really was at some twenty steps */
    }
}

static void loses_and_doubles_nothing_wherever_it_dies(void **state)
{
    (void)state;
    static const struct sheet csv = {"死亡.csv",
                                     "drop/死亡.csv",
                                     "drop/done/202609/死亡.csv",
                                     "drop/done/202609/死亡.csv.退回.xlsx",
                                     SAMPLE_OUTBOX,
                                     6};
    struct arena *a = arena_new(1 << 20);
    survives_everywhere(&csv, sample(a), 3);
    arena_free(a);
}

/* Title rows, a hidden row, a number that lost its digits, a formula without its result, a totals
 * row, a sheet of notes, and a second sheet with the columns in another order. */
static void reads_the_sheets_of_a_workbook_wherever_it_dies(void **state)
{
    (void)state;
    static const struct sheet book = {
        "死亡.xlsx",
        "drop/死亡.xlsx",
        "drop/done/202609/死亡.xlsx",
        "drop/done/202609/死亡.xlsx.退回.xlsx",
        "records death 4; records death 6; records death 7; records death 20000002; "
        "end death 6=4+2 fen=0; quality death totals=1; ",
        6};
    struct arena *a = arena_new(1 << 20);
    struct str bytes;
    site_fine(file_read(SOURCE_DIR "/tests/data/xlsx/pitfalls.xlsx", 1 << 20, a, &bytes));
    survives_everywhere(&book, bytes, 1);
    arena_free(a);
}

static void tells_where_in_a_workbook_a_fault_is(void **state)
{
    struct site *s = *state;
    struct str bytes;
    site_fine(file_read(SOURCE_DIR "/tests/data/xlsx/pitfalls.xlsx", 1 << 20, s->arena, &bytes));
    struct drop_file f = site_drop(s, "死亡.xlsx", bytes);
    site_fine(import_file(s->import, &f));
    assert_true(str_equal(import_current(s->import)->encoding, STR("XLSX")));
    struct str report = site_read_book(s, "drop/done/202609/死亡.xlsx.退回.xlsx");
    static const char *const lines[] = {
        "退回说明 | 提醒 |  |  |  |  | 工作表“草稿”是隐藏的，没有读取 |",
        "退回说明 | 提醒 | 5 |  |  |  | 从这一行起有隐藏行",
        "退回说明 | 退回 | 5 | 1 | 证件号码 | 4.40524E+17 | 号码变成了科学计数法",
        "退回说明 | 提醒 | 7 | 3 | 死亡日期 | 45352 | 这是表格软件的日期序号，已读作 2024-03-01",
        "退回说明 | 退回 | 8 | 3 |  |  | 这一格是公式，但文件里没有保存计算结果",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (!str_contains(report, str_of(lines[i])))
            fail_msg("%s is not in " STR_FMT, lines[i], STR_ARG(report));
}

static void moves_the_file_again_when_it_died_before_the_move(void **state)
{
    struct site *s = *state;
    struct drop_file f = site_drop(s, "死亡.csv", sample(s->arena));
    site_fine(import_file(s->import, &f));
    site_fine(db_exec(s->db, STR("UPDATE import SET state = 'imported'")));
    site_fine(file_remove(
        str_copy_z(s->arena, str_format(s->arena, "%s/drop/done/202609/死亡.csv", s->folder))));
    f = site_drop(s, "死亡.csv", sample(s->arena));
    site_fine(import_file(s->import, &f));
    assert_string_equal(site_outbox(s), SAMPLE_OUTBOX);
    assert_true(site_has(s, "drop/done/202609/死亡.csv"));
    assert_int_equal(import_current(s->import)->state, IMPORT_ARCHIVED);
}

static void says_when_the_same_file_comes_again(void **state)
{
    struct site *s = *state;
    struct drop_file f = site_drop(s, "a.csv", sample(s->arena));
    site_fine(import_file(s->import, &f));
    f = site_drop(s, "a.csv", sample(s->arena));
    site_fine(import_file(s->import, &f));
    assert_true(str_contains(import_current(s->import)->note_zh, STR("完全相同")));
    assert_string_equal(site_outbox(s),
                        SAMPLE_OUTBOX SAMPLE_ROWS "quality death dated=1 old=1 totals=2; ");
    assert_true(site_has(s, "drop/done/202609/a.csv"));
    assert_true(site_has(s, "drop/done/202609/a-2.csv"));
}

static void begins_anew_when_the_file_is_replaced_while_read(void **state)
{
    struct site *s = *state;
    struct drop_file f = site_drop(s, "a.csv", sample(s->arena));
    site_fine(import_begin(s->import, &f));
    site_fine(import_step(s->import));
    assert_true(import_is_reading(s->import));
    struct buf other;
    buf_init(&other, s->arena);
    buf_put_z(&other, HEADER);
    put_person(&other, 1, "张一,2026-01-02,公安,2026-01-05");
    struct drop_file g = site_drop(s, "a.csv", buf_str(&other));
    site_fine(import_step(s->import));
    assert_false(import_is_reading(s->import));
    assert_int_equal(import_current(s->import)->state, IMPORT_ABANDONED);
    site_fine(import_file(s->import, &g));
    assert_int_equal(import_current(s->import)->state, IMPORT_ARCHIVED);
    /* control totals close what was sent of the first file */
    assert_string_equal(site_outbox(s), "records death 4,5,7; end death 4=3+1 fen=0; "
                                        "records death 2; end death 1=1+0 fen=0; ");
}

static void lets_go_of_a_file_that_vanished(void **state)
{
    struct site *s = *state;
    struct drop_file f = site_drop(s, "a.csv", sample(s->arena));
    site_fine(import_begin(s->import, &f));
    site_fine(import_step(s->import));
    site_die(s);
    site_fine(file_remove(f.path));
    site_live(s);
    site_fine(import_recover(s->import));
    assert_string_equal(site_outbox(s), "records death 4,5,7; end death 4=3+1 fen=0; ");
}

static void refuses_bad_files_with_a_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code, *words;
    } cases[] = {
        {"", "file.empty", "空"},
        {"PK\x03\x04 a workbook", "file.foreign", "Excel"},
        {"甲,乙,丙\n1,2,3\n", "header.unknown", "没有找到"},
        {"证件号码,姓名,来源\n1,2,3\n", "header.unknown", "死亡日期"},
        {"证件号码,身份证号,姓名,死亡日期,来源\n1,2,3,4,5\n", "mapping.twice", "证件号码"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct site s;
        struct problem_list list;
        site_make(&s, SOURCE_DIR, 3);
        struct drop_file f = site_drop(&s, "a.csv", str_of(cases[i].text));
        site_fine(import_file(s.import, &f));
        const struct import_entry *e = import_current(s.import);
        assert_int_equal(e->state, IMPORT_REFUSED);
        if (!str_contains(e->note_zh, str_of(cases[i].words)))
            fail_msg("%zu: " STR_FMT, i, STR_ARG(e->note_zh));
        assert_string_equal(site_outbox(&s), "");
        assert_true(site_has(&s, "drop/refused/a.csv"));
        assert_true(site_has(&s, "drop/refused/a.csv.退回.xlsx"));
        problem_list_init(&list, s.arena, 100);
        site_fine(ledger_problems(s.ledger, e->id, 0, 100, &list));
        assert_true(list.items.count > 0);
        site_remove(&s);
    }
}

static void refuses_the_rows_behind_another_header(void **state)
{
    struct site *s = *state;
    struct buf b;
    struct problem_list list;
    buf_init(&b, s->arena);
    buf_put_z(&b, HEADER);
    put_person(&b, 1, "张一,2026-01-02,公安,");
    buf_put_z(&b, HEADER); /* the same once more: skipped */
    put_person(&b, 2, "张二,2026-01-02,公安,");
    buf_put_z(&b, "姓名,证件号码,死亡日期,来源,登记日期\n");
    buf_put_z(&b, "张三,231282195001010013,2026-01-02,公安,\n");
    struct drop_file f = site_drop(s, "a.csv", buf_str(&b));
    site_fine(import_file(s->import, &f));
    const struct import_entry *e = import_current(s->import);
    assert_string_equal(site_outbox(s), "records death 2,4; end death 3=2+1 fen=0; ");
    assert_int_equal(e->header_changed, 5);
    problem_list_init(&list, s->arena, 10);
    site_fine(ledger_problems(s->ledger, e->id, 0, 10, &list));
    assert_int_equal(list.items.count, 2);
    assert_true(str_equal(list.items.at[0].code, STR("header.again")));
    assert_true(str_equal(list.items.at[1].code, STR("header.changed")));
    assert_int_equal(list.items.at[1].line, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)
        CASE(reads_a_file_and_puts_it_away),
        CASE(reports_what_it_refused_and_why),
        cmocka_unit_test(loses_and_doubles_nothing_wherever_it_dies),
        cmocka_unit_test(reads_the_sheets_of_a_workbook_wherever_it_dies),
        CASE(tells_where_in_a_workbook_a_fault_is),
        CASE(moves_the_file_again_when_it_died_before_the_move),
        CASE(says_when_the_same_file_comes_again),
        CASE(begins_anew_when_the_file_is_replaced_while_read),
        CASE(lets_go_of_a_file_that_vanished),
        cmocka_unit_test(refuses_bad_files_with_a_sentence),
        CASE(refuses_the_rows_behind_another_header),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
