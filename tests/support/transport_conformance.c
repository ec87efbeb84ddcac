#include "tests/support/transport_conformance.h"

#include "common/base/arena.h"
#include "common/os/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define LARGE ((size_t)64 * 1024)
#define MANY 24

struct ends {
    struct transport *site, *hub;
    struct arena *arena;
};

static void turn(const struct ends *e)
{
    int64_t now_ms = clock_monotonic_ms(clock_real());
    transport_turn(e->site, now_ms);
    transport_turn(e->hub, now_ms);
    usleep(1000);
}

static void send_surely(const struct ends *e, struct transport *from, struct str peer,
                        struct str bytes)
{
    enum err sent = ERR_FULL;
    for (int i = 0; i < CONFORMANCE_WAIT_MS && sent != OK; i++) {
        sent = transport_send(from, peer, bytes);
        assert_true(sent == OK || sent == ERR_FULL);
        if (sent != OK)
            turn(e);
    }
    assert_int_equal(sent, OK);
}

static struct transport_message receive_surely(const struct ends *e, struct transport *at)
{
    struct transport_message message = {STR_NONE, STR_NONE};
    enum err got = ERR_MISSING;
    for (int i = 0; i < CONFORMANCE_WAIT_MS && got != OK; i++) {
        got = transport_receive(at, e->arena, &message);
        assert_true(got == OK || got == ERR_MISSING);
        if (got != OK)
            turn(e);
    }
    assert_int_equal(got, OK);
    return message;
}

/* Bytes of every value, zero included, come whole and with their sender. */
static void check_one_each_way(const struct ends *e, struct str site_name)
{
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    struct str sealed = str_make(bytes, sizeof bytes);
    struct transport_message message;
    assert_int_equal(transport_receive(e->hub, e->arena, &message), ERR_MISSING);
    send_surely(e, e->site, STR("hub"), sealed);
    message = receive_surely(e, e->hub);
    assert_true(str_equal(message.peer, site_name));
    assert_true(str_equal(message.bytes, sealed));
    send_surely(e, e->hub, site_name, sealed);
    message = receive_surely(e, e->site);
    assert_true(str_equal(message.peer, STR("hub")));
    assert_true(str_equal(message.bytes, sealed));
    assert_int_equal(transport_receive(e->site, e->arena, &message), ERR_MISSING);
}

/* More than fits into any window; without faults each comes once. */
static void check_many_large(const struct ends *e, struct transport *from, struct str peer,
                             struct transport *to)
{
    bool has_come[MANY] = {false};
    char *bytes = arena_take(e->arena, LARGE);
    for (unsigned char i = 0; i < MANY; i++) {
        memset(bytes, i, LARGE);
        send_surely(e, from, peer, str_make(bytes, LARGE));
    }
    for (int i = 0; i < MANY; i++) {
        struct transport_message message = receive_surely(e, to);
        assert_int_equal(message.bytes.len, LARGE);
        unsigned char which = (unsigned char)message.bytes.ptr[0];
        assert_true(which < MANY && !has_come[which]);
        memset(bytes, which, LARGE);
        assert_memory_equal(message.bytes.ptr, bytes, LARGE);
        has_come[which] = true;
    }
}

static void check_limit(const struct ends *e)
{
    size_t len = TRANSPORT_BYTES_MAX + 1;
    char *bytes = arena_take(e->arena, len);
    assert_int_equal(transport_send(e->site, STR("hub"), str_make(bytes, len)), ERR_TOO_LARGE);
    send_surely(e, e->site, STR("hub"), str_make(bytes, TRANSPORT_BYTES_MAX));
    assert_int_equal(receive_surely(e, e->hub).bytes.len, TRANSPORT_BYTES_MAX);
}

void transport_conformance_check(struct transport *site, struct str site_name,
                                 struct transport *hub)
{
    struct ends e = {site, hub, arena_new((size_t)64 * 1024 * 1024)};
    assert_true(transport_is_connected(site));
    assert_true(transport_is_connected(hub));
    check_one_each_way(&e, site_name);
    check_many_large(&e, site, STR("hub"), hub);
    check_many_large(&e, hub, site_name, site);
    check_limit(&e);
    arena_free(e.arena);
}
