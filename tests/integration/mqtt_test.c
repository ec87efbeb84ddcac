#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/os/clock.h"
#include "common/os/mailbox.h"
#include "common/os/process.h"
#include "common/transport/mqtt.h"
#include "common/transport/paho.h"
#include "tests/integration/broker.h"
#include "tests/support/transport_conformance.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define RECONNECTS 20
#define GROWTH_KB_MAX 1024

/* Randomness without any: every back-off is zero, so that nothing waits for minutes. */
static void fill_zero(struct random *r, void *bytes, size_t len)
{
    (void)r;
    memset(bytes, 0, len);
}

static struct random impatient = {fill_zero};

struct client { /* a transport and the texts its options borrow */
    struct transport *transport;
    char ca[96], cert[96], key[96];
};

/* `certificate` names whose certificate it shows, `site` what it claims to be (NULL: the hub). */
static void open_client(struct client *c, const struct broker *b, const char *url,
                        const char *certificate, const char *site)
{
    snprintf(c->ca, sizeof c->ca, "%s/ca.pem", b->folder);
    snprintf(c->cert, sizeof c->cert, "%s/%s.pem", b->folder, certificate);
    snprintf(c->key, sizeof c->key, "%s/%s.key", b->folder, certificate);
    struct mqtt_options o = {
        .url = url,
        .client_id = certificate,
        .ca_file = c->ca,
        .cert_file = c->cert,
        .key_file = c->key,
        .county = "qs",
        .site = site,
        .is_intake = site == NULL,
        .is_dispatch = site == NULL,
        .state_text = site ? "{\"online\":true}" : NULL,
        .inbox_max = 1000,
        .clock = clock_real(),
        .random = &impatient,
    };
    assert_int_equal(mqtt_open(&o, &c->transport), OK);
}

/* Turns all until `wanted` of the first is so; says whether it came to that. */
static bool turn_until(struct client *const *clients, size_t count, bool wanted, int wait_ms)
{
    int64_t end_ms = clock_monotonic_ms(clock_real()) + wait_ms;
    while (clock_monotonic_ms(clock_real()) < end_ms) {
        bool is_so = true;
        for (size_t i = 0; i < count; i++) {
            transport_turn(clients[i]->transport, 0);
            is_so = is_so && transport_is_connected(clients[i]->transport) == wanted;
        }
        if (is_so)
            return true;
        usleep(2000);
    }
    return false;
}

static void connect_surely(struct client *c)
{
    struct client *const one[] = {c};
    assert_true(turn_until(one, 1, true, CONFORMANCE_WAIT_MS));
}

static struct broker *broker;

static int set_up(void **state)
{
    (void)state;
    broker_start(broker);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    broker_kill(broker);
    return 0;
}

static void it_conforms(void **state)
{
    (void)state;
    struct client hub;
    struct client site;
    open_client(&hub, broker, broker->url, "hub", NULL);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    assert_int_equal(transport_send(site.transport, STR("hub"), STR("x")), ERR_CLOSED);
    connect_surely(&hub);
    connect_surely(&site);
    transport_conformance_check(site.transport, STR("s-01"), hub.transport);
    transport_close(site.transport);
    transport_close(hub.transport);
}

static void what_comes_wakes_the_descriptor(void **state)
{
    (void)state;
    struct client hub;
    struct client site;
    struct arena *a = arena_new(1 << 16);
    struct transport_message message;
    open_client(&hub, broker, broker->url, "hub", NULL);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    connect_surely(&hub);
    connect_surely(&site);
    struct pollfd p = {.fd = transport_descriptor(hub.transport), .events = POLLIN};
    assert_int_equal(poll(&p, 1, 0), 0);
    assert_true(transport_turn(hub.transport, 0) > 1000); /* nothing to do: it may sleep */
    assert_int_equal(transport_send(site.transport, STR("hub"), STR("x")), OK);
    assert_int_equal(poll(&p, 1, CONFORMANCE_WAIT_MS), 1);
    assert_int_equal(transport_receive(hub.transport, a, &message), OK);
    assert_int_equal(poll(&p, 1, 0), 0);
    transport_close(site.transport);
    transport_close(hub.transport);
    arena_free(a);
}

