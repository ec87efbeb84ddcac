#include "common/transport/mqtt.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/fsm.h"
#include "common/base/log.h"
#include "common/os/file.h"
#include "common/os/mailbox.h"
#include "common/transport/paho.h"
#include "common/transport/topic.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ANSWER_MS 20000  /* watchdog: no CONNACK or SUBACK in this time */
#define CONFIRM_MS 60000 /* watchdog: publishes are out and none is confirmed */
#define STEADY_MS 10000  /* a connection that lasted this long forgets the failures before it */
#define LOOK_MS 5000     /* how often the library is asked whether it is connected */
#define CLOSE_MS 1000
#define BACKOFF_MS 1000 /* the first ceiling; it doubles */
#define BACKOFF_MAX_MS 300000
#define BACKOFF_DOUBLINGS_MAX 9
#define IN_FLIGHT_DEFAULT 16
#define IN_FLIGHT_MOST 60000 /* packet identifiers are 16 bits */
#define REFUSED_VERSION 132  /* MQTT 5's CONNACK */
#define REFUSED_VERSION_3 1  /* MQTT 3.1.1's */
#define STATE_OFFLINE "{\"online\":false}"

enum mqtt_state { MQTT_RESTING, MQTT_CONNECTING, MQTT_SUBSCRIBING, MQTT_ONLINE };

static const struct fsm_state mqtt_states[] = {
    [MQTT_RESTING] = {"resting", TO(MQTT_CONNECTING) | TO(MQTT_RESTING), false},
    [MQTT_CONNECTING] = {"connecting", TO(MQTT_SUBSCRIBING) | TO(MQTT_ONLINE) | TO(MQTT_RESTING),
                         false},
    [MQTT_SUBSCRIBING] = {"subscribing", TO(MQTT_ONLINE) | TO(MQTT_RESTING), false},
    [MQTT_ONLINE] = {"online", TO(MQTT_RESTING), false},
};
static const struct fsm mqtt_machine = FSM(mqtt_states);

struct mqtt {
    struct transport transport; /* first member */
    struct mqtt_options o;
    struct topic subscriptions[2], state_topic;
    unsigned unanswered; /* subscriptions */
    struct mailbox *events, *inbox;
    int epoll;           /* readable when one of the two mailboxes is */
    struct arena *arena; /* of one turn */
    struct paho *paho;   /* NULL before the first attempt */
    enum mqtt_state state;
    uint32_t generation;
    unsigned failures;
    bool is_v3; /* the broker does not speak MQTT 5 */
    size_t in_flight;
    int64_t next_ms;      /* resting: when to try; connecting, subscribing: when to give up */
    int64_t online_ms;    /* since when */
    int64_t confirmed_ms; /* last sign that publishing goes on */
    uint64_t dropped;     /* of the inbox, as last logged */
};

static int64_t now_of(const struct mqtt *m)
{
    return clock_monotonic_ms(m->o.clock);
}

static void move(struct mqtt *m, enum mqtt_state state)
{
    ASSERT(fsm_allows(&mqtt_machine, m->state, state));
    m->state = state;
}

static bool is_site(const struct mqtt *m)
{
    return m->o.site != NULL;
}

static bool is_subscriber(const struct mqtt *m)
{
    return is_site(m) || m->o.is_intake;
}

/* Full jitter: anywhere between now and a ceiling that doubles with each failure. */
static void rest(struct mqtt *m)
{
    unsigned doublings = m->failures < BACKOFF_DOUBLINGS_MAX ? m->failures : BACKOFF_DOUBLINGS_MAX;
    int64_t ceiling_ms = (int64_t)BACKOFF_MS << doublings;
    if (ceiling_ms > BACKOFF_MAX_MS)
        ceiling_ms = BACKOFF_MAX_MS;
    int64_t wait_ms = (int64_t)random_below(m->o.random, (uint64_t)ceiling_ms + 1);
    m->failures++;
    m->in_flight = 0;
    m->next_ms = now_of(m) + wait_ms;
    move(m, MQTT_RESTING);
}

static void give_up(struct mqtt *m, const char *why, int code)
{
    int64_t now_ms = now_of(m);
    if (m->state == MQTT_ONLINE && now_ms - m->online_ms >= STEADY_MS)
        m->failures = 0;
    rest(m);
    LOG(WARN, "mqtt.lost", KV_STR("why", str_of(why)), KV_I64("code", code),
        KV_I64("retry_in_ms", m->next_ms - now_ms));
}

