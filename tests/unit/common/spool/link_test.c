#include "common/spool/link.h"

#include "common/seal/seal.h"
#include "common/spool/peer.h"
#include "common/sync/credit.h"
#include "tests/support/golden.h"
#include "tests/support/pair.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void carries_items_both_ways_and_acknowledges(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 10);
    pair_put(&p.site, STR("hub"), STR("two"), 20);
    pair_put(&p.hub, STR("site-1"), STR("ask"), 1);
    struct link_status s = pair_status(&p, &p.site, STR("hub"));
    assert_int_equal(s.waiting_items, 2);
    assert_int_equal(s.waiting_rows, 30);
    assert_int_equal(s.next_seq, 1);
    p.clock.now_ms += 5000;
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).oldest_waiting_ms, 5000);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    assert_int_equal(p.hub.batch_count, 1);
    assert_string_equal(p.site.seen, "ask ");
    s = pair_status(&p, &p.site, STR("hub"));
    assert_int_equal(s.state, LINK_FINE);
    assert_int_equal(s.waiting_items, 0);
    assert_int_equal(s.waiting_rows, 0);
    assert_int_equal(s.acked_items, 2);
    assert_int_equal(s.acked_rows, 30);
    assert_int_equal(s.acked_seq, 1);
    assert_int_equal(s.in_up_to_seq, 1);
    assert_int_equal(s.oldest_waiting_ms, 0);
    assert_true(s.last_contact_ms > 0);
    pair_done(&p);
}

static void works_with_the_real_cryptography(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_p256);
    pair_put(&p.site, STR("hub"), STR("sealed"), 1);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "sealed ");
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    pair_done(&p);
}

static void an_unknown_peer_has_an_empty_status(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    struct link_status s = pair_status(&p, &p.hub, STR("nobody"));
    assert_int_equal(s.epoch, 1);
    assert_int_equal(s.next_seq, 1);
    assert_int_equal(s.waiting_items, 0);
    assert_int_equal(s.last_contact_ms, 0);
    assert_int_equal(s.reason.len, 0);
    pair_done(&p);
}

static void forgets_an_item_whose_transaction_is_rolled_back(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    assert_int_equal(db_begin(p.site.db), OK);
    assert_int_equal(link_put(p.site.link, STR("hub"), MESSAGE_RECORDS, STR("no"), 1), OK);
    db_rollback(p.site.db);
    pair_put(&p.site, STR("hub"), STR("yes"), 1);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "yes ");
    pair_done(&p);
}

static void cuts_batches_at_their_limits(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    for (int i = 0; i < 5; i++)
        pair_put(&p.site, STR("hub"), STR("x"), 2000);
    pair_exchange(&p, 2);
    assert_int_equal(p.hub.count, 5);
    assert_int_equal(p.hub.batch_count, 3);
    char *big = arena_take(p.a, LINK_BATCH_BYTES_MAX + 1);
    assert_int_equal(db_begin(p.site.db), OK);
    assert_int_equal(link_put(p.site.link, STR("hub"), MESSAGE_RECORDS,
                              str_make(big, LINK_BATCH_BYTES_MAX + 1), 1),
                     ERR_TOO_LARGE);
    assert_int_equal(
        link_put(p.site.link, STR("hub"), MESSAGE_RECORDS, str_make(big, LINK_BATCH_BYTES_MAX), 1),
        OK);
    assert_int_equal(db_commit(p.site.db), OK);
    pair_exchange(&p, 2);
    assert_int_equal(p.hub.count, 6);
    pair_done(&p);
}

static void never_has_more_than_the_window_in_flight(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    for (int i = 0; i < 40; i++)
        pair_put(&p.site, STR("hub"), STR("x"), 5000);
    pair_send(&p.site);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).next_seq, 1 + LINK_WINDOW_MAX);
    pair_exchange(&p, 6);
    assert_int_equal(p.hub.count, 40);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    pair_done(&p);
}

static void sends_again_after_a_loss(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_send(&p.site);
    memory_net_forget(p.net);
    pair_exchange(&p, 3);
    assert_int_equal(p.hub.count, 0);
    p.clock.now_ms += 10000;
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one ");
    pair_done(&p);
}

static void forgets_nothing_when_the_ack_is_lost(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_send(&p.site);
    pair_receive(&p.hub);
    pair_send(&p.hub);
    memory_net_forget(p.net);
    pair_receive(&p.site);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 1);
    p.clock.now_ms += 10000;
    pair_exchange(&p, 2);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    assert_string_equal(p.hub.seen, "one ");
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).duplicates, 1);
    pair_done(&p);
}

