/* mqtt.h — the transport over an MQTT broker with mutual TLS; paho.c knows the library, this knows
 * when to connect.
 *
 * Owns:     a client object per connection, made anew at each reconnect (Paho's own reconnect stops
 *           under TLS, paho.mqtt.c #1215).
 * Threads:  the loop thread; Paho's threads only fill its two mailboxes.
 * Fails:    mqtt_open: ERR_INVALID settings. Everything later as transport.h.
 * Limits:   `inbox_max` messages that have come; beyond it they are dropped and counted (the peer
 *           sends again). Better one per process: with two, Paho's one receiving thread is up to
 *           two seconds late for the connecting of the second.
 * Promise:  QoS 1 both ways, MQTT 5 with fallback to 3.1.1, Paho's persistence off. */
#ifndef QQ_TRANSPORT_MQTT_H
#define QQ_TRANSPORT_MQTT_H

#include "common/base/world.h"
#include "common/transport/transport.h"

struct mqtt_options {      /* texts are borrowed until transport_close */
    const char *url;       /* "ssl://127.0.0.1:8883" */
    const char *client_id; /* certificate's CN by our convention */
    const char *ca_file, *cert_file, *key_file;
    const char *county;
    /* A site: site id; it subscribes qq/1/{county}/down/{site} and publishes up/{site}. The hub:
     * NULL; see the two below. */
    const char *site;
    bool is_intake;         /* hub: subscribe up/+ */
    bool is_dispatch;       /* hub: publish down/{peer} */
    const char *state_text; /* the retained state while online, JSON; the will says offline. A
                               site's stands under its id, a hub role's under its client id */
    struct transport_watch *watch; /* NULL, or who is told of the other side's states */
    size_t inbox_max;
    size_t inbox_bytes_max; /* of all of them together; 0: inbox_max alone */
    size_t in_flight_max;   /* unconfirmed publishes; send gives ERR_FULL beyond (default 16) */
    struct clock *clock;
    struct random *random; /* for back-off jitter */
};

MUST_USE enum err mqtt_open(const struct mqtt_options *options, struct transport **out_transport);
/* From now on this is the retained state, said at once when online; borrowed as state_text is. Only
 * for a transport that was opened with one. */
void mqtt_say(struct transport *t, const char *state_text);

#endif
