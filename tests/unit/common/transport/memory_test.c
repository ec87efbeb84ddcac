#include "common/base/arena.h"
#include "common/transport/memory.h"
#include "tests/support/transport_conformance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define SENT 1000

struct fixture {
    struct crank_clock clock;
    struct seeded_random random;
    struct memory_net *net;
    struct transport *site, *hub;
    struct arena *arena;
};

static void open_all(struct fixture *f, uint64_t seed)
{
    crank_clock_init(&f->clock, 1000);
    seeded_random_init(&f->random, seed);
    f->net = memory_net_new(&f->random.random, &f->clock.clock);
    f->site = memory_open(f->net, STR("s-01"));
    f->hub = memory_open(f->net, STR("hub"));
    f->arena = arena_new(1 << 20);
}

static void close_all(struct fixture *f)
{
    transport_close(f->site);
    transport_close(f->hub);
    memory_net_free(f->net);
    arena_free(f->arena);
}

static void it_conforms(void **state)
{
    (void)state;
    struct fixture f;
    open_all(&f, 1);
    transport_conformance_check(f.site, STR("s-01"), f.hub);
    assert_true(memory_net_is_idle(f.net));
    close_all(&f);
}

/* What the hub saw of SENT numbered messages: their numbers in order of arrival, folded. */
struct seen {
    int count, repeated, changed, out_of_order;
    uint64_t fold;
};

static struct seen run(uint64_t seed, struct memory_faults faults)
{
    struct fixture f;
    struct seen seen = {0};
    static bool has_come[SENT];
    int last = -1;
    memset(has_come, 0, sizeof has_come);
    open_all(&f, seed);
    memory_net_set_faults(f.net, faults);
    for (int i = 0; i < SENT; i++) {
        int pair[2] = {i, ~i};
        assert_int_equal(transport_send(f.site, STR("hub"), str_make(pair, sizeof pair)), OK);
        f.clock.now_ms++;
    }
    f.clock.now_ms += faults.delay_max_ms;
    struct transport_message message;
    while (transport_receive(f.hub, f.arena, &message) == OK) {
        int pair[2];
        assert_int_equal(message.bytes.len, sizeof pair);
        memcpy(pair, message.bytes.ptr, sizeof pair);
        seen.count++;
        if (pair[0] != ~pair[1]) {
            seen.changed++;
            continue;
        }
        seen.repeated += has_come[pair[0]];
        has_come[pair[0]] = true;
        seen.out_of_order += pair[0] < last;
        last = pair[0];
        seen.fold = seen.fold * 31 + (uint64_t)pair[0];
    }
    assert_true(memory_net_is_idle(f.net));
    close_all(&f);
    return seen;
}

static void each_fault_happens_about_as_often_as_asked(void **state)
{
    (void)state;
    struct seen s = run(7, (struct memory_faults){0});
    assert_true(s.count == SENT && s.repeated + s.changed + s.out_of_order == 0);
    s = run(7, (struct memory_faults){.loss = 100});
    assert_in_range(s.count, 850, 950);
    s = run(7, (struct memory_faults){.duplicate = 100});
    assert_in_range(s.repeated, 50, 150);
    s = run(7, (struct memory_faults){.reorder = 100});
    assert_true(s.count == SENT);
    assert_in_range(s.out_of_order, 50, 300);
    s = run(7, (struct memory_faults){.flip = 100});
    assert_in_range(s.changed, 50, 150);
    s = run(7, (struct memory_faults){.delay_max_ms = 50});
    assert_true(s.count == SENT && s.out_of_order > 0);
}

static void a_seed_is_a_run(void **state)
{
    (void)state;
    struct memory_faults faults = {50, 50, 50, 50, 20};
    struct seen first = run(42, faults);
    struct seen again = run(42, faults);
    struct seen other = run(43, faults);
    assert_true(first.fold == again.fold && first.count == again.count);
    assert_true(first.fold != other.fold);
}

static void a_cut_site_waits_and_so_does_its_mail(void **state)
{
    (void)state;
    struct fixture f;
    struct transport_message message;
    open_all(&f, 1);
    assert_int_equal(transport_send(f.site, STR("hub"), STR("before")), OK);
    memory_net_cut(f.net, STR("s-01"), true);
    assert_false(transport_is_connected(f.site));
    assert_true(transport_is_connected(f.hub));
    assert_int_equal(transport_send(f.site, STR("hub"), STR("x")), ERR_CLOSED);
    assert_int_equal(transport_send(f.hub, STR("s-01"), STR("later")), OK);
    assert_int_equal(transport_receive(f.hub, f.arena, &message), OK);
    assert_true(str_equal(message.bytes, STR("before")));
    assert_int_equal(transport_receive(f.site, f.arena, &message), ERR_MISSING);
    transport_close(f.site);
    memory_net_cut(f.net, STR("s-01"), false);
    f.site = memory_open(f.net, STR("s-01"));
    assert_int_equal(transport_receive(f.site, f.arena, &message), OK);
    assert_true(str_equal(message.bytes, STR("later")));
    assert_int_equal(transport_send(f.hub, STR("s-01"), STR("x")), OK);
    memory_net_forget(f.net);
    assert_int_equal(transport_receive(f.site, f.arena, &message), ERR_MISSING);
    close_all(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_conforms),
        cmocka_unit_test(each_fault_happens_about_as_often_as_asked),
        cmocka_unit_test(a_seed_is_a_run),
        cmocka_unit_test(a_cut_site_waits_and_so_does_its_mail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
