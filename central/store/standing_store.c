#include "central/store/standing_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

static enum err run(struct store *s, struct str sql, struct str one, struct str two)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, sql, &stmt));
    if (one.len)
        db_bind_text(stmt, 1, one);
    if (two.len)
        db_bind_text(stmt, 2, two);
    return db_run(stmt);
}

static struct str source_of(struct arena *a, const struct rule *r)
{
    return str_format(a, STR_FMT "." STR_FMT, STR_ARG(r->population->id),
                      STR_ARG(r->population->fields[r->population_field].id));
}

/* Whom a row of the population is about: the person it was resolved to, if surely enough, or the
 * thing that its field names. */
static struct str member_of(struct arena *a, const struct rule *r)
{
    struct str field = r->population->fields[r->population_field].id;
    return rule_is_of_persons(r) ? str_format(a, "x." STR_FMT "_person", STR_ARG(field))
                                 : str_format(a, "qq_thing(x." STR_FMT ")", STR_ARG(field));
}

static struct str is_member(struct arena *a, const struct rule *r)
{
    struct str field = r->population->fields[r->population_field].id;
    return rule_is_of_persons(r)
               ? str_format(a, "x." STR_FMT "_person IS NOT NULL AND x." STR_FMT "_tier <= %d",
                            STR_ARG(field), STR_ARG(field), RULE_TIER_MAX)
               : str_format(a, "x." STR_FMT " IS NOT NULL", STR_ARG(field));
}

static struct str is_dirty(struct arena *a, const struct rule *r)
{
    struct str field = r->population->fields[r->population_field].id;
    return rule_is_of_persons(r) ? str_format(a, "x." STR_FMT "_person = d.subject", STR_ARG(field))
                                 : str_format(a, "x." STR_FMT " = d.key", STR_ARG(field));
}

static enum err count_all_members(struct store *s, struct arena *a, const struct rule *r)
{
    struct str source = source_of(a, r);
    TRY(run(s, STR("DELETE FROM member WHERE source = ?1"), source, STR_NONE));
    TRY(run(s,
            str_format(a,
                       "INSERT INTO member(source, subject) SELECT DISTINCT ?1, " STR_FMT
                       " FROM " STR_FMT " AS x WHERE " STR_FMT,
                       STR_ARG(member_of(a, r)), STR_ARG(r->population->id),
                       STR_ARG(is_member(a, r))),
            source, STR_NONE));
    return run(s,
               STR("INSERT OR REPLACE INTO member_count(source, persons) SELECT ?1, count(*) FROM "
                   "member WHERE source = ?1"),
               source, STR_NONE);
}

static enum err has_members(struct store *s, struct str source, bool *out_has)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("SELECT 1 FROM member_count WHERE source = ?1"), &stmt));
    db_bind_text(stmt, 1, source);
    enum err e = db_step(stmt, out_has);
    db_done(stmt);
    return e;
}

/* Out with those that are looked at, in with those of them that are there: the counter moves by the
 * difference. A source that nobody counted before is counted whole. */
enum err standing_store_members(struct store *s, struct arena *a, const struct rule *r,
                                enum emit_scope scope)
{
    struct str source = source_of(a, r);
    bool has;
    TRY(has_members(s, source, &has));
    if (scope == EMIT_ALL || !has)
        return count_all_members(s, a, r);
    TRY(run(s,
            STR("UPDATE member_count SET persons = persons - (SELECT count(*) FROM dirty_subject "
                "AS d CROSS JOIN member AS m WHERE m.source = ?1 AND m.subject = d.subject) WHERE "
                "source = ?1"),
            source, STR_NONE));
    TRY(run(s,
            STR("DELETE FROM member WHERE source = ?1 AND subject IN (SELECT subject FROM "
                "dirty_subject)"),
            source, STR_NONE));
    TRY(run(s,
            str_format(a,
                       "INSERT INTO member(source, subject) SELECT ?1, d.subject FROM "
                       "dirty_subject AS d WHERE EXISTS (SELECT 1 FROM " STR_FMT
                       " AS x WHERE " STR_FMT " AND " STR_FMT ")",
                       STR_ARG(r->population->id), STR_ARG(is_dirty(a, r)),
                       STR_ARG(is_member(a, r))),
            source, STR_NONE));
    return run(s,
               STR("UPDATE member_count SET persons = persons + (SELECT count(*) FROM "
                   "dirty_subject AS d CROSS JOIN member AS m WHERE m.source = ?1 AND m.subject = "
                   "d.subject) WHERE source = ?1"),
               source, STR_NONE);
}

