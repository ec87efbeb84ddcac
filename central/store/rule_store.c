#include "central/store/rule_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "id, rule, version, zh, en, hash, text, status, proposed_by, proposed_ms, decided_by, "        \
    "decided_ms, retired_by, retired_ms, valid_from, valid_to, before, after, appear, disappear, " \
    "change"

static const struct fsm_state states[] = {
    [RULE_VERSION_DRAFT] = {"draft", TO(RULE_VERSION_REFUSED) | TO(RULE_VERSION_PUBLISHED), false},
    [RULE_VERSION_REFUSED] = {"refused", 0, true},
    [RULE_VERSION_PUBLISHED] = {"published", TO(RULE_VERSION_RETIRED), false},
    [RULE_VERSION_RETIRED] = {"retired", 0, true},
};
const struct fsm rule_store_states = FSM(states);

static struct rule_version read_row(struct db_stmt *stmt, struct arena *a)
{
    size_t status = RULE_VERSION_REFUSED;
    struct rule_version v = {.id = db_column_int(stmt, 0),
                             .rule = db_column_copy(stmt, 1, a),
                             .version = db_column_int(stmt, 2),
                             .zh = db_column_copy(stmt, 3, a),
                             .en = db_column_copy(stmt, 4, a),
                             .text = db_column_copy(stmt, 6, a),
                             .proposed_by = db_column_copy(stmt, 8, a),
                             .proposed_ms = db_column_int(stmt, 9),
                             .decided_by = db_column_copy(stmt, 10, a),
                             .decided_ms = db_column_int(stmt, 11),
                             .retired_by = db_column_copy(stmt, 12, a),
                             .retired_ms = db_column_int(stmt, 13),
                             .valid_from = (int32_t)db_column_int(stmt, 14),
                             .valid_to = (int32_t)db_column_int(stmt, 15),
                             .before = db_column_int(stmt, 16),
                             .after = db_column_int(stmt, 17),
                             .appear = db_column_int(stmt, 18),
                             .disappear = db_column_int(stmt, 19),
                             .change = db_column_int(stmt, 20)};
    struct str hash = db_column_bytes(stmt, 5);
    if (hash.len == SHA256_BYTES)
        memcpy(v.hash.bytes, hash.ptr, SHA256_BYTES);
    fsm_find(&rule_store_states, db_column_bytes(stmt, 7), &status);
    v.status = (enum rule_version_status)status;
    return v;
}

enum err rule_store_propose(struct store *s, const struct rule_version *v, int64_t *out_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO rule_version(rule, version, zh, en, hash, text, status, "
                       "proposed_by, proposed_ms, before, after, appear, disappear, change) VALUES "
                       "(?1, ?2, ?3, ?4, ?5, ?6, 'draft', ?7, ?8, ?9, ?10, ?11, ?12, ?13)"),
                   &stmt));
    db_bind_text(stmt, 1, v->rule);
    db_bind_int(stmt, 2, v->version);
    db_bind_text(stmt, 3, v->zh);
    db_bind_text(stmt, 4, v->en);
    db_bind_blob(stmt, 5, hash_str(&v->hash));
    db_bind_text(stmt, 6, v->text);
    db_bind_text(stmt, 7, v->proposed_by);
    db_bind_int(stmt, 8, v->proposed_ms);
    db_bind_int(stmt, 9, v->before);
    db_bind_int(stmt, 10, v->after);
    db_bind_int(stmt, 11, v->appear);
    db_bind_int(stmt, 12, v->disappear);
    db_bind_int(stmt, 13, v->change);
    TRY(db_run(stmt));
    *out_id = db_last_id(s->db);
    return OK;
}

