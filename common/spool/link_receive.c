#include "common/base/check.h"
#include "common/base/log.h"
#include "common/seal/seal.h"
#include "common/spool/link_state.h"

/* One envelope that verified. */
struct opened {
    struct link_peer *memory;
    struct envelope_header header;
    struct hash whole;
    struct str sealed;
    struct message_item *items;
    size_t item_count;
    struct message_resend need; /* of the first envelope of an epoch */
};

static void note_forged(struct link *l, struct str peer, enum err e)
{
    if (peer.len == 0)
        return;
    struct link_peer *m = link_peer_get(l, peer);
    m->forged++;
    m->forged_unsaved++;
    if (m->forged == LINK_FORGED_LOGGED_AT)
        LOG(WARN, "envelope.refused", KV_STR("peer", m->name), KV_I64("count", m->forged),
            KV_STR("err", str_of(err_name(e))), KV_STR("note", str_of(err_note())));
}

static enum err check_address(const struct link *l, const struct envelope_header *h,
                              struct str peer)
{
    if (!str_equal(h->from, peer) || !str_equal(h->to, l->o.self) ||
        !str_equal(h->county, l->o.county))
        return fail(ERR_INVALID, "an envelope for somebody else");
    if (h->epoch == 0 || h->epoch > INT64_MAX || h->seq > INT64_MAX)
        return fail(ERR_INVALID, "an epoch or number out of range");
    return OK;
}

/* Before any transaction: cryptography takes longer than a lock may. */
static enum err open_one(struct link *l, struct arena *a, struct str peer, struct str sealed,
                         struct opened *out_opened)
{
    struct opened o = {.sealed = sealed};
    struct str plain;
    TRY(seal_open(l->o.keys, a, sealed, &o.header, &plain));
    TRY(check_address(l, &o.header, peer));
    o.memory = link_peer_get(l, peer);
    o.whole = sha256_of(sealed);
    if (message_parse_batch(a, plain, &o.items, &o.item_count) != OK) {
        o.items = NEW(a, struct message_item);
        o.items[0] = (struct message_item){.kind = 0, .body = plain};
        o.item_count = 1;
    }
    if (o.header.seq == 1 && o.item_count > 0 && o.items[0].kind == MESSAGE_CONTINUES) {
        TRY(message_resend_parse(a, o.items[0].body, &o.need));
        o.items++;
        o.item_count--;
    }
    *out_opened = o;
    return OK;
}

static void drop_held(struct link *l, struct link_held *h)
{
    l->held_bytes -= h->bytes.len;
    arena_free(h->arena);
    *h = (struct link_held){0};
}

/* Keeps an envelope that came early; without room it will come again. */
static void hold(struct link *l, const struct opened *o)
{
    struct link_held *place = NULL;
    for (size_t i = 0; i < LINK_WINDOW_MAX; i++) {
        struct link_held *h = &o->memory->held[i];
        if (h->arena && h->epoch == o->header.epoch && h->seq == o->header.seq)
            return;
        if (!h->arena)
            place = h;
    }
    if (!place || l->held_bytes + o->sealed.len > LINK_HELD_BYTES_MAX)
        return;
    struct arena *a = arena_new(ENVELOPE_BYTES_MAX + 64);
    *place = (struct link_held){a, o->header.epoch, o->header.seq, str_copy(a, o->sealed)};
    l->held_bytes += o->sealed.len;
}

/* The held envelope that comes next, if it is here; those that can never come next are dropped. */
static struct link_held *next_held(struct link *l, struct link_peer *m, const struct receiver *r)
{
    struct link_held *next = NULL;
    for (size_t i = 0; i < LINK_WINDOW_MAX; i++) {
        struct link_held *h = &m->held[i];
        if (!h->arena)
            continue;
        if (h->epoch == r->epoch && h->seq == r->up_to_seq + 1)
            next = h;
        else if (h->epoch < r->epoch || (h->epoch == r->epoch && h->seq <= r->up_to_seq))
            drop_held(l, h);
    }
    return next;
}

/* Says where the stream stands here, so that the sender goes on from there. Of a later epoch, too,
 * the present position is said: the sender knows whether that epoch left anything out. */
static void ask(struct link *l, struct link_peer *m, struct peer *p)
{
    int64_t now_ms = clock_monotonic_ms(l->o.clock);
    uint64_t seq = p->in_up_to_seq + 1;
    if (m->asked_epoch == p->in_epoch && m->asked_seq == seq &&
        now_ms - m->asked_at_ms < LINK_ASK_AGAIN_MS)
        return;
    m->asked_epoch = p->in_epoch;
    m->asked_seq = seq;
    m->asked_at_ms = now_ms;
    p->due_resend_epoch = p->in_epoch;
    p->due_resend_seq = seq;
    p->ready = 1;
}

