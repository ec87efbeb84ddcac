/* Without room nothing is lost: files stay where they are, and the page says why. */
#include "edge-agent/uplink.h"

#include "common/base/log.h"
#include "edge-agent/selfcheck/self_store.h"
#include "tests/unit/edge-agent/fixture.h"

#include <fcntl.h>
#include <unistd.h>

#define AGAIN_MS 60000 /* longer than any wait of the drop folder */

struct fixture {
    struct site site; /* first member */
    struct drop *drop;
    struct page_state state;
    struct uplink uplink;
    bool is_full;
};

static int make(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct site *s = &f->site;
    site_make(s, SOURCE_DIR, 3);
    site_fine(drop_open(s->drop, 0, &s->clock.clock, &f->drop));
    f->uplink = (struct uplink){.drop = f->drop,
                                .import = s->import,
                                .self = s->self,
                                .link = s->link,
                                .clock = &s->clock.clock,
                                .data_folder = s->folder,
                                .state = &f->state};
    *state = f;
    return 0;
}

static int drop(void **state)
{
    struct fixture *f = *state;
    drop_close(f->drop);
    site_remove(&f->site);
    free(f);
    return 0;
}

static void turns(struct fixture *f)
{
    int64_t sleep_ms;
    for (int i = 0; i < 20; i++) {
        uplink_turn(&f->uplink, &sleep_ms);
        f->site.clock.now_ms += 1000;
    }
}

static enum err on_write(void *context)
{
    const struct fixture *f = context;
    return f->is_full ? ERR_FULL : OK;
}

static struct str deaths(struct fixture *f)
{
    struct buf b;
    char id[19];
    buf_init(&b, f->site.arena);
    buf_put_z(&b, "公民身份号码,姓名,死亡日期,来源\n");
    for (int i = 0; i < 10; i++) {
        site_citizen(i, id);
        buf_format(&b, "%s,王某,2026-01-02,公安\n", id);
    }
    return buf_str(&b);
}

static void assert_waits(struct fixture *f)
{
    assert_true(site_has(&f->site, "drop/死亡.csv"));
    assert_true(str_contains(f->state.stalled_zh, STR("磁盘空间不足")));
    assert_true(str_contains(f->state.stalled_en, STR("no room")));
    assert_int_equal(f->state.files_waiting, 1);
}

static void assert_read_once(struct fixture *f)
{
    static const char all[] = "records death 2,3,4; records death 5,6,7; records death 8,9,10; "
                              "records death 11; end death 10=10+0 fen=0; ";
    assert_false(site_has(&f->site, "drop/死亡.csv"));
    assert_int_equal(f->state.stalled_zh.len, 0);
    assert_int_equal(f->state.files_waiting, 0);
    assert_string_equal(site_outbox(&f->site), all);
}

static void a_full_disk_leaves_the_file_where_it_is(void **state)
{
    struct fixture *f = *state;
    db_set_fault(f->site.db, on_write, f);
    f->is_full = true;
    site_drop(&f->site, "死亡.csv", deaths(f));
    turns(f);
    assert_waits(f);
    assert_string_equal(site_outbox(&f->site), "");
    f->is_full = false;
    f->site.clock.now_ms += AGAIN_MS;
    turns(f);
    assert_read_once(f);
}

/* It becomes full half-way: what was read stays, the rest follows. */
static void a_disk_that_fills_up_half_way_loses_and_doubles_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t sleep_ms;
    db_set_fault(f->site.db, on_write, f);
    site_drop(&f->site, "死亡.csv", deaths(f));
    for (int i = 0; i < 50 && site_outbox(&f->site)[0] == '\0'; i++) {
        uplink_turn(&f->uplink, &sleep_ms);
        f->site.clock.now_ms += 100;
    }
    f->is_full = true;
    turns(f);
    assert_waits(f);
    f->is_full = false;
    f->site.clock.now_ms += AGAIN_MS;
    turns(f);
    assert_read_once(f);
}

/* A file that is larger than what is left (it has holes, so that the test writes nothing). */
static void a_file_that_has_no_room_is_not_begun(void **state)
{
    struct fixture *f = *state;
    int64_t free_bytes, total_bytes;
    site_fine(file_free_bytes(f->site.folder, &free_bytes, &total_bytes));
    struct drop_file file = site_drop(&f->site, "死亡.csv", deaths(f));
    assert_int_equal(truncate(file.path, free_bytes / UPLINK_SPOOL_PER_FILE + (1 << 20)), 0);
    turns(f);
    assert_waits(f);
    assert_true(f->state.is_disk_low);
    assert_string_equal(site_outbox(&f->site), "");
    assert_int_equal(remove(file.path), 0); /* a person takes it away: nothing is left to say */
    f->site.clock.now_ms += AGAIN_MS;
    turns(f);
    assert_int_equal(f->state.stalled_zh.len, 0);
}