static enum err read_sources(struct store *s, struct arena *a, struct str **out_sources,
                             size_t *out_count)
{
    VEC(struct str) sources = {0};
    struct db_stmt *stmt;
    bool has_row;
    enum err e;
    TRY(db_prepare(s->db, STR("SELECT source FROM member_count"), &stmt));
    while ((e = db_step(stmt, &has_row)) == OK && has_row)
        VEC_PUSH(&sources, a, db_column_copy(stmt, 0, a));
    db_done(stmt);
    *out_sources = sources.at;
    *out_count = sources.count;
    return e;
}

enum err standing_store_keep_members(struct store *s, struct arena *a,
                                     const struct rule *const *rules, size_t count)
{
    struct str *sources;
    size_t source_count;
    TRY(read_sources(s, a, &sources, &source_count));
    for (size_t i = 0; i < source_count; i++) {
        bool is_used = false;
        for (size_t k = 0; k < count && !is_used; k++)
            is_used = str_equal(sources[i], source_of(a, rules[k]));
        if (is_used)
            continue;
        TRY(run(s, STR("DELETE FROM member WHERE source = ?1"), sources[i], STR_NONE));
        TRY(run(s, STR("DELETE FROM member_count WHERE source = ?1"), sources[i], STR_NONE));
    }
    return OK;
}

static enum err insert_rows(struct store *s, struct str rule, const struct finding_excused *rows,
                            size_t count)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT OR IGNORE INTO standing(rule, subject, state) VALUES (?1, ?2, ?3)"),
                   &stmt));
    for (size_t i = 0; i < count; i++) {
        db_bind_text(stmt, 1, rule);
        db_bind_int(stmt, 2, rows[i].subject);
        db_bind_int(stmt, 3, rows[i].clause);
        TRY(db_run(stmt));
    }
    return OK;
}

/* The counters move by what goes and by what comes. */
static enum err count_dirty(struct store *s, struct str rule, const char *sign)
{
    return run(s,
               str_equal(str_of(sign), STR("-"))
                   ? STR("INSERT INTO standing_count(rule, state, persons) SELECT ?1, t.state, "
                         "-count(*) FROM dirty_subject AS d CROSS JOIN standing AS t WHERE t.rule "
                         "= ?1 AND t.subject = d.subject GROUP BY t.state ON CONFLICT(rule, state) "
                         "DO UPDATE SET persons = persons + excluded.persons")
                   : STR("INSERT INTO standing_count(rule, state, persons) SELECT ?1, t.state, "
                         "count(*) FROM dirty_subject AS d CROSS JOIN standing AS t WHERE t.rule = "
                         "?1 AND t.subject = d.subject GROUP BY t.state ON CONFLICT(rule, state) "
                         "DO UPDATE SET persons = persons + excluded.persons"),
               rule, STR_NONE);
}

