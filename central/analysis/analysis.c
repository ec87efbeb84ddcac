#include "central/analysis/analysis.h"

#include "central/analysis/prompt.h"
#include "central/analysis/refresh.h"
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/os/clock.h"

#include <string.h>

#define ANALYSIS_BYTES_MAX ((size_t)1024 * 1024 * 1024)
#define CHINA_MINUTES 480

int32_t analysis_today(const struct analysis *an)
{
    return an->today_fixed ? an->today_fixed : date_of_ms(clock_wall_ms(an->clock), CHINA_MINUTES);
}

const struct rule *analysis_rule(const struct analysis *an, struct str id)
{
    for (size_t i = 0; i < an->rule_count; i++) {
        const struct rule *r = an->rules[i];
        if (str_equal(r->id, id) && rule_is_in_force(r, analysis_today(an)))
            return r;
    }
    return NULL;
}

static bool begins_like_earlier(const struct analysis *an, size_t index)
{
    const struct rule *r = an->rules[index];
    for (size_t i = 0; i < index; i++) {
        const struct rule *other = an->rules[i];
        if (analysis_rule(an, other->id) && other->population == r->population &&
            other->population_field == r->population_field)
            return true;
    }
    return false;
}

/* Whom the rules can look at: each population once, however many rules begin with it. */
static enum err count_members(struct analysis *an, struct arena *a, struct changes *c, bool is_all)
{
    TRY(db_begin(an->store->db));
    enum err e = OK;
    for (size_t i = 0; i < an->rule_count && e == OK; i++) {
        const struct rule *r = an->rules[i];
        if (!analysis_rule(an, r->id) || begins_like_earlier(an, i))
            continue;
        bool is_whole = is_all || changes_are_many(c, r->population);
        if (!is_whole)
            e = change_store_changed(an->store, c, rule_is_of_persons(r));
        if (e == OK)
            e = standing_store_members(an->store, a, r, is_whole ? EMIT_ALL : EMIT_DIRTY);
    }
    return db_end(an->store->db, e);
}

static enum err run_rules(struct analysis *an, struct arena *a, struct changes *c, bool is_all)
{
    TRY(count_members(an, a, c, is_all));
    for (size_t i = 0; i < an->rule_count; i++)
        if (analysis_rule(an, an->rules[i]->id))
            TRY(refresh_rule(an, an->rules[i], c, is_all));
    return OK;
}

/* The declarations that the stored findings rest on, as a number; another one means that everybody
 * has to be looked at by every rule. */
static int64_t catalog_number(const struct analysis *an)
{
    int64_t number;
    memcpy(&number, an->store->catalog->hash.bytes, sizeof number);
    return number;
}

static enum err look(struct analysis *an, struct arena *a, bool is_full, int32_t today,
                     size_t *out_persons)
{
    struct changes changes;
    int64_t catalog;
    int64_t generation;
    int64_t last_news;
    int64_t news;
    int64_t begun_us = clock_monotonic_us();
    TRY(change_store_take(an->store, a, an->rules, an->rule_count, today, &changes));
    TRY(store_note_get(an->store, STR("analysis.catalog"), 0, &catalog));
    TRY(store_note_get(an->store, STR("analysis.rules"), 0, &generation));
    TRY(store_note_get(an->store, STR("analysis.news"), 0, &last_news));
    TRY(finding_store_news(an->store, &news));
    bool is_other_catalog = catalog != catalog_number(an);
    bool are_other_rules = generation != an->rules_generation;
    *out_persons = changes.persons;
    /* On a new day sources may have become too old without anything having come; a list that came
     * again unchanged makes its source fresh and nobody dirty; a decision moves the precision. */
    if (changes_are_none(&changes) && !is_full && !is_other_catalog && !are_other_rules &&
        last_news == news)
        return OK;
    bool is_all = is_full || is_other_catalog || changes.persons >= ANALYSIS_ALL_FROM;
    if (is_other_catalog || are_other_rules)
        TRY(refresh_replaced(an, a));
    TRY(run_rules(an, a, &changes, is_all));
    if (is_other_catalog)
        TRY(store_note_set(an->store, STR("analysis.catalog"), catalog_number(an)));
    if (are_other_rules)
        TRY(store_note_set(an->store, STR("analysis.rules"), an->rules_generation));
    TRY(store_note_set(an->store, STR("analysis.news"), news));
    /* only now: a crash before looks at the same persons and things again */
    TRY(change_store_done(an->store, &changes));
    LOG(INFO, "analysis.done", KV_I64("persons", changes.persons), KV_I64("all", is_all),
        KV_I64("took_ms", (clock_monotonic_us() - begun_us) / 1000));
    return OK;
}

enum err analysis_turn(struct analysis *an, bool is_full, size_t *out_persons)
{
    struct arena *a = arena_new(ANALYSIS_BYTES_MAX);
    *out_persons = 0;
    enum err e = look(an, a, is_full, analysis_today(an), out_persons);
    arena_free(a);
    return e;
}

static enum err ask(struct analysis *an, struct arena *a, const struct rule *r,
                    const struct finding_row *f)
{
    struct finding_evidence_row *rows;
    size_t count;
    TRY(finding_store_evidence_of(an->store, a, f->id, &rows, &count));
    return prompt_open(an->store, an->link, a, r, f, rows, count,
                       &(struct prompt_time){analysis_today(an), clock_wall_ms(an->clock)});
}

/* A page of them in one transaction. */
static enum err ask_about(struct analysis *an, struct arena *a, const struct rule *r,
                          int64_t changed_before_ms, size_t *out_asked)
{
    struct finding_row *rows;
    size_t count;
    TRY(finding_store_unasked(an->store, a, r->id, changed_before_ms, &rows, &count));
    *out_asked = count;
    if (count == 0)
        return OK;
    TRY(db_begin(an->store->db));
    enum err e = OK;
    for (size_t i = 0; i < count && e == OK; i++)
        e = ask(an, a, r, &rows[i]);
    return db_end(an->store->db, e);
}

enum err analysis_ask(struct analysis *an, int64_t changed_before_ms, size_t *out_asked)
{
    struct arena *a = arena_new(ANALYSIS_BYTES_MAX);
    enum err e = OK;
    size_t asked = 0;
    for (size_t i = 0; i < an->rule_count && e == OK; i++) {
        const struct rule *r = an->rules[i];
        size_t count = r->status == RULE_LIVE && r->asks ? FINDING_PAGE_MAX : 0;
        while (e == OK && count == FINDING_PAGE_MAX) {
            e = ask_about(an, a, r, changed_before_ms, &count);
            asked += count;
            arena_reset(a);
        }
    }
    if (asked)
        LOG(INFO, "prompts.put", KV_I64("count", asked));
    *out_asked = asked;
    arena_free(a);
    return e;
}