static void a_reserve_stays_for_receipts_and_state(void **state)
{
    (void)state;
    static const struct {
        int64_t free_bytes, total_bytes, need_bytes;
        bool has_room;
    } rows[] = {
        {INT64_C(200000000), INT64_C(1000000000000), 0, true}, /* 200 MB of a large disk */
        {INT64_C(199999999), INT64_C(1000000000000), 0, false},
        {INT64_C(300000000), INT64_C(1000000000000), 100000000, true},
        {INT64_C(300000000), INT64_C(1000000000000), 100000001, false},
        {50, 1000, 0, true}, /* 5 % of a small one */
        {49, 1000, 0, false},
        {60, 1000, 10, true},
        {60, 1000, 11, false},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(
            uplink_has_room(rows[i].free_bytes, rows[i].total_bytes, rows[i].need_bytes),
            rows[i].has_room);
}

static char logged[512];
static int warnings;

static void keep_line(enum log_level level, struct str line)
{
    warnings += level >= LOG_WARN;
    if (level >= LOG_WARN)
        snprintf(logged, sizeof logged, STR_FMT, STR_ARG(line));
}

static void what_waits_for_an_hour_is_said_with_its_reason(void **state)
{
    struct fixture *f = *state;
    site_drop(&f->site, "死亡.csv", deaths(f));
    turns(f);
    logged[0] = '\0';
    f->site.clock.now_ms += UPLINK_STALLED_MS;
    turns(f);
    assert_true(str_contains(str_of(logged), STR("outbox.stalled")));
    assert_true(str_contains(str_of(logged), STR("offline")));
}

/* A network drive that is away for a week: one line of log, a sentence on the page, and the rest of
 * the agent goes on. */
/* The turn that read the last row has looked at the unit's own rows before it went on to sending.
 */
static void a_file_is_checked_in_the_turn_that_ends_it(void **state)
{
    struct fixture *f = *state;
    struct site *s = &f->site;
    struct self_rule last = {0};
    int64_t sleep_ms;
    site_drop(s, "整改.csv",
              STR("问题编号,措施序号,整改措施,到期日期,状态,佐证文件,验收人,验收日期\n"
                  "W-2,1,退回资金,2026-06-30,销号,,赵一,2026-06-20\n"));
    for (int i = 0; i < 20 && last.hits == 0; i++) {
        uplink_turn(&f->uplink, &sleep_ms);
        bool has_ended = site_has(s, "drop/done/202609/整改.csv");
        enum err e = self_store_last(s->db, STR("X05"), s->arena, &last);
        assert_true(e == OK || e == ERR_MISSING);
        assert_int_equal(last.hits, has_ended);
        f->site.clock.now_ms += 1000;
    }
    assert_int_equal(last.hits, 1);
    assert_string_equal(site_outbox(s), "records rectify 2; end rectify 1=1+0 fen=0; ");
}

static void a_folder_that_is_gone_is_said_once_and_taken_up_again(void **state)
{
    struct fixture *f = *state;
    char away[64];
    snprintf(away, sizeof away, "%s-away", f->site.drop);
    site_drop(&f->site, "死亡.csv", deaths(f));
    assert_int_equal(rename(f->site.drop, away), 0);
    warnings = 0;
    for (int i = 0; i < 10; i++)
        turns(f);
    assert_int_equal(warnings, 1);
    assert_true(str_contains(str_of(logged), STR("drop.failed")));
    assert_true(str_contains(f->state.stalled_zh, STR("投放文件夹打不开")));
    assert_int_equal(rename(away, f->site.drop), 0);
    turns(f);
    assert_read_once(f);
}

static void the_reason_for_waiting_is_the_nearest_one(void **state)
{
    (void)state;
    static const struct {
        struct link_status s;
        struct page_state state;
        const char *code;
    } rows[] = {
        {{.waiting_items = 0}, {.is_connected = false}, ""},
        {{.waiting_items = 1}, {.is_connected = true}, ""},
        {{.waiting_items = 1, .paused_ms = 5}, {.is_connected = true}, "hub-busy"},
        {{.waiting_items = 1, .paused_ms = 5},
         {.is_connected = true, .is_hub_away = true},
         "hub-away"},
        {{.waiting_items = 1, .paused_ms = 5}, {.is_hub_away = true}, "offline"},
        {{.waiting_items = 1, .state = LINK_DIVERGED}, {.is_connected = false}, "diverged"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct page_wait why = page_why_waiting(&rows[i].s, &rows[i].state);
        assert_true(str_equal(why.code, str_of(rows[i].code)));
        assert_int_equal(why.zh.len > 0, why.code.len > 0);
        assert_int_equal(why.en.len > 0, why.code.len > 0);
    }
}

int main(void)
{
    log_setup("test", LOG_WARN, keep_line);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_file_where_it_is, make, drop),
        cmocka_unit_test_setup_teardown(a_disk_that_fills_up_half_way_loses_and_doubles_nothing,
                                        make, drop),
        cmocka_unit_test_setup_teardown(a_file_that_has_no_room_is_not_begun, make, drop),
        cmocka_unit_test_setup_teardown(what_waits_for_an_hour_is_said_with_its_reason, make, drop),
        cmocka_unit_test_setup_teardown(a_folder_that_is_gone_is_said_once_and_taken_up_again, make,
                                        drop),
        cmocka_unit_test(a_reserve_stays_for_receipts_and_state),
        cmocka_unit_test(the_reason_for_waiting_is_the_nearest_one),
        cmocka_unit_test_setup_teardown(a_file_is_checked_in_the_turn_that_ends_it, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
