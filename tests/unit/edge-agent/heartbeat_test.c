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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(beats_while_connected, make, drop),
        cmocka_unit_test_setup_teardown(says_that_the_stream_has_stopped_instead, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
