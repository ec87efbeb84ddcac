#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/log.h"
#include "common/seal/seal.h"
#include "common/spool/anchor.h"
#include "common/spool/link_state.h"
#include "common/spool/outbox.h"

#define SLEEP_IDLE_MS 1000
#define SLEEP_SHARED_MS 25 /* another process receives and applies: its commits are polled for */
#define SLEEP_BACKED_UP_MS 20
#define ANNOUNCE_MS ((int64_t)3600 * 1000)
#define READY_MAX 64                               /* peers served in one transaction */
#define SEALED_BYTES_MAX ((size_t)4 * 1024 * 1024) /* sealed before one transaction keeps it */

/* What a peer is owed, from the moment its row was read until it was sent. */
struct errand {
    struct link_peer *memory;
    struct peer seen; /* the row when it was read, with the new envelopes counted in */
    uint64_t seen_sealed_seq, asked_seq;
    VEC(struct outbox_sealed) sealed;
    bool is_more;     /* not all that may go was sealed */
    struct peer owed; /* the row in the transaction: its due_* are to be said */
};

static enum err seal_next(struct link *l, struct errand *n, struct str plain,
                          struct outbox_sealed *sealed)
{
    struct envelope_header header = {
        .county = l->o.county,
        .from = l->o.self,
        .to = n->seen.name,
        .epoch = sealed->epoch,
        .seq = sealed->seq,
        .prev = n->seen.out_prev,
        .created_ms = clock_wall_ms(l->o.clock),
        .catalog = l->o.catalog,
    };
    TRY(seal_close(l->o.keys, l->o.random, l->scratch, &header, plain, &sealed->bytes));
    sealed->bytes = str_copy(l->turn, sealed->bytes);
    sealed->hash = sha256_of(sealed->bytes);
    n->seen.out_prev = sealed->hash;
    n->seen.out_sealed_seq = sealed->seq;
    n->seen.out_sealed_item = sealed->last_item;
    n->seen.out_sealed_rows = sealed->last_rows;
    VEC_PUSH(&n->sealed, l->turn, *sealed);
    return OK;
}

/* Outside any transaction: cryptography takes longer than a lock may. Only this process seals, so
 * that what it reads stays true but for a new epoch, which keep_errand notices. */
static enum err seal_waiting(struct link *l, struct errand *n, uint64_t seal_max)
{
    uint64_t flight_bytes = 0;
    if (n->seen.out_sealed_item == n->seen.out_put_item || seal_max == 0)
        return OK;
    TRY(outbox_flight_bytes(l->o.db, &n->seen, &flight_bytes));
    for (uint64_t i = 0; i < seal_max && flight_bytes < OUTBOX_FLIGHT_BYTES_MAX; i++) {
        struct str plain;
        struct outbox_sealed sealed;
        arena_reset(l->scratch);
        if (arena_used(l->turn) > SEALED_BYTES_MAX) {
            n->is_more = true;
            return OK;
        }
        TRY(outbox_gather(l->o.db, &n->seen, l->scratch, &plain, &sealed));
        if (plain.len == 0)
            return OK;
        enum err e = seal_next(l, n, plain, &sealed);
        if (e != OK) { /* no key of this peer, for one: the others go on */
            LOG_FAILURE(ERROR, "batch.unsealed", e);
            return OK;
        }
        flight_bytes += sealed.bytes.len;
    }
    return OK;
}

static enum err plan_errand(struct link *l, struct str name, int64_t now_ms, struct errand *out_n)
{
    struct errand n = {.memory = link_peer_get(l, name)};
    TRY(peer_load(l->o.db, n.memory->name, &n.seen));
    n.seen_sealed_seq = n.seen.out_sealed_seq;
    n.asked_seq = n.seen.out_asked_seq;
    struct sender_event event = {.kind = SENDER_POSITION,
                                 .now_ms = now_ms,
                                 .random = random_u64(l->o.random),
                                 .position = peer_position(&n.seen, clock_wall_ms(l->o.clock))};
    struct sender_update update;
    sender_step(&n.memory->sender, &event, &update);
    n.memory->sender = update.next;
    n.memory->last_sealed = n.seen.out_prev;
    n.memory->is_loaded = true;
    if (n.asked_seq > 0) {
        event.kind = SENDER_ASKED;
        event.seq = n.asked_seq;
        sender_step(&n.memory->sender, &event, &update);
        n.memory->sender = update.next;
    }
    TRY(seal_waiting(l, &n, update.seal_max));
    *out_n = n;
    return OK;
}

/* The row may have moved since it was planned: what came meanwhile stays ready for the next turn.
 */