/* A client object that has never been connected: the library's own reconnection stops after hours
 * under TLS, and a fresh object has nothing to remember. The old one goes after the new one is
 * there: while there is one, the library keeps its threads. */
static enum err start_connecting(struct mqtt *m)
{
    struct paho *fresh;
    struct paho_options o = {
        .url = m->o.url,
        .client_id = m->o.client_id,
        .ca_file = m->o.ca_file,
        .cert_file = m->o.cert_file,
        .key_file = m->o.key_file,
        .will_topic = m->o.state_text ? m->state_topic.text : NULL,
        .will_text = STATE_OFFLINE,
        .in_flight_max = m->o.in_flight_max + 1, /* one for the state */
        .is_v3 = m->is_v3,
        .generation = ++m->generation,
        .events = m->events,
        .inbox = m->inbox,
    };
    TRY(paho_new(&o, &fresh));
    paho_free(m->paho);
    m->paho = fresh;
    return paho_connect(m->paho);
}

static void connect(struct mqtt *m)
{
    move(m, MQTT_CONNECTING);
    m->next_ms = now_of(m) + ANSWER_MS;
    enum err e = start_connecting(m);
    if (e != OK) {
        LOG_FAILURE(WARN, "mqtt.failed", e);
        give_up(m, "cannot start to connect", 0);
    }
}

static enum err publish(struct mqtt *m, const char *topic, struct str bytes, bool is_retained)
{
    TRY(paho_publish(m->paho, topic, bytes, is_retained));
    if (m->in_flight++ == 0)
        m->confirmed_ms = now_of(m);
    return OK;
}

static void say_state(struct mqtt *m)
{
    enum err e = publish(m, m->state_topic.text, str_of(m->o.state_text), true);
    if (e != OK)
        LOG_FAILURE(WARN, "mqtt.state_unsent", e);
}

void mqtt_say(struct transport *t, const char *state_text)
{
    struct mqtt *m = (struct mqtt *)t;
    ASSERT(m->o.state_text);
    m->o.state_text = state_text;
    if (m->state == MQTT_ONLINE)
        say_state(m);
}

static void go_online(struct mqtt *m)
{
    move(m, MQTT_ONLINE);
    m->online_ms = m->confirmed_ms = now_of(m);
    m->next_ms = m->online_ms + LOOK_MS;
    LOG(INFO, "mqtt.connected", KV_STR("version", m->is_v3 ? STR("3.1.1") : STR("5")),
        KV_I64("failures", (int64_t)m->failures));
    if (m->o.state_text)
        say_state(m);
}

static void on_connect(struct mqtt *m, const struct paho_event *event)
{
    if (!event->is_success) {
        /* A broker that does not speak MQTT 5 says so in the words of either version. */
        if (!m->is_v3 && (event->code == REFUSED_VERSION || event->code == REFUSED_VERSION_3)) {
            m->is_v3 = true;
            m->failures = 0;
        }
        give_up(m, "no connection", event->code);
        return;
    }
    if (!is_subscriber(m)) {
        go_online(m);
        return;
    }
    move(m, MQTT_SUBSCRIBING);
    m->next_ms = now_of(m) + ANSWER_MS;
    m->unanswered = m->o.watch ? 2 : 1;
    for (unsigned i = 0; i < m->unanswered; i++)
        if (paho_subscribe(m->paho, m->subscriptions[i].text) != OK) {
            give_up(m, "cannot subscribe", 0);
            return;
        }
}

static void on_subscribe(struct mqtt *m, const struct paho_event *event)
{
    if (m->state != MQTT_SUBSCRIBING)
        return;
    if (!event->is_success)
        give_up(m, "subscription refused", event->code);
    else if (--m->unanswered == 0)
        go_online(m);
}

static void on_publish(struct mqtt *m, const struct paho_event *event)
{
    if (m->in_flight)
        m->in_flight--;
    m->confirmed_ms = now_of(m);
    if (!event->is_success)
        LOG(WARN, "mqtt.publish_refused", KV_I64("code", event->code));
}

