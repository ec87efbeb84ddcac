#include "common/spool/link.h"

#include "common/base/check.h"
#include "common/base/log.h"
#include "common/db/migrate.h"
#include "common/spool/anchor.h"
#include "common/spool/link_state.h"
#include "common/spool/outbox.h"
#include "common/sync/batch.h"

_Static_assert(LINK_BATCH_ITEMS_MAX == BATCH_ITEMS_MAX, "sync/batch.h");
_Static_assert(LINK_BATCH_BYTES_MAX == BATCH_BYTES_MAX, "sync/batch.h");
_Static_assert(LINK_WINDOW_MAX == SENDER_WINDOW, "sync/sender.h");
_Static_assert(LINK_WINDOW_MAX == RECEIVER_WINDOW, "sync/receiver.h");

#define HISTORY_MS ((int64_t)35 * 24 * 3600 * 1000)
#define PURGE_ROWS_MAX 500
#define KEEP_BYTES_MAX ((size_t)512 * 1024 * 1024)
/* A group, the message that overflows it, and what opening that one takes. */
#define TURN_BYTES_MAX ((size_t)192 * 1024 * 1024)

extern const struct embed_file spool_migrations[];

struct link_peer *link_peer_get(struct link *l, struct str name)
{
    struct link_peer *p = (struct link_peer *)map_get(&l->peer_of, name);
    if (p)
        return p;
    p = NEW(l->keep, struct link_peer);
    p->name = str_copy(l->keep, name);
    p->sender.resend_at_ms = SENDER_NEVER;
    map_put(&l->peer_of, p->name, p);
    VEC_PUSH(&l->peers, l->keep, p);
    return p;
}

/* The database stands behind what was once sent: it is an older copy. */
static enum err compare_anchor(struct link *l, const struct anchor *anchor)
{
    struct peer p;
    TRY(peer_need(l->o.db, anchor->peer, &p));
    bool is_behind =
        anchor->epoch > p.out_epoch ||
        (anchor->epoch == p.out_epoch &&
         (anchor->seq > p.out_sealed_seq ||
          (anchor->seq == p.out_sealed_seq && !hash_equal(&anchor->last, &p.out_prev))));
    if (!is_behind)
        return OK;
    link_note_diverged(&p, SENDER_BEHIND, anchor->epoch, anchor->seq);
    return peer_save(l->o.db, &p);
}

static enum err compare_anchors(struct link *l)
{
    struct anchor *anchors = NULL;
    size_t count = 0;
    if (!l->o.anchor_path)
        return OK;
    enum err e = anchor_read(l->o.anchor_path, l->turn, &anchors, &count);
    if (e == ERR_MISSING)
        return OK;
    if (e == ERR_MALFORMED) { /* written anew with the next envelope */
        LOG_FAILURE(WARN, "anchor.unreadable", e);
        return OK;
    }
    TRY(e);
    TRY(db_begin(l->o.db));
    for (size_t i = 0; i < count && e == OK; i++)
        e = compare_anchor(l, &anchors[i]);
    return db_end(l->o.db, e);
}

enum err link_open(const struct link_options *options, struct link **out_link)
{
    ASSERT(options->db);
    ASSERT(options->self.len > 0);
    ASSERT(!options->transport || options->keys);
    struct arena *keep = arena_new(KEEP_BYTES_MAX);
    struct link *l = NEW(keep, struct link);
    l->o = *options;
    l->was_tight = true;
    l->keep = keep;
    l->turn = arena_new(TURN_BYTES_MAX);
    l->scratch = arena_new(TURN_BYTES_MAX);
    l->apply = arena_new(LINK_APPLY_BYTES_MAX);
    l->o.self = str_copy(keep, options->self);
    l->o.county = str_copy(keep, options->county);
    if (l->o.history_ms == 0)
        l->o.history_ms = HISTORY_MS;
    if (options->anchor_path)
        l->o.anchor_path = str_copy_z(keep, str_of(options->anchor_path));
    map_init(&l->peer_of, keep);
    l->is_touched = true;
    enum err e = migrate_apply(l->o.db, STR("spool"), spool_migrations);
    if (e == OK)
        e = compare_anchors(l);
    if (e != OK) {
        link_close(l);
        return wrap(e, "opening the spool");
    }
    *out_link = l;
    return OK;
}