static enum err keep_errand(struct link *l, struct errand *n)
{
    struct peer now;
    TRY(peer_load(l->o.db, n->memory->name, &now));
    n->owed = now;
    bool is_same = now.out_epoch == n->seen.out_epoch && now.out_sealed_seq == n->seen_sealed_seq &&
                   now.out_reason.len == 0;
    if (!is_same)
        n->sealed.count = 0;
    bool is_more =
        n->is_more || now.out_put_item != n->seen.out_put_item ||
        now.out_acked_seq != n->seen.out_acked_seq || now.out_credit != n->seen.out_credit ||
        now.out_busy_until_ms != n->seen.out_busy_until_ms || now.out_epoch != n->seen.out_epoch ||
        now.out_reason.len != n->seen.out_reason.len || now.out_asked_seq != n->asked_seq;
    for (size_t i = 0; i < n->sealed.count; i++)
        TRY(outbox_keep(l->o.db, now.name, &n->sealed.at[i], clock_wall_ms(l->o.clock)));
    if (n->sealed.count > 0) {
        now.out_prev = n->seen.out_prev;
        now.out_sealed_seq = n->seen.out_sealed_seq;
        now.out_sealed_item = n->seen.out_sealed_item;
        now.out_sealed_rows = n->seen.out_sealed_rows;
    }
    if (now.out_asked_seq == n->asked_seq)
        now.out_asked_seq = 0;
    now.due_ack = now.due_resend_seq = now.due_resend_epoch = 0;
    now.due_diverged = STR("");
    now.ready = is_more;
    if (is_more)
        l->is_touched = true;
    return peer_save(l->o.db, &now);
}

static enum err keep_errands(struct link *l, struct errand *errands, size_t count)
{
    TRY(db_begin(l->o.db));
    enum err e = OK;
    for (size_t i = 0; i < count && e == OK; i++)
        e = keep_errand(l, &errands[i]);
    return db_end(l->o.db, e);
}

static void note_positions(struct link *l, const struct errand *errands, size_t count,
                           int64_t now_ms)
{
    for (size_t i = 0; i < count; i++) {
        const struct errand *n = &errands[i];
        if (n->sealed.count == 0)
            continue;
        struct sender_event event = {.kind = SENDER_POSITION,
                                     .now_ms = now_ms,
                                     .random = random_u64(l->o.random),
                                     .position =
                                         peer_position(&n->seen, clock_wall_ms(l->o.clock))};
        struct sender_update update;
        sender_step(&n->memory->sender, &event, &update);
        n->memory->sender = update.next;
        n->memory->last_sealed = n->seen.out_prev;
    }
}

static enum err write_anchors(struct link *l, const struct errand *errands, size_t count)
{
    bool is_news = false;
    for (size_t i = 0; i < count; i++)
        is_news |= errands[i].sealed.count > 0;
    if (!l->o.anchor_path || !is_news)
        return OK;
    VEC(struct anchor) anchors = {0};
    for (size_t i = 0; i < l->peers.count; i++) {
        const struct link_peer *p = l->peers.at[i];
        if (p->is_loaded)
            VEC_PUSH(&anchors, l->turn,
                     (struct anchor){p->name, p->sender.at.epoch, p->sender.at.sealed_seq,
                                     p->last_sealed});
    }
    return wrap(anchor_write(l->o.anchor_path, l->turn, anchors.at, anchors.count), "anchor");
}

static enum err send_stream(struct link *l, struct link_peer *m, struct sender_update *update,
                            int64_t now_ms)
{
    uint64_t sent = 0;
    for (uint64_t seq = update->send_from; seq <= update->send_to; seq++) {
        struct str bytes;
        arena_reset(l->scratch);
        enum err e = outbox_read(l->o.db, m->name, m->sender.at.epoch, seq, l->scratch, &bytes);
        if (e == ERR_MISSING)
            break; /* a new epoch has begun meanwhile; its row is ready */
        TRY(e);
        e = transport_send(l->o.transport, m->name, bytes);
        if (e != OK) {
            l->is_backed_up = true;
            if (e != ERR_CLOSED && e != ERR_FULL)
                LOG_FAILURE(WARN, "envelope.unsent", e);
            break;
        }
        sent = seq;
    }
    if (sent == 0)
        return OK;
    struct sender_event event = {
        .kind = SENDER_SENT, .now_ms = now_ms, .seq = sent, .random = random_u64(l->o.random)};
    sender_step(&m->sender, &event, update);
    m->sender = update->next;
    return OK;
}

static enum err list_ready(struct link *l, struct str **out_names, size_t *out_count)
{
    VEC(struct str) names = {0};
    struct db_stmt *s;
    TRY(db_prepare(l->o.db,
                   STR("SELECT peer FROM spool_peer WHERE ready = 1 ORDER BY peer LIMIT ?"), &s));
    db_bind_int(s, 1, READY_MAX);
    bool has_row = false;
    enum err e;
    while ((e = db_step(s, &has_row)) == OK && has_row)
        VEC_PUSH(&names, l->turn, db_column_copy(s, 0, l->turn));
    db_done(s);
    *out_names = names.at;
    *out_count = names.count;
    return e;
}