enum err standing_store_put(struct store *s, const struct rule *r, enum emit_scope scope,
                            const struct finding_excused *rows, size_t count)
{
    if (scope == EMIT_ALL) {
        TRY(run(s, STR("DELETE FROM standing WHERE rule = ?1"), r->id, STR_NONE));
        TRY(run(s, STR("DELETE FROM standing_count WHERE rule = ?1"), r->id, STR_NONE));
        TRY(run(s,
                STR("INSERT INTO standing(rule, subject, state) SELECT DISTINCT ?1, subject, 0 "
                    "FROM finding WHERE rule = ?1 AND life IN ('new', 'continuing')"),
                r->id, STR_NONE));
        TRY(insert_rows(s, r->id, rows, count));
        return run(s,
                   STR("INSERT INTO standing_count(rule, state, persons) SELECT rule, state, "
                       "count(*) FROM standing WHERE rule = ?1 GROUP BY state"),
                   r->id, STR_NONE);
    }
    TRY(count_dirty(s, r->id, "-"));
    TRY(run(s,
            STR("DELETE FROM standing WHERE rule = ?1 AND subject IN (SELECT subject FROM "
                "dirty_subject)"),
            r->id, STR_NONE));
    TRY(run(s,
            STR("INSERT INTO standing(rule, subject, state) SELECT DISTINCT ?1, f.subject, 0 FROM "
                "dirty_subject AS d CROSS JOIN finding AS f WHERE f.rule = ?1 AND f.subject = "
                "d.subject AND f.life IN ('new', 'continuing')"),
            r->id, STR_NONE));
    TRY(insert_rows(s, r->id, rows, count));
    return count_dirty(s, r->id, "+");
}

enum err standing_store_counts(struct store *s, struct arena *a, const struct rule *r,
                               struct standing_counts *out_counts)
{
    struct db_stmt *stmt;
    bool has_row;
    *out_counts = (struct standing_counts){0};
    TRY(db_prepare(s->db, STR("SELECT persons FROM member_count WHERE source = ?1"), &stmt));
    db_bind_text(stmt, 1, source_of(a, r));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        out_counts->population = db_column_int(stmt, 0);
    db_done(stmt);
    TRY(e);
    TRY(db_prepare(s->db, STR("SELECT state, persons FROM standing_count WHERE rule = ?1"), &stmt));
    db_bind_text(stmt, 1, r->id);
    while ((e = db_step(stmt, &has_row)) == OK && has_row) {
        int64_t state = db_column_int(stmt, 0);
        if (state == 0)
            out_counts->flagged = db_column_int(stmt, 1);
        else if (state <= RULE_CONDITIONS_MAX)
            out_counts->excused[state - 1] = db_column_int(stmt, 1);
    }
    db_done(stmt);
    return e;
}

enum err standing_store_decided(struct store *s, struct str rule, struct str site,
                                int64_t *out_confirmed, int64_t *out_decided)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT coalesce(sum(CASE decision WHEN 'confirmed' THEN findings END), 0), "
                       "coalesce(sum(findings), 0) FROM decision_count WHERE rule = ?1 AND (?2 = "
                       "'' OR site = ?2)"),
                   &stmt));
    db_bind_text(stmt, 1, rule);
    db_bind_text(stmt, 2, site);
    enum err e = db_step(stmt, &has_row);
    if (e == OK) {
        *out_confirmed = db_column_int(stmt, 0);
        *out_decided = db_column_int(stmt, 1);
    }
    db_done(stmt);
    return e;
}

enum err standing_store_note_freshness(struct store *s, const struct rule *r)
{
    TRY(run(s, STR("DELETE FROM rule_freshness WHERE rule = ?1"), r->id, STR_NONE));
    for (size_t i = 0; i < r->read_count; i++)
        TRY(run(s,
                STR("INSERT INTO rule_freshness(rule, dataset, at_ms) VALUES (?1, ?2, "
                    "coalesce((SELECT at_ms FROM freshness WHERE dataset = ?2), 0))"),
                r->id, r->reads[i]->id));
    return OK;
}

