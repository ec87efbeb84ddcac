/* Evaluating the dirty and the woken leaves exactly the findings of evaluating everything, after
 * any sequence of new rows, corrections, deletions, persons that turn out to be one, and passing
 * days. Rows are those of the rule's golden folder, mixed: so every rule is tried without a word
 * more.
 *
 *     golden_incremental_test [GROUP]      SEED=n one sequence, SEEDS=n many, RULE=id one rule
 */
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/world.h"
#include "common/model/type.h"
#include "tests/golden/rules/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HITS_MAX 400
#define STEPS 20
#define TODAY 20240630 /* of the golden cases */

struct stored { /* what the hub would have in its table */
    struct finding_hit hits[HITS_MAX];
    size_t count;
};

struct run {
    struct bench *bench;
    const struct rule *rule;
    struct arena *arena; /* of one sequence */
    struct random *random;
    const struct bench_row *given; /* the golden rows */
    struct bench_row *rows;        /* as they stand; op NULL: not there yet */
    size_t count;
    bool is_all; /* something changed that concerns everybody */
    int32_t today;
    struct stored stored;
};

static size_t below(struct run *r, size_t n)
{
    return (size_t)random_below(r->random, n);
}

static bool is_there(const struct bench_row *row)
{
    return row->op && strcmp(row->op, "delete") != 0;
}

/* As the merge marks a row that comes or goes. */
static void mark(struct run *r, const struct bench_row *row)
{
    for (size_t i = 0; i < row->dataset->field_count; i++)
        bench_changed_person(r->bench, row->persons[i]);
    for (size_t i = 0; i < r->rule->key_count; i++) {
        const struct rule_key *k = &r->rule->keys[i];
        if (k->dataset != row->dataset)
            continue;
        r->is_all = r->is_all || k->field < 0;
        if (k->field >= 0 && row->values[k->field].kind == VALUE_TEXT)
            bench_changed_key(r->bench, row->values[k->field].text);
    }
}

static void change_to(struct run *r, size_t i, const struct bench_row *to)
{
    if (is_there(&r->rows[i]))
        mark(r, &r->rows[i]);
    r->rows[i] = *to;
    r->rows[i].rid = 0;
    if (is_there(to))
        mark(r, to);
    bench_put(r->bench, &r->rows[i]);
}

static const struct bench_row *any_of(struct run *r, const struct dataset *d)
{
    for (;;) {
        const struct bench_row *row = &r->given[below(r, r->count)];
        if (row->dataset == d)
            return row;
    }
}

/* A golden row, now and then with a value or a person of another row. */
static void put_row(struct run *r)
{
    size_t i = below(r, r->count);
    struct bench_row row = r->given[i];
    size_t fields = row.dataset->field_count;
    struct value *values = NEW_ARRAY(r->arena, struct value, fields);
    int64_t *persons = NEW_ARRAY(r->arena, int64_t, fields);
    int64_t *tiers = NEW_ARRAY(r->arena, int64_t, fields);
    bool is_mixed = below(r, 3) == 0;
    for (size_t f = 0; f < fields; f++) {
        const struct bench_row *from = is_mixed && below(r, 6) == 0 ? any_of(r, row.dataset) : &row;
        values[f] = from->values[f];
        from = is_mixed && below(r, 6) == 0 ? any_of(r, row.dataset) : &row;
        persons[f] = from->persons[f];
        tiers[f] = is_mixed && below(r, 12) == 0 ? 3 : from->tiers[f];
    }
    row.values = values;
    row.persons = persons;
    row.tiers = tiers;
    row.op = r->rows[i].op ? "change" : "new";
    change_to(r, i, &row);
}

static void delete_row(struct run *r)
{
    size_t i = below(r, r->count);
    struct bench_row row = r->rows[i];
    if (!is_there(&row))
        return;
    row.op = "delete";
    change_to(r, i, &row);
}

/* Two persons turn out to be one: all rows of the second are of the first now. */
static void merge_persons(struct run *r)
{
    const struct bench_row *a = &r->given[below(r, r->count)];
    const struct bench_row *b = any_of(r, a->dataset);
    for (size_t i = 0; i < r->count; i++) {
        struct bench_row row = r->rows[i];
        size_t fields = row.dataset->field_count;
        bool is_other = false;
        for (size_t f = 0; f < fields; f++)
            is_other = is_other || (row.persons[f] && row.persons[f] == b->persons[f]);
        if (!is_other || !is_there(&row))
            continue;
        int64_t *persons = NEW_ARRAY(r->arena, int64_t, fields);
        for (size_t f = 0; f < fields; f++) {
            bool is_second = row.persons[f] && row.persons[f] == b->persons[f];
            persons[f] = is_second ? a->persons[f] : row.persons[f];
        }
        row.persons = persons;
        row.op = "change";
        change_to(r, i, &row);
    }
}

static bool is_present(const struct finding_hit *h)
{
    return h->life == FINDING_NEW || h->life == FINDING_CONTINUING;
}

static int by_key(const void *a, const void *b)
{
    const struct finding_hit *x = a;
    const struct finding_hit *y = b;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    return str_compare(x->episode, y->episode);
}