static void keeps_everything_while_cut_off(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    memory_net_cut(p.net, STR("site-1"), true);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 3);
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    pair_exchange(&p, 3);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).next_seq, 1); /* not even sealed */
    memory_net_cut(p.net, STR("site-1"), false);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    assert_int_equal(p.hub.batch_count, 1);
    pair_done(&p);
}

static void counts_and_drops_what_does_not_verify(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    for (int i = 0; i < 4; i++)
        assert_int_equal(transport_send(p.site.transport, STR("hub"), STR("rubbish")), OK);
    pair_receive(&p.hub);
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).forged, 4);
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).last_contact_ms, 0);
    assert_int_equal(p.hub.batch_count, 0);
    /* A site that speaks for another: sealed well, and signed by a key the hub knows. */
    struct transport *other = memory_open(p.net, STR("site-2"));
    struct envelope_header h = {
        .county = STR("231282"), .from = STR("site-1"), .to = STR("hub"), .epoch = 1, .seq = 1};
    struct str sealed;
    assert_int_equal(seal_close(p.site.keys, &p.random.random, p.a, &h, STR(""), &sealed), OK);
    assert_int_equal(transport_send(other, STR("hub"), sealed), OK);
    pair_receive(&p.hub);
    assert_int_equal(pair_status(&p, &p.hub, STR("site-2")).forged, 1);
    assert_int_equal(p.hub.batch_count, 0);
    transport_close(other);
    pair_done(&p);
}

static void a_batch_that_does_not_parse_reaches_the_quarantine(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    struct envelope_header h = {
        .county = STR("231282"), .from = STR("site-1"), .to = STR("hub"), .epoch = 1, .seq = 1};
    struct str sealed;
    assert_int_equal(seal_close(p.site.keys, &p.random.random, p.a, &h, STR("\xff\xff"), &sealed),
                     OK);
    assert_int_equal(transport_send(p.site.transport, STR("hub"), sealed), OK);
    pair_receive(&p.hub);
    assert_int_equal(p.hub.count, 1);
    assert_int_equal(p.hub.kind, 0);
    assert_string_equal(p.hub.seen, "\xff\xff ");
    pair_done(&p);
}

static void a_batch_that_fails_comes_again_and_delays_nobody_else(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    p.hub.answer = ERR_INVALID;
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 1);
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).in_up_to_seq, 0);
    p.hub.answer = OK;
    p.clock.now_ms += 10000;
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one ");
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    /* What trying again may mend is handed up. */
    size_t taken = 0;
    p.hub.answer = ERR_FULL;
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    pair_send(&p.site);
    assert_int_equal(link_receive_turn(p.hub.link, &p.hub.applier, 50, &taken), ERR_FULL);
    assert_false(db_in_transaction(p.hub.db));
    pair_done(&p);
}

static void a_peer_without_a_key_delays_nobody_else(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.hub, STR("a-stranger"), STR("x"), 1);
    pair_put(&p.hub, STR("site-1"), STR("hello"), 1);
    pair_exchange(&p, 2);
    assert_string_equal(p.site.seen, "hello ");
    assert_int_equal(pair_status(&p, &p.hub, STR("a-stranger")).waiting_items, 1);
    pair_done(&p);
}

static void says_every_hour_where_it_stands(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 5);
    pair_send(&p.site);
    assert_true(memory_net_is_idle(p.net));
    p.clock.now_ms += (int64_t)59 * 60 * 1000;
    pair_send(&p.site);
    assert_true(memory_net_is_idle(p.net));
    p.clock.now_ms += (int64_t)2 * 60 * 1000;
    pair_send(&p.site);
    assert_false(memory_net_is_idle(p.net));
    pair_done(&p);
}

static void purges_only_acknowledged_history(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    memory_net_cut(p.net, STR("site-1"), true);
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    p.clock.now_ms += (int64_t)36 * 24 * 3600 * 1000;
    assert_int_equal(link_purge(p.site.link), OK);
    struct db_stmt *s;
    bool has_row = false;
    assert_int_equal(db_prepare(p.site.db, STR("SELECT count(*), max(item) FROM spool_item"), &s),
                     OK);
    assert_int_equal(db_step(s, &has_row), OK);
    assert_int_equal(db_column_int(s, 0), 1);
    assert_int_equal(db_column_int(s, 1), 2);
    db_done(s);
    memory_net_cut(p.net, STR("site-1"), false);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    pair_done(&p);
}

