#include "edge-agent/presence.h"

#include "tests/support/pair.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct fixture {
    struct pair pair;
    struct presence presence;
};

static void set_up(struct fixture *f)
{
    pair_init(&f->pair, &suite_plain);
    presence_init(&f->presence, &f->pair.random.random);
    f->presence.link = f->pair.site.link;
}

static void hear(struct fixture *f, const char *who, const char *text)
{
    f->presence.watch.state(&f->presence.watch, str_of(who), str_of(text));
}

static void put(struct fixture *f, const char *text)
{
    pair_put(&f->pair.site, STR("hub"), str_of(text), 1);
    pair_exchange(&f->pair, 2);
}

static void while_the_hub_is_away_nothing_is_sent(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    hear(&f, "hub-intake", "{\"online\":false}");
    put(&f, "a");
    assert_string_equal(f.pair.hub.seen, "");
    hear(&f, "hub-intake", "{\"online\":true,\"spread_s\":0}");
    pair_exchange(&f.pair, 2);
    assert_string_equal(f.pair.hub.seen, "a ");
    pair_done(&f.pair);
}

static void a_word_that_nobody_corrects_does_not_hold_for_ever(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    hear(&f, "hub-intake", "{\"online\":false}");
    put(&f, "a");
    f.pair.clock.now_ms += PRESENCE_AWAY_MS;
    pair_exchange(&f.pair, 2);
    assert_string_equal(f.pair.hub.seen, "a ");
    pair_done(&f.pair);
}

/* Sites that find the hub back start at moments spread over the interval, each within it. */
static void after_an_outage_sites_come_back_spread(void **state)
{
    (void)state;
    size_t early = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct fixture f;
        set_up(&f);
        seeded_random_init(&f.pair.random, seed);
        hear(&f, "hub-intake", "{\"online\":false}");
        hear(&f, "hub-intake", "{\"online\":true,\"spread_s\":100}");
        put(&f, "a");
        f.pair.clock.now_ms += 50000;
        pair_exchange(&f.pair, 2);
        early += f.pair.hub.count;
        f.pair.clock.now_ms += 50000;
        pair_exchange(&f.pair, 2);
        assert_string_equal(f.pair.hub.seen, "a ");
        pair_done(&f.pair);
    }
    assert_in_range(early, 10, 30);
}

static void what_does_not_concern_the_stream_is_passed_over(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    hear(&f, "hub-dispatch", "{\"online\":false}");
    hear(&f, "hub-intake", "not json");
    hear(&f, "hub-intake", "{\"online\":true,\"spread_s\":300}"); /* was never away */
    put(&f, "a");
    assert_string_equal(f.pair.hub.seen, "a ");
    pair_done(&f.pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(while_the_hub_is_away_nothing_is_sent),
        cmocka_unit_test(a_word_that_nobody_corrects_does_not_hold_for_ever),
        cmocka_unit_test(after_an_outage_sites_come_back_spread),
        cmocka_unit_test(what_does_not_concern_the_stream_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
