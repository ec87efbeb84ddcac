#include "common/transport/paho.h"

#include "common/base/check.h"
#include "common/os/mailbox.h"
#include "common/transport/transport.h"

#include <MQTTAsync.h>
#include <stdlib.h>

#define QOS 1
#define KEEP_ALIVE_SECONDS 30
#define CONNECT_SECONDS 15
#define SESSION_SECONDS (7 * 24 * 60 * 60)

struct call { /* context of one kind of request */
    struct paho *paho;
    enum paho_event_kind kind;
};

struct paho {
    struct paho_options o;
    MQTTAsync client;
    struct call calls[PAHO_EVENT_KINDS];
};

/* --- on the library's threads: into a mailbox, and nothing else ------------------------------ */

static void tell(const struct paho *p, enum paho_event_kind kind, bool is_success, int code)
{
    struct paho_event event = {p->o.generation, kind, is_success, code};
    mailbox_put(p->o.events, str_make(&event, sizeof event), STR_NONE);
}

static void succeeded(void *context, MQTTAsync_successData *data)
{
    const struct call *call = context;
    bool is_refused = call->kind == PAHO_SUBSCRIBE && data && data->alt.qos >= PAHO_REFUSED;
    tell(call->paho, call->kind, !is_refused, is_refused ? PAHO_REFUSED : 0);
}

static void succeeded5(void *context, MQTTAsync_successData5 *data)
{
    const struct call *call = context;
    int code = data ? (int)data->reasonCode : 0;
    tell(call->paho, call->kind, code < PAHO_REFUSED, code);
}

static void failed(void *context, MQTTAsync_failureData *data)
{
    const struct call *call = context;
    tell(call->paho, call->kind, false, data ? data->code : 0);
}

static void failed5(void *context, MQTTAsync_failureData5 *data)
{
    const struct call *call = context;
    int code = !data ? 0 : data->reasonCode > 0 ? (int)data->reasonCode : data->code;
    tell(call->paho, call->kind, false, code);
}

static void lost(void *context, char *cause)
{
    (void)cause;
    tell(context, PAHO_LOST, false, 0);
}

static void disconnected(void *context, MQTTProperties *properties, enum MQTTReasonCodes reason)
{
    (void)properties;
    tell(context, PAHO_LOST, false, (int)reason);
}

static int tls_said(const char *text, size_t len, void *context)
{
    const struct paho *p = context;
    struct paho_event event = {p->o.generation, PAHO_TLS, false, 0};
    mailbox_put(p->o.events, str_make(&event, sizeof event), str_make(text, len));
    return 1;
}

static int arrived(void *context, char *topic, int topic_len, MQTTAsync_message *message)
{
    const struct paho *p = context;
    struct str name = topic_len > 0 ? str_make(topic, (size_t)topic_len) : str_of(topic);
    if (message->payloadlen >= 0 && (size_t)message->payloadlen <= TRANSPORT_BYTES_MAX)
        mailbox_put(p->o.inbox, name, str_make(message->payload, (size_t)message->payloadlen));
    MQTTAsync_freeMessage(&message);
    MQTTAsync_free(topic);
    return 1; /* taken, also when the inbox was full: what was dropped is sent again by the peer */
}

/* --- on the loop's thread -------------------------------------------------------------------- */

static enum err result_of(int code, const char *what)
{
    switch (code) {
    case MQTTASYNC_SUCCESS:
        return OK;
    case MQTTASYNC_DISCONNECTED:
        return fail(ERR_CLOSED, "%s: not connected", what);
    case MQTTASYNC_MAX_BUFFERED_MESSAGES:
    case MQTTASYNC_NO_MORE_MSGIDS:
        return fail(ERR_FULL, "%s: too much under way", what);
    default:
        return fail(ERR_IO, "%s: the library says %d", what, code);
    }
}

enum err paho_new(const struct paho_options *options, struct paho **out_paho)
{
    MQTTAsync_createOptions create = MQTTAsync_createOptions_initializer;
    struct paho *p = calloc(1, sizeof *p);
    ASSERT(p != NULL);
    p->o = *options;
    for (int i = 0; i < PAHO_EVENT_KINDS; i++)
        p->calls[i] = (struct call){p, (enum paho_event_kind)i};
    /* MQTTAsync_global_init is never called: the library is ready when it is loaded, and calling it
     * again makes its locks anew under the threads that use them. */
    create.MQTTVersion = p->o.is_v3 ? MQTTVERSION_3_1_1 : MQTTVERSION_5;
    int code = MQTTAsync_createWithOptions(&p->client, p->o.url, p->o.client_id,
                                           MQTTCLIENT_PERSISTENCE_NONE, NULL, &create);
    if (code == MQTTASYNC_SUCCESS)
        code = MQTTAsync_setCallbacks(p->client, p, lost, arrived, NULL);
    if (code == MQTTASYNC_SUCCESS && !p->o.is_v3)
        code = MQTTAsync_setDisconnected(p->client, p, disconnected);
    if (code != MQTTASYNC_SUCCESS) {
        paho_free(p);
        return result_of(code, "make a client");
    }
    *out_paho = p;
    return OK;
}