/* The hub's queue holds four messages; the site sends sixteen at once. */
static void a_hub_that_is_overrun_grants_less_and_everything_arrives(void **state)
{
    (void)state;
    struct pair p;
    char expected[256] = "";
    pair_init(&p, &suite_plain);
    memory_net_set_room(p.net, 4);
    for (int i = 0; i < 20; i++) {
        char text[4] = {(char)('a' + i), '\0'};
        pair_put(&p.site, STR("hub"), str_of(text), LINK_BATCH_ITEMS_MAX);
        strcat(strcat(expected, text), " ");
    }
    pair_send(&p.site);
    size_t taken;
    assert_int_equal(link_receive_turn(p.hub.link, &p.hub.applier, 2, &taken), OK);
    pair_send(&p.hub);
    pair_receive(&p.site);
    struct peer site;
    assert_int_equal(peer_load(p.site.db, STR("hub"), &site), OK);
    assert_int_equal(site.out_credit, 1);
    assert_true((int64_t)site.out_busy_until_ms > clock_wall_ms(&p.clock.clock));
    pair_exchange(&p, 3); /* the queue is empty again: that is said without being asked */
    assert_int_equal(peer_load(p.site.db, STR("hub"), &site), OK);
    assert_int_equal(site.out_credit, LINK_WINDOW_MAX);
    assert_int_equal(site.out_busy_until_ms, 0);
    pair_exchange(&p, 3);
    assert_string_equal(p.hub.seen, expected);
    pair_done(&p);
}

static void without_room_a_peer_is_asked_to_wait(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    link_set_full(p.hub.link, true);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    pair_exchange(&p, 5);
    assert_string_equal(p.hub.seen, "one ");
    p.clock.now_ms += CREDIT_BUSY_MAX_MS; /* after the pause one is tried */
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    pair_put(&p.site, STR("hub"), STR("three"), 1);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    link_set_full(p.hub.link, false);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two three ");
    pair_done(&p);
}

static void a_pause_holds_the_stream_and_not_the_answers(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("up"), 1);
    pair_put(&p.hub, STR("site-1"), STR("down"), 1);
    link_pause(p.site.link, 5000);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).paused_ms, 5000);
    pair_exchange(&p, 3);
    assert_string_equal(p.hub.seen, "");
    assert_string_equal(p.site.seen, "down ");
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).waiting_items, 0);
    p.clock.now_ms += 5000;
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "up ");
    pair_done(&p);
}

/* Files of each version are kept in tests/golden/spool; what was put by an older program arrives.
 */
static void spool_of_version(const char *golden, int64_t paused_ms)
{
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_close_end(&p.site);
    remove("spool_old.db");
    struct db *old;
    assert_int_equal(db_open(STR("sqlite:spool_old.db"), 1000, &old), OK);
    assert_int_equal(db_exec(old, golden_read(p.a, SOURCE_DIR, golden)), OK);
    db_close(old);
    pair_open_end(&p, &p.site, STR("sqlite:spool_old.db"));
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_rows, 30);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).paused_ms, paused_ms);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, paused_ms ? "" : "old one old two ");
    p.clock.now_ms += paused_ms;
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "old one old two ");
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    pair_done(&p);
    remove("spool_old.db");
    remove("spool_old.db-wal");
    remove("spool_old.db-shm");
}

static void a_spool_of_an_older_program_is_read_and_sent(void **state)
{
    (void)state;
    spool_of_version("spool/v1.sql", 0);
    spool_of_version("spool/v2.sql", 500);
}

int main(void)
{
    pair_mute_log();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carries_items_both_ways_and_acknowledges),
        cmocka_unit_test(works_with_the_real_cryptography),
        cmocka_unit_test(an_unknown_peer_has_an_empty_status),
        cmocka_unit_test(forgets_an_item_whose_transaction_is_rolled_back),
        cmocka_unit_test(cuts_batches_at_their_limits),
        cmocka_unit_test(never_has_more_than_the_window_in_flight),
        cmocka_unit_test(sends_again_after_a_loss),
        cmocka_unit_test(forgets_nothing_when_the_ack_is_lost),
        cmocka_unit_test(keeps_everything_while_cut_off),
        cmocka_unit_test(counts_and_drops_what_does_not_verify),
        cmocka_unit_test(a_batch_that_does_not_parse_reaches_the_quarantine),
        cmocka_unit_test(a_batch_that_fails_comes_again_and_delays_nobody_else),
        cmocka_unit_test(a_peer_without_a_key_delays_nobody_else),
        cmocka_unit_test(says_every_hour_where_it_stands),
        cmocka_unit_test(purges_only_acknowledged_history),
        cmocka_unit_test(a_spool_of_an_older_program_is_read_and_sent),
        cmocka_unit_test(a_hub_that_is_overrun_grants_less_and_everything_arrives),
        cmocka_unit_test(without_room_a_peer_is_asked_to_wait),
        cmocka_unit_test(a_pause_holds_the_stream_and_not_the_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
