#include "central/store/finding_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <string.h>

#define ROW_COLUMNS                                                                                \
    "f.id, f.subject, f.level, f.points, f.tier, f.amount_fen, f.first_ms, f.last_ms, "            \
    "f.rule_version, f.rule, f.episode, "                                                          \
    "f.decision, f.life, f.site, f.say_zh, f.say_en, coalesce(p.id18, ''), coalesce(p.name, ''), " \
    "f.status, f.kind, f.key, f.called, "                                                          \
    "f.life IN ('new', 'continuing') AND EXISTS (SELECT 1 FROM coverage AS c WHERE c.rule = "      \
    "f.rule AND c.state = 'not_computable') FROM finding AS f "                                    \
    "LEFT JOIN person AS p ON p.id = f.subject AND f.kind = ''"

static struct finding_row read_row(struct db_stmt *stmt, struct arena *a)
{
    struct finding_row r;
    int64_t *numbers[] = {&r.id,         &r.subject,  &r.level,   &r.points,      &r.tier,
                          &r.amount_fen, &r.first_ms, &r.last_ms, &r.rule_version};
    struct str *texts[] = {&r.rule, &r.episode, &r.decision, &r.life, &r.site, &r.say_zh, &r.say_en,
                           &r.id18, &r.name,    &r.status,   &r.kind, &r.key,  &r.called};
    for (int i = 0; i < 9; i++)
        *numbers[i] = db_column_int(stmt, i);
    for (int i = 0; i < 13; i++)
        *texts[i] = db_column_copy(stmt, 9 + i, a);
    r.is_left = db_column_int(stmt, 22) != 0;
    return r;
}

struct str finding_store_name(const struct finding_row *f)
{
    return f->kind.len == 0 ? f->name : f->called.len ? f->called : f->key;
}

#define FILTER                                                                                     \
    "(?1 = '' OR f.rule = ?1) AND (?2 = '' OR f.decision = ?2) AND (?3 = '' OR f.life = ?3) AND "  \
    "(?4 = 0 OR f.level = ?4) AND (?5 = '' OR CASE f.kind WHEN '' THEN 'person' ELSE f.kind "      \
    "END = ?5)"

static void bind_filter(struct db_stmt *stmt, const struct finding_filter *f)
{
    db_bind_text(stmt, 1, f->rule);
    db_bind_text(stmt, 2, f->decision);
    db_bind_text(stmt, 3, f->life);
    db_bind_int(stmt, 4, f->level);
    db_bind_text(stmt, 5, f->kind);
}

static enum err count_rows(struct store *s, const struct finding_filter *f, int64_t *out_total)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT count(*) FROM finding AS f WHERE " FILTER), &stmt));
    bind_filter(stmt, f);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_total = db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

/* Pages follow the order of the list: level, points, id. The cursor is the id of the last row of
 * the page before. */
enum err finding_store_list(struct store *s, struct arena *a, const struct finding_filter *f,
                            struct finding_row **out_rows, size_t *out_count, int64_t *out_total,
                            int64_t *out_next)
{
    VEC(struct finding_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    int64_t limit = f->limit < 1 || f->limit > FINDING_PAGE_MAX ? 50 : f->limit;
    TRY(count_rows(s, f, out_total));
    TRY(db_prepare(
        s->db,
        STR("SELECT " ROW_COLUMNS " WHERE " FILTER
            " AND (?6 = 0 OR (-f.level, -f.points, f.id) > (SELECT -level, -points, id "
            "FROM finding WHERE id = ?6)) ORDER BY f.level DESC, f.points DESC, f.id LIMIT ?7"),
        &stmt));
    bind_filter(stmt, f);
    db_bind_int(stmt, 6, f->cursor);
    db_bind_int(stmt, 7, limit + 1);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rows, a, read_row(stmt, a));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_next = rows.count > (size_t)limit ? rows.at[limit - 1].id : 0;
    *out_rows = rows.at;
    *out_count = rows.count > (size_t)limit ? (size_t)limit : rows.count;
    return e;
}

enum err finding_store_get(struct store *s, struct arena *a, int64_t id,
                           struct finding_row *out_row)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT " ROW_COLUMNS " WHERE f.id = ?1"), &stmt));
    db_bind_int(stmt, 1, id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such finding");
    if (e == OK)
        *out_row = read_row(stmt, a);
    db_done(stmt);
    return e;
}

enum err finding_store_unasked(struct store *s, struct arena *a, struct str rule,
                               int64_t changed_before_ms, struct finding_row **out_rows,
                               size_t *out_count)
{
    VEC(struct finding_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT " ROW_COLUMNS
                       " WHERE f.rule = ?1 AND f.life IN ('new', 'continuing') AND f.status = "
                       "'live' AND f.decision = 'to_verify' AND f.site <> '' AND f.last_ms <= ?2 "
                       "AND NOT EXISTS (SELECT 1 FROM matter AS m WHERE m.finding = f.id AND "
                       "m.state <> 'withdrawn') ORDER BY f.id LIMIT ?3"),
                   &stmt));
    db_bind_text(stmt, 1, rule);
    db_bind_int(stmt, 2, changed_before_ms);
    db_bind_int(stmt, 3, FINDING_PAGE_MAX);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rows, a, read_row(stmt, a));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err finding_store_evidence_of(struct store *s, struct arena *a, int64_t id,
                                   struct finding_evidence_row **out_rows, size_t *out_count)
{
    VEC(struct finding_evidence_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT role, dataset, source, rid, version, row_hash FROM evidence WHERE "
                       "finding = ?1 ORDER BY source, rid"),
                   &stmt));
    db_bind_int(stmt, 1, id);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct finding_evidence_row r = {db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a),
                                         db_column_int(stmt, 2),     db_column_int(stmt, 3),
                                         db_column_int(stmt, 4),     {{0}}};
        struct str hash = db_column_bytes(stmt, 5);
        if (hash.len == SHA256_BYTES)
            memcpy(r.row_hash.bytes, hash.ptr, SHA256_BYTES);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err finding_store_events(struct store *s, struct arena *a, int64_t id,
                              struct finding_event_row **out_rows, size_t *out_count)
{
    VEC(struct finding_event_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("SELECT at_ms, kind, by, note FROM finding_event WHERE finding = ?1 ORDER BY id"),
        &stmt));
    db_bind_int(stmt, 1, id);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct finding_event_row r = {db_column_int(stmt, 0), db_column_copy(stmt, 1, a),
                                      db_column_copy(stmt, 2, a), db_column_copy(stmt, 3, a)};
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}
