#include "central/analysis/analysis.h"

#include "central/analysis/prompt.h"
#include "central/store/finding_store.h"
#include "central/store/person_store.h"
#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/os/clock.h"

#define ANALYSIS_BYTES_MAX ((size_t)1024 * 1024 * 1024)
#define CHINA_MINUTES 480

struct evaluation { /* of one rule */
    struct analysis *an;
    struct arena *arena;
    const struct rule *rule;
    enum emit_scope scope;
    int32_t today;
    int64_t now_ms;
    struct finding_found *found;
    size_t found_count;
    struct finding_evidence *evidence;
    size_t evidence_count;
};

int32_t analysis_today(const struct analysis *an)
{
    return an->today_fixed ? an->today_fixed : date_of_ms(clock_wall_ms(an->clock), CHINA_MINUTES);
}

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

static enum err appear(struct evaluation *ev, const struct finding_change *change,
                       const struct finding_found *f)
{
    struct store *s = ev->an->store;
    struct finding_evidence *rows =
        NEW_ARRAY(ev->arena, struct finding_evidence, ev->evidence_count + 1);
    size_t count = pick_evidence(ev, &f->hit, rows);
    bool is_new = change->kind == FINDING_APPEARS;
    int64_t id = change->before ? change->before->id : 0;
    TRY(finding_store_put(s, ev->rule, f, id, is_new ? FINDING_NEW : FINDING_CONTINUING, ev->today,
                          ev->now_ms, &id));
    TRY(finding_store_put_evidence(s, id, ev->rule, rows, count));
    TRY(finding_store_event(s, id, ev->now_ms,
                            is_new ? (change->before ? "back" : "found") : "changed", STR_NONE,
                            STR_NONE));
    if (is_new && ev->rule->status == RULE_LIVE && ev->rule->asks && f->site.len)
        return prompt_open(s, ev->an->link, ev->arena, ev->rule, f, id, rows, count, ev->today,
                           ev->now_ms);
    return OK;
}

static enum err disappear(struct evaluation *ev, const struct finding_hit *before)
{
    struct store *s = ev->an->store;
    TRY(finding_store_set_life(s, before->id, FINDING_ENDED, ev->now_ms));
    TRY(finding_store_event(s, before->id, ev->now_ms, "ended", STR_NONE, STR_NONE));
    return prompt_withdraw(s, ev->an->link, ev->arena, before->id, ev->now_ms);
}

