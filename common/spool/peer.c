#include "common/spool/peer.h"

#include "common/base/check.h"
#include "common/sync/credit.h"

#include <string.h>

_Static_assert(RECEIVER_WINDOW *SHA256_BYTES == 512, "0001_spool.sql: in_recent");

#define X(column) #column ", "
#define COLUMNS PEER_NUMBERS(X) "out_prev, in_recent, out_reason, in_refused, due_diverged"
static const char select_peer[] =
    "SELECT " COLUMNS ", out_put_item, out_put_rows FROM spool_peer WHERE peer = ?";
#undef X
#define X(column) #column " = ?, "
static const char update_peer[] =
    "UPDATE spool_peer SET " PEER_NUMBERS(X) "out_prev = ?, in_recent = ?, out_reason = ?, "
                                             "in_refused = ?, due_diverged = ? WHERE peer = ?";
#undef X

static struct str reason_of(struct str text)
{
    for (int v = SENDER_BEHIND; v <= SENDER_OLD_EPOCH; v++)
        if (str_equal(text, sender_reason((enum sender_verdict)v)))
            return sender_reason((enum sender_verdict)v);
    return STR("");
}

static enum err read_hashes(struct str bytes, struct hash *out_hashes, size_t count)
{
    if (bytes.len != count * SHA256_BYTES)
        return fail(ERR_IO, "spool_peer holds %zu bytes of hash", bytes.len);
    memcpy(out_hashes, bytes.ptr, bytes.len);
    return OK;
}

enum err peer_load(struct db *db, struct str name, struct peer *out_peer)
{
    struct peer p = {.name = name};
    struct db_stmt *s;
    TRY(db_prepare(db, str_make(select_peer, sizeof select_peer - 1), &s));
    db_bind_text(s, 1, name);
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    if (e == OK && !has_row)
        e = ERR_MISSING; /* an answer, not a failure: no note */
    if (e != OK)
        goto done;
    int i = 0;
#define X(column) p.column = (uint64_t)db_column_int(s, i++);
    PEER_NUMBERS(X)
#undef X
    if ((e = read_hashes(db_column_bytes(s, i), &p.out_prev, 1)) != OK ||
        (e = read_hashes(db_column_bytes(s, i + 1), p.in_recent, RECEIVER_WINDOW)) != OK)
        goto done;
    p.out_reason = reason_of(db_column_bytes(s, i + 2));
    p.in_refused = reason_of(db_column_bytes(s, i + 3));
    p.due_diverged = reason_of(db_column_bytes(s, i + 4));
    p.out_put_item = (uint64_t)db_column_int(s, i + 5);
    p.out_put_rows = (uint64_t)db_column_int(s, i + 6);
    *out_peer = p;
done:
    db_done(s);
    return e;
}

enum err peer_need(struct db *db, struct str name, struct peer *out_peer)
{
    enum err e = peer_load(db, name, out_peer);
    if (e != ERR_MISSING)
        return e;
    struct db_stmt *s;
    TRY(db_prepare(db, STR("INSERT INTO spool_peer (peer) VALUES (?)"), &s));
    db_bind_text(s, 1, name);
    TRY(db_run(s));
    return peer_load(db, name, out_peer);
}

enum err peer_save(struct db *db, const struct peer *p)
{
    ASSERT(db_in_transaction(db));
    struct db_stmt *s;
    TRY(db_prepare(db, str_make(update_peer, sizeof update_peer - 1), &s));
    int i = 1;
#define X(column) db_bind_int(s, i++, (int64_t)p->column);
    PEER_NUMBERS(X)
#undef X
    db_bind_blob(s, i, hash_str(&p->out_prev));
    db_bind_blob(s, i + 1, str_make(p->in_recent, sizeof p->in_recent));
    db_bind_text(s, i + 2, p->out_reason);
    db_bind_text(s, i + 3, p->in_refused);
    db_bind_text(s, i + 4, p->due_diverged);
    db_bind_text(s, i + 5, p->name);
    return db_run(s);
}

/* What is left of a pause; never more than one may last, whatever the clock did meanwhile. */
static int64_t paused_ms(const struct peer *p, int64_t now_ms)
{
    int64_t left = (int64_t)p->out_busy_until_ms - now_ms;
    return left > 0 && left <= CREDIT_BUSY_MAX_MS ? left : 0;
}

struct sender_position peer_position(const struct peer *p, int64_t now_ms)
{
    return (struct sender_position){.paused_ms = paused_ms(p, now_ms),
                                    .epoch = p->out_epoch,
                                    .acked_seq = p->out_acked_seq,
                                    .sealed_seq = p->out_sealed_seq,
                                    .credit = p->out_credit,
                                    .is_diverged = p->out_reason.len > 0};
}

struct receiver peer_receiver(const struct peer *p)
{
    struct receiver r = {.epoch = p->in_epoch, .up_to_seq = p->in_up_to_seq};
    memcpy(r.recent, p->in_recent, sizeof r.recent);
    return r;
}

void peer_set_receiver(struct peer *p, const struct receiver *r)
{
    p->in_epoch = r->epoch;
    p->in_up_to_seq = r->up_to_seq;
    memcpy(p->in_recent, r->recent, sizeof p->in_recent);
}
