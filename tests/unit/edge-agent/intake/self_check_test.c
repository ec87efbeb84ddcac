#include "edge-agent/selfcheck/self_check.h"

#include "common/rules/rule.h"
#include "edge-agent/selfcheck/self_store.h"
#include "tests/unit/edge-agent/fixture.h"

#define TODAY 20260921
#define HEADER "问题编号,措施序号,整改措施,责任单位,到期日期,状态,佐证文件,验收人,验收日期"
#define OPEN_ROW "W-1,1,补签合同,财政所,2026-12-31,整改中,,,\n"
#define BARE_ROW "W-2,1,退回资金,财政所,2026-06-30,销号,,赵一,2026-06-20\n"
#define FINE_ROW "W-3,1,公开账目,财政所,2026-06-30,销号,公示照片,赵一,2026-06-20\n"

static int make(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    site_make(s, SOURCE_DIR, 2); /* three rows are two chunks */
    *state = s;
    return 0;
}

static int drop(void **state)
{
    site_remove(*state);
    free(*state);
    return 0;
}

static void take(struct site *s, const char *name, const char *text)
{
    struct drop_file f = site_drop(s, name, str_of(text));
    site_fine(import_file(s->import, &f));
    assert_int_equal(import_current(s->import)->rejected, 0);
}

static size_t run(struct site *s, int32_t today)
{
    size_t ran = 0;
    site_fine(self_check_run(s->self, today, SITE_NOW, &ran));
    return ran;
}

static struct self_rule last(struct site *s, const char *rule)
{
    struct self_rule r = {0};
    site_fine(self_store_last(s->db, str_of(rule), s->arena, &r));
    return r;
}

static size_t hits_of(struct site *s, const char *rule, struct self_hit **out_hits)
{
    size_t count = 0;
    site_fine(self_store_hits(s->db, str_of(rule), 10, s->arena, out_hits, &count));
    assert_int_equal(count, last(s, rule).hits);
    return count;
}

static int64_t number(struct site *s, const char *sql)
{
    struct db_stmt *st;
    bool has_row = false;
    site_fine(db_prepare(s->db, str_of(sql), &st));
    site_fine(db_step(st, &has_row));
    assert_true(has_row);
    int64_t n = db_column_int(st, 0);
    db_done(st);
    return n;
}

static void says_what_the_unit_may_mend_and_where_it_stands(void **state)
{
    struct site *s = *state;
    struct self_hit *hits = NULL;
    take(s, "整改.csv", HEADER "\n" OPEN_ROW BARE_ROW FINE_ROW);
    assert_true(run(s, TODAY) > 0);
    assert_int_equal(hits_of(s, "X05", &hits), 1);
    assert_true(str_equal(hits[0].subject, STR("退回资金")));
    assert_true(str_contains(hits[0].say_zh, STR("缺佐证文件 是")));
    assert_true(str_contains(hits[0].say_en, STR("the evidence yes")));
    assert_int_equal(hits[0].row_count, 1);
    assert_true(str_equal(hits[0].rows[0].file, STR("整改.csv")));
    assert_int_equal(hits[0].rows[0].row, 3);
    assert_true(str_contains(hits[0].rows[0].shown_zh, STR("问题编号：W-2；")));
    assert_true(str_contains(hits[0].rows[0].shown_en, STR("Problem number: W-2; ")));
    assert_int_equal(last(s, "X05").rows, 3);
    assert_int_equal(last(s, "X05").why.len, 0);
    assert_true(str_equal(last(s, "D02").why, STR("rows"))); /* no decisions here */
}

static void a_correction_takes_it_back_and_a_deletion_too(void **state)
{
    struct site *s = *state;
    struct self_hit *hits = NULL;
    take(s, "整改.csv", HEADER "\n" OPEN_ROW BARE_ROW FINE_ROW);
    run(s, TODAY);
    assert_int_equal(hits_of(s, "X05", &hits), 1);
    take(s, "更正.csv",
         HEADER "\nW-2,1,退回资金,财政所,2026-06-30,销号,银行回单,赵一,2026-06-20\n");
    run(s, TODAY);
    assert_int_equal(hits_of(s, "X05", &hits), 0);
    assert_int_equal(last(s, "X05").rows, 3);
    take(s, "又错.csv", HEADER "\n" BARE_ROW);
    run(s, TODAY);
    assert_int_equal(hits_of(s, "X05", &hits), 1);
    assert_true(str_equal(hits[0].rows[0].file, STR("又错.csv")));
    take(s, "删除.csv",
         HEADER ",操作,删除说明\n"
                "W-2,1,退回资金,财政所,2026-06-30,销号,,赵一,2026-06-20,删除,重复\n");
    run(s, TODAY);
    assert_int_equal(hits_of(s, "X05", &hits), 0);
    assert_int_equal(last(s, "X05").rows, 2);
    assert_int_equal(number(s, "SELECT count(*) FROM rec_rectify"), 2);
    assert_int_equal(number(s, "SELECT count(*) FROM self_hit_row"), 0);
}

