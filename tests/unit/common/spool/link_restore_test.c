/* Databases that come back from a backup, machines that were copied: protocol.md 5. */
#include "common/spool/link.h"

#include "common/base/buf.h"
#include "common/os/file.h"
#include "common/seal/seal.h"
#include "tests/support/pair.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void a_restored_database_is_noticed_by_its_anchor(void **state)
{
    (void)state;
    struct pair p;
    char path[] = "link-anchor-XXXXXX";
    pair_init(&p, &suite_plain);
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    link_close(p.site.link);
    struct link_options options = pair_options(&p, &p.site);
    options.anchor_path = path;
    assert_int_equal(link_open(&options, &p.site.link), OK);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    link_close(p.site.link); /* the same database: all is well */
    assert_int_equal(link_open(&options, &p.site.link), OK);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).state, LINK_FINE);
    pair_close_end(&p.site); /* an empty one, as from a backup made on the first day */
    pair_open_end(&p, &p.site, STR("sqlite::memory:"));
    link_close(p.site.link);
    options = pair_options(&p, &p.site);
    options.anchor_path = path;
    assert_int_equal(link_open(&options, &p.site.link), OK);
    struct link_status s = pair_status(&p, &p.site, STR("hub"));
    assert_int_equal(s.state, LINK_DIVERGED);
    assert_true(str_equal(s.reason, STR("behind")));
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one "); /* it stays silent until it is told */
    assert_int_equal(link_new_epoch(p.site.link, STR("hub")), OK);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one two ");
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).epoch, 2);
    assert_int_equal(file_remove(path), OK);
    pair_done(&p);
}

static void a_clone_is_refused_by_the_hub(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    pair_close_end(&p.site); /* the same keys on a fresh database */
    pair_open_end(&p, &p.site, STR("sqlite::memory:"));
    pair_put(&p.site, STR("hub"), STR("other"), 1);
    pair_exchange(&p, 3);
    assert_string_equal(p.hub.seen, "one ");
    assert_true(str_equal(pair_status(&p, &p.hub, STR("site-1")).refused, STR("behind")));
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).state, LINK_DIVERGED);
    assert_int_equal(link_new_epoch(p.site.link, STR("hub")), OK);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, "one other ");
    assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).refused.len, 0);
    pair_done(&p);
}

/* Both live: the original goes on where it stood, the copy is refused, and both are known. */
static void of_two_machines_with_one_key_both_are_shown(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_exchange(&p, 2);
    struct pair_end copy = {.name = p.site.name, .keys = p.site.keys};
    pair_open_end(&p, &copy, STR("sqlite::memory:"));
    pair_put(&copy, STR("hub"), STR("other"), 1);
    pair_send(&copy);
    pair_receive(&p.hub);
    struct link_status s = pair_status(&p, &p.hub, STR("site-1"));
    assert_true(str_equal(s.refused, STR("behind")));
    assert_int_equal(s.refused_epoch, 1);
    assert_int_equal(s.refused_seq, 1);
    assert_int_equal(s.refused_count, 1);
    assert_int_equal(s.refused_ms, clock_wall_ms(&p.clock.clock));
    assert_false(s.is_twin); /* it may be one machine that was restored */
    p.clock.now_ms += 1000;
    pair_put(&p.site, STR("hub"), STR("two"), 1);
    pair_send(&p.site);
    pair_receive(&p.hub);
    assert_string_equal(p.hub.seen, "one two ");
    s = pair_status(&p, &p.hub, STR("site-1"));
    assert_true(s.is_twin);
    assert_int_equal(s.in_epoch, 1);
    assert_int_equal(s.in_up_to_seq, 2);
    assert_int_equal(s.in_applied_ms, clock_wall_ms(&p.clock.clock));
    keyring_revoke(p.hub.keys,
                   STR("site-1")); /* the operator's answer: neither is heard any more */
    pair_put(&p.site, STR("hub"), STR("three"), 1);
    pair_send(&p.site);
    pair_receive(&p.hub);
    assert_string_equal(p.hub.seen, "one two ");
    assert_true(pair_status(&p, &p.hub, STR("site-1")).forged > 0);
    pair_close_end(&copy);
    pair_done(&p);
}

static void copy_file(struct pair *p, const char *from, const char *to)
{
    struct str bytes;
    assert_int_equal(file_read(from, (size_t)16 << 20, p->a, &bytes), OK);
    assert_int_equal(file_replace(to, bytes, 0600), OK);
}

static void new_epoch_by_hand(struct pair *p, const char *url)
{
    struct db *db;
    struct link *link;
    assert_int_equal(db_open(str_of(url), 1000, &db), OK);
    struct link_options options = {.db = db,
                                   .self = STR("hub"),
                                   .county = STR("231282"),
                                   .clock = &p->clock.clock,
                                   .random = &p->random.random};
    assert_int_equal(link_open(&options, &link), OK);
    assert_int_equal(link_new_epoch(link, STR("site-1")), OK);
    link_close(link);
    db_close(db);
}

/* It says where it stands, and what it lost comes again from the history, without anybody's help;
 * also when the site was paused meanwhile. */
