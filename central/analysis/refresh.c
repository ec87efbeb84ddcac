#include "central/analysis/refresh.h"

#include "central/analysis/prompt.h"
#include "central/store/finding_store.h"
#include "central/store/result_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/os/clock.h"
#include "common/rules/trial.h"

#define CHINA_MINUTES 480
#define REFRESH_BYTES_MAX ((size_t)1024 * 1024 * 1024) /* DB_BUDGET_USUAL takes half of it */

struct evaluation { /* of one rule */
    struct analysis *an;
    struct arena *arena;
    const struct rule *rule;
    struct changes *changes;
    enum emit_scope scope;
    int32_t today;
    int64_t now_ms;
    struct result_mark mark; /* the state of the records that was evaluated */
    struct finding_evaluation e;
    struct finding_evidence *evidence;
    size_t evidence_count;
    struct finding_evidence *picked; /* room for that of one finding */
};

/* Rows of the evidence that belong to a hit; both lists are sorted by subject and episode, but for
 * the source in between. */
static size_t pick_evidence(const struct evaluation *ev, const struct finding_hit *hit,
                            struct finding_evidence *out)
{
    size_t n = 0;
    size_t low = 0;
    size_t high = ev->evidence_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ev->evidence[middle].subject < hit->subject)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < ev->evidence_count && ev->evidence[i].subject == hit->subject; i++)
        if (str_equal(ev->evidence[i].episode, hit->episode))
            out[n++] = ev->evidence[i];
    return n;
}

static enum err note_result(struct evaluation *ev, int64_t id, const struct finding_hit *hit)
{
    struct result_when when = {ev->mark, ev->today, ev->now_ms};
    return result_store_note(ev->an->store, id, ev->rule, hit, &when);
}

static enum err appear(struct evaluation *ev, const struct finding_change *change,
                       const struct finding_found *f)
{
    struct store *s = ev->an->store;
    struct finding_evidence *rows = ev->picked;
    size_t count = pick_evidence(ev, &f->hit, rows);
    bool is_new = change->kind == FINDING_APPEARS;
    int64_t id = change->before ? change->before->id : 0;
    TRY(finding_store_put(s, ev->rule, f, id, is_new ? FINDING_NEW : FINDING_CONTINUING, ev->today,
                          ev->now_ms, &id));
    TRY(finding_store_put_evidence(s, id, ev->rule, rows, count));
    TRY(note_result(ev, id, &f->hit));
    TRY(finding_store_event(s, id, ev->now_ms,
                            is_new ? (change->before ? "back" : "found") : "changed", STR_NONE,
                            STR_NONE));
    return is_new ? OK
                  : prompt_withdraw(s, ev->an->link, ev->arena, id, PROMPT_CHANGED, ev->now_ms);
}

/* The result is the same, the rows behind it may be newer versions. */
static enum err stay(struct evaluation *ev, const struct finding_hit *before,
                     const struct finding_found *f)
{
    struct store *s = ev->an->store;
    struct finding_evidence *rows = ev->picked;
    struct finding_evidence_row *stored;
    size_t stored_count;
    size_t count = pick_evidence(ev, &f->hit, rows);
    if (before->life == FINDING_NEW)
        TRY(finding_store_set_life(s, before->id, FINDING_CONTINUING, ev->now_ms));
    TRY(finding_store_evidence_of(s, ev->arena, before->id, &stored, &stored_count));
    bool is_same = count == stored_count;
    for (size_t i = 0; i < count && is_same; i++)
        is_same = (int64_t)rows[i].source == stored[i].source && rows[i].rid == stored[i].rid &&
                  rows[i].version == stored[i].version;
    if (is_same)
        return OK;
    TRY(finding_store_put_evidence(s, before->id, ev->rule, rows, count));
    return note_result(ev, before->id, &f->hit);
}

static enum err end(struct analysis *an, struct arena *a, int64_t finding, enum finding_life life,
                    int64_t now_ms)
{
    TRY(finding_store_set_life(an->store, finding, life, now_ms));
    TRY(finding_store_event(an->store, finding, now_ms, finding_lives.states[life].name, STR_NONE,
                            STR_NONE));
    return prompt_withdraw(an->store, an->link, a, finding, PROMPT_GONE, now_ms);
}

