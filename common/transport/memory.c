#include "common/transport/memory.h"

#include "common/base/check.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES_MAX 64
#define ENDS_MAX 256
#define TO_HUB "hub"

struct parcel {
    char from[NAME_BYTES_MAX], to[NAME_BYTES_MAX];
    int64_t due_ms;
    uint64_t order; /* equal times are delivered in this order */
    char *bytes;
    size_t len;
};

struct cut {
    char site[NAME_BYTES_MAX];
    bool is_cut;
};

struct memory_net {
    struct random *random;
    struct clock *clock;
    struct memory_faults faults;
    struct parcel parcels[MEMORY_MESSAGES_MAX];
    size_t count, room;
    uint64_t next_order;
    struct cut cuts[ENDS_MAX];
    size_t cut_count;
};

struct memory_end {
    struct transport transport; /* first member */
    struct memory_net *net;
    char name[NAME_BYTES_MAX];
};

struct memory_net *memory_net_new(struct random *random, struct clock *clock)
{
    struct memory_net *net = calloc(1, sizeof *net);
    ASSERT(net != NULL);
    net->random = random;
    net->clock = clock;
    net->room = MEMORY_MESSAGES_MAX;
    return net;
}

void memory_net_forget(struct memory_net *net)
{
    for (size_t i = 0; i < net->count; i++)
        free(net->parcels[i].bytes);
    net->count = 0;
}

void memory_net_set_room(struct memory_net *net, size_t messages)
{
    ASSERT(messages > 0);
    net->room = messages;
}

void memory_net_free(struct memory_net *net)
{
    if (!net)
        return;
    memory_net_forget(net);
    free(net);
}

void memory_net_set_faults(struct memory_net *net, struct memory_faults faults)
{
    net->faults = faults;
}

static void set_name(char *to, struct str from)
{
    ASSERT(from.len < NAME_BYTES_MAX);
    if (from.len)
        memcpy(to, from.ptr, from.len);
    to[from.len] = '\0';
}

static struct cut *cut_of(struct memory_net *net, struct str site)
{
    for (size_t i = 0; i < net->cut_count; i++)
        if (str_equal(str_of(net->cuts[i].site), site))
            return &net->cuts[i];
    return NULL;
}

void memory_net_cut(struct memory_net *net, struct str site, bool is_cut)
{
    struct cut *cut = cut_of(net, site);
    if (!cut) {
        ASSERT(net->cut_count < ENDS_MAX);
        cut = &net->cuts[net->cut_count++];
        set_name(cut->site, site);
    }
    cut->is_cut = is_cut;
}

bool memory_net_is_idle(const struct memory_net *net)
{
    return net->count == 0;
}

static bool happens(struct memory_net *net, unsigned chance)
{
    return chance > 0 && random_below(net->random, 1000) < chance;
}

/* Trades places with a parcel that is under way to the same end. */
static void overtake(struct memory_net *net, struct parcel *p)
{
    size_t start = (size_t)random_below(net->random, net->count);
    for (size_t i = 0; i < net->count; i++) {
        struct parcel *other = &net->parcels[(start + i) % net->count];
        if (other != p && strcmp(other->to, p->to) == 0) {
            struct parcel kept = *p;
            p->due_ms = other->due_ms;
            p->order = other->order;
            other->due_ms = kept.due_ms;
            other->order = kept.order;
            return;
        }
    }
}