static enum err run(struct link *l, struct str sql)
{
    struct db_stmt *s;
    TRY(db_prepare(l->o.db, sql, &s));
    return db_run(s);
}

/* The callee's writes and the note that they were made, or neither. A failure that trying again may
 * mend ends the whole turn; any other is the callee's fault, and only this batch waits. */
static enum err apply(struct link *l, struct link_applier *applier, const struct opened *o)
{
    struct link_batch batch = {.peer = o->memory->name,
                               .epoch = o->header.epoch,
                               .seq = o->header.seq,
                               .created_ms = o->header.created_ms,
                               .catalog = o->header.catalog,
                               .items = o->items,
                               .item_count = o->item_count};
    TRY(run(l, STR("SAVEPOINT spool_apply")));
    arena_reset(l->apply);
    enum err e = applier->apply(applier, l->apply, &batch);
    if (e != OK && err_is_retry(e))
        return e;
    if (e != OK) {
        LOG_FAILURE(ERROR, "batch.unapplied", e);
        LOG(ERROR, "batch.stalled", KV_STR("peer", batch.peer), KV_I64("epoch", batch.epoch),
            KV_I64("seq", batch.seq));
        o->memory->is_stalled = true;
        TRY(run(l, STR("ROLLBACK TO spool_apply")));
    }
    return run(l, STR("RELEASE spool_apply"));
}

/* A late envelope of an epoch that is over is no second chain. */
static void refuse(const struct link *l, struct peer *p, const struct opened *o, struct str reason)
{
    p->due_diverged = reason;
    p->ready = 1;
    if (!str_equal(reason, STR("old-epoch"))) {
        p->in_refused = reason;
        p->in_refused_epoch = o->header.epoch;
        p->in_refused_seq = o->header.seq;
        p->in_refused_ms = (uint64_t)clock_wall_ms(l->o.clock);
        p->in_refused_count++;
    }
    LOG(WARN, "envelope.diverged", KV_STR("peer", p->name), KV_STR("reason", reason),
        KV_I64("epoch", o->header.epoch), KV_I64("seq", o->header.seq));
}

/* An epoch begins behind what the sender believes to be here. After a restore it is not, and what
 * the epoch no longer offers would be lost without a word. */
static bool misses_something(const struct receiver *r, const struct opened *o)
{
    const struct message_resend *need = &o->need;
    return r->epoch < need->epoch || (r->epoch == need->epoch && r->up_to_seq < need->from_seq);
}

static void grant(const struct link *l, struct peer *p)
{
    p->in_credit = l->granted.envelopes;
    p->in_busy_ms = (uint64_t)l->granted.busy_ms;
    p->due_ack = 1;
    p->ready = 1;
}

static void note_applied(struct link *l, struct peer *p, const struct receiver *next,
                         bool is_new_epoch)
{
    peer_set_receiver(p, next);
    p->in_applied_ms = (uint64_t)clock_wall_ms(l->o.clock);
    grant(l, p);
    if (p->due_resend_epoch < p->in_epoch || p->due_resend_seq <= p->in_up_to_seq)
        p->due_resend_epoch = p->due_resend_seq = 0;
    if (is_new_epoch) {
        p->in_refused = STR("");
        p->in_refused_epoch = p->in_refused_seq = p->in_refused_ms = p->in_refused_count = 0;
        LOG(INFO, "epoch.begun", KV_STR("peer", p->name), KV_I64("epoch", p->in_epoch));
    }
}

/* *p is the row as it stood before; what the callee puts for the same peer is kept apart
 * (peer.h). */
static enum err take(struct link *l, struct link_applier *applier, const struct opened *o,
                     struct peer *p)
{
    struct receiver r = peer_receiver(p), next;
    enum receiver_decision decision = receiver_step(&r, &o->header, &o->whole, &next);
    switch (decision) {
    case RECEIVER_APPLY:
    case RECEIVER_NEW_EPOCH:
        if (decision == RECEIVER_NEW_EPOCH && misses_something(&r, o)) {
            ask(l, o->memory, p);
            return OK;
        }
        TRY(apply(l, applier, o));
        if (!o->memory->is_stalled)
            note_applied(l, p, &next, decision == RECEIVER_NEW_EPOCH);
        return OK;
    case RECEIVER_DUPLICATE:
        p->in_duplicates++;
        grant(l, p);
        return OK;
    case RECEIVER_HOLD:
        hold(l, o);
        ask(l, o->memory, p);
        return OK;
    case RECEIVER_GAP:
        p->in_gaps++;
        ask(l, o->memory, p);
        return OK;
    case RECEIVER_OLD_EPOCH:
        refuse(l, p, o, STR("old-epoch"));
        return OK;
    case RECEIVER_BEHIND:
        refuse(l, p, o, STR("behind"));
        return OK;
    case RECEIVER_FORK:
        refuse(l, p, o, STR("fork"));
        return OK;
    }
    return OK;
}

