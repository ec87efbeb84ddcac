/* transport.h — move sealed bytes to a peer and fetch those that came. Knows nothing of their
 * content.
 *
 * Owns:     the connection, its threads and the queue of what has come.
 * Threads:  the loop thread; a driver's own threads only fill its mailbox.
 * Fails:    ERR_CLOSED not connected (the driver reconnects by itself with full-jitter back-off);
 *           ERR_FULL too much in flight.
 * Limits:   TRANSPORT_BYTES_MAX a message; the driver bounds what has come and was not fetched.
 * Promise:  nothing about delivery: that is common/sync's business. Bytes are delivered whole or
 *           not at all. */
#ifndef QQ_TRANSPORT_TRANSPORT_H
#define QQ_TRANSPORT_TRANSPORT_H

#include "common/base/err.h"
#include "common/base/str.h"

#define TRANSPORT_BYTES_MAX ((size_t)2 * 1024 * 1024)

struct arena;
struct transport;

struct transport_message {
    struct str peer;  /* whose: the site of the topic, or "hub" */
    struct str bytes; /* sealed */
};

/* Told on the loop thread, from inside `receive`, whenever an end that this one watches says that
 * it is online or its will says that it is not: the hub is told of sites, a site of the hub's
 * roles. Told again and out of date at times, and open to whoever runs the broker: a hint, never a
 * fact to decide upon. */
struct transport_watch { /* the caller embeds this as its first member */
    void (*state)(struct transport_watch *self, struct str who, struct str text /* JSON */);
};

struct transport_ops {
    const char *name;
    /* Bytes are borrowed for the call. */
    enum err (*send)(struct transport *t, struct str peer, struct str sealed);
    /* The next message, copied into the arena. ERR_MISSING: nothing now. */
    enum err (*receive)(struct transport *t, struct arena *a,
                        struct transport_message *out_message);
    bool (*is_connected)(struct transport *t);
    /* Drives reconnection; to be called every turn. Returns how long the loop may sleep, ms. */
    int64_t (*turn)(struct transport *t, int64_t now_ms);
    /* How full the queue of what has come is, in thousandths. */
    unsigned (*load)(struct transport *t);
    /* A descriptor that becomes readable when something has come or changed; -1: poll by time. */
    int (*descriptor)(struct transport *t);
    void (*close)(struct transport *t);
};

struct transport { /* first member of each driver's own struct */
    const struct transport_ops *ops;
};

static inline enum err transport_send(struct transport *t, struct str peer, struct str sealed)
{
    return t->ops->send(t, peer, sealed);
}

static inline enum err transport_receive(struct transport *t, struct arena *a,
                                         struct transport_message *out_message)
{
    return t->ops->receive(t, a, out_message);
}

static inline bool transport_is_connected(struct transport *t)
{
    return t->ops->is_connected(t);
}

static inline int64_t transport_turn(struct transport *t, int64_t now_ms)
{
    return t->ops->turn(t, now_ms);
}

static inline unsigned transport_load(struct transport *t)
{
    return t->ops->load(t);
}

static inline int transport_descriptor(struct transport *t)
{
    return t->ops->descriptor(t);
}

static inline void transport_close(struct transport *t)
{
    if (t)
        t->ops->close(t);
}

#endif