/* Serves the peers of whom something changed. *out_count: how many there were. */
static enum err serve_ready(struct link *l, int64_t now_ms, size_t *out_count)
{
    struct str *names = NULL;
    size_t count = 0;
    arena_reset(l->turn);
    TRY(list_ready(l, &names, &count));
    *out_count = count;
    if (count == 0)
        return OK;
    struct errand *errands = NEW_ARRAY(l->turn, struct errand, count);
    for (size_t i = 0; i < count; i++)
        TRY(plan_errand(l, names[i], now_ms, &errands[i]));
    TRY(keep_errands(l, errands, count));
    note_positions(l, errands, count, now_ms);
    TRY(write_anchors(l, errands, count));
    for (size_t i = 0; i < count; i++)
        link_answer(l, &errands[i].owed);
    return OK;
}

static enum err send_streams(struct link *l, int64_t now_ms)
{
    if (now_ms < l->paused_until_ms) {
        l->wake_at_ms = l->paused_until_ms;
        return OK;
    }
    l->wake_at_ms = SENDER_NEVER;
    for (size_t i = 0; i < l->peers.count; i++) {
        struct link_peer *m = l->peers.at[i];
        if (!m->is_loaded)
            continue;
        struct sender_event event = {.kind = SENDER_TURN, .now_ms = now_ms};
        struct sender_update update;
        sender_step(&m->sender, &event, &update);
        m->sender = update.next;
        if (update.send_from <= update.send_to)
            TRY(send_stream(l, m, &update, now_ms));
        if (update.wake_at_ms < l->wake_at_ms)
            l->wake_at_ms = update.wake_at_ms;
    }
    return OK;
}

/* With each connection, and every hour, each side says where it stands: a peer restored from a
 * backup is noticed by that, and a peer that sent into the void goes on at once. */
static enum err announce(struct link *l, int64_t now_ms)
{
    struct db_stmt *s;
    TRY(db_begin(l->o.db));
    enum err e = db_prepare(l->o.db,
                            STR("UPDATE spool_peer SET due_resend_epoch = in_epoch, "
                                "due_resend_seq = in_up_to_seq + 1, ready = 1"),
                            &s);
    if (e == OK)
        e = db_run(s);
    TRY(db_end(l->o.db, e));
    l->announce_at_ms = now_ms + ANNOUNCE_MS;
    l->is_touched = true;
    return OK;
}

static void note_reconnected(struct link *l)
{
    for (size_t i = 0; i < l->peers.count; i++) {
        struct sender_event event = {.kind = SENDER_RECONNECTED,
                                     .now_ms = clock_monotonic_ms(l->o.clock)};
        struct sender_update update;
        sender_step(&l->peers.at[i]->sender, &event, &update);
        l->peers.at[i]->sender = update.next;
    }
    l->was_connected = true;
    l->wake_at_ms = 0;
}

static int64_t sleep_ms(const struct link *l, int64_t now_ms)
{
    int64_t sleep = keyring_can(l->o.keys, KEY_OPEN) ? SLEEP_IDLE_MS : SLEEP_SHARED_MS;
    if (l->is_touched)
        return 0;
    if (l->is_backed_up && sleep > SLEEP_BACKED_UP_MS)
        sleep = SLEEP_BACKED_UP_MS;
    if (l->wake_at_ms - now_ms < sleep)
        sleep = l->wake_at_ms > now_ms ? l->wake_at_ms - now_ms : 0;
    return sleep;
}

enum err link_send_turn(struct link *l, int64_t *out_sleep_ms)
{
    ASSERT(!db_in_transaction(l->o.db));
    int64_t now_ms = clock_monotonic_ms(l->o.clock);
    if (!l->o.transport || !keyring_can(l->o.keys, KEY_SIGN) ||
        !transport_is_connected(l->o.transport)) {
        l->was_connected = false;
        *out_sleep_ms = SLEEP_IDLE_MS;
        return OK;
    }
    if (!l->was_connected || now_ms >= l->announce_at_ms)
        TRY(announce(l, now_ms));
    if (!l->was_connected)
        note_reconnected(l);
    int64_t version = 0;
    TRY(db_data_version(l->o.db, &version));
    bool is_due = l->is_backed_up || now_ms >= l->wake_at_ms;
    l->is_backed_up = false;
    if (l->is_touched || version != l->data_version) {
        size_t served = 0;
        l->is_touched = false;
        enum err e = serve_ready(l, now_ms, &served);
        l->is_touched |= e != OK || served == READY_MAX;
        TRY(e);
        l->data_version = version;
        is_due |= served > 0;
    }
    if (is_due) {
        enum err e = send_streams(l, now_ms);
        if (e != OK)
            l->wake_at_ms = now_ms;
        TRY(e);
    }
    *out_sleep_ms = sleep_ms(l, now_ms);
    return OK;
}