static enum err take_held(struct link *l, struct link_applier *applier, struct link_peer *m,
                          struct peer *p)
{
    struct receiver r = peer_receiver(p);
    struct link_held *h;
    while (!m->is_stalled && (h = next_held(l, m, &r)) != NULL) {
        struct opened o;
        arena_reset(l->scratch);
        enum err e = open_one(l, l->scratch, m->name, h->bytes, &o);
        if (e == OK)
            e = take(l, applier, &o, p);
        else /* its key was revoked meanwhile */
            e = OK;
        drop_held(l, h);
        TRY(e);
        r = peer_receiver(p);
    }
    return OK;
}

static enum err handle(struct link *l, struct link_applier *applier, const struct opened *o)
{
    struct peer p;
    if (o->memory->is_stalled)
        return OK;
    TRY(peer_need(l->o.db, o->memory->name, &p));
    p.in_contact_ms = (uint64_t)clock_wall_ms(l->o.clock);
    if (o->header.seq == 0) {
        for (size_t i = 0; i < o->item_count; i++)
            TRY(link_judge(l, &p, &o->items[i]));
    } else {
        TRY(take(l, applier, o, &p));
        TRY(take_held(l, applier, o->memory, &p));
    }
    return peer_save(l->o.db, &p);
}

static enum err save_forged(struct link *l)
{
    for (size_t i = 0; i < l->peers.count; i++) {
        struct link_peer *m = l->peers.at[i];
        struct peer p;
        if (m->forged_unsaved == 0)
            continue;
        TRY(peer_need(l->o.db, m->name, &p));
        p.in_forged += m->forged_unsaved;
        p.in_forged_ms = (uint64_t)clock_wall_ms(l->o.clock);
        TRY(peer_save(l->o.db, &p));
    }
    return OK;
}

static enum err handle_group(struct link *l, struct link_applier *applier, struct opened *opened,
                             size_t count)
{
    TRY(db_begin(l->o.db));
    enum err e = OK;
    for (size_t i = 0; i < l->peers.count; i++)
        l->peers.at[i]->is_stalled = false;
    for (size_t i = 0; i < count && e == OK; i++) {
        arena_reset(l->scratch);
        e = handle(l, applier, &opened[i]);
    }
    if (e == OK)
        e = save_forged(l);
    TRY(db_end(l->o.db, e));
    for (size_t i = 0; i < l->peers.count; i++)
        l->peers.at[i]->forged_unsaved = 0;
    l->is_touched = true;
    return OK;
}

/* What is granted now. When it is everything again, those who were given less are told. */
static enum err weigh(struct link *l)
{
    l->granted = credit_grant(transport_load(l->o.transport), l->is_full);
    bool is_tight = l->granted.envelopes < CREDIT_MOST || l->granted.busy_ms > 0;
    bool is_relief = l->was_tight && !is_tight;
    l->was_tight = is_tight;
    if (!is_relief)
        return OK;
    TRY(db_begin(l->o.db));
    enum err e = run(l, STR("UPDATE spool_peer SET in_credit = 16, in_busy_ms = 0, due_ack = 1, "
                            "ready = 1 WHERE in_credit < 16 OR in_busy_ms > 0"));
    e = db_end(l->o.db, e);
    if (e != OK) {
        l->was_tight = true;
    }
    l->is_touched = true;
    return e;
}

enum err link_receive_turn(struct link *l, struct link_applier *applier, size_t messages_max,
                           size_t *out_taken)
{
    ASSERT(!db_in_transaction(l->o.db));
    size_t taken = 0;
    bool is_forged = false;
    VEC(struct opened) opened = {0};
    if (!l->o.transport || !keyring_can(l->o.keys, KEY_OPEN)) {
        *out_taken = 0;
        return OK;
    }
    TRY(weigh(l));
    arena_reset(l->turn);
    while (taken < messages_max && arena_used(l->turn) < LINK_GROUP_BYTES_MAX) {
        struct transport_message message;
        struct opened one;
        enum err e = transport_receive(l->o.transport, l->turn, &message);
        if (e == ERR_MISSING || e == ERR_CLOSED)
            break;
        TRY(e);
        taken++;
        e = open_one(l, l->turn, message.peer, message.bytes, &one);
        if (e == OK)
            VEC_PUSH(&opened, l->turn, one);
        else
            note_forged(l, message.peer, e);
        is_forged |= e != OK;
    }
    if (opened.count > 0 || is_forged)
        TRY(handle_group(l, applier, opened.at, opened.count));
    *out_taken = taken;
    return OK;
}