static enum err apply_changes(struct evaluation *ev, const struct finding_change *changes,
                              size_t count, const struct finding_hit *after)
{
    for (size_t i = 0; i < count; i++) {
        const struct finding_change *c = &changes[i];
        switch (c->kind) {
        case FINDING_APPEARS:
        case FINDING_CHANGES:
            TRY(appear(ev, c, &ev->found[c->after - after]));
            break;
        case FINDING_STAYS:
            if (c->before->life == FINDING_NEW)
                TRY(finding_store_set_life(ev->an->store, c->before->id, FINDING_CONTINUING,
                                           ev->now_ms));
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
    struct finding_hit *after = NEW_ARRAY(ev->arena, struct finding_hit, ev->found_count + 1);
    TRY(finding_store_before(ev->an->store, ev->arena, ev->rule->id, ev->scope, &before,
                             &before_count));
    for (size_t i = 0; i < ev->found_count; i++)
        after[i] = ev->found[i].hit;
    struct finding_change *changes =
        NEW_ARRAY(ev->arena, struct finding_change, before_count + ev->found_count + 1);
    size_t count = finding_reconcile(before, before_count, after, ev->found_count, changes);
    return apply_changes(ev, changes, count, after);
}

/* Why the rule cannot be computed; empty when it can. */
static enum err missing_need(struct evaluation *ev, struct finding_coverage *c)
{
    for (size_t i = 0; i < ev->rule->need_count; i++) {
        const struct rule_need *need = &ev->rule->needs[i];
        int64_t rows;
        TRY(finding_store_need(ev->an->store, ev->arena, ev->rule, i, &rows));
        if (rows >= need->rows)
            continue;
        c->state = STR("not_computable");
        c->reason_zh =
            str_format(ev->arena, "“" STR_FMT "”只有 %lld 行,至少需要 %lld 行",
                       STR_ARG(need->dataset->zh), (long long)rows, (long long)need->rows);
        c->reason_en =
            str_format(ev->arena, STR_FMT " has %lld rows, %lld are needed",
                       STR_ARG(need->dataset->en), (long long)rows, (long long)need->rows);
        return OK;
    }
    return OK;
}

static enum err evaluate(struct evaluation *ev)
{
    TRY(finding_store_evaluate(ev->an->store, ev->arena, ev->rule, ev->scope, ev->today, &ev->found,
                               &ev->found_count));
    return finding_store_evidence(ev->an->store, ev->arena, ev->rule, ev->today, ev->found,
                                  ev->found_count, &ev->evidence, &ev->evidence_count);
}

static enum err cover(struct evaluation *ev, struct finding_coverage *c, int64_t took_us)
{
    int64_t population = 0;
    c->took_us = took_us;
    if (str_equal(c->state, STR("not_computable")))
        return finding_store_cover(ev->an->store, c);
    TRY(finding_store_count(ev->an->store, ev->arena, ev->rule, &c->flagged, &population));
    c->clear = population > c->flagged ? population - c->flagged : 0;
    return finding_store_cover(ev->an->store, c);
}

/* Reads outside a transaction, then writes what changed in one. */
static enum err run_rule(struct evaluation *ev)
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
    enum err e = is_computable ? evaluate(ev) : OK;
    if (e == ERR_STOPPED || e == ERR_DENIED) {
        LOG_FAILURE(ERROR, "rule.stopped", e);
        c.state = STR("not_computable");
        c.reason_zh = STR("规则超出计算预算,已停止");
        c.reason_en = STR("the rule went over its budget and was stopped");
        is_computable = false;
        e = OK;
    }
    TRY(e);
    TRY(db_begin(ev->an->store->db));
    if (is_computable)
        e = reconcile(ev);
    if (e == OK)
        e = cover(ev, &c, clock_monotonic_us() - begun_us);
    if (e != OK) {
        db_rollback(ev->an->store->db);
        return e;
    }
    return db_commit(ev->an->store->db);
}

/* The day moved on: who falls due in between is looked at. */
static enum err wake(struct analysis *an, struct arena *a, int32_t today)
{
    int64_t last;
    TRY(store_note_get(an->store, STR("analysis.today"), 0, &last));
    if (last == today)
        return OK;
    TRY(db_begin(an->store->db));
    enum err e = OK;
    for (size_t i = 0; i < an->rule_count && e == OK && last != 0; i++)
        e = finding_store_add_woken(an->store, a, an->rules[i],
                                    (int32_t)(last < today ? last : today),
                                    (int32_t)(last < today ? today : last));
    if (e == OK)
        e = store_note_set(an->store, STR("analysis.today"), today);
    if (e != OK) {
        db_rollback(an->store->db);
        return e;
    }
    return db_commit(an->store->db);
}

static enum err run_rules(struct analysis *an, struct arena *a, enum emit_scope scope,
                          int32_t today)
{
    for (size_t i = 0; i < an->rule_count; i++) {
        if (an->rules[i]->status != RULE_LIVE && an->rules[i]->status != RULE_OBSERVE)
            continue;
        struct evaluation ev = {.an = an,
                                .arena = a,
                                .rule = an->rules[i],
                                .scope = scope,
                                .today = today,
                                .now_ms = clock_wall_ms(an->clock)};
        TRY(wrap(run_rule(&ev), "rule " STR_FMT, STR_ARG(an->rules[i]->id)));
    }
    return OK;
}

enum err analysis_turn(struct analysis *an, bool is_full, size_t *out_persons)
{
    struct arena *a = arena_new(ANALYSIS_BYTES_MAX);
    int32_t today = analysis_today(an);
    enum err e = wake(an, a, today);
    *out_persons = 0;
    if (e == OK)
        e = person_store_take_dirty(an->store, out_persons);
    if (e == OK && (*out_persons || is_full)) {
        enum emit_scope scope =
            is_full || *out_persons >= ANALYSIS_ALL_FROM ? EMIT_ALL : EMIT_DIRTY;
        int64_t begun_us = clock_monotonic_us();
        e = finding_store_fill_dirty(an->store);
        if (e == OK)
            e = run_rules(an, a, scope, today);
        if (e == OK) /* only now: a crash before looks at the same persons again */
            e = person_store_forget_taken(an->store);
        LOG(INFO, "analysis.done", KV_I64("persons", *out_persons),
            KV_I64("all", scope == EMIT_ALL),
            KV_I64("took_ms", (clock_monotonic_us() - begun_us) / 1000));
    }
    arena_free(a);
    return e;
}
