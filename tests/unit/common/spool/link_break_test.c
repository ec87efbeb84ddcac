/* What breaks: restored databases, clones, writes that fail, a hub of two processes. */
#include "common/spool/link.h"

#include "common/base/buf.h"
#include "common/base/log.h"
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

struct strike {
    unsigned in; /* writes until one fails */
    enum err with;
};

static enum err on_write(void *context)
{
    struct strike *s = context;
    if (s->in == 0 || --s->in > 0)
        return OK;
    return s->with;
}

/* Applied by two ends, at most one write of which fails: what fails is done again by the next turn.
 */
static void turns(struct pair *p, struct pair_end *n, struct pair_end *peer)
{
    size_t taken = 0;
    int64_t sleep_ms = 0;
    for (int i = 0; i < 4; i++) {
        (void)!link_send_turn(n->link, &sleep_ms);
        (void)!link_receive_turn(n->link, &n->applier, 50, &taken);
        assert_false(db_in_transaction(n->db));
        pair_send(peer);
        pair_receive(peer);
        p->clock.now_ms += 5000;
    }
}

static enum err count_batch(struct link_applier *applier, struct arena *a,
                            const struct link_batch *batch)
{
    struct pair_end *n = (struct pair_end *)applier;
    struct db_stmt *s;
    (void)a;
    TRY(db_prepare(n->db, STR("INSERT INTO applied (seq) VALUES (?)"), &s));
    db_bind_int(s, 1, (int64_t)batch->seq);
    return db_run(s);
}

static int64_t count_applied(struct pair_end *n)
{
    struct db_stmt *s;
    bool has_row = false;
    assert_int_equal(db_prepare(n->db, STR("SELECT count(*) FROM applied"), &s), OK);
    assert_int_equal(db_step(s, &has_row), OK);
    int64_t count = db_column_int(s, 0);
    db_done(s);
    return count;
}

static void every_write_may_fail_once(void **state)
{
    (void)state;
    static const enum err with[] = {ERR_IO, ERR_FULL, ERR_BUSY};
    for (unsigned k = 1; k <= 60; k++) {
        struct pair p;
        struct strike strike = {k / 2 + 1, with[k % 3]};
        pair_init(&p, &suite_plain);
        struct pair_end *n = k % 2 ? &p.hub : &p.site;
        p.hub.applier.apply = p.site.applier.apply = count_batch;
        assert_int_equal(db_exec(p.hub.db, STR("CREATE TABLE applied (seq INTEGER)")), OK);
        assert_int_equal(db_exec(p.site.db, STR("CREATE TABLE applied (seq INTEGER)")), OK);
        pair_put(&p.site, STR("hub"), STR("one"), 5000);
        pair_put(&p.site, STR("hub"), STR("two"), 5000);
        pair_put(&p.hub, STR("site-1"), STR("ask"), 1);
        db_set_fault(n->db, on_write, &strike);
        turns(&p, n, k % 2 ? &p.site : &p.hub);
        db_set_fault(n->db, NULL, NULL);
        for (int i = 0; i < 10; i++) {
            pair_exchange(&p, 2);
            p.clock.now_ms += 60000;
        }
        assert_int_equal(count_applied(&p.hub), 2);
        assert_int_equal(count_applied(&p.site), 1);
        assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
        assert_int_equal(pair_status(&p, &p.hub, STR("site-1")).waiting_items, 0);
        pair_done(&p);
    }
}

/* The hub as it is: one process that opens and applies, one that seals and sends, one database. */
static void two_processes_share_the_hub(void **state)
{
    (void)state;
    struct pair p;
    char folder[] = "link-hub-XXXXXX";
    char url[64], path[300];
    pair_init(&p, &suite_plain);
    assert_non_null(mkdtemp(folder));

    snprintf(url, sizeof url, "sqlite:%s/hub.db", folder);
    struct pair_end intake = {.name = STR("hub"), .keys = keyring_new()};
    struct pair_end dispatch = {.name = STR("hub"), .keys = keyring_new()};
    keyring_add_suite(intake.keys, &suite_plain);
    keyring_add_suite(dispatch.keys, &suite_plain);
    struct str secret, public;
    assert_int_equal(suite_generate(&suite_plain, &p.random.random, p.a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(intake.keys, KEY_OPEN, secret), OK);
    assert_int_equal(keyring_add_peer(p.site.keys, STR("hub"), KEY_OPEN, public), OK);
    assert_int_equal(suite_generate(&suite_plain, &p.random.random, p.a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(dispatch.keys, KEY_SIGN, secret), OK);
    assert_int_equal(keyring_add_peer(p.site.keys, STR("hub"), KEY_SIGN, public), OK);
    assert_int_equal(suite_generate(&suite_plain, &p.random.random, p.a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(p.site.keys, KEY_SIGN, secret), OK);
    assert_int_equal(keyring_add_peer(intake.keys, STR("site-1"), KEY_SIGN, public), OK);
    assert_int_equal(suite_generate(&suite_plain, &p.random.random, p.a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(p.site.keys, KEY_OPEN, secret), OK);
    assert_int_equal(keyring_add_peer(dispatch.keys, STR("site-1"), KEY_OPEN, public), OK);
    pair_open_end(&p, &intake, str_of(url));
    pair_open_end(&p, &dispatch, str_of(url));
    memory_net_set_faults(p.net, (struct memory_faults){.loss = 200, .duplicate = 200});
    for (int i = 0; i < 60; i++) {
        pair_put(&p.site, STR("hub"), STR("u"), 1000);
        pair_put(&intake, STR("site-1"), STR("d"), 1); /* any process may put */
        pair_send(&p.site);
        pair_receive(&dispatch); /* has no key to open with */
        pair_receive(&intake);
        pair_send(&intake); /* has no key to sign with */
        pair_send(&dispatch);
        pair_receive(&p.site);
        p.clock.now_ms += 500;
    }
    memory_net_set_faults(p.net, (struct memory_faults){0});
    for (int i = 0; i < 100; i++) {
        pair_send(&p.site);
        pair_receive(&intake);
        pair_send(&dispatch);
        pair_receive(&p.site);
        p.clock.now_ms += 5000;
    }
    assert_int_equal(dispatch.count, 0);
    assert_int_equal(intake.count, 60);
    assert_int_equal(p.site.count, 60);
    assert_int_equal(pair_status(&p, &p.site, STR("hub")).waiting_items, 0);
    assert_int_equal(pair_status(&p, &dispatch, STR("site-1")).waiting_items, 0);
    pair_close_end(&intake);
    pair_close_end(&dispatch);
    keyring_free(intake.keys);
    keyring_free(dispatch.keys);
    struct file_info *files = NULL;
    size_t count = 0;
    assert_int_equal(file_list(folder, p.a, &files, &count), OK);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/" STR_FMT, folder, STR_ARG(files[i].name));
        assert_int_equal(file_remove(path), OK);
    }
    assert_int_equal(rmdir(folder), 0);
    pair_done(&p);
}

static void print_nothing(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

int main(void)
{
    log_setup("test", LOG_ERROR, print_nothing);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restored_database_is_noticed_by_its_anchor),
        cmocka_unit_test(a_clone_is_refused_by_the_hub),
        cmocka_unit_test(a_new_epoch_offers_again_what_the_peer_lost),
        cmocka_unit_test(after_a_fork_the_whole_epoch_is_offered_again),
        cmocka_unit_test(every_write_may_fail_once),
        cmocka_unit_test(two_processes_share_the_hub),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