static void post(struct memory_net *net, const char *from, struct str to, struct str bytes)
{
    if (net->count == MEMORY_MESSAGES_MAX || happens(net, net->faults.loss))
        return;
    struct parcel *p = &net->parcels[net->count++];
    *p = (struct parcel){
        .due_ms = clock_monotonic_ms(net->clock), .order = net->next_order++, .len = bytes.len};
    set_name(p->from, str_of(from));
    set_name(p->to, to);
    p->bytes = malloc(bytes.len ? bytes.len : 1);
    ASSERT(p->bytes != NULL);
    if (bytes.len)
        memcpy(p->bytes, bytes.ptr, bytes.len);
    if (bytes.len && happens(net, net->faults.flip))
        p->bytes[random_below(net->random, bytes.len)] ^= (char)(1 << random_below(net->random, 8));
    if (net->faults.delay_max_ms > 0)
        p->due_ms += (int64_t)random_below(net->random, (uint64_t)net->faults.delay_max_ms + 1);
    if (happens(net, net->faults.reorder))
        overtake(net, p);
}

static bool is_cut_off(struct memory_net *net, const char *site)
{
    const struct cut *cut = cut_of(net, str_of(site));
    return cut && cut->is_cut;
}

static enum err memory_send(struct transport *t, struct str peer, struct str sealed)
{
    struct memory_end *end = (struct memory_end *)t;
    bool is_hub = strcmp(end->name, TO_HUB) == 0;
    if (!is_hub && is_cut_off(end->net, end->name))
        return fail(ERR_CLOSED, "cut off");
    if (sealed.len > TRANSPORT_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "a message of %zu bytes", sealed.len);
    int copies = happens(end->net, end->net->faults.duplicate) ? 2 : 1;
    for (int i = 0; i < copies; i++)
        post(end->net, end->name, peer, sealed);
    return OK;
}

/* A parcel waits at the broker while its site is cut off. */
static bool is_deliverable(struct memory_net *net, const struct parcel *p, const char *to)
{
    const char *site = strcmp(p->from, TO_HUB) == 0 ? p->to : p->from;
    return strcmp(p->to, to) == 0 && p->due_ms <= clock_monotonic_ms(net->clock) &&
           (strcmp(to, TO_HUB) == 0 || !is_cut_off(net, site));
}

static enum err memory_receive(struct transport *t, struct arena *a,
                               struct transport_message *out_message)
{
    struct memory_end *end = (struct memory_end *)t;
    struct memory_net *net = end->net;
    struct parcel *best = NULL;
    for (size_t i = 0; i < net->count; i++) {
        struct parcel *p = &net->parcels[i];
        if (is_deliverable(net, p, end->name) &&
            (!best || p->due_ms < best->due_ms ||
             (p->due_ms == best->due_ms && p->order < best->order)))
            best = p;
    }
    if (!best)
        return fail(ERR_MISSING, "nothing now");
    out_message->peer = str_copy(a, str_of(best->from));
    out_message->bytes = str_copy(a, str_make(best->bytes, best->len));
    free(best->bytes);
    *best = net->parcels[--net->count];
    return OK;
}

static bool memory_is_connected(struct transport *t)
{
    struct memory_end *end = (struct memory_end *)t;
    return !is_cut_off(end->net, end->name);
}

static int64_t memory_turn(struct transport *t, int64_t now_ms)
{
    (void)t;
    (void)now_ms;
    return 0;
}

static unsigned memory_load(struct transport *t)
{
    struct memory_end *end = (struct memory_end *)t;
    size_t waiting = 0;
    for (size_t i = 0; i < end->net->count; i++)
        waiting += is_deliverable(end->net, &end->net->parcels[i], end->name);
    return waiting >= end->net->room ? 1000 : (unsigned)(waiting * 1000 / end->net->room);
}

static int memory_descriptor(struct transport *t)
{
    (void)t;
    return -1;
}

static void memory_close(struct transport *t)
{
    free(t);
}

static const struct transport_ops memory_ops = {
    "memory",    memory_send, memory_receive,    memory_is_connected,
    memory_turn, memory_load, memory_descriptor, memory_close,
};

struct transport *memory_open(struct memory_net *net, struct str name)
{
    struct memory_end *end = calloc(1, sizeof *end);
    ASSERT(end != NULL);
    end->transport.ops = &memory_ops;
    end->net = net;
    set_name(end->name, name);
    return &end->transport;
}
