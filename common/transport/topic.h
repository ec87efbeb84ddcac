/* topic.h — the names under which batches travel through the broker (protocol.md 2).
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    topic_site is empty when the topic is not one of the asked kind.
 * Limits:   TOPIC_BYTES_MAX with the NUL; longer counties and sites are refused by topic_is_name.
 * Promise:  the only place that spells a topic. */
#ifndef QQ_TRANSPORT_TOPIC_H
#define QQ_TRANSPORT_TOPIC_H

#include "common/base/str.h"

#define TOPIC_BYTES_MAX 192
#define TOPIC_NAME_BYTES_MAX 64

enum topic_kind {
    TOPIC_UP,    /* site → hub, sealed */
    TOPIC_DOWN,  /* hub → site, sealed */
    TOPIC_STATE, /* retained: a site is online or not */
    TOPIC_HUB, /* retained: a role of the hub is online or not; its client id stands for the site */
};

struct topic {
    char text[TOPIC_BYTES_MAX];
};

/* Letters, digits, '-', '_' and '.': what can stand for a county or a site in a topic. */
bool topic_is_name(struct str name);
/* `site` may be "+": all sites, to subscribe. */
struct topic topic_make(struct str county, enum topic_kind kind, struct str site);
struct str topic_site(struct str topic, struct str county, enum topic_kind kind);

#endif
