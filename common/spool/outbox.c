#include "common/spool/outbox.h"

#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/sync/batch.h"
#include "common/wire/message.h"

#include <string.h>

enum err outbox_put(struct db *db, struct str peer, uint64_t kind, struct str body, uint64_t rows,
                    int64_t now_ms)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO spool_peer (peer, out_put_item, out_put_rows, ready) "
                       "VALUES (?1, 1, ?2, 1) ON CONFLICT (peer) DO UPDATE SET "
                       "out_put_item = out_put_item + 1, out_put_rows = out_put_rows + ?2, "
                       "ready = 1"),
                   &s));
    db_bind_text(s, 1, peer);
    db_bind_int(s, 2, (int64_t)rows);
    TRY(db_run(s));
    TRY(db_prepare(db,
                   STR("INSERT INTO spool_item (peer, item, kind, rows, put_ms, body) "
                       "SELECT peer, out_put_item, ?2, ?3, ?4, ?5 FROM spool_peer WHERE peer = ?1"),
                   &s));
    db_bind_text(s, 1, peer);
    db_bind_int(s, 2, (int64_t)kind);
    db_bind_int(s, 3, (int64_t)rows);
    db_bind_int(s, 4, now_ms);
    db_bind_blob(s, 5, body);
    return db_run(s);
}

static void put_continues(struct buf *plain, const struct peer *p, struct batch *batch)
{
    struct buf body;
    buf_init(&body, plain->arena);
    message_resend_put(
        &body, &(struct message_resend){.epoch = p->out_need_epoch, .from_seq = p->out_need_seq});
    message_put_item(plain, MESSAGE_CONTINUES, buf_str(&body));
    batch->items++;
}

enum err outbox_gather(struct db *db, const struct peer *p, struct arena *a, struct str *out_plain,
                       struct outbox_sealed *out_sealed)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("SELECT item, kind, rows, body FROM spool_item "
                       "WHERE peer = ? AND item > ? ORDER BY item"),
                   &s));
    db_bind_text(s, 1, p->name);
    db_bind_int(s, 2, (int64_t)p->out_sealed_item);
    struct outbox_sealed sealed = {.epoch = p->out_epoch,
                                   .seq = p->out_sealed_seq + 1,
                                   .last_item = p->out_sealed_item,
                                   .last_rows = p->out_sealed_rows};
    struct batch batch = {0};
    struct buf plain;
    buf_init(&plain, a);
    if (p->out_sealed_seq == 0 && p->out_need_epoch > 0)
        put_continues(&plain, p, &batch);
    size_t items_before = batch.items;
    enum err e;
    bool has_row = false;
    while ((e = db_step(s, &has_row)) == OK && has_row) {
        struct str body = db_column_bytes(s, 3);
        uint64_t rows = (uint64_t)db_column_int(s, 2);
        if (!batch_take(&batch, body.len, rows))
            break;
        message_put_item(&plain, (enum message_kind)db_column_int(s, 1), body);
        sealed.last_item = (uint64_t)db_column_int(s, 0);
        sealed.last_rows += rows;
    }
    db_done(s);
    if (e != OK)
        return e;
    *out_plain = batch.items > items_before ? buf_str(&plain) : STR_NONE;
    *out_sealed = sealed;
    return OK;
}

enum err outbox_keep(struct db *db, struct str peer, const struct outbox_sealed *sealed,
                     int64_t now_ms)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO spool_sealed (peer, epoch, seq, last_item, last_rows, "
                       "sealed_ms, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                   &s));
    db_bind_text(s, 1, peer);
    db_bind_int(s, 2, (int64_t)sealed->epoch);
    db_bind_int(s, 3, (int64_t)sealed->seq);
    db_bind_int(s, 4, (int64_t)sealed->last_item);
    db_bind_int(s, 5, (int64_t)sealed->last_rows);
    db_bind_int(s, 6, now_ms);
    db_bind_blob(s, 7, hash_str(&sealed->hash));
    db_bind_blob(s, 8, sealed->bytes);
    return db_run(s);
}

static enum err find_sealed(struct db *db, struct str sql, struct str peer, uint64_t epoch,
                            uint64_t seq, struct db_stmt **out_stmt)
{
    struct db_stmt *s;
    TRY(db_prepare(db, sql, &s));
    db_bind_text(s, 1, peer);
    db_bind_int(s, 2, (int64_t)epoch);
    db_bind_int(s, 3, (int64_t)seq);
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row) {
        *out_stmt = s;
        return OK;
    }
    db_done(s);
    return e == OK ? ERR_MISSING : e;
}

static enum err take_sealed(struct db_stmt *s, struct outbox_sealed *out_sealed)
{
    struct outbox_sealed sealed = {.epoch = (uint64_t)db_column_int(s, 3),
                                   .seq = (uint64_t)db_column_int(s, 4),
                                   .last_item = (uint64_t)db_column_int(s, 0),
                                   .last_rows = (uint64_t)db_column_int(s, 1)};
    struct str hash = db_column_bytes(s, 2);
    enum err e = hash.len == SHA256_BYTES ? OK : fail(ERR_IO, "spool_sealed holds no hash");
    if (e == OK) {
        memcpy(sealed.hash.bytes, hash.ptr, SHA256_BYTES);
        *out_sealed = sealed;
    }
    db_done(s);
    return e;
}