void link_close(struct link *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->peers.count; i++)
        for (size_t k = 0; k < LINK_WINDOW_MAX; k++)
            arena_free(l->peers.at[i]->held[k].arena);
    arena_free(l->turn);
    arena_free(l->scratch);
    arena_free(l->apply);
    arena_free(l->keep); /* holds the link itself */
}

enum err link_put(struct link *l, struct str peer, enum message_kind kind, struct str body,
                  uint64_t rows)
{
    ASSERT(db_in_transaction(l->o.db));
    ASSERT(peer.len > 0);
    if (body.len > LINK_BATCH_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "item of %zu bytes", body.len);
    l->is_touched = true;
    return outbox_put(l->o.db, peer, kind, body, rows, clock_wall_ms(l->o.clock));
}

void link_pause(struct link *l, int64_t delay_ms)
{
    l->paused_until_ms = delay_ms > 0 ? clock_monotonic_ms(l->o.clock) + delay_ms : 0;
    l->wake_at_ms = l->paused_until_ms;
}

void link_set_full(struct link *l, bool is_full)
{
    l->is_full = is_full;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

enum err link_status(struct link *l, struct str peer, struct arena *a,
                     struct link_status *out_status)
{
    struct peer p = {.name = peer, .out_epoch = 1};
    int64_t oldest_ms = 0;
    enum err e = peer_load(l->o.db, peer, &p);
    if (e == OK)
        e = outbox_oldest_ms(l->o.db, &p, &oldest_ms);
    else if (e == ERR_MISSING)
        e = OK;
    TRY(e);
    int64_t age_ms = oldest_ms ? clock_wall_ms(l->o.clock) - oldest_ms : 0;
    *out_status = (struct link_status){
        .state = p.out_reason.len > 0 ? LINK_DIVERGED : LINK_FINE,
        .reason = str_copy(a, p.out_reason),
        .epoch = p.out_epoch,
        .next_seq = p.out_sealed_seq + 1,
        .acked_seq = p.out_acked_seq,
        .in_epoch = p.in_epoch,
        .in_up_to_seq = p.in_up_to_seq,
        .in_applied_ms = (int64_t)p.in_applied_ms,
        .waiting_items = p.out_put_item - p.out_acked_item,
        .waiting_rows = p.out_put_rows - p.out_acked_rows,
        .acked_items = p.out_acked_item,
        .acked_rows = p.out_acked_rows,
        .oldest_waiting_ms = age_ms > 0 ? age_ms : 0,
        .paused_ms = most(peer_position(&p, clock_wall_ms(l->o.clock)).paused_ms,
                          l->paused_until_ms - clock_monotonic_ms(l->o.clock)),
        .last_contact_ms = (int64_t)p.in_contact_ms,
        .refused = str_copy(a, p.in_refused),
        .refused_epoch = p.in_refused_epoch,
        .refused_seq = p.in_refused_seq,
        .refused_count = p.in_refused_count,
        .refused_ms = (int64_t)p.in_refused_ms,
        .is_twin = p.in_refused_ms > 0 && p.in_applied_ms > p.in_refused_ms,
        .forged = p.in_forged,
        .forged_ms = (int64_t)p.in_forged_ms,
        .gaps = p.in_gaps,
        .duplicates = p.in_duplicates,
    };
    return OK;
}

enum err link_purge(struct link *l)
{
    TRY(db_begin(l->o.db));
    enum err e = outbox_purge(l->o.db, clock_wall_ms(l->o.clock) - l->o.history_ms, PURGE_ROWS_MAX);
    return db_end(l->o.db, e);
}