static void on_event(struct mqtt *m, const struct paho_event *event, struct str text)
{
    if (event->generation != m->generation || m->state == MQTT_RESTING)
        return;
    switch (event->kind) {
    case PAHO_CONNECT:
        if (m->state == MQTT_CONNECTING)
            on_connect(m, event);
        break;
    case PAHO_SUBSCRIBE:
        on_subscribe(m, event);
        break;
    case PAHO_PUBLISH:
        on_publish(m, event);
        break;
    case PAHO_LOST:
        give_up(m, "the connection ended", event->code);
        break;
    case PAHO_TLS:
        LOG(WARN, "mqtt.tls", KV_STR("note", str_trim(text)));
        break;
    case PAHO_EVENT_KINDS:
        break;
    }
}

static void take_events(struct mqtt *m)
{
    struct str label;
    struct str text;
    while (mailbox_take(m->events, m->arena, &label, &text)) {
        struct paho_event event;
        ASSERT(label.len == sizeof event);
        memcpy(&event, label.ptr, sizeof event);
        on_event(m, &event, text);
        arena_reset(m->arena);
    }
    uint64_t dropped = mailbox_dropped(m->inbox);
    if (dropped != m->dropped)
        LOG(WARN, "mqtt.dropped", KV_I64("messages", (int64_t)(dropped - m->dropped)));
    m->dropped = dropped;
}

/* What the library forgot to tell. */
static void look(struct mqtt *m, int64_t now_ms)
{
    m->next_ms = now_ms + LOOK_MS;
    if (!paho_is_connected(m->paho))
        give_up(m, "found disconnected", 0);
    else if (m->in_flight && now_ms - m->confirmed_ms >= CONFIRM_MS)
        give_up(m, "publishes are not confirmed", 0);
}

static int64_t mqtt_turn(struct transport *t, int64_t now_ms)
{
    struct mqtt *m = (struct mqtt *)t;
    now_ms = now_of(m); /* the caller's may be wall time; deadlines are monotonic */
    take_events(m);
    if (now_ms >= m->next_ms) {
        switch (m->state) {
        case MQTT_RESTING:
            connect(m);
            break;
        case MQTT_CONNECTING:
        case MQTT_SUBSCRIBING:
            give_up(m, "no answer", 0);
            break;
        case MQTT_ONLINE:
            look(m, now_ms);
            break;
        }
    }
    int64_t sleep_ms = m->next_ms - now_of(m);
    return sleep_ms > 0 ? sleep_ms : 0;
}

static enum err mqtt_send(struct transport *t, struct str peer, struct str sealed)
{
    struct mqtt *m = (struct mqtt *)t;
    ASSERT(is_site(m) || m->o.is_dispatch);
    take_events(m);
    if (m->state != MQTT_ONLINE)
        return fail(ERR_CLOSED, "mqtt is not connected");
    if (sealed.len > TRANSPORT_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "a message of %zu bytes", sealed.len);
    if (!is_site(m) && !topic_is_name(peer))
        return fail(ERR_INVALID, "not the name of a site");
    if (m->in_flight >= m->o.in_flight_max)
        return fail(ERR_FULL, "%zu messages are not confirmed yet", m->in_flight);
    struct topic topic = topic_make(str_of(m->o.county), is_site(m) ? TOPIC_UP : TOPIC_DOWN,
                                    is_site(m) ? str_of(m->o.site) : peer);
    return publish(m, topic.text, sealed, false);
}

/* Whether the message was one of the states that this end watches. */
static bool take_state(struct mqtt *m, struct str topic, struct str bytes)
{
    if (!m->o.watch)
        return false;
    struct str who = topic_site(topic, str_of(m->o.county), is_site(m) ? TOPIC_HUB : TOPIC_STATE);
    if (who.len == 0)
        return false;
    m->o.watch->state(m->o.watch, who, bytes);
    return true;
}

static enum err mqtt_receive(struct transport *t, struct arena *a,
                             struct transport_message *out_message)
{
    struct mqtt *m = (struct mqtt *)t;
    struct str topic;
    struct str bytes;
    while (mailbox_take(m->inbox, a, &topic, &bytes)) {
        if (take_state(m, topic, bytes))
            continue;
        struct str site =
            topic_site(topic, str_of(m->o.county), is_site(m) ? TOPIC_DOWN : TOPIC_UP);
        if (site.len == 0 || (is_site(m) && !str_equal(site, str_of(m->o.site))))
            continue; /* left over from a subscription of other settings */
        *out_message = (struct transport_message){is_site(m) ? STR("hub") : site, bytes};
        return OK;
    }
    return fail(ERR_MISSING, "nothing now");
}

static bool mqtt_is_connected(struct transport *t)
{
    return ((struct mqtt *)t)->state == MQTT_ONLINE;
}

