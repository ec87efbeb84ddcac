#include "edge-agent/heartbeat.h"

#include "tests/unit/edge-agent/fixture.h"

#define EVERY_MS 60000

struct fixture {
    struct site site; /* first member */
    struct page_state state;
    struct heartbeat heartbeat;
};

static int make(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    site_make(&f->site, SOURCE_DIR, 3);
    f->state.is_connected = true;
    f->heartbeat = (struct heartbeat){.db = f->site.db,
                                      .link = f->site.link,
                                      .ledger = f->site.ledger,
                                      .clock = &f->site.clock.clock,
                                      .state = &f->state,
                                      .every_ms = EVERY_MS};
    *state = f;
    return 0;
}

static int drop(void **state)
{
    struct fixture *f = *state;
    site_remove(&f->site);
    free(f);
    return 0;
}

/* How many there are after so many turns, a due time between each two. */
static size_t beats_after(struct fixture *f, int turns)
{
    int64_t sleep_ms;
    for (int i = 0; i < turns; i++) {
        site_fine(heartbeat_turn(&f->heartbeat, &sleep_ms));
        assert_in_range(sleep_ms, 1, EVERY_MS);
        f->site.clock.now_ms += EVERY_MS;
    }
    size_t n = 0;
    char beat[16];
    snprintf(beat, sizeof beat, "kind %d; ", MESSAGE_HEARTBEAT);
    for (const char *at = site_outbox(&f->site); (at = strstr(at, beat)); at++)
        n++;
    return n;
}

static void beats_while_connected(void **state)
{
    struct fixture *f = *state;
    int64_t sleep_ms;
    site_fine(heartbeat_turn(&f->heartbeat, &sleep_ms));
    site_fine(heartbeat_turn(&f->heartbeat, &sleep_ms)); /* not due again */
    f->site.clock.now_ms += EVERY_MS;
    assert_int_equal(beats_after(f, 2), 3);
    f->state.is_connected = false;
    assert_int_equal(beats_after(f, 10), 3);
    f->state.is_connected = true;
    assert_int_equal(beats_after(f, 1), 4);
}

/* Nothing piles up behind a stream that waits for a person, and why it waits is known. */
static void says_that_the_stream_has_stopped_instead(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(beats_after(f, 1), 1);
    assert_int_equal(f->state.stopped.len, 0);
    site_fine(db_exec(f->site.db, STR("UPDATE spool_peer SET out_reason = 'behind'")));
    assert_int_equal(beats_after(f, 5), 1);
    assert_true(str_equal(f->state.stopped, STR("behind")));
    site_fine(link_new_epoch(f->site.link, STR("hub")));
    assert_int_equal(beats_after(f, 1), 2);
    assert_int_equal(f->state.stopped.len, 0);
}

static size_t told(struct fixture *f)
{
    size_t n = 0;
    char item[16];
    snprintf(item, sizeof item, "kind %d; ", MESSAGE_SELF_CHECK);
    for (const char *at = site_outbox(&f->site); (at = strstr(at, item)); at++)
        n++;
    return n;
}

/* Which declaration ran, once a run; nothing of what it said. */
static void tells_of_each_run_of_the_units_own_rules_once(void **state)
{
    struct fixture *f = *state;
    size_t ran = 0;
    assert_int_equal(beats_after(f, 1), 1);
    assert_int_equal(told(f), 0);
    site_fine(self_check_run(f->site.self, 20260921, SITE_NOW, &ran));
    assert_true(ran > 0);
    assert_int_equal(beats_after(f, 3), 4);
    assert_int_equal(told(f), ran);
    struct drop_file file =
        site_drop(&f->site, "整改.csv",
                  STR("问题编号,措施序号,整改措施,到期日期,状态,佐证文件,验收人,验收日期\n"
                      "W-2,1,退回资金,2026-06-30,销号,,赵一,2026-06-20\n"));
    site_fine(import_file(f->site.import, &file));
    site_fine(self_check_run(f->site.self, 20260921, SITE_NOW, &ran));
    assert_int_equal(ran, 1);
    size_t before = told(f);
    beats_after(f, 2);
    assert_int_equal(told(f), before + 1);
    struct db_stmt *st;
    bool has_row = false;
    struct message_self_check m;
    site_fine(db_prepare(
        f->site.db, STR("SELECT body FROM spool_item WHERE kind = ?1 ORDER BY item DESC"), &st));
    db_bind_int(st, 1, MESSAGE_SELF_CHECK);
    site_fine(db_step(st, &has_row));
    assert_true(has_row);
    struct str body = db_column_copy(st, 0, f->site.arena);
    db_done(st);
    site_fine(message_self_check_parse(f->site.arena, body, &m));
    assert_true(str_equal(m.rule, STR("X05")));
    assert_int_equal(m.hits, 1);
    assert_int_equal(m.rows, 1);
    assert_false(str_contains(body, STR("W-2")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(beats_while_connected, make, drop),
        cmocka_unit_test_setup_teardown(says_that_the_stream_has_stopped_instead, make, drop),
        cmocka_unit_test_setup_teardown(tells_of_each_run_of_the_units_own_rules_once, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