enum err rule_store_list(struct store *s, struct arena *a, struct str rule,
                         struct rule_version **out_rows, size_t *out_count)
{
    VEC(struct rule_version) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    enum err e;
    TRY(db_prepare(s->db,
                   STR("SELECT " COLUMNS " FROM rule_version WHERE ?1 = '' OR rule = ?1 ORDER BY "
                       "status <> 'draft', id DESC"),
                   &stmt));
    db_bind_text(stmt, 1, rule);
    while ((e = db_step(stmt, &has_row)) == OK && has_row) {
        struct rule_version row = read_row(stmt, a);
        VEC_PUSH(&rows, a, row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err rule_store_get(struct store *s, struct arena *a, int64_t id, struct rule_version *out_row)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT " COLUMNS " FROM rule_version WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        *out_row = read_row(stmt, a);
    db_done(stmt);
    return e == OK && !has_row ? fail(ERR_MISSING, "no such version of a rule") : e;
}

static enum err set_decided(struct store *s, const struct rule_version *v,
                            enum rule_version_status to, const struct rule_word *word)
{
    struct db_stmt *stmt;
    if (!fsm_allows(&rule_store_states, v->status, to))
        return fail(ERR_INVALID, "version %lld is %s", (long long)v->id, states[v->status].name);
    TRY(db_prepare(s->db,
                   STR("UPDATE rule_version SET status = ?2, decided_by = ?3, decided_ms = ?4, "
                       "valid_from = ?5 WHERE id = ?1"),
                   &stmt));
    db_bind_int(stmt, 1, v->id);
    db_bind_text(stmt, 2, str_of(states[to].name));
    db_bind_text(stmt, 3, word->by);
    db_bind_int(stmt, 4, word->now_ms);
    db_bind_int(stmt, 5, to == RULE_VERSION_PUBLISHED ? word->today : 0);
    return db_run(stmt);
}

enum err rule_store_retire(struct store *s, struct str rule, const struct rule_word *word)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE rule_version SET status = 'retired', retired_by = ?2, retired_ms = "
                       "?3, valid_to = ?4 WHERE rule = ?1 AND status = 'published'"),
                   &stmt));
    db_bind_text(stmt, 1, rule);
    db_bind_text(stmt, 2, word->by);
    db_bind_int(stmt, 3, word->now_ms);
    db_bind_int(stmt, 4, word->today);
    TRY(db_run(stmt));
    return db_changes(s->db) ? OK : fail(ERR_MISSING, "no published version of the rule");
}

/* Letting an older text in over a newer one would take the rule out. */
static enum err check_is_newest(struct store *s, const struct rule_version *v)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT 1 FROM rule_version WHERE rule = ?1 AND version > ?2 AND status IN "
                       "('published', 'retired')"),
                   &stmt));
    db_bind_text(stmt, 1, v->rule);
    db_bind_int(stmt, 2, v->version);
    enum err e = db_step(stmt, &has_row);
    db_done(stmt);
    return e == OK && has_row ? fail(ERR_INVALID, "a later version was let in already") : e;
}

enum err rule_store_publish(struct store *s, struct arena *a, int64_t id,
                            const struct rule_word *word)
{
    struct rule_version v;
    TRY(rule_store_get(s, a, id, &v));
    if (str_equal(v.proposed_by, word->by))
        return fail(ERR_DENIED, "another person lets it in than the one who proposed it");
    if (v.status != RULE_VERSION_DRAFT)
        return set_decided(s, &v, RULE_VERSION_PUBLISHED, word); /* says what it is */
    TRY(check_is_newest(s, &v));
    enum err e = rule_store_retire(s, v.rule, word);
    if (e != OK && e != ERR_MISSING)
        return e;
    return set_decided(s, &v, RULE_VERSION_PUBLISHED, word);
}

enum err rule_store_refuse(struct store *s, struct arena *a, int64_t id,
                           const struct rule_word *word)
{
    struct rule_version v;
    TRY(rule_store_get(s, a, id, &v));
    return set_decided(s, &v, RULE_VERSION_REFUSED, word);
}

enum err rule_store_generation(struct store *s, int64_t *out_generation)
{
    return store_note_get(s, STR("rules"), 0, out_generation);
}
