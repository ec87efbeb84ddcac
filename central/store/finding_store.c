#include "central/store/finding_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/rules/explain.h"

#include <string.h>

static struct value read_value(struct db_stmt *stmt, int column, struct arena *a)
{
    if (db_column_is_null(stmt, column))
        return value_null();
    return db_column_is_text(stmt, column) ? value_text(db_column_copy(stmt, column, a))
                                           : value_int(db_column_int(stmt, column));
}

static struct finding_found read_found(struct db_stmt *stmt, const struct rule *r, struct arena *a)
{
    struct value *values = NEW_ARRAY(a, struct value, r->let_count + 1);
    struct finding_found f = {.values = values,
                              .site = db_column_copy(stmt, EMIT_SITE, a),
                              .key = db_column_copy(stmt, EMIT_KEY, a),
                              .called = db_column_copy(stmt, EMIT_CALLED, a)};
    f.hit.subject = db_column_int(stmt, EMIT_SUBJECT);
    f.hit.episode = db_column_copy(stmt, EMIT_EPISODE, a);
    f.hit.tier = (int)db_column_int(stmt, EMIT_TIER);
    f.hit.level = (int)db_column_int(stmt, EMIT_LEVEL);
    f.hit.amount_fen = db_column_int(stmt, EMIT_AMOUNT);
    for (size_t i = 0; i < r->let_count; i++)
        values[i] = read_value(stmt, EMIT_FIRST_LET + (int)i, a);
    f.points = explain_points(f.hit.level, f.hit.amount_fen);
    f.say_zh = explain_say(a, r, EXPLAIN_ZH, values, f.hit.amount_fen);
    f.say_en = explain_say(a, r, EXPLAIN_EN, values, f.hit.amount_fen);
    f.hit.result = finding_result_hash(&r->hash, f.hit.episode, f.hit.subject, f.hit.level,
                                       f.hit.amount_fen, values, r->let_count);
    return f;
}

enum err finding_store_evaluate(struct store *s, struct arena *a, const struct rule *r,
                                enum emit_scope scope, int32_t today,
                                struct finding_evaluation *out_evaluation)
{
    VEC(struct finding_found) found = {0};
    VEC(struct finding_excused) excused = {0};
    struct db_stmt *stmt = NULL;
    bool has_row = true;
    db_guard_begin(s->db, STORE_RULE_STEPS_MAX);
    enum err e = db_prepare(s->db, emit_findings(a, r, s->catalog, scope, DDL_SQLITE), &stmt);
    if (e == OK)
        db_bind_int(stmt, 1, today);
    while (e == OK && (e = db_step(stmt, &has_row)) == OK && has_row) {
        if (db_column_int(stmt, EMIT_KEPT) > 0 && !db_column_is_null(stmt, EMIT_LEVEL))
            VEC_PUSH(&found, a, read_found(stmt, r, a));
        if (db_column_is_null(stmt, EMIT_CLAUSE))
            continue;
        struct finding_excused x = {db_column_int(stmt, EMIT_SUBJECT),
                                    db_column_int(stmt, EMIT_CLAUSE)};
        struct finding_excused *last = excused.count ? &excused.at[excused.count - 1] : NULL;
        if (!last || last->subject != x.subject)
            VEC_PUSH(&excused, a, x);
        else if (x.clause < last->clause)
            last->clause = x.clause;
    }
    db_done(stmt);
    db_guard_end(s->db);
    *out_evaluation = (struct finding_evaluation){found.at, found.count, excused.at, excused.count};
    return wrap(e, "rule " STR_FMT, STR_ARG(r->id));
}

enum err finding_store_prepare(struct store *s)
{
    return db_exec(s->db, STR("CREATE TEMP TABLE IF NOT EXISTS hit_subject(subject INTEGER PRIMARY "
                              "KEY, key TEXT); DELETE FROM hit_subject"));
}

static enum err fill_hits(struct store *s, const struct finding_found *found, size_t count)
{
    struct db_stmt *stmt;
    TRY(finding_store_prepare(s));
    TRY(db_prepare(s->db, STR("INSERT OR IGNORE INTO hit_subject(subject, key) VALUES (?1, ?2)"),
                   &stmt));
    for (size_t i = 0; i < count; i++) {
        db_bind_int(stmt, 1, found[i].hit.subject);
        if (found[i].key.len)
            db_bind_text(stmt, 2, found[i].key);
        TRY(db_run(stmt));
    }
    return OK;
}

