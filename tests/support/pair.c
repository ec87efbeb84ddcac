#include "tests/support/pair.h"

#include "common/base/log.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum err on_batch(struct link_applier *applier, struct arena *a,
                         const struct link_batch *batch)
{
    struct pair_end *n = (struct pair_end *)applier;
    (void)a;
    if (n->answer != OK)
        return n->answer;
    for (size_t i = 0; i < batch->item_count; i++) {
        size_t used = strlen(n->seen);
        n->kind = batch->items[i].kind;
        n->count++;
        if (used + batch->items[i].body.len + 1 < sizeof n->seen)
            snprintf(n->seen + used, sizeof n->seen - used, STR_FMT " ",
                     STR_ARG(batch->items[i].body));
    }
    n->batch_count++;
    return OK;
}

static void pair_make_keys(struct pair *p, struct pair_end *n, struct pair_end *peer,
                           const struct suite_ops *ops)
{
    struct str secret, public;
    for (int use = KEY_SIGN; use <= KEY_OPEN; use++) {
        assert_int_equal(suite_generate(ops, &p->random.random, p->a, &secret, &public), OK);
        assert_int_equal(keyring_add_own(n->keys, (enum key_use)use, secret), OK);
        assert_int_equal(keyring_add_peer(peer->keys, n->name, (enum key_use)use, public), OK);
    }
}

struct link_options pair_options(struct pair *p, struct pair_end *n)
{
    return (struct link_options){.db = n->db,
                                 .self = n->name,
                                 .county = STR("231282"),
                                 .keys = n->keys,
                                 .transport = n->transport,
                                 .clock = &p->clock.clock,
                                 .random = &p->random.random};
}

void pair_open_end(struct pair *p, struct pair_end *n, struct str url)
{
    n->applier.apply = on_batch;
    assert_int_equal(db_open(url, 1000, &n->db), OK);
    n->transport = memory_open(p->net, n->name);
    struct link_options options = pair_options(p, n);
    assert_int_equal(link_open(&options, &n->link), OK);
}

void pair_close_end(struct pair_end *n)
{
    link_close(n->link);
    transport_close(n->transport);
    db_close(n->db);
    n->link = NULL;
}

void pair_init(struct pair *p, const struct suite_ops *ops)
{
    *p = (struct pair){.a = arena_new((size_t)64 * 1024 * 1024)};
    seeded_random_init(&p->random, 7);
    crank_clock_init(&p->clock, 1000000);
    p->net = memory_net_new(&p->random.random, &p->clock.clock);
    p->hub.name = STR("hub");
    p->site.name = STR("site-1");
    p->hub.keys = keyring_new();
    p->site.keys = keyring_new();
    keyring_add_suite(p->hub.keys, &suite_plain);
    keyring_add_suite(p->site.keys, &suite_plain);
    pair_make_keys(p, &p->hub, &p->site, ops);
    pair_make_keys(p, &p->site, &p->hub, ops);
    pair_open_end(p, &p->hub, STR("sqlite::memory:"));
    pair_open_end(p, &p->site, STR("sqlite::memory:"));
}

void pair_done(struct pair *p)
{
    pair_close_end(&p->hub);
    pair_close_end(&p->site);
    keyring_free(p->hub.keys);
    keyring_free(p->site.keys);
    memory_net_free(p->net);
    arena_free(p->a);
}

void pair_put(struct pair_end *n, struct str peer, struct str text, uint64_t rows)
{
    assert_int_equal(db_begin(n->db), OK);
    assert_int_equal(link_put(n->link, peer, MESSAGE_RECORDS, text, rows), OK);
    assert_int_equal(db_commit(n->db), OK);
}

void pair_send(struct pair_end *n)
{
    int64_t sleep_ms = -1;
    do
        assert_int_equal(link_send_turn(n->link, &sleep_ms), OK);
    while (sleep_ms == 0);
}

void pair_receive(struct pair_end *n)
{
    size_t taken = 0;
    do
        assert_int_equal(link_receive_turn(n->link, &n->applier, 50, &taken), OK);
    while (taken > 0);
}

void pair_exchange(struct pair *p, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        pair_send(&p->site);
        pair_receive(&p->hub);
        pair_send(&p->hub);
        pair_receive(&p->site);
        p->clock.now_ms += 10;
    }
}

struct link_status pair_status(struct pair *p, struct pair_end *n, struct str peer)
{
    struct link_status s;
    assert_int_equal(link_status(n->link, peer, p->a, &s), OK);
    return s;
}

static void print_nothing(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

void pair_mute_log(void)
{
    log_setup("test", LOG_ERROR, print_nothing);
}