void paho_free(struct paho *p)
{
    if (!p)
        return;
    /* The library calls back under the lock that this takes: when it returns, no callback runs. */
    if (p->client)
        MQTTAsync_destroy(&p->client);
    free(p);
}

static void add_property(MQTTProperties *to, enum MQTTPropertyCodes code, unsigned value)
{
    MQTTProperty property = {.identifier = code, .value.integer4 = value};
    ASSERT(MQTTProperties_add(to, &property) == 0);
}

/* What differs between the versions. */
static MQTTAsync_connectOptions connect_options(const struct paho *p, MQTTProperties *properties)
{
    MQTTAsync_connectOptions c3 = MQTTAsync_connectOptions_initializer;
    MQTTAsync_connectOptions c5 = MQTTAsync_connectOptions_initializer5;
    if (p->o.is_v3) {
        c3.onSuccess = succeeded;
        c3.onFailure = failed;
        c3.cleansession = 0;
        c3.MQTTVersion = MQTTVERSION_3_1_1;
        return c3;
    }
    c5.onSuccess5 = succeeded5;
    c5.onFailure5 = failed5;
    c5.cleanstart = 0;
    add_property(properties, MQTTPROPERTY_CODE_SESSION_EXPIRY_INTERVAL, SESSION_SECONDS);
    add_property(properties, MQTTPROPERTY_CODE_MAXIMUM_PACKET_SIZE, TRANSPORT_BYTES_MAX + 1024);
    c5.connectProperties = properties;
    return c5;
}

enum err paho_connect(struct paho *p)
{
    MQTTProperties properties = MQTTProperties_initializer;
    MQTTAsync_connectOptions c = connect_options(p, &properties);
    MQTTAsync_SSLOptions tls = MQTTAsync_SSLOptions_initializer;
    MQTTAsync_willOptions will = MQTTAsync_willOptions_initializer;
    tls.trustStore = p->o.ca_file;
    tls.keyStore = p->o.cert_file;
    tls.privateKey = p->o.key_file;
    tls.enableServerCertAuth = 1;
    tls.verify = 1;
    tls.disableDefaultTrustStore = 1;
    tls.ssl_error_cb = tls_said;
    tls.ssl_error_context = p;
    c.ssl = &tls;
    if (p->o.will_topic) {
        will.topicName = p->o.will_topic;
        will.message = p->o.will_text;
        will.retained = 1;
        will.qos = QOS;
        c.will = &will;
    }
    c.keepAliveInterval = KEEP_ALIVE_SECONDS;
    c.connectTimeout = CONNECT_SECONDS;
    c.maxInflight = (int)p->o.in_flight_max;
    c.context = &p->calls[PAHO_CONNECT];
    int code = MQTTAsync_connect(p->client, &c);
    MQTTProperties_free(&properties);
    return result_of(code, "connect");
}

static MQTTAsync_responseOptions answers_to(struct paho *p, enum paho_event_kind kind)
{
    MQTTAsync_responseOptions r = MQTTAsync_responseOptions_initializer;
    r.context = &p->calls[kind];
    if (p->o.is_v3) {
        r.onSuccess = succeeded;
        r.onFailure = failed;
    } else {
        r.onSuccess5 = succeeded5;
        r.onFailure5 = failed5;
    }
    return r;
}

enum err paho_subscribe(struct paho *p, const char *topic)
{
    MQTTAsync_responseOptions answers = answers_to(p, PAHO_SUBSCRIBE);
    return result_of(MQTTAsync_subscribe(p->client, topic, QOS, &answers), "subscribe");
}

static int publish(struct paho *p, const char *topic, struct str bytes, bool is_retained,
                   MQTTAsync_token *out_token)
{
    MQTTAsync_responseOptions answers = answers_to(p, PAHO_PUBLISH);
    MQTTAsync_message message = MQTTAsync_message_initializer;
    message.payload = (void *)(uintptr_t)bytes.ptr; /* copied by the library */
    message.payloadlen = (int)bytes.len;
    message.qos = QOS;
    message.retained = is_retained;
    int code = MQTTAsync_sendMessage(p->client, topic, &message, &answers);
    *out_token = answers.token;
    return code;
}

enum err paho_publish(struct paho *p, const char *topic, struct str bytes, bool is_retained)
{
    MQTTAsync_token token;
    ASSERT(bytes.len <= TRANSPORT_BYTES_MAX);
    return result_of(publish(p, topic, bytes, is_retained, &token), "publish");
}

void paho_say_last(struct paho *p, const char *topic, struct str bytes, int64_t timeout_ms)
{
    MQTTAsync_token token;
    if (publish(p, topic, bytes, true, &token) == MQTTASYNC_SUCCESS)
        MQTTAsync_waitForCompletion(p->client, token, (unsigned long)timeout_ms);
}

bool paho_is_connected(struct paho *p)
{
    return MQTTAsync_isConnected(p->client) != 0;
}