static void runs_when_the_day_or_the_rows_are_others(void **state)
{
    struct site *s = *state;
    size_t all = run(s, TODAY);
    assert_int_equal(all, self_check_rule_count(s->self));
    assert_true(all >= 4);
    assert_int_equal(run(s, TODAY), 0);
    take(s, "整改.csv", HEADER "\n" OPEN_ROW);
    assert_int_equal(run(s, TODAY), 1); /* X05 alone reads it */
    site_die(s);
    site_live(s);
    assert_int_equal(run(s, TODAY), 0); /* also after a start */
    assert_int_equal(run(s, TODAY + 1), all);
    site_fine(db_exec(s->db, STR("UPDATE self_rule SET rule_hash = x'00' WHERE rule = 'X05'")));
    site_die(s);
    site_live(s);
    assert_int_equal(run(s, TODAY + 1), 1); /* another declaration */
}

/* On the day when the minutes are due, without a row having come. */
static void a_day_alone_can_bring_a_hit(void **state)
{
    struct site *s = *state;
    struct self_hit *hits = NULL;
    take(s, "决策.csv",
         "决策编号,单位编码,会议名称,会议类型,会议日期,议题名称,事项类别,应到,实到,同意,反对,弃权,"
         "纪要文号\nJ-1,U-1,党组会,党组会,2026-09-01,购置办公设备,重大项目安排,9,9,9,0,0,\n");
    run(s, 20260921);
    assert_int_equal(hits_of(s, "D02", &hits), 0);
    run(s, 20261002);
    assert_int_equal(hits_of(s, "D02", &hits), 1);
    assert_true(str_contains(hits[0].say_zh, STR("无纪要 是")));
}

struct fuse {
    int left;
};

static enum err burn(void *context)
{
    struct fuse *f = context;
    return --f->left == 0 ? (fail)(ERR_IO, "the power is gone") : OK;
}

/* Dies at the nth durable step of import and check. */
static bool survives(struct site *s, int n)
{
    struct fuse fuse = {n};
    size_t ran = 0;
    struct drop_file f = site_drop(s, "a.csv", STR(HEADER "\n" OPEN_ROW BARE_ROW FINE_ROW));
    db_set_fault(s->db, burn, &fuse);
    enum err e = import_file(s->import, &f);
    if (e == OK)
        e = self_check_run(s->self, TODAY, SITE_NOW, &ran);
    bool is_burnt = fuse.left <= 0;
    assert_true(e == OK || is_burnt);
    site_die(s);
    site_live(s);
    site_fine(import_recover(s->import));
    if (site_has(s, "drop/a.csv"))
        site_fine(import_file(s->import, &f));
    run(s, TODAY);
    struct self_hit *hits = NULL;
    assert_int_equal(hits_of(s, "X05", &hits), 1);
    assert_int_equal(hits[0].row_count, 1);
    assert_int_equal(number(s, "SELECT count(*) FROM rec_rectify"), 3);
    assert_int_equal(number(s, "SELECT rows FROM own_dataset WHERE dataset = 'rectify'"), 3);
    return is_burnt;
}

static void rows_and_outbox_are_one_whenever_the_power_goes(void **state)
{
    (void)state;
    bool is_burnt = true;
    int n = 1;
    for (; is_burnt && n < 500; n++) {
        struct site s;
        site_make(&s, SOURCE_DIR, 2);
        is_burnt = survives(&s, n);
        site_remove(&s);
    }
    assert_in_range(n, 10, 499);
}

static void says_so_when_there_was_no_room(void **state)
{
    struct site *s = *state;
    s->own_rows_max = 2;
    site_die(s);
    site_live(s);
    take(s, "整改.csv", HEADER "\n" OPEN_ROW FINE_ROW BARE_ROW);
    run(s, TODAY);
    assert_int_equal(last(s, "X05").rows, 2);
    assert_true(str_equal(last(s, "X05").why, STR("room")));
    assert_int_equal(last(s, "X05").hits, 0);
}

