#include "edge-agent/selfcheck/self_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <string.h>

#define RULE_COLUMNS                                                                               \
    "rule, rule_hash, version, zh, en, check_zh, check_en, day, changes, rows, hits, why, at_ms"

static enum err forget(struct db *db, struct str rule)
{
    struct db_stmt *s;
    TRY(db_prepare(db, STR("DELETE FROM self_hit WHERE rule = ?1"), &s));
    db_bind_text(s, 1, rule);
    TRY(db_run(s));
    TRY(db_prepare(db, STR("DELETE FROM self_rule WHERE rule = ?1"), &s));
    db_bind_text(s, 1, rule);
    return db_run(s);
}

static enum err put_rule(struct db *db, const struct self_rule *r)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO self_rule (" RULE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                       "?7, ?8, ?9, ?10, ?11, ?12, ?13)"),
                   &s));
    db_bind_text(s, 1, r->rule);
    db_bind_blob(s, 2, hash_str(&r->hash));
    db_bind_int(s, 3, r->version);
    db_bind_text(s, 4, r->zh);
    db_bind_text(s, 5, r->en);
    db_bind_text(s, 6, r->check_zh);
    db_bind_text(s, 7, r->check_en);
    db_bind_int(s, 8, r->day);
    db_bind_int(s, 9, r->changes);
    db_bind_int(s, 10, r->rows);
    db_bind_int(s, 11, r->hits);
    db_bind_text(s, 12, r->why);
    db_bind_int(s, 13, r->at_ms);
    return db_run(s);
}

static enum err put_row(struct db *db, int64_t hit, size_t line, const struct self_hit_row *r)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO self_hit_row (hit, line, import_id, row, shown_zh, shown_en) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                   &s));
    db_bind_int(s, 1, hit);
    db_bind_int(s, 2, (int64_t)line);
    db_bind_text(s, 3, r->import_id);
    db_bind_int(s, 4, (int64_t)r->row);
    db_bind_text(s, 5, r->shown_zh);
    db_bind_text(s, 6, r->shown_en);
    return db_run(s);
}

static enum err put_hit(struct db *db, const struct self_hit *h)
{
    struct db_stmt *s;
    TRY(db_prepare(db,
                   STR("INSERT INTO self_hit (rule, subject, episode, level, say_zh, say_en) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                   &s));
    db_bind_text(s, 1, h->rule);
    db_bind_text(s, 2, h->subject);
    db_bind_text(s, 3, h->episode);
    db_bind_int(s, 4, h->level);
    db_bind_text(s, 5, h->say_zh);
    db_bind_text(s, 6, h->say_en);
    TRY(db_run(s));
    int64_t id = db_last_id(db);
    for (size_t i = 0; i < h->row_count; i++)
        TRY(put_row(db, id, i + 1, &h->rows[i]));
    return OK;
}

enum err self_store_replace(struct db *db, const struct self_rule *run, const struct self_hit *hits,
                            size_t count)
{
    TRY(db_begin(db));
    enum err e = forget(db, run->rule);
    if (e == OK)
        e = put_rule(db, run);
    for (size_t i = 0; i < count && e == OK; i++)
        e = put_hit(db, &hits[i]);
    return wrap(db_end(db, e), "keep what a rule said");
}

static struct self_rule read_rule(struct db_stmt *s, struct arena *a)
{
    struct self_rule r = {.rule = db_column_copy(s, 0, a),
                          .version = db_column_int(s, 2),
                          .zh = db_column_copy(s, 3, a),
                          .en = db_column_copy(s, 4, a),
                          .check_zh = db_column_copy(s, 5, a),
                          .check_en = db_column_copy(s, 6, a),
                          .day = (int32_t)db_column_int(s, 7),
                          .changes = db_column_int(s, 8),
                          .rows = db_column_int(s, 9),
                          .hits = db_column_int(s, 10),
                          .why = db_column_copy(s, 11, a),
                          .at_ms = db_column_int(s, 12)};
    struct str hash = db_column_bytes(s, 1);
    if (hash.len == SHA256_BYTES)
        memcpy(r.hash.bytes, hash.ptr, SHA256_BYTES);
    return r;
}

enum err self_store_last(struct db *db, struct str rule, struct arena *a, struct self_rule *out)
{
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db, STR("SELECT " RULE_COLUMNS " FROM self_rule WHERE rule = ?1"), &s));
    db_bind_text(s, 1, rule);
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row)
        *out = read_rule(s, a);
    db_done(s);
    return e == OK && !has_row ? ERR_MISSING : e;
}