/* Gone because the facts are gone, or because the rule now asks for other facts. */
static enum err disappear(struct evaluation *ev, const struct finding_hit *before)
{
    bool is_of_rule;
    TRY(finding_store_is_of(ev->an->store, before->id, &ev->rule->hash, &is_of_rule));
    return end(ev->an, ev->arena, before->id, is_of_rule ? FINDING_ENDED : FINDING_SUPERSEDED,
               ev->now_ms);
}

static enum err apply_changes(struct evaluation *ev, const struct finding_change *changes,
                              size_t count, const struct finding_hit *after)
{
    for (size_t i = 0; i < count; i++) {
        const struct finding_change *c = &changes[i];
        switch (c->kind) {
        case FINDING_APPEARS:
        case FINDING_CHANGES:
            TRY(appear(ev, c, &ev->e.found[c->after - after]));
            break;
        case FINDING_STAYS:
            TRY(stay(ev, c->before, &ev->e.found[c->after - after]));
            break;
        case FINDING_DISAPPEARS:
            TRY(disappear(ev, c->before));
            break;
        }
    }
    return OK;
}

static enum err reconcile(struct evaluation *ev)
{
    struct finding_hit *before;
    size_t before_count;
    struct finding_hit *after = NEW_ARRAY(ev->arena, struct finding_hit, ev->e.found_count + 1);
    ev->picked = NEW_ARRAY(ev->arena, struct finding_evidence, ev->evidence_count + 1);
    TRY(finding_store_before(ev->an->store, ev->arena, ev->rule->id, ev->scope, &before,
                             &before_count));
    for (size_t i = 0; i < ev->e.found_count; i++)
        after[i] = ev->e.found[i].hit;
    struct finding_change *changes =
        NEW_ARRAY(ev->arena, struct finding_change, before_count + ev->e.found_count + 1);
    size_t count = finding_reconcile(before, before_count, after, ev->e.found_count, changes);
    return apply_changes(ev, changes, count, after);
}

static void not_computable(struct finding_coverage *c, struct str zh, struct str en)
{
    c->state = STR("not_computable");
    c->reason_zh = zh;
    c->reason_en = en;
}

/* The rule's own fault, so the others go on. */
static void stopped(struct finding_coverage *c, enum err e, enum db_limit limit)
{
    static const struct {
        struct str zh, en;
    } reasons[] = {
        [DB_LIMIT_NONE] = {STR_INIT("规则超出计算预算，已停止"),
                           STR_INIT("the rule went over its budget and was stopped")},
        [DB_LIMIT_STEPS] = {STR_INIT("规则的计算步数超出预算，已停止"),
                            STR_INIT("the rule took more steps than its budget and was stopped")},
        [DB_LIMIT_TIME] = {STR_INIT("规则计算时间过长，已停止"),
                           STR_INIT("the rule took too long and was stopped")},
        [DB_LIMIT_MEMORY] = {STR_INIT("规则占用内存过多，已停止"),
                             STR_INIT("the rule took too much memory and was stopped")},
        [DB_LIMIT_VALUE] = {STR_INIT("规则产生过长的文本，已停止"),
                            STR_INIT("the rule made a text that is too long and was stopped")},
        [DB_LIMIT_ROWS] = {STR_INIT("规则的结果过多，已停止"),
                           STR_INIT("the rule gave too many results and was stopped")},
    };
    if (e == ERR_DENIED)
        not_computable(
            c, STR("规则的查询只能读取数据集，只能使用规则可用的函数"),
            STR("the rule's query may only read datasets, with the functions that rules have"));
    else if (e == ERR_INVALID)
        not_computable(c, STR("规则的查询有误，无法执行"),
                       STR("the rule's query is wrong and cannot be run"));
    else
        not_computable(c, reasons[limit].zh, reasons[limit].en);
}

/* Days since the newest row of the dataset came; 0 when it came today or later. */
static enum err age_of(struct evaluation *ev, struct str dataset, int64_t *out_days)
{
    int64_t at_ms;
    TRY(finding_store_freshness(ev->an->store, dataset, &at_ms));
    int64_t days = at_ms ? date_to_days(ev->today) - date_to_days(date_of_ms(at_ms, CHINA_MINUTES))
                         : INT32_MAX;
    *out_days = days > 0 ? days : 0;
    return OK;
}