enum err finding_store_evidence(struct store *s, struct arena *a, const struct rule *r,
                                int32_t today, const struct finding_found *found,
                                size_t found_count, struct finding_evidence **out_rows,
                                size_t *out_count)
{
    VEC(struct finding_evidence) rows = {0};
    struct db_stmt *stmt = NULL;
    bool has_row = true;
    TRY(fill_hits(s, found, found_count));
    db_guard_begin(s->db, STORE_RULE_STEPS_MAX);
    enum err e = db_prepare(s->db, emit_evidence(a, r, s->catalog, DDL_SQLITE), &stmt);
    if (e == OK)
        db_bind_int(stmt, 1, today);
    while (e == OK && (e = db_step(stmt, &has_row)) == OK && has_row) {
        struct finding_evidence row = {.subject = db_column_int(stmt, EMIT_E_SUBJECT),
                                       .episode = db_column_copy(stmt, EMIT_E_EPISODE, a),
                                       .source = (size_t)db_column_int(stmt, EMIT_E_SOURCE),
                                       .rid = db_column_int(stmt, EMIT_E_RID),
                                       .version = db_column_int(stmt, EMIT_E_VERSION)};
        struct str hash = db_column_bytes(stmt, EMIT_E_ROW_HASH);
        if (hash.len == SHA256_BYTES)
            memcpy(row.row_hash.bytes, hash.ptr, SHA256_BYTES);
        VEC_PUSH(&rows, a, row);
    }
    db_done(stmt);
    db_guard_end(s->db);
    *out_rows = rows.at;
    *out_count = rows.count;
    return wrap(e, "evidence of " STR_FMT, STR_ARG(r->id));
}

static enum finding_life life_of(struct str name)
{
    size_t state = FINDING_WITHDRAWN;
    fsm_find(&finding_lives, name, &state);
    return (enum finding_life)state;
}

enum err finding_store_before(struct store *s, struct arena *a, struct str rule,
                              enum emit_scope scope, struct finding_hit **out_hits,
                              size_t *out_count)
{
    VEC(struct finding_hit) hits = {0};
    struct db_stmt *stmt;
    bool has_row;
    struct str sql = scope == EMIT_ALL
                         ? STR("SELECT id, subject, episode, level, tier, amount_fen, result, life "
                               "FROM finding WHERE rule = ?1 "
                               "ORDER BY subject, episode")
                         : STR("SELECT f.id, f.subject, f.episode, f.level, f.tier, f.amount_fen, "
                               "f.result, f.life FROM "
                               "dirty_subject AS d CROSS JOIN finding AS f WHERE f.rule = ?1 AND "
                               "f.subject = d.subject "
                               "ORDER BY f.subject, f.episode");
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_text(stmt, 1, rule);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct finding_hit h = {.id = db_column_int(stmt, 0),
                                .subject = db_column_int(stmt, 1),
                                .episode = db_column_copy(stmt, 2, a),
                                .level = (int)db_column_int(stmt, 3),
                                .tier = (int)db_column_int(stmt, 4),
                                .amount_fen = db_column_int(stmt, 5),
                                .life = life_of(db_column_bytes(stmt, 7))};
        struct str hash = db_column_bytes(stmt, 6);
        if (hash.len == SHA256_BYTES)
            memcpy(h.result.bytes, hash.ptr, SHA256_BYTES);
        VEC_PUSH(&hits, a, h);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_hits = hits.at;
    *out_count = hits.count;
    return e;
}

static enum err read_number(struct store *s, struct str sql, struct str parameter,
                            int64_t *out_number)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, sql, &stmt));
    if (parameter.len)
        db_bind_text(stmt, 1, parameter);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_number = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return e;
}

enum err finding_store_need(struct store *s, struct arena *a, const struct rule *r, size_t index,
                            int64_t *out_rows)
{
    return read_number(s, emit_need(a, r, index), STR_NONE, out_rows);
}

enum err finding_store_put(struct store *s, const struct rule *r, const struct finding_found *f,
                           int64_t id, enum finding_life life, int32_t today, int64_t now_ms,
                           int64_t *out_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db,
        STR("INSERT INTO finding(id, rule, rule_version, rule_hash, kind, subject, key, called, "
            "episode, life, decision, status, level, points, "
            "tier, amount_fen, site, result, say_zh, say_en, today, first_ms, last_ms) "
            "VALUES (?1, ?2, ?3, ?4, ?19, ?5, ?20, ?21, ?6, ?7, "
            "'to_verify', CASE WHEN EXISTS (SELECT 1 FROM rule_hold WHERE rule = ?2 AND "
            "rule_hash = ?4 AND released_ms = 0) THEN 'observe' ELSE ?8 END, ?9, ?10, ?11, ?12, "
            "?13, ?14, ?15, ?16, ?17, ?18, ?18) ON "
            "CONFLICT(rule, subject, episode) "
            "DO UPDATE SET rule_version = ?3, rule_hash = ?4, life = ?7, status = excluded.status, "
            "level = ?9, points = ?10, tier = ?11, "
            "amount_fen = ?12, site = ?13, result = ?14, say_zh = ?15, say_en = ?16, "
            "today = ?17, last_ms = ?18, called = ?21"),
        &stmt));
    if (id)
        db_bind_int(stmt, 1, id);
    db_bind_text(stmt, 2, r->id);
    db_bind_int(stmt, 3, r->version);
    db_bind_blob(stmt, 4, hash_str(&r->hash));
    db_bind_int(stmt, 5, f->hit.subject);
    db_bind_text(stmt, 6, f->hit.episode);
    db_bind_text(stmt, 7, str_of(finding_lives.states[life].name));
    db_bind_text(stmt, 8, r->status == RULE_OBSERVE ? STR("observe") : STR("live"));
    db_bind_int(stmt, 9, f->hit.level);
    db_bind_int(stmt, 10, f->points);
    db_bind_int(stmt, 11, f->hit.tier);
    db_bind_int(stmt, 12, f->hit.amount_fen);
    db_bind_text(stmt, 13, f->site);
    db_bind_blob(stmt, 14, hash_str(&f->hit.result));
    db_bind_text(stmt, 15, f->say_zh);
    db_bind_text(stmt, 16, f->say_en);
    db_bind_int(stmt, 17, today);
    db_bind_int(stmt, 18, now_ms);
    db_bind_text(stmt, 19, r->subject.kind);
    db_bind_text(stmt, 20, f->key);
    db_bind_text(stmt, 21, f->called);
    TRY(db_run(stmt));
    *out_id = id ? id : db_last_id(s->db);
    return OK;
}