enum err standing_store_freshness(struct store *s, struct arena *a, struct str rule,
                                  struct standing_freshness **out_rows, size_t *out_count)
{
    VEC(struct standing_freshness) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    enum err e;
    TRY(db_prepare(
        s->db, STR("SELECT dataset, at_ms FROM rule_freshness WHERE rule = ?1 ORDER BY dataset"),
        &stmt));
    db_bind_text(stmt, 1, rule);
    while ((e = db_step(stmt, &has_row)) == OK && has_row) {
        struct standing_freshness row = {db_column_copy(stmt, 0, a), db_column_int(stmt, 1)};
        VEC_PUSH(&rows, a, row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

static enum err read_hold(struct store *s, struct arena *a, struct str sql, const struct rule *r,
                          struct standing_hold *out_hold)
{
    struct db_stmt *stmt;
    bool has_row;
    *out_hold = (struct standing_hold){0};
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_text(stmt, 1, r->id);
    db_bind_blob(stmt, 2, hash_str(&r->hash));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        *out_hold = (struct standing_hold){db_column_copy(stmt, 0, a), db_column_int(stmt, 1),
                                           db_column_int(stmt, 2),     db_column_int(stmt, 3),
                                           db_column_int(stmt, 4),     db_column_copy(stmt, 5, a)};
    db_done(stmt);
    return e;
}

#define HOLD_COLUMNS                                                                               \
    "SELECT reason, counted, of, since_ms, released_ms, released_by FROM rule_hold WHERE rule = "  \
    "?1 AND rule_hash = ?2 AND "

enum err standing_store_hold_of(struct store *s, struct arena *a, const struct rule *r,
                                struct standing_hold *out_hold)
{
    return read_hold(s, a, STR(HOLD_COLUMNS "released_ms = 0 ORDER BY since_ms LIMIT 1"), r,
                     out_hold);
}

enum err standing_store_last_release(struct store *s, struct arena *a, const struct rule *r,
                                     struct standing_hold *out_hold)
{
    return read_hold(s, a, STR(HOLD_COLUMNS "released_ms > 0 ORDER BY released_ms DESC LIMIT 1"), r,
                     out_hold);
}

enum err standing_store_hold(struct store *s, const struct rule *r,
                             const struct standing_hold *hold)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT OR IGNORE INTO rule_hold(rule, reason, rule_hash, counted, of, "
                       "since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
                   &stmt));
    db_bind_text(stmt, 1, r->id);
    db_bind_text(stmt, 2, hold->reason);
    db_bind_blob(stmt, 3, hash_str(&r->hash));
    db_bind_int(stmt, 4, hold->counted);
    db_bind_int(stmt, 5, hold->of);
    db_bind_int(stmt, 6, hold->since_ms);
    TRY(db_run(stmt));
    if (db_changes(s->db) == 0)
        return OK;
    return run(s, STR("UPDATE finding SET status = 'observe' WHERE rule = ?1"), r->id, STR_NONE);
}

enum err standing_store_release(struct store *s, const struct rule *r, struct str by,
                                int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE rule_hold SET released_ms = ?2, released_by = ?3 WHERE rule = ?1 "
                       "AND rule_hash = ?4 AND released_ms = 0"),
                   &stmt));
    db_bind_text(stmt, 1, r->id);
    db_bind_int(stmt, 2, now_ms);
    db_bind_text(stmt, 3, by);
    db_bind_blob(stmt, 4, hash_str(&r->hash));
    TRY(db_run(stmt));
    if (db_changes(s->db) == 0)
        return fail(ERR_MISSING, "the rule is not held");
    if (r->status != RULE_LIVE) /* in trial by its declaration, which only a new version ends */
        return OK;
    TRY(run(s,
            STR("UPDATE coverage SET state = 'computable', reason_zh = '', reason_en = '' WHERE "
                "rule = ?1 AND state = 'observe'"),
            r->id, STR_NONE));
    return run(s, STR("UPDATE finding SET status = 'live' WHERE rule = ?1"), r->id, STR_NONE);
}
