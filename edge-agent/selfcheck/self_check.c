#include "edge-agent/selfcheck/self_check.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/log.h"
#include "common/base/vec.h"
#include "common/model/type.h"
#include "common/rules/emit.h"
#include "common/rules/explain.h"
#include "edge-agent/selfcheck/own_evidence.h"
#include "edge-agent/selfcheck/self_store.h"

#define RULES_BYTES_MAX ((size_t)32 << 20)
#define RUN_BYTES_MAX ((size_t)64 << 20)
#define RULE_PROBLEMS_MAX 20
#define BUDGET_ROWS 50000

struct self_check {
    struct arena *arena;
    struct db *db;
    const struct catalog *catalog;
    const struct rule **rules;
    size_t rule_count;
    struct own_rows *rows;
    int32_t looked_day; /* when nothing was due any more, and after how many turns; 0: not yet */
    uint64_t looked_turns;
};

struct found { /* hits of one run */
    VEC(struct self_hit) hits;
    VEC(struct own_subject) subjects; /* beside them */
    int64_t count;
};

/* What stands in the database beside the rows (the outbox, documents) is no business of a rule. */
static bool is_readable(const void *context, struct str table, struct str view)
{
    const struct catalog *c = context;
    return str_equal(table, STR("hit_subject")) || catalog_dataset(c, table) ||
           (view.len && catalog_dataset(c, view));
}

static void gather_datasets(const struct self_check *sc, const struct dataset **out,
                            size_t *out_count)
{
    size_t n = 0;
    for (size_t i = 0; i < sc->rule_count; i++)
        for (size_t k = 0; k < sc->rules[i]->read_count; k++) {
            size_t at = 0;
            while (at < n && out[at] != sc->rules[i]->reads[k])
                at++;
            if (at == n)
                out[n++] = sc->rules[i]->reads[k];
        }
    *out_count = n;
}

static enum err keep_only_ours(const struct self_check *sc)
{
    struct str ids[SELF_RULES_MAX];
    for (size_t i = 0; i < sc->rule_count; i++)
        ids[i] = sc->rules[i]->id;
    return self_store_keep_only(sc->db, ids, sc->rule_count);
}

enum err self_check_open(struct db *db, const struct catalog *catalog, int64_t rows_max,
                         struct self_check **out)
{
    struct arena *a = arena_new(RULES_BYTES_MAX);
    struct self_check *sc = NEW(a, struct self_check);
    struct problem_list problems;
    *sc = (struct self_check){.arena = a, .db = db, .catalog = catalog};
    problem_list_init(&problems, a, RULE_PROBLEMS_MAX);
    if (!rule_load_edge(a, catalog, &problems, &sc->rules, &sc->rule_count))
        LOG(WARN, "selfcheck.faulty", KV_I64("problems", (int64_t)problems.errors));
    if (sc->rule_count > SELF_RULES_MAX)
        sc->rule_count = SELF_RULES_MAX;
    const struct dataset **datasets =
        NEW_ARRAY(a, const struct dataset *, sc->rule_count *RULE_READS_MAX + 1);
    size_t count = 0;
    gather_datasets(sc, datasets, &count);
    db_set_workdays(db, catalog->workdays);
    db_set_readable(db, is_readable, catalog);
    struct db_budget budget = DB_BUDGET_USUAL;
    budget.ms = SELF_CHECK_MS;
    budget.memory_bytes = SELF_CHECK_MEMORY_BYTES;
    budget.rows = BUDGET_ROWS;
    db_set_budget(db, &budget);
    enum err e = own_row_open(db, datasets, count, rows_max, &sc->rows);
    if (e == OK)
        e = keep_only_ours(sc);
    if (e != OK) {
        self_check_close(sc);
        return wrap(e, "self-check");
    }
    *out = sc;
    return OK;
}

void self_check_close(struct self_check *sc)
{
    if (!sc)
        return;
    own_row_close(sc->rows);
    arena_free(sc->arena);
}

struct own_rows *self_check_rows(struct self_check *sc)
{
    return sc->rows;
}

size_t self_check_rule_count(const struct self_check *sc)
{
    return sc->rule_count;
}

static struct value read_value(struct db_stmt *stmt, int column, struct arena *a)
{
    if (db_column_is_null(stmt, column))
        return value_null();
    return db_column_is_text(stmt, column) ? value_text(db_column_copy(stmt, column, a))
                                           : value_int(db_column_int(stmt, column));
}

static void take_hit(struct db_stmt *stmt, const struct rule *r, struct arena *a,
                     struct found *found)
{
    struct value values[RULE_LETS_MAX];
    int64_t amount_fen = db_column_int(stmt, EMIT_AMOUNT);
    struct str key = db_column_copy(stmt, EMIT_KEY, a);
    struct str called = db_column_copy(stmt, EMIT_CALLED, a);
    if (found->count++ >= SELF_HITS_MAX)
        return;
    for (size_t i = 0; i < r->let_count; i++)
        values[i] = read_value(stmt, EMIT_FIRST_LET + (int)i, a);
    struct own_subject subject = {db_column_int(stmt, EMIT_SUBJECT), key};
    VEC_PUSH(&found->subjects, a, subject);
    VEC_PUSH(&found->hits, a,
             (struct self_hit){.rule = r->id,
                               .subject = called.len ? called : key,
                               .episode = db_column_copy(stmt, EMIT_EPISODE, a),
                               .level = db_column_int(stmt, EMIT_LEVEL),
                               .say_zh = explain_say(a, r, EXPLAIN_ZH, values, amount_fen),
                               .say_en = explain_say(a, r, EXPLAIN_EN, values, amount_fen)});
}