static unsigned mqtt_load(struct transport *t)
{
    struct mqtt *m = (struct mqtt *)t;
    return mailbox_load(m->inbox);
}

static int mqtt_descriptor(struct transport *t)
{
    return ((struct mqtt *)t)->epoll;
}

static void mqtt_close(struct transport *t)
{
    struct mqtt *m = (struct mqtt *)t;
    /* Leaving says good-bye properly, which cancels the will. */
    if (m->state == MQTT_ONLINE && m->o.state_text)
        paho_say_last(m->paho, m->state_topic.text, STR(STATE_OFFLINE), CLOSE_MS);
    paho_free(m->paho);
    if (m->epoll >= 0)
        close(m->epoll);
    mailbox_free(m->events);
    mailbox_free(m->inbox);
    arena_free(m->arena);
    free(m);
}

static enum err check_file(const char *path, const char *what)
{
    struct file_info info;
    if (!path || file_stat(path, &info) != OK)
        return fail(ERR_INVALID, "mqtt: the file of the %s cannot be read", what);
    return OK;
}

static enum err check_options(const struct mqtt_options *o)
{
    ASSERT(o->clock && o->random);
    if (!o->url ||
        !(str_starts(str_of(o->url), STR("ssl://")) || str_starts(str_of(o->url), STR("mqtts://"))))
        return fail(ERR_INVALID, "mqtt: the broker is named ssl://HOST:PORT");
    if (!topic_is_name(str_of(o->county)) || !topic_is_name(str_of(o->client_id)) ||
        (o->site && !topic_is_name(str_of(o->site))))
        return fail(ERR_INVALID, "mqtt: county, site and client are names of letters and digits");
    if (o->inbox_max == 0 || o->in_flight_max > IN_FLIGHT_MOST)
        return fail(ERR_INVALID, "mqtt: a limit makes no sense");
    TRY(check_file(o->ca_file, "authority's certificate"));
    TRY(check_file(o->cert_file, "certificate"));
    return check_file(o->key_file, "certificate's key");
}

static enum err watch(int epoll, const struct mailbox *mailbox)
{
    struct epoll_event event = {.events = EPOLLIN};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, mailbox_descriptor(mailbox), &event) == 0
               ? OK
               : fail(ERR_IO, "epoll");
}

static enum err set_up(struct mqtt *m)
{
    /* Events are few: one per request, and requests are bounded by the window. */
    TRY(mailbox_new(4 * m->o.in_flight_max + 1024, &m->events));
    TRY(mailbox_new(m->o.inbox_max, &m->inbox));
    if (m->o.inbox_bytes_max)
        mailbox_limit(m->inbox, m->o.inbox_bytes_max);
    m->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (m->epoll < 0)
        return fail(ERR_IO, "epoll");
    TRY(watch(m->epoll, m->events));
    return watch(m->epoll, m->inbox);
}

static const struct transport_ops mqtt_ops = {
    "mqtt",    mqtt_send, mqtt_receive,    mqtt_is_connected,
    mqtt_turn, mqtt_load, mqtt_descriptor, mqtt_close,
};

enum err mqtt_open(const struct mqtt_options *options, struct transport **out_transport)
{
    TRY(check_options(options));
    struct mqtt *m = calloc(1, sizeof *m);
    ASSERT(m != NULL);
    *m = (struct mqtt){.transport.ops = &mqtt_ops,
                       .o = *options,
                       .epoll = -1,
                       .arena = arena_new(64 * 1024),
                       .next_ms = clock_monotonic_ms(options->clock)};
    if (m->o.in_flight_max == 0)
        m->o.in_flight_max = IN_FLIGHT_DEFAULT;
    struct str county = str_of(m->o.county);
    m->subscriptions[0] = is_site(m) ? topic_make(county, TOPIC_DOWN, str_of(m->o.site))
                                     : topic_make(county, TOPIC_UP, STR("+"));
    m->subscriptions[1] = topic_make(county, is_site(m) ? TOPIC_HUB : TOPIC_STATE, STR("+"));
    m->state_topic = is_site(m) ? topic_make(county, TOPIC_STATE, str_of(m->o.site))
                                : topic_make(county, TOPIC_HUB, str_of(m->o.client_id));
    enum err e = set_up(m);
    if (e != OK) {
        mqtt_close(&m->transport);
        return e;
    }
    *out_transport = &m->transport;
    return OK;
}