/* A source that is missing or old proves nothing: what it does not have may only not have come. */
static enum err missing_need(struct evaluation *ev, struct finding_coverage *c)
{
    for (size_t i = 0; i < ev->rule->need_count; i++) {
        const struct rule_need *need = &ev->rule->needs[i];
        const struct dataset *d = need->dataset;
        int64_t rows;
        int64_t days = 0;
        TRY(finding_store_need(ev->an->store, ev->arena, ev->rule, i, &rows));
        if (rows < need->rows) {
            not_computable(c,
                           str_format(ev->arena, STR_FMT "只有 %lld 行，至少要 %lld 行",
                                      STR_ARG(d->zh), (long long)rows, (long long)need->rows),
                           str_format(ev->arena, STR_FMT " has %lld rows, %lld are needed",
                                      STR_ARG(d->en), (long long)rows, (long long)need->rows));
            return OK;
        }
        if (need->fresh_days)
            TRY(age_of(ev, d->id, &days));
        if (days > need->fresh_days) {
            not_computable(
                c,
                str_format(ev->arena, STR_FMT "已有 %lld 天没有新数据，最多 %lld 天",
                           STR_ARG(d->zh), (long long)days, (long long)need->fresh_days),
                str_format(ev->arena, STR_FMT ": nothing new for %lld days, %lld at most",
                           STR_ARG(d->en), (long long)days, (long long)need->fresh_days));
            return OK;
        }
    }
    return OK;
}

static enum err choose_scope(struct evaluation *ev, size_t *out_subjects)
{
    bool is_covered;
    TRY(finding_store_is_covered(ev->an->store, ev->rule->id, &is_covered));
    if (!is_covered || changes_concern_all(ev->changes, ev->rule))
        ev->scope = EMIT_ALL;
    if (ev->scope == EMIT_ALL)
        return OK;
    TRY(change_store_subjects(ev->an->store, ev->arena, ev->changes, ev->rule, out_subjects));
    if (*out_subjects >= ANALYSIS_ALL_FROM)
        ev->scope = EMIT_ALL;
    return OK;
}

static enum err evaluate(struct evaluation *ev)
{
    size_t subjects = 0;
    TRY(choose_scope(ev, &subjects));
    if (ev->scope == EMIT_DIRTY && subjects == 0)
        return OK;
    TRY(result_store_mark(ev->an->store, &ev->mark));
    TRY(finding_store_evaluate(ev->an->store, ev->arena, ev->rule, ev->scope, ev->today, &ev->e));
    return finding_store_evidence(ev->an->store, ev->arena, ev->rule, ev->today, ev->e.found,
                                  ev->e.found_count, &ev->evidence, &ev->evidence_count);
}

/* Findings, their evidence and the mark are of one state of the records. */
static enum err evaluate_one_state(struct evaluation *ev)
{
    TRY(db_begin_read(ev->an->store->db));
    enum err e = evaluate(ev);
    enum err end =
        db_commit(ev->an->store->db); /* what temporary tables hold stays, come what may */
    if (e == OK)
        return end;
    ev->changes->holds_person = false; /* but for want of memory: then it is taken back */
    return e;
}

/* Puts the rule into trial when its results say so; says why it is there. */
static enum err weigh(struct evaluation *ev, const struct standing_counts *n,
                      struct finding_coverage *c)
{
    struct store *s = ev->an->store;
    struct trial_facts facts = {.population = n->population, .flagged = n->flagged};
    struct standing_hold hold;
    TRY(standing_store_decided(s, ev->rule->id, STR_NONE, &facts.confirmed, &facts.decided));
    enum trial_reason reason = trial_judge(ev->rule, &facts);
    if (reason != TRIAL_NONE) {
        bool is_share = reason == TRIAL_SHARE;
        hold = (struct standing_hold){.reason = trial_word(reason),
                                      .counted = is_share ? facts.flagged : facts.confirmed,
                                      .of = is_share ? facts.population : facts.decided,
                                      .since_ms = ev->now_ms};
        TRY(standing_store_hold(s, ev->rule, &hold));
    }
    TRY(standing_store_hold_of(s, ev->arena, ev->rule, &hold));
    if (hold.reason.len == 0)
        return OK;
    c->state = STR("observe");
    trial_explain(ev->arena, trial_named(hold.reason), hold.counted, hold.of, &c->reason_zh,
                  &c->reason_en);
    return OK;
}

