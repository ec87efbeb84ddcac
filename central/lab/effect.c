#include "central/lab/effect.h"

#include "common/base/arena.h"
#include "common/base/check.h"

struct shared { /* values that both versions name, by their place in each */
    size_t before[RULE_LETS_MAX], after[RULE_LETS_MAX];
    size_t count;
};

static struct shared find_shared(const struct rule *older, const struct rule *newer)
{
    struct shared s = {.count = 0};
    for (size_t i = 0; older && i < older->let_count; i++)
        for (size_t k = 0; k < newer->let_count; k++)
            if (str_equal(older->lets[i].id, newer->lets[k].id)) {
                s.before[s.count] = i;
                s.after[s.count++] = k;
            }
    return s;
}

/* As the hits of one and the same declaration, so that only facts tell them apart. */
static struct finding_hit *plain_hits(struct arena *a, const struct finding_evaluation *e,
                                      const size_t *lets, size_t let_count)
{
    static const struct hash no_rule;
    struct finding_hit *hits = NEW_ARRAY(a, struct finding_hit, e->found_count + 1);
    for (size_t i = 0; i < e->found_count; i++) {
        struct value values[RULE_LETS_MAX];
        for (size_t k = 0; k < let_count; k++)
            values[k] = e->found[i].values[lets[k]];
        hits[i] = e->found[i].hit;
        hits[i].life = FINDING_CONTINUING;
        hits[i].result = finding_result_hash(&no_rule, hits[i].episode, hits[i].subject,
                                             hits[i].level, hits[i].amount_fen, values, let_count);
    }
    return hits;
}

static int64_t stored_of(const struct finding_hit *stored, size_t count,
                         const struct finding_hit *hit)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct finding_hit *x = &stored[middle];
        int order = x->subject != hit->subject ? (x->subject < hit->subject ? -1 : 1)
                                               : str_compare(x->episode, hit->episode);
        if (order == 0)
            return x->id;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static void count_change(struct effect *e, enum finding_change_kind kind)
{
    switch (kind) {
    case FINDING_APPEARS:
        e->appear++;
        break;
    case FINDING_CHANGES:
        e->change++;
        break;
    case FINDING_STAYS:
        e->stay++;
        break;
    case FINDING_DISAPPEARS:
        e->disappear++;
        break;
    }
}

const char *effect_word(enum finding_change_kind kind)
{
    static const char *const words[] = {[FINDING_APPEARS] = "appear",
                                        [FINDING_CHANGES] = "change",
                                        [FINDING_STAYS] = "stay",
                                        [FINDING_DISAPPEARS] = "disappear"};
    return words[kind];
}

static enum err compare(struct store *s, struct arena *a, const struct rule *older,
                        const struct rule *newer, const struct finding_evaluation *was,
                        const struct finding_evaluation *is, struct effect *out)
{
    struct shared shared = find_shared(older, newer);
    struct finding_hit *before = plain_hits(a, was, shared.before, shared.count);
    struct finding_hit *after = plain_hits(a, is, shared.after, shared.count);
    struct finding_hit *stored;
    size_t stored_count;
    size_t most = was->found_count + is->found_count;
    struct finding_change *changes = NEW_ARRAY(a, struct finding_change, most + 1);
    TRY(finding_store_before(s, a, newer->id, EMIT_ALL, &stored, &stored_count));
    size_t count = finding_reconcile(before, was->found_count, after, is->found_count, changes);
    out->changes = NEW_ARRAY(a, struct effect_change, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct finding_change *c = &changes[i];
        count_change(out, c->kind);
        if (c->kind == FINDING_STAYS)
            continue;
        out->changes[out->count++] = (struct effect_change){
            .kind = c->kind,
            .before = c->before ? &was->found[c->before - before] : NULL,
            .after = c->after ? &is->found[c->after - after] : NULL,
            .finding = stored_of(stored, stored_count, c->before ? c->before : c->after)};
    }
    return OK;
}

/* Its own fault, not that of the database. */
static bool is_of_rule(enum err e)
{
    return e == ERR_STOPPED || e == ERR_INVALID || e == ERR_DENIED;
}

enum err effect_weigh(struct store *s, struct arena *a, const struct rule *older,
                      const struct rule *newer, int32_t today, struct effect *out_effect)
{
    struct finding_evaluation was = {0};
    struct finding_evaluation is = {0};
    ASSERT(newer != NULL);
    enum err e = older ? finding_store_evaluate(s, a, older, EMIT_ALL, today, &was) : OK;
    bool is_older_dead = is_of_rule(e);
    if (is_older_dead)
        was = (struct finding_evaluation){0};
    else
        TRY(e);
    TRY(finding_store_evaluate(s, a, newer, EMIT_ALL, today, &is));
    *out_effect = (struct effect){
        .is_older_dead = is_older_dead, .before = was.found_count, .after = is.found_count};
    return compare(s, a, older, newer, &was, &is, out_effect);
}