enum err outbox_find(struct db *db, struct str peer, uint64_t epoch, uint64_t seq,
                     struct outbox_sealed *out_sealed)
{
    struct db_stmt *s;
    TRY(find_sealed(db,
                    STR("SELECT last_item, last_rows, hash, epoch, seq FROM spool_sealed "
                        "WHERE peer = ? AND epoch = ? AND seq = ?"),
                    peer, epoch, seq, &s));
    return take_sealed(s, out_sealed);
}

enum err outbox_find_before(struct db *db, struct str peer, uint64_t epoch, uint64_t seq,
                            struct outbox_sealed *out_sealed)
{
    struct db_stmt *s;
    enum err e = find_sealed(db,
                             STR("SELECT last_item, last_rows, hash, epoch, seq FROM spool_sealed "
                                 "WHERE peer = ?1 AND (epoch < ?2 OR (epoch = ?2 AND seq <= ?3)) "
                                 "ORDER BY epoch DESC, seq DESC LIMIT 1"),
                             peer, epoch, seq, &s);
    if (e == ERR_MISSING) {
        *out_sealed = (struct outbox_sealed){0};
        return OK;
    }
    TRY(e);
    return take_sealed(s, out_sealed);
}

enum err outbox_read(struct db *db, struct str peer, uint64_t epoch, uint64_t seq, struct arena *a,
                     struct str *out_bytes)
{
    struct db_stmt *s;
    TRY(find_sealed(db,
                    STR("SELECT bytes FROM spool_sealed "
                        "WHERE peer = ? AND epoch = ? AND seq = ? AND length(bytes) > 0"),
                    peer, epoch, seq, &s));
    *out_bytes = db_column_copy(s, 0, a);
    db_done(s);
    return OK;
}

static enum err read_number(struct db_stmt *s, int64_t *out_value)
{
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    if (e == OK)
        *out_value = has_row ? db_column_int(s, 0) : 0;
    db_done(s);
    return e;
}

enum err outbox_flight_bytes(struct db *db, const struct peer *p, uint64_t *out_bytes)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("SELECT coalesce(sum(length(bytes)), 0) FROM spool_sealed "
                       "WHERE peer = ? AND epoch = ? AND seq > ?"),
                   &s));
    db_bind_text(s, 1, p->name);
    db_bind_int(s, 2, (int64_t)p->out_epoch);
    db_bind_int(s, 3, (int64_t)p->out_acked_seq);
    int64_t bytes = 0;
    TRY(read_number(s, &bytes));
    *out_bytes = (uint64_t)bytes;
    return OK;
}

enum err outbox_end_epoch(struct db *db, const struct peer *p)
{
    struct db_stmt *s;
    TRY(db_prepare(db, STR("DELETE FROM spool_sealed WHERE peer = ? AND epoch = ? AND seq > ?"),
                   &s));
    db_bind_text(s, 1, p->name);
    db_bind_int(s, 2, (int64_t)p->out_epoch);
    db_bind_int(s, 3, (int64_t)p->out_acked_seq);
    TRY(db_run(s));
    TRY(db_prepare(db, STR("UPDATE spool_sealed SET bytes = x'' WHERE peer = ? AND epoch = ?"),
                   &s));
    db_bind_text(s, 1, p->name);
    db_bind_int(s, 2, (int64_t)p->out_epoch);
    return db_run(s);
}

enum err outbox_oldest_ms(struct db *db, const struct peer *p, int64_t *out_put_ms)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("SELECT put_ms FROM spool_item WHERE peer = ? AND item > ? "
                       "ORDER BY item LIMIT 1"),
                   &s));
    db_bind_text(s, 1, p->name);
    db_bind_int(s, 2, (int64_t)p->out_acked_item);
    return read_number(s, out_put_ms);
}

enum err outbox_purge(struct db *db, int64_t before_ms, int64_t rows_max)
{
    static const struct str statements[] = {
        STR_INIT("DELETE FROM spool_item WHERE rowid IN (SELECT i.rowid FROM spool_item i "
                 "JOIN spool_peer p ON p.peer = i.peer WHERE i.put_ms < ? "
                 "AND i.item <= p.out_acked_item ORDER BY i.put_ms LIMIT ?)"),
        /* The envelope a peer acknowledged last stays: its next answer is compared with it. */
        STR_INIT("DELETE FROM spool_sealed WHERE rowid IN (SELECT s.rowid FROM spool_sealed s "
                 "JOIN spool_peer p ON p.peer = s.peer WHERE s.sealed_ms < ? "
                 "AND (s.epoch < p.out_epoch OR s.seq < p.out_acked_seq) "
                 "ORDER BY s.sealed_ms LIMIT ?)"),
    };
    for (size_t i = 0; i < COUNT_OF(statements); i++) {
        struct db_stmt *s;
        TRY(db_prepare(db, statements[i], &s));
        db_bind_int(s, 1, before_ms);
        db_bind_int(s, 2, rows_max);
        TRY(db_run(s));
    }
    return OK;
}