static long resident_kb(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void both_come_back_when_the_broker_dies(void **state)
{
    (void)state;
    struct client hub;
    struct client site;
    struct client *const both[] = {&hub, &site};
    open_client(&hub, broker, broker->url, "hub", NULL);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    assert_true(turn_until(both, 2, true, CONFORMANCE_WAIT_MS));
    broker_kill(broker);
    assert_true(turn_until(both, 2, false, CONFORMANCE_WAIT_MS));
    assert_int_equal(transport_send(site.transport, STR("hub"), STR("x")), ERR_CLOSED);
    broker_start(broker);
    assert_true(turn_until(both, 2, true, CONFORMANCE_WAIT_MS));
    transport_conformance_check(site.transport, STR("s-01"), hub.transport);
    transport_close(site.transport);
    transport_close(hub.transport);
}

static void memory_stays_flat_over_reconnects(void **state)
{
    (void)state;
    struct client site;
    struct client *const one[] = {&site};
    long after_five_kb = 0;
    open_client(&site, broker, broker->url, "s-01", "s-01");
    connect_surely(&site);
    for (int i = 1; i <= RECONNECTS; i++) {
        broker_kill(broker);
        assert_true(turn_until(one, 1, false, CONFORMANCE_WAIT_MS));
        broker_start(broker);
        connect_surely(&site);
        assert_int_equal(transport_send(site.transport, STR("hub"), STR("x")), OK);
        if (i == 5)
            after_five_kb = resident_kb();
    }
    long growth_kb = resident_kb() - after_five_kb;
    print_message("resident after 5 reconnects %ld KB, %+ld KB after %d\n", after_five_kb,
                  growth_kb, RECONNECTS);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    assert_true(growth_kb < GROWTH_KB_MAX);
#endif
    transport_close(site.transport);
}

static void a_site_cannot_speak_or_listen_for_another(void **state)
{
    (void)state;
    struct client hub;
    struct client site;
    struct client liar;
    struct arena *a = arena_new(1 << 16);
    struct transport_message message;
    open_client(&hub, broker, broker->url, "hub", NULL);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    open_client(&liar, broker, broker->url, "s-02", "s-01");
    connect_surely(&hub);
    connect_surely(&site);
    connect_surely(&liar);
    struct client *const all[] = {&hub, &site, &liar};
    assert_int_equal(transport_send(liar.transport, STR("hub"), STR("forged")), OK);
    assert_int_equal(transport_send(hub.transport, STR("s-01"), STR("for s-01 alone")), OK);
    assert_false(turn_until(all, 3, false, 1000));
    assert_int_equal(transport_receive(hub.transport, a, &message), ERR_MISSING);
    assert_int_equal(transport_receive(liar.transport, a, &message), ERR_MISSING);
    assert_int_equal(transport_receive(site.transport, a, &message), OK);
    assert_true(str_equal(message.bytes, STR("for s-01 alone")));
    for (size_t i = 0; i < 3; i++)
        transport_close(all[i]->transport);
    arena_free(a);
}

static void a_certificate_of_another_authority_stays_outside(void **state)
{
    (void)state;
    struct client stranger;
    struct client *const one[] = {&stranger};
    open_client(&stranger, broker, broker->url, "stranger", "s-01");
    assert_false(turn_until(one, 1, true, 1500));
    transport_close(stranger.transport);
}

static void a_broker_of_another_authority_is_not_trusted(void **state)
{
    (void)state;
    struct client site;
    struct client *const one[] = {&site};
    char command[256];
    snprintf(command, sizeof command, "cd %s; mv ca.pem kept.pem; cp other.pem ca.pem",
             broker->folder);
    broker_shell(command);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    bool is_connected = turn_until(one, 1, true, 1500);
    transport_close(site.transport);
    snprintf(command, sizeof command, "cd %s; mv kept.pem ca.pem", broker->folder);
    broker_shell(command);
    assert_false(is_connected);
}

static void an_old_broker_gets_the_old_language(void **state)
{
    (void)state;
    char numbers[2][16];
    char url[64];
    int64_t door;
    int port = broker_free_port();
    struct client hub;
    struct client site;
    snprintf(numbers[0], sizeof numbers[0], "%d", port);
    snprintf(numbers[1], sizeof numbers[1], "%d", broker->port);
    snprintf(url, sizeof url, "ssl://127.0.0.1:%d", port);
    const char *const arguments[] = {"python3",
                                     SOURCE_DIR "/tests/integration/old_broker.py",
                                     numbers[0],
                                     numbers[1],
                                     broker->folder,
                                     "s-01",
                                     NULL};
    assert_int_equal(process_start(PYTHON, arguments, &door), OK);
    broker_wait_for_port(port);
    open_client(&hub, broker, broker->url, "hub", NULL);
    open_client(&site, broker, url, "s-01", "s-01");
    connect_surely(&hub);
    connect_surely(&site);
    transport_conformance_check(site.transport, STR("s-01"), hub.transport);
    transport_close(site.transport);
    transport_close(hub.transport);
    process_kill(door);
}

/* Listens to the retained states as the hub, below the transport, which has no use for them. */
struct listener {
    struct paho *paho;
    struct mailbox *events, *inbox;
    struct arena *arena;
    char ca[96], cert[96], key[96];
};

static void wait_for_success(struct listener *l, enum paho_event_kind kind)
{
    struct str label;
    struct str bytes;
    struct pollfd p = {.fd = mailbox_descriptor(l->events), .events = POLLIN};
    assert_int_equal(poll(&p, 1, CONFORMANCE_WAIT_MS), 1);
    assert_true(mailbox_take(l->events, l->arena, &label, &bytes));
    struct paho_event event;
    assert_int_equal(label.len, sizeof event);
    memcpy(&event, label.ptr, sizeof event);
    assert_int_equal(event.kind, kind);
    assert_true(event.is_success);
}

static void listen_to_states(struct listener *l)
{
    l->arena = arena_new(1 << 16);
    assert_int_equal(mailbox_new(100, &l->events), OK);
    assert_int_equal(mailbox_new(100, &l->inbox), OK);
    snprintf(l->ca, sizeof l->ca, "%s/ca.pem", broker->folder);
    snprintf(l->cert, sizeof l->cert, "%s/hub.pem", broker->folder);
    snprintf(l->key, sizeof l->key, "%s/hub.key", broker->folder);
    struct paho_options o = {.url = broker->url,
                             .client_id = "states",
                             .ca_file = l->ca,
                             .cert_file = l->cert,
                             .key_file = l->key,
                             .in_flight_max = 1,
                             .events = l->events,
                             .inbox = l->inbox};
    assert_int_equal(paho_new(&o, &l->paho), OK);
    assert_int_equal(paho_connect(l->paho), OK);
    wait_for_success(l, PAHO_CONNECT);
    assert_int_equal(paho_subscribe(l->paho, "qq/1/qs/state/+"), OK);
    wait_for_success(l, PAHO_SUBSCRIBE);
}

static void expect_state(struct listener *l, const char *topic, const char *state)
{
    struct str label;
    struct str bytes;
    struct pollfd p = {.fd = mailbox_descriptor(l->inbox), .events = POLLIN};
    assert_int_equal(poll(&p, 1, CONFORMANCE_WAIT_MS), 1);
    assert_true(mailbox_take(l->inbox, l->arena, &label, &bytes));
    assert_true(str_equal(label, str_of(topic)));
    assert_true(str_equal(bytes, str_of(state)));
}

static void the_state_tells_arrival_leaving_and_death(void **state)
{
    (void)state;
    struct listener l;
    struct client site;
    int64_t pid;
    char self[256];
    listen_to_states(&l);
    open_client(&site, broker, broker->url, "s-01", "s-01");
    connect_surely(&site);
    expect_state(&l, "qq/1/qs/state/s-01", "{\"online\":true}");
    transport_close(site.transport);
    expect_state(&l, "qq/1/qs/state/s-01", "{\"online\":false}");
    assert_int_equal(process_self(self, sizeof self), OK);
    const char *const arguments[] = {self, "site", broker->folder, broker->url, NULL};
    assert_int_equal(process_start(self, arguments, &pid), OK);
    expect_state(&l, "qq/1/qs/state/s-02", "{\"online\":true}");
    process_kill(pid);
    expect_state(&l, "qq/1/qs/state/s-02", "{\"online\":false}"); /* the will */
    paho_free(l.paho);
    mailbox_free(l.events);
    mailbox_free(l.inbox);
    arena_free(l.arena);
}

static void settings_that_cannot_work_are_refused(void **state)
{
    (void)state;
    struct transport *t = NULL;
    char ca[96];
    snprintf(ca, sizeof ca, "%s/ca.pem", broker->folder);
    struct mqtt_options good = {.url = "ssl://127.0.0.1:1",
                                .client_id = "s-01",
                                .ca_file = ca,
                                .cert_file = ca,
                                .key_file = ca,
                                .county = "qs",
                                .site = "s-01",
                                .inbox_max = 1,
                                .clock = clock_real(),
                                .random = &impatient};
    struct mqtt_options bad[5];
    for (size_t i = 0; i < 5; i++)
        bad[i] = good;
    bad[0].url = "tcp://127.0.0.1:1883";
    bad[1].key_file = "no/such/file";
    bad[2].county = "a/b";
    bad[3].site = "+";
    bad[4].inbox_max = 0;
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(mqtt_open(&bad[i], &t), ERR_INVALID);
    assert_null(t);
    assert_int_equal(mqtt_open(&good, &t), OK);
    transport_close(t); /* before the first attempt */
}

/* The child of the_state_tells…: a site that stays until it is killed. */
_Noreturn static void be_a_site(const char *folder, const char *url)
{
    struct client site;
    struct broker b = {0};
    snprintf(b.folder, sizeof b.folder, "%s", folder);
    open_client(&site, &b, url, "s-02", "s-02");
    for (;;) {
        transport_turn(site.transport, 0);
        usleep(10000);
    }
}

static void be_silent(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        CASE(it_conforms),
        CASE(what_comes_wakes_the_descriptor),
        CASE(both_come_back_when_the_broker_dies),
        CASE(memory_stays_flat_over_reconnects),
        CASE(a_site_cannot_speak_or_listen_for_another),
        CASE(a_certificate_of_another_authority_stays_outside),
        CASE(a_broker_of_another_authority_is_not_trusted),
        CASE(an_old_broker_gets_the_old_language),
        CASE(the_state_tells_arrival_leaving_and_death),
        CASE(settings_that_cannot_work_are_refused),
    };
    if (argc == 1) /* any word: the log is shown */
        log_setup("mqtt_test", LOG_ERROR, be_silent);
    if (argc == 4 && strcmp(argv[1], "site") == 0)
        be_a_site(argv[2], argv[3]);
    broker = broker_new();
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    broker_free(broker);
    return failures;
}
