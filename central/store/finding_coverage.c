#include "central/store/finding_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"

enum err finding_store_is_covered(struct store *s, struct str rule, bool *out_is_covered)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db, STR("SELECT 1 FROM coverage WHERE rule = ?1 AND state <> 'not_computable'"), &stmt));
    db_bind_text(stmt, 1, rule);
    enum err e = db_step(stmt, out_is_covered);
    db_done(stmt);
    return e;
}

enum err finding_store_uncover(struct store *s, struct str rule)
{
    static const struct str deletions[] = {
        STR_INIT("DELETE FROM coverage WHERE rule = ?1"),
        STR_INIT("DELETE FROM standing WHERE rule = ?1"),
        STR_INIT("DELETE FROM standing_count WHERE rule = ?1"),
        STR_INIT("DELETE FROM rule_freshness WHERE rule = ?1"),
    };
    for (size_t i = 0; i < COUNT_OF(deletions); i++) {
        struct db_stmt *stmt;
        TRY(db_prepare(s->db, deletions[i], &stmt));
        db_bind_text(stmt, 1, rule);
        TRY(db_run(stmt));
    }
    return OK;
}

enum err finding_store_cover(struct store *s, const struct finding_coverage *c)
{
    struct db_stmt *stmt;
    TRY(db_prepare(
        s->db,
        STR("INSERT OR REPLACE INTO coverage(rule, zh, en, version, state, reason_zh, reason_en, "
            "flagged, clear, "
            "evaluated_ms, took_us, population) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
            "?11, ?12)"),
        &stmt));
    db_bind_text(stmt, 1, c->rule);
    db_bind_text(stmt, 2, c->zh);
    db_bind_text(stmt, 3, c->en);
    db_bind_int(stmt, 4, c->version);
    db_bind_text(stmt, 5, c->state);
    db_bind_text(stmt, 6, c->reason_zh);
    db_bind_text(stmt, 7, c->reason_en);
    db_bind_int(stmt, 8, c->flagged);
    db_bind_int(stmt, 9, c->clear);
    db_bind_int(stmt, 12, c->population);
    db_bind_int(stmt, 10, c->evaluated_ms);
    db_bind_int(stmt, 11, c->took_us);
    return db_run(stmt);
}

enum err finding_store_coverage(struct store *s, struct arena *a,
                                struct finding_coverage **out_rows, size_t *out_count)
{
    VEC(struct finding_coverage) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT rule, zh, en, state, reason_zh, reason_en, version, flagged, clear, "
                       "evaluated_ms, took_us, population FROM "
                       "coverage ORDER BY rule"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct finding_coverage c;
        struct str *texts[] = {&c.rule, &c.zh, &c.en, &c.state, &c.reason_zh, &c.reason_en};
        int64_t *numbers[] = {&c.version,      &c.flagged, &c.clear,
                              &c.evaluated_ms, &c.took_us, &c.population};
        for (int i = 0; i < 6; i++)
            *texts[i] = db_column_copy(stmt, i, a);
        for (int i = 0; i < 6; i++)
            *numbers[i] = db_column_int(stmt, 6 + i);
        VEC_PUSH(&rows, a, c);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}
