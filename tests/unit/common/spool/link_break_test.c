/* What breaks: writes that fail, a hub of two processes. */
#include "common/spool/link.h"

#include "common/os/file.h"
#include "tests/support/pair.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

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

int main(void)
{
    pair_mute_log();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_write_may_fail_once),
        cmocka_unit_test(two_processes_share_the_hub),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