enum err finding_store_put_evidence(struct store *s, int64_t finding, const struct rule *r,
                                    const struct finding_evidence *rows, size_t count)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("DELETE FROM evidence WHERE finding = ?1"), &stmt));
    db_bind_int(stmt, 1, finding);
    TRY(db_run(stmt));
    TRY(db_prepare(s->db,
                   STR("INSERT INTO evidence(finding, source, role, dataset, rid, version, "
                       "row_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
                   &stmt));
    for (size_t i = 0; i < count; i++) {
        db_bind_int(stmt, 1, finding);
        db_bind_int(stmt, 2, (int64_t)rows[i].source);
        db_bind_text(stmt, 3, r->sources[rows[i].source].role);
        db_bind_text(stmt, 4, r->sources[rows[i].source].dataset->id);
        db_bind_int(stmt, 5, rows[i].rid);
        db_bind_int(stmt, 6, rows[i].version);
        db_bind_blob(stmt, 7, hash_str(&rows[i].row_hash));
        TRY(db_run(stmt));
    }
    return OK;
}

enum err finding_store_set_life(struct store *s, int64_t finding, enum finding_life life,
                                int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("UPDATE finding SET life = ?2, last_ms = ?3 WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, finding);
    db_bind_text(stmt, 2, str_of(finding_lives.states[life].name));
    db_bind_int(stmt, 3, now_ms);
    return db_run(stmt);
}

enum err finding_store_event(struct store *s, int64_t finding, int64_t at_ms, const char *kind,
                             struct str by, struct str note)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO finding_event(finding, at_ms, kind, by, note) VALUES (?1, ?2, "
                       "?3, ?4, ?5)"),
                   &stmt));
    db_bind_int(stmt, 1, finding);
    db_bind_int(stmt, 2, at_ms);
    db_bind_text(stmt, 3, str_of(kind));
    db_bind_text(stmt, 4, by);
    db_bind_text(stmt, 5, note);
    return db_run(stmt);
}

static enum err read_decision(struct store *s, int64_t finding, size_t *out_state)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT decision FROM finding WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, finding);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && (!has_row || !fsm_find(&finding_decisions, db_column_bytes(stmt, 0), out_state)))
        e = fail(ERR_MISSING, "no such finding");
    db_done(stmt);
    return e;
}

enum err finding_store_decide(struct store *s, int64_t finding, enum finding_decision decision,
                              int64_t at_ms, struct str by, struct str note)
{
    size_t from;
    struct db_stmt *stmt;
    TRY(read_decision(s, finding, &from));
    if (!fsm_allows(&finding_decisions, from, decision))
        return fail(ERR_INVALID, "from %s to %s is not allowed",
                    finding_decisions.states[from].name, finding_decisions.states[decision].name);
    TRY(db_prepare(s->db, STR("UPDATE finding SET decision = ?2 WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, finding);
    db_bind_text(stmt, 2, str_of(finding_decisions.states[decision].name));
    TRY(db_run(stmt));
    return finding_store_event(s, finding, at_ms, finding_decisions.states[decision].name, by,
                               note);
}

enum err finding_store_is_of(struct store *s, int64_t finding, const struct hash *rule_hash,
                             bool *out_is_of)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("SELECT 1 FROM finding WHERE id = ?1 AND rule_hash = ?2"), &stmt));
    db_bind_int(stmt, 1, finding);
    db_bind_blob(stmt, 2, hash_str(rule_hash));
    enum err e = db_step(stmt, out_is_of);
    db_done(stmt);
    return e;
}

enum err finding_store_present(struct store *s, int64_t *out_count)
{
    return read_number(s, STR("SELECT count(*) FROM finding WHERE life IN ('new', 'continuing')"),
                       STR_NONE, out_count);
}

enum err finding_store_freshness(struct store *s, struct str dataset, int64_t *out_at_ms)
{
    return read_number(s, STR("SELECT at_ms FROM freshness WHERE dataset = ?1"), dataset,
                       out_at_ms);
}

enum err finding_store_news(struct store *s, int64_t *out_number)
{
    return read_number(s,
                       STR("SELECT coalesce(sum(at_ms), 0) + (SELECT value FROM note WHERE key = "
                           "'decisions') FROM freshness"),
                       STR_NONE, out_number);
}
