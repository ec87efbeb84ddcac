/* Over a real broker: the hub is told of sites, a site of the hub. */
#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/os/clock.h"
#include "common/transport/mqtt.h"
#include "tests/integration/broker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WAIT_MS 10000
#define ONLINE "{\"online\":true,\"spread_s\":2}"
#define STOPPED "{\"online\":true,\"stopped\":\"behind\"}"
#define OFFLINE "{\"online\":false}"

struct end { /* a transport, what it heard last, and the texts its options borrow */
    struct transport_watch watch; /* first member */
    struct transport *transport;
    struct arena *arena;
    char who[32], text[64];
    char ca[96], cert[96], key[96];
};

static void fill_zero(struct random *r, void *bytes, size_t len)
{
    (void)r;
    memset(bytes, 0, len);
}

static struct random impatient = {fill_zero};
static struct broker *broker;

static void hear(struct transport_watch *self, struct str who, struct str text)
{
    struct end *e = (struct end *)self;
    snprintf(e->who, sizeof e->who, STR_FMT, STR_ARG(who));
    snprintf(e->text, sizeof e->text, STR_FMT, STR_ARG(text));
}

static void open_end(struct end *e, const char *name, bool is_hub)
{
    *e = (struct end){.watch = {hear}, .arena = arena_new(1 << 20)};
    snprintf(e->ca, sizeof e->ca, "%s/ca.pem", broker->folder);
    snprintf(e->cert, sizeof e->cert, "%s/%s.pem", broker->folder, name);
    snprintf(e->key, sizeof e->key, "%s/%s.key", broker->folder, name);
    struct mqtt_options o = {.url = broker->url,
                             .client_id = name,
                             .ca_file = e->ca,
                             .cert_file = e->cert,
                             .key_file = e->key,
                             .county = "qs",
                             .site = is_hub ? NULL : name,
                             .is_intake = is_hub,
                             .state_text = ONLINE,
                             .watch = &e->watch,
                             .inbox_max = 100,
                             .clock = clock_real(),
                             .random = &impatient};
    assert_int_equal(mqtt_open(&o, &e->transport), OK);
}

static void close_end(struct end *e)
{
    transport_close(e->transport);
    arena_free(e->arena);
}

static void expect(struct end *e, const char *who, const char *text)
{
    int64_t end_ms = clock_monotonic_ms(clock_real()) + WAIT_MS;
    struct transport_message message;
    while (strcmp(e->who, who) != 0 || strcmp(e->text, text) != 0) {
        transport_turn(e->transport, 0);
        (void)!transport_receive(e->transport, e->arena, &message);
        if (clock_monotonic_ms(clock_real()) > end_ms)
            fail_msg("heard \"%s\" of \"%s\" and not \"%s\" of \"%s\"", e->text, e->who, text, who);
        usleep(2000);
    }
}

static void each_side_hears_of_the_other(void **state)
{
    (void)state;
    struct end hub, site;
    open_end(&hub, "hub", true);
    expect(&hub, "", ""); /* connecting needs turns, and nobody was ever there */
    for (int i = 0; i < 5000 && !transport_is_connected(hub.transport); i++) {
        transport_turn(hub.transport, 0);
        usleep(2000);
    }
    open_end(&site, "s-01", false);
    expect(&site, "hub", ONLINE); /* retained: said before the site was there */
    expect(&hub, "s-01", ONLINE);
    mqtt_say(site.transport, STOPPED);
    expect(&hub, "s-01", STOPPED);
    close_end(&hub);
    expect(&site, "hub", OFFLINE);
    close_end(&site);
    open_end(&hub, "hub", true);
    expect(&hub, "s-01", OFFLINE);
    close_end(&hub);
}

static void be_silent(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_side_hears_of_the_other)};
    log_setup("watch_test", LOG_ERROR, be_silent);
    broker = broker_new();
    broker_start(broker);
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    broker_kill(broker);
    broker_free(broker);
    return failures;
}