static enum err find_hits(struct self_check *sc, const struct rule *r, int32_t today,
                          struct arena *a, struct found *found)
{
    struct db_stmt *stmt = NULL;
    bool has_row = true;
    db_guard_begin(sc->db, INT64_MAX);
    enum err e = db_prepare(sc->db, emit_findings(a, r, sc->catalog, EMIT_ALL, DDL_SQLITE), &stmt);
    if (e == OK)
        db_bind_int(stmt, 1, today);
    while (e == OK && (e = db_step(stmt, &has_row)) == OK && has_row)
        if (db_column_int(stmt, EMIT_KEPT) > 0 && !db_column_is_null(stmt, EMIT_LEVEL))
            take_hit(stmt, r, a, found);
    db_done(stmt);
    db_guard_end(sc->db);
    return e;
}

static enum err compute(struct self_check *sc, const struct rule *r, int32_t today, struct arena *a,
                        struct found *found)
{
    TRY(find_hits(sc, r, today, a, found));
    return own_evidence_add(sc->db, sc->catalog, a,
                            &(struct own_hits){.rule = r,
                                               .today = today,
                                               .subjects = found->subjects.at,
                                               .hits = found->hits.at,
                                               .count = found->hits.count});
}

/* Over how many rows the rule would run now, and what stands against it before it runs. */
static enum err look_at_rows(struct self_check *sc, const struct rule *r, struct self_rule *run)
{
    for (size_t i = 0; i < r->read_count; i++) {
        struct own_dataset d;
        TRY(own_row_state(sc->rows, r->reads[i], &d));
        run->changes += d.changes;
        run->rows += d.rows;
        if (d.left_out)
            run->why = STR("room");
        for (size_t n = 0; n < r->need_count; n++)
            if (r->needs[n].dataset == r->reads[i] && d.rows < r->needs[n].rows)
                run->why = STR("rows");
    }
    return OK;
}

/* What the data or the declaration does, not the disk. */
static bool is_of_rule(enum err e)
{
    return e == ERR_STOPPED || e == ERR_INVALID || e == ERR_DENIED;
}

static enum err run_rule(struct self_check *sc, const struct rule *r, struct self_rule *run,
                         struct arena *a)
{
    struct found found = {0};
    if (run->why.len == 0) {
        enum err e = compute(sc, r, run->day, a, &found);
        if (e != OK && !is_of_rule(e))
            return wrap(e, "rule " STR_FMT, STR_ARG(r->id));
        if (e != OK) {
            LOG_FAILURE(WARN, "selfcheck.rule_failed", e);
            run->why = e == ERR_STOPPED ? STR("budget") : STR("failed");
            found = (struct found){0};
        }
    }
    run->hits = found.count;
    return self_store_replace(sc->db, run, found.hits.at, found.hits.count);
}

static bool is_due(const struct self_rule *last, const struct self_rule *now)
{
    return last->day != now->day || last->changes != now->changes ||
           !hash_equal(&last->hash, &now->hash);
}

static enum err look_at_rule(struct self_check *sc, const struct rule *r, int32_t today,
                             int64_t now_ms, size_t *ran)
{
    struct arena *a = arena_new(RUN_BYTES_MAX);
    struct self_rule last = {0};
    struct self_rule now = {.rule = r->id,
                            .hash = r->hash,
                            .version = r->version,
                            .zh = r->zh,
                            .en = r->en,
                            .check_zh = r->check_zh,
                            .check_en = r->check_en,
                            .day = today,
                            .why = STR(""),
                            .at_ms = now_ms};
    enum err e = self_store_last(sc->db, r->id, a, &last);
    if (e == OK || e == ERR_MISSING)
        e = look_at_rows(sc, r, &now);
    if (e == OK && is_due(&last, &now)) {
        e = run_rule(sc, r, &now, a);
        ++*ran;
    }
    arena_free(a);
    return e;
}

enum err self_check_run(struct self_check *sc, int32_t today, int64_t now_ms, size_t *out_ran)
{
    size_t ran = 0;
    ASSERT(!db_in_transaction(sc->db));
    *out_ran = 0;
    if (sc->looked_day == today && sc->looked_turns == own_row_turns(sc->rows))
        return OK;
    for (size_t i = 0; i < sc->rule_count; i++)
        if (rule_is_in_force(sc->rules[i], today))
            TRY(look_at_rule(sc, sc->rules[i], today, now_ms, &ran));
    *out_ran = ran;
    sc->looked_day = today;
    sc->looked_turns = own_row_turns(sc->rows);
    return OK;
}