static void keeps_no_rows_that_no_rule_reads(void **state)
{
    struct site *s = *state;
    char id[19];
    site_citizen(1, id);
    take(s, "死亡.csv",
         str_copy_z(
             s->arena,
             str_format(s->arena, "证件号码,姓名,死亡日期,来源\n%s,张一,2026-01-02,公安\n", id)));
    assert_int_equal(number(s, "SELECT count(*) FROM own_dataset"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM sqlite_master WHERE name = 'rec_death'"), 0);
}

/* One person by 15 digits and by 18, two by two numbers; H18 asks for the village, not for them. */
static void a_number_is_one_person(void **state)
{
    struct site *s = *state;
    char id[19], other[19];
    struct self_hit *hits = NULL;
    site_citizen(1, id);
    site_citizen(2, other);
    take(s, "低保.csv",
         str_copy_z(s->arena,
                    str_format(s->arena,
                               "项目编码,户主证件,成员证件,姓名,区划代码,批准日期\n"
                               "低保,%s,%s,张一,231282100001,2026-01-05\n"
                               "耕地地力保护补贴,%.6s%.9s,%.6s%.9s,张一,231282100001,2026-01-05\n"
                               "低保,%s,%s,李二,231282100001,2026-01-06\n",
                               id, id, id, id + 8, id, id + 8, other, other)));
    assert_int_equal(number(s, "SELECT count(*) FROM rec_benefit_enrol"), 3);
    assert_int_equal(number(s, "SELECT count(DISTINCT member_id_person) FROM rec_benefit_enrol"),
                     2);
    assert_int_equal(number(s, "SELECT min(member_id_person) > 0 FROM rec_benefit_enrol"), 1);
    run(s, TODAY);
    assert_int_equal(hits_of(s, "H18", &hits), 2);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < hits[i].row_count; k++)
            assert_false(str_contains(hits[i].rows[k].shown_zh, str_of(id)));
}

/* What the hub compares: the same declaration has the same hash, loaded with all rules or alone. */
static void ran_the_declaration_that_the_hub_has(void **state)
{
    struct site *s = *state;
    struct problem_list problems;
    const struct rule **rules = NULL;
    size_t count = 0, marked = 0;
    run(s, TODAY);
    problem_list_init(&problems, s->arena, 10);
    assert_true(rule_load_all(s->arena, s->catalog, &problems, &rules, &count));
    for (size_t i = 0; i < count; i++) {
        if (!rules[i]->is_edge)
            continue;
        struct self_rule r = {0};
        site_fine(self_store_last(s->db, rules[i]->id, s->arena, &r));
        assert_true(hash_equal(&r.hash, &rules[i]->hash));
        marked++;
    }
    assert_int_equal(marked, self_check_rule_count(s->self));
}

static void results_of_a_rule_that_runs_no_more_go(void **state)
{
    struct site *s = *state;
    run(s, TODAY);
    site_fine(db_exec(s->db, STR("UPDATE self_rule SET rule = 'Z99' WHERE rule = 'X05'")));
    site_die(s);
    site_live(s);
    assert_int_equal(number(s, "SELECT count(*) FROM self_rule WHERE rule = 'Z99'"), 0);
    assert_int_equal(run(s, TODAY), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(says_what_the_unit_may_mend_and_where_it_stands, make,
                                        drop),
        cmocka_unit_test_setup_teardown(a_correction_takes_it_back_and_a_deletion_too, make, drop),
        cmocka_unit_test_setup_teardown(runs_when_the_day_or_the_rows_are_others, make, drop),
        cmocka_unit_test_setup_teardown(a_day_alone_can_bring_a_hit, make, drop),
        cmocka_unit_test(rows_and_outbox_are_one_whenever_the_power_goes),
        cmocka_unit_test_setup_teardown(says_so_when_there_was_no_room, make, drop),
        cmocka_unit_test_setup_teardown(keeps_no_rows_that_no_rule_reads, make, drop),
        cmocka_unit_test_setup_teardown(a_number_is_one_person, make, drop),
        cmocka_unit_test_setup_teardown(ran_the_declaration_that_the_hub_has, make, drop),
        cmocka_unit_test_setup_teardown(results_of_a_rule_that_runs_no_more_go, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
