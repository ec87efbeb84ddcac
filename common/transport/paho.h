/* paho.h — one client object of the Paho library, from its making to its end; when to make one is
 * mqtt.c's business.
 *
 * Owns:     the object; its callbacks run on the library's threads and only fill mailboxes.
 * Threads:  the loop thread.
 * Fails:    ERR_CLOSED not connected; ERR_FULL the library takes no more; ERR_IO the rest.
 * Limits:   messages over TRANSPORT_BYTES_MAX are not taken.
 * Promise:  after paho_free no callback of the object runs. */
#ifndef QQ_TRANSPORT_PAHO_H
#define QQ_TRANSPORT_PAHO_H

#include "common/base/err.h"
#include "common/base/str.h"

#include <stdint.h>

#define PAHO_REFUSED 128 /* MQTT reason codes from here on are refusals */

struct mailbox;
struct paho;

enum paho_event_kind {
    PAHO_CONNECT, /* the first three are answers: success, or a failure with its code */
    PAHO_SUBSCRIBE,
    PAHO_PUBLISH,
    PAHO_LOST,
    PAHO_TLS, /* a sentence of the TLS library: the bytes of the message */
    PAHO_EVENT_KINDS,
};

struct paho_event { /* the label of a message in the mailbox of events */
    uint32_t generation;
    enum paho_event_kind kind;
    bool is_success;
    int32_t code;
};

struct paho_options { /* texts are borrowed for the life of the object */
    const char *url, *client_id;
    const char *ca_file, *cert_file, *key_file;
    const char *will_topic, *will_text; /* retained; topic NULL: no will */
    size_t in_flight_max;
    bool is_v3;                     /* MQTT 3.1.1 instead of 5 */
    uint32_t generation;            /* comes back in its events */
    struct mailbox *events, *inbox; /* inbox: label = topic, bytes = payload */
};

MUST_USE enum err paho_new(const struct paho_options *options, struct paho **out_paho);
void paho_free(struct paho *p); /* disconnects; NULL is legal */
/* The three that are answered by an event. */
MUST_USE enum err paho_connect(struct paho *p);
MUST_USE enum err paho_subscribe(struct paho *p, const char *topic);
MUST_USE enum err paho_publish(struct paho *p, const char *topic, struct str bytes,
                               bool is_retained);
/* Publishes (retained) and waits until that is confirmed or the time is over. */
void paho_say_last(struct paho *p, const char *topic, struct str bytes, int64_t timeout_ms);
bool paho_is_connected(struct paho *p);

#endif