static enum err cover(struct evaluation *ev, struct finding_coverage *c, int64_t took_us)
{
    struct standing_counts n;
    c->took_us = took_us;
    TRY(standing_store_counts(ev->an->store, ev->arena, ev->rule, &n));
    c->population = n.population;
    if (str_equal(c->state, STR("not_computable"))) /* for nobody of them */
        return finding_store_cover(ev->an->store, c);
    TRY(standing_store_note_freshness(ev->an->store, ev->rule));
    c->flagged = n.flagged;
    c->clear = n.population > n.flagged ? n.population - n.flagged : 0;
    TRY(weigh(ev, &n, c));
    return finding_store_cover(ev->an->store, c);
}

static enum err run(struct evaluation *ev)
{
    struct finding_coverage c = {.rule = ev->rule->id,
                                 .zh = ev->rule->zh,
                                 .en = ev->rule->en,
                                 .version = ev->rule->version,
                                 .state = ev->rule->status == RULE_OBSERVE ? STR("observe")
                                                                           : STR("computable"),
                                 .evaluated_ms = ev->now_ms};
    int64_t begun_us = clock_monotonic_us();
    TRY(missing_need(ev, &c));
    bool is_computable = !str_equal(c.state, STR("not_computable"));
    enum err e = is_computable ? evaluate_one_state(ev) : OK;
    if (e == ERR_STOPPED || e == ERR_DENIED || e == ERR_INVALID) {
        LOG_FAILURE(ERROR, "rule.stopped", e);
        stopped(&c, e, db_guard_limit(ev->an->store->db));
        is_computable = false;
        e = OK;
    }
    TRY(e);
    TRY(db_begin(ev->an->store->db));
    if (is_computable)
        e = reconcile(ev);
    if (e == OK && is_computable)
        e = standing_store_put(ev->an->store, ev->rule, ev->scope, ev->e.excused,
                               ev->e.excused_count);
    if (e == OK)
        e = cover(ev, &c, clock_monotonic_us() - begun_us);
    return db_end(ev->an->store->db, e);
}

enum err refresh_rule(struct analysis *an, const struct rule *r, struct changes *c, bool is_all)
{
    /* each rule has the whole: many results of one leave no less room for the next */
    struct arena *a = arena_new(REFRESH_BYTES_MAX);
    struct evaluation ev = {.an = an,
                            .arena = a,
                            .rule = r,
                            .changes = c,
                            .scope = is_all ? EMIT_ALL : EMIT_DIRTY,
                            .today = c->today,
                            .now_ms = clock_wall_ms(an->clock)};
    enum err e = wrap(run(&ev), "rule " STR_FMT, STR_ARG(r->id));
    arena_free(a);
    return e;
}

static enum err supersede(struct analysis *an, struct arena *a, struct str rule)
{
    struct finding_hit *hits;
    size_t count;
    int64_t now_ms = clock_wall_ms(an->clock);
    TRY(finding_store_before(an->store, a, rule, EMIT_ALL, &hits, &count));
    for (size_t i = 0; i < count; i++)
        if (hits[i].life == FINDING_NEW || hits[i].life == FINDING_CONTINUING)
            TRY(end(an, a, hits[i].id, FINDING_SUPERSEDED, now_ms));
    return finding_store_uncover(an->store, rule);
}

static enum err keep_members(struct analysis *an, struct arena *a)
{
    const struct rule **rules = NEW_ARRAY(a, const struct rule *, an->rule_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < an->rule_count; i++)
        if (analysis_rule(an, an->rules[i]->id))
            rules[count++] = an->rules[i];
    return standing_store_keep_members(an->store, a, rules, count);
}

enum err refresh_replaced(struct analysis *an, struct arena *a)
{
    struct finding_coverage *covered;
    size_t count;
    TRY(finding_store_coverage(an->store, a, &covered, &count));
    TRY(db_begin(an->store->db));
    enum err e = OK;
    for (size_t i = 0; i < count && e == OK; i++) {
        const struct rule *r = analysis_rule(an, covered[i].rule);
        if (!r)
            e = supersede(an, a, covered[i].rule);
        else if (r->version != covered[i].version)
            e = finding_store_uncover(an->store, covered[i].rule);
    }
    if (e == OK)
        e = keep_members(an, a);
    return db_end(an->store->db, e);
}