/* The stored list, brought to today as the hub's store does it. */
static void bring_up(struct run *r, enum emit_scope scope)
{
    struct stored *s = &r->stored;
    struct bench_hit *found;
    struct finding_hit before[HITS_MAX];
    struct finding_hit after[HITS_MAX];
    struct finding_change changes[2 * HITS_MAX];
    size_t before_count = 0;
    size_t after_count = bench_evaluate(r->bench, r->arena, r->rule, scope, r->today, &found);
    assert_true(after_count < HITS_MAX);
    for (size_t i = 0; i < after_count; i++)
        after[i] = found[i].hit;
    for (size_t i = 0; i < s->count; i++)
        if (scope == EMIT_ALL || bench_is_dirty(r->bench, s->hits[i].subject))
            before[before_count++] = s->hits[i];
    size_t n = finding_reconcile(before, before_count, after, after_count, changes);
    for (size_t i = 0; i < n; i++) {
        const struct finding_hit *h = changes[i].before ? changes[i].before : changes[i].after;
        size_t at = 0;
        while (at < s->count && by_key(&s->hits[at], h) != 0)
            at++;
        assert_true((at == s->count) == (changes[i].before == NULL));
        assert_true(at < HITS_MAX);
        if (changes[i].kind == FINDING_STAYS) /* the store does not write these */
            continue;
        s->count += at == s->count;
        s->hits[at] = *h;
        if (changes[i].after)
            s->hits[at] = *changes[i].after;
        s->hits[at].life = changes[i].after ? FINDING_CONTINUING : FINDING_ENDED;
    }
    qsort(s->hits, s->count, sizeof s->hits[0], by_key);
}

static size_t compare(struct run *r, uint64_t seed, int step)
{
    struct bench_hit *full;
    size_t count = bench_evaluate(r->bench, r->arena, r->rule, EMIT_ALL, r->today, &full);
    size_t k = 0;
    for (size_t i = 0; i < r->stored.count; i++) {
        const struct finding_hit *h = &r->stored.hits[i];
        if (!is_present(h))
            continue;
        if (k == count || by_key(h, &full[k].hit) != 0 ||
            !hash_equal(&h->result, &full[k].hit.result) || h->tier != full[k].hit.tier)
            fail_msg("seed %llu step %d rule " STR_FMT ": subject %lld [" STR_FMT
                     "] is stored otherwise",
                     (unsigned long long)seed, step, STR_ARG(r->rule->id), (long long)h->subject,
                     STR_ARG(h->episode));
        k++;
    }
    if (k != count)
        fail_msg(
            "seed %llu step %d rule " STR_FMT ": subject %lld " STR_FMT " [" STR_FMT "] was missed",
            (unsigned long long)seed, step, STR_ARG(r->rule->id), (long long)full[k].hit.subject,
            STR_ARG(full[k].key), STR_ARG(full[k].hit.episode));
    return count;
}

static void act(struct run *r)
{
    for (size_t n = 1 + below(r, 2 + r->count / 4); n > 0; n--) {
        size_t kind = below(r, 12);
        if (kind < 8)
            put_row(r);
        else if (kind < 11)
            delete_row(r);
        else
            merge_persons(r);
    }
}

static size_t run_sequence(struct bench *b, const struct rule *rule, uint64_t seed)
{
    struct seeded_random random;
    struct arena *a = arena_new((size_t)64 << 20);
    struct run *r = NEW(a, struct run);
    struct bench_row *given;
    size_t found = 0;
    seeded_random_init(&random, seed);
    *r = (struct run){.bench = b, .rule = rule, .arena = a, .random = &random.random};
    bench_read(b, rule, &given, &r->count);
    r->given = given;
    r->rows = NEW_ARRAY(a, struct bench_row, r->count);
    memcpy(r->rows, given, r->count * sizeof *given);
    for (size_t i = 0; i < r->count; i++)
        r->rows[i].op = NULL;
    bench_clear(b);
    r->today = date_add_days(TODAY, -(int)below(r, 300));
    for (int step = 0; step < STEPS; step++) {
        int32_t before = r->today;
        r->is_all = step == 0;
        bench_forget_changes(b);
        act(r);
        if (below(r, 2))
            r->today = date_add_days(r->today, 1 + (int)below(r, 40));
        bench_wake(b, rule, before, r->today);
        bench_fill_dirty(b, rule);
        bool is_all = r->is_all || (rule->is_daily && r->today != before);
        bring_up(r, is_all ? EMIT_ALL : EMIT_DIRTY);
        found += compare(r, seed, step);
    }
    arena_free(a);
    return found;
}

/* Any change makes everything be looked at (a share of a whole population): dirty rows alone are
 * never asked, and too few rows of a mixed folder stand at one time for such a rule to find. */
static bool looks_at_everything(const struct rule *r)
{
    for (size_t i = 0; i < r->key_count; i++)
        if (r->keys[i].field >= 0)
            return false;
    return r->key_count > 0;
}

static const char *group_wanted;

static void incremental_is_full(void **state)
{
    (void)state;
    const char *only = getenv("SEED");
    const char *many = getenv("SEEDS");
    const char *wanted = getenv("RULE");
    uint64_t last = many ? strtoull(many, NULL, 10) : 12;
    struct bench *b = bench_open();
    for (size_t i = 0; i < b->rule_count; i++) {
        const struct rule *r = b->rules[i];
        size_t found = 0;
        if ((wanted && !str_equal(r->id, str_of(wanted))) ||
            (group_wanted && !str_equal(r->group, str_of(group_wanted))))
            continue;
        if (only)
            run_sequence(b, r, strtoull(only, NULL, 10));
        for (uint64_t seed = 1; !only && seed <= last; seed++)
            found += run_sequence(b, r, seed);
        /* a test that sees nothing proves nothing */
        if (!only && found < last && !looks_at_everything(r))
            fail_msg("only %zu findings of " STR_FMT, found, STR_ARG(r->id));
    }
    bench_close(b);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incremental_is_full),
    };
    group_wanted = argc > 1 ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