static void a_hub_restored_from_a_backup_gets_what_it_lost(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, &suite_plain);
    char folder[] = "link-restore-XXXXXX";
    char url[80], path[64], backup[80];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/hub.db", folder);
    snprintf(url, sizeof url, "sqlite:%s", path);
    snprintf(backup, sizeof backup, "%s/backup.db", folder);
    pair_close_end(&p.hub);
    pair_open_end(&p, &p.hub, str_of(url));
    pair_put(&p.site, STR("hub"), STR("one"), 1);
    pair_put(&p.hub, STR("site-1"), STR("ask-0"), 1);
    pair_exchange(&p, 2);
    pair_close_end(&p.hub); /* which writes the log back into the one file */
    copy_file(&p, path, backup);
    pair_open_end(&p, &p.hub, str_of(url));
    for (int i = 0; i < 3; i++) {
        pair_put(&p.site, STR("hub"), str_format(p.a, "after-%d", i), 1);
        pair_put(&p.hub, STR("site-1"), str_format(p.a, "ask-%d", i + 1), 1);
        pair_exchange(&p, 2);
    }
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    assert_string_equal(p.site.seen, "ask-0 ask-1 ask-2 ask-3 ");
    pair_close_end(&p.hub);
    copy_file(&p, backup, path);
    p.hub.seen[0] = '\0';
    pair_open_end(&p, &p.hub, str_of(url));
    pair_send(&p.hub);
    pair_receive(&p.site);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 3);
    pair_exchange(&p, 4);
    assert_string_equal(p.hub.seen, "after-0 after-1 after-2 ");
    struct link_status s = pair_status(&p, &p.site, STR("hub"));
    assert_int_equal(s.waiting_items, 0);
    assert_int_equal(s.state, LINK_FINE);
    assert_int_equal(s.epoch, 1);
    /* Downwards the site has more than the hub remembers: that is said, and a person, by another
     * process without a key, has the hub begin anew. */
    pair_put(&p.hub, STR("site-1"), STR("ask-4"), 1);
    pair_exchange(&p, 3);
    assert_string_equal(p.site.seen, "ask-0 ask-1 ask-2 ask-3 ");
    s = pair_status(&p, &p.hub, STR("site-1"));
    assert_int_equal(s.state, LINK_DIVERGED);
    assert_true(str_equal(s.reason, STR("behind")));
    new_epoch_by_hand(&p, url);
    pair_exchange(&p, 4);
    assert_string_equal(p.site.seen, "ask-0 ask-1 ask-2 ask-3 ask-4 ");
    s = pair_status(&p, &p.hub, STR("site-1"));
    assert_int_equal(s.state, LINK_FINE);
    assert_int_equal(s.waiting_items, 0);
    pair_close_end(&p.hub);
    assert_int_equal(file_remove(path), OK);
    assert_int_equal(file_remove(backup), OK);
    assert_int_equal(rmdir(folder), 0);
    pair_open_end(&p, &p.hub, STR("sqlite::memory:"));
    pair_done(&p);
}

/* The hub, restored to an older copy, says in so many words what it has left. */
static void offers_again_after(const char *reason, uint64_t waiting, const char *seen)
{
    struct pair p;
    pair_init(&p, &suite_plain);
    for (int i = 0; i < 3; i++) {
        pair_put(&p.site, STR("hub"), str_format(p.a, "%d", i + 1), 1);
        pair_exchange(&p, 2);
    }
    assert_string_equal(p.hub.seen, "1 2 3 ");
    struct buf body, plain;
    buf_init(&body, p.a);
    buf_init(&plain, p.a);
    message_diverged_put(
        &body, &(struct message_diverged){.epoch = 1, .up_to_seq = 1, .reason = str_of(reason)});
    message_put_item(&plain, MESSAGE_DIVERGED, buf_str(&body));
    struct envelope_header h = {
        .county = STR("231282"), .from = STR("hub"), .to = STR("site-1"), .epoch = 1};
    struct str sealed;
    assert_int_equal(seal_close(p.hub.keys, &p.random.random, p.a, &h, buf_str(&plain), &sealed),
                     OK);
    assert_int_equal(transport_send(p.hub.transport, STR("site-1"), sealed), OK);
    pair_receive(&p.site);
    struct link_status s = pair_status(&p, &p.site, STR("hub"));
    assert_int_equal(s.state, LINK_DIVERGED);
    assert_true(str_equal(s.reason, str_of(reason)));
    assert_int_equal(link_new_epoch(p.site.link, STR("hub")), OK);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, waiting);
    pair_exchange(&p, 2);
    assert_string_equal(p.hub.seen, seen);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).epoch, 2);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    pair_done(&p);
}

static void a_new_epoch_offers_again_what_the_peer_lost(void **state)
{
    (void)state;
    offers_again_after("behind", 2, "1 2 3 2 3 ");
}

/* What the peer has in the place of an envelope is not known to be ours anywhere. */
static void after_a_fork_the_whole_epoch_is_offered_again(void **state)
{
    (void)state;
    offers_again_after("fork", 3, "1 2 3 1 2 3 ");
}

int main(void)
{
    pair_mute_log();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restored_database_is_noticed_by_its_anchor),
        cmocka_unit_test(a_clone_is_refused_by_the_hub),
        cmocka_unit_test(of_two_machines_with_one_key_both_are_shown),
        cmocka_unit_test(a_hub_restored_from_a_backup_gets_what_it_lost),
        cmocka_unit_test(a_new_epoch_offers_again_what_the_peer_lost),
        cmocka_unit_test(after_a_fork_the_whole_epoch_is_offered_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