static enum err list_rules(struct db *db, struct str sql, struct arena *a,
                           struct self_rule **out_rules, size_t *out_count)
{
    VEC(struct self_rule) rules = {0};
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db, sql, &s));
    db_bind_int(s, 1, SELF_RULES_MAX);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rules, a, read_rule(s, a));
        e = db_step(s, &has_row);
    }
    db_done(s);
    *out_rules = rules.at;
    *out_count = rules.count;
    return e;
}

enum err self_store_rules(struct db *db, struct arena *a, struct self_rule **out_rules,
                          size_t *out_count)
{
    return list_rules(db, STR("SELECT " RULE_COLUMNS " FROM self_rule ORDER BY rule LIMIT ?1"), a,
                      out_rules, out_count);
}

enum err self_store_untold(struct db *db, struct arena *a, struct self_rule **out_rules,
                           size_t *out_count)
{
    return list_rules(db,
                      STR("SELECT " RULE_COLUMNS " FROM self_rule WHERE is_told = 0 ORDER BY rule "
                          "LIMIT ?1"),
                      a, out_rules, out_count);
}

enum err self_store_note_told(struct db *db, struct str rule)
{
    struct db_stmt *s;
    TRY(db_prepare(db, STR("UPDATE self_rule SET is_told = 1 WHERE rule = ?1"), &s));
    db_bind_text(s, 1, rule);
    return db_run(s);
}

enum err self_store_count(struct db *db, uint64_t *out_hits)
{
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db, STR("SELECT coalesce(sum(hits), 0) FROM self_rule"), &s));
    enum err e = db_step(s, &has_row);
    if (e == OK)
        *out_hits = (uint64_t)db_column_int(s, 0);
    db_done(s);
    return e;
}

enum err self_store_keep_only(struct db *db, const struct str *rules, size_t count)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct self_rule *kept = NULL;
    size_t kept_count = 0;
    enum err e = self_store_rules(db, a, &kept, &kept_count);
    for (size_t i = 0; i < kept_count && e == OK; i++) {
        bool is_there = false;
        for (size_t k = 0; k < count; k++)
            is_there = is_there || str_equal(kept[i].rule, rules[k]);
        if (!is_there && (e = db_begin(db)) == OK)
            e = db_end(db, forget(db, kept[i].rule));
    }
    arena_free(a);
    return e;
}

static enum err read_rows(struct db *db, struct arena *a, struct self_hit *h)
{
    VEC(struct self_hit_row) rows = {0};
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db,
                   STR("SELECT r.import_id, coalesce(i.name, ''), r.row, r.shown_zh, r.shown_en "
                       "FROM self_hit_row AS r LEFT JOIN import AS i ON i.id = r.import_id WHERE "
                       "r.hit = ?1 ORDER BY r.line"),
                   &s));
    db_bind_int(s, 1, h->id);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rows, a,
                 (struct self_hit_row){.import_id = db_column_copy(s, 0, a),
                                       .file = db_column_copy(s, 1, a),
                                       .row = (uint64_t)db_column_int(s, 2),
                                       .shown_zh = db_column_copy(s, 3, a),
                                       .shown_en = db_column_copy(s, 4, a)});
        e = db_step(s, &has_row);
    }
    db_done(s);
    h->rows = rows.at;
    h->row_count = rows.count;
    return e;
}

enum err self_store_hits(struct db *db, struct str rule, size_t max, struct arena *a,
                         struct self_hit **out_hits, size_t *out_count)
{
    VEC(struct self_hit) hits = {0};
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(db,
                   STR("SELECT id, rule, subject, episode, level, say_zh, say_en FROM self_hit "
                       "WHERE rule = ?1 ORDER BY level DESC, id LIMIT ?2"),
                   &s));
    db_bind_text(s, 1, rule);
    db_bind_int(s, 2, (int64_t)max);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&hits, a,
                 (struct self_hit){.id = db_column_int(s, 0),
                                   .rule = db_column_copy(s, 1, a),
                                   .subject = db_column_copy(s, 2, a),
                                   .episode = db_column_copy(s, 3, a),
                                   .level = db_column_int(s, 4),
                                   .say_zh = db_column_copy(s, 5, a),
                                   .say_en = db_column_copy(s, 6, a)});
        e = db_step(s, &has_row);
    }
    db_done(s);
    for (size_t i = 0; i < hits.count && e == OK; i++)
        e = read_rows(db, a, &hits.at[i]);
    *out_hits = hits.at;
    *out_count = hits.count;
    return e;
}
