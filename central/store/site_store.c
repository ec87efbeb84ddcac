#include "central/store/site_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <string.h>

enum err site_store_put(struct store *s, const struct site_entry *e)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO site(id, unit_code, name, kind) VALUES (?1, ?2, ?3, ?4) ON "
                       "CONFLICT(id) DO UPDATE SET "
                       "unit_code = ?2, name = ?3, kind = ?4"),
                   &stmt));
    db_bind_text(stmt, 1, e->id);
    db_bind_text(stmt, 2, e->unit_code);
    db_bind_text(stmt, 3, e->name);
    db_bind_text(stmt, 4, e->kind);
    return db_run(stmt);
}

enum err site_store_heartbeat(struct store *s, struct str site, const struct message_heartbeat *m,
                              int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE site SET version = ?2, waiting_rows = ?3, files_waiting = ?4, "
                       "rejected_rows = ?5, disk_free = ?6, "
                       "heartbeat_ms = ?7 WHERE id = ?1"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, m->program_version);
    db_bind_int(stmt, 3, (int64_t)m->waiting_rows);
    db_bind_int(stmt, 4, (int64_t)m->files_waiting);
    db_bind_int(stmt, 5, (int64_t)m->rejected_rows);
    db_bind_int(stmt, 6, (int64_t)m->disk_free_bytes);
    db_bind_int(stmt, 7, now_ms);
    return db_run(stmt);
}

enum err site_store_state(struct store *s, const struct site_state *state)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE site SET state_ms = CASE WHEN online = ?2 AND (boot = ?3 OR ?3 = 0) "
                       "AND state_ms "
                       "> 0 THEN state_ms ELSE ?4 END, online = ?2, boot = CASE WHEN ?3 > 0 THEN "
                       "?3 ELSE boot END, version = CASE WHEN ?5 <> '' THEN ?5 ELSE version END, "
                       "stopped = CASE WHEN ?2 THEN ?6 ELSE stopped END WHERE id = ?1"),
                   &stmt));
    db_bind_text(stmt, 1, state->site);
    db_bind_int(stmt, 2, state->is_online);
    db_bind_int(stmt, 3, state->boot);
    db_bind_int(stmt, 4, state->at_ms);
    db_bind_text(stmt, 5, state->version);
    db_bind_text(stmt, 6, state->stopped); /* who is offline says nothing of it */
    return db_run(stmt);
}

enum err site_store_list(struct store *s, struct arena *a, struct site_row **out_rows,
                         size_t *out_count)
{
    VEC(struct site_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("SELECT s.id, s.unit_code, s.name, s.kind, s.version, s.heartbeat_ms, "
            "s.waiting_rows, s.files_waiting, "
            "s.rejected_rows, s.disk_free, coalesce(f.accepted, 0), "
            "coalesce(f.rejected, 0), coalesce(t.merged, 0), "
            "coalesce(t.duplicate, 0), coalesce(t.quarantined, 0), s.online, s.boot, "
            "s.state_ms, coalesce(b.received_ms, 0), coalesce(max(b.received_ms - "
            "b.created_ms, 0), 0), s.stopped FROM site AS s LEFT "
            "JOIN (SELECT site, sum(accepted) AS "
            "accepted, sum(rejected) AS rejected FROM file_end GROUP BY site) AS f ON "
            "f.site = s.id LEFT JOIN (SELECT site, "
            "sum(merged) AS merged, sum(duplicate) AS duplicate, sum(quarantined) AS "
            "quarantined FROM tally GROUP BY site) AS "
            "t ON t.site = s.id LEFT JOIN batch AS b ON b.id = (SELECT id FROM batch WHERE "
            "site = s.id ORDER BY epoch DESC, seq DESC LIMIT 1) ORDER BY s.id"),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct site_row r;
        struct str *texts[] = {&r.id, &r.unit_code, &r.name, &r.kind, &r.version};
        int64_t *numbers[] = {&r.heartbeat_ms, &r.waiting_rows, &r.files_waiting, &r.rejected_now,
                              &r.disk_free,    &r.accepted,     &r.rejected,      &r.merged,
                              &r.duplicate,    &r.quarantined};
        for (int i = 0; i < 5; i++)
            *texts[i] = db_column_copy(stmt, i, a);
        for (int i = 0; i < 10; i++)
            *numbers[i] = db_column_int(stmt, 5 + i);
        r.is_online = db_column_int(stmt, 15) != 0;
        r.boot = db_column_int(stmt, 16);
        r.state_ms = db_column_int(stmt, 17);
        r.acked_ms = db_column_int(stmt, 18);
        r.lag_ms = db_column_int(stmt, 19);
        r.stopped = db_column_copy(stmt, 20, a);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err site_store_put_self_check(struct store *s, struct str site,
                                   const struct message_self_check *m)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO self_check(site, rule, rule_hash, version, rows, hits, why, "
                       "at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(site, rule) DO "
                       "UPDATE SET rule_hash = ?3, version = ?4, rows = ?5, hits = ?6, why = ?7, "
                       "at_ms = ?8 WHERE at_ms <= ?8"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, m->rule);
    db_bind_blob(stmt, 3, hash_str(&m->hash));
    db_bind_int(stmt, 4, (int64_t)m->version);
    db_bind_int(stmt, 5, (int64_t)m->rows);
    db_bind_int(stmt, 6, (int64_t)m->hits);
    db_bind_text(stmt, 7, m->why);
    db_bind_int(stmt, 8, m->at_ms);
    return db_run(stmt);
}

enum err site_store_self_checks(struct store *s, struct arena *a, struct str site,
                                struct site_self_check **out_rows, size_t *out_count)
{
    VEC(struct site_self_check) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT rule, rule_hash, version, rows, hits, why, at_ms FROM self_check "
                       "WHERE site = ?1 ORDER BY rule"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct site_self_check r = {.rule = db_column_copy(stmt, 0, a),
                                    .version = db_column_int(stmt, 2),
                                    .rows = db_column_int(stmt, 3),
                                    .hits = db_column_int(stmt, 4),
                                    .why = db_column_copy(stmt, 5, a),
                                    .at_ms = db_column_int(stmt, 6)};
        struct str hash = db_column_bytes(stmt, 1);
        if (hash.len == SHA256_BYTES)
            memcpy(r.hash.bytes, hash.ptr, SHA256_BYTES);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err site_store_put_user(struct store *s, struct str name, struct str password, struct str role)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO user(name, password, role) VALUES (?1, ?2, ?3) ON "
                       "CONFLICT(name) DO UPDATE SET password = ?2, "
                       "role = ?3"),
                   &stmt));
    db_bind_text(stmt, 1, name);
    db_bind_text(stmt, 2, password);
    db_bind_text(stmt, 3, role);
    return db_run(stmt);
}

enum err site_store_get_user(struct store *s, struct arena *a, struct str name,
                             struct str *out_password, struct str *out_role)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT password, role FROM user WHERE name = ?1"), &stmt));
    db_bind_text(stmt, 1, name);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such user");
    if (e == OK) {
        *out_password = db_column_copy(stmt, 0, a);
        *out_role = db_column_copy(stmt, 1, a);
    }
    db_done(stmt);
    return e;
}
