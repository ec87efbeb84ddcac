/* Evaluating the dirty and the woken leaves exactly the findings of evaluating everything, after
 * any sequence of new rows, corrections, deletions and passing days. */
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

#define PERSONS 4
#define RECORDS_MAX 60
#define HITS_MAX 200
#define DIRTY_MAX 4000
#define STEPS 30
#define RULES_MAX 16

/* What may stand in a field: one of the words, or a number (a day behind START, a month behind
 * START's); in `empty` of 100 cases nothing. Small pools, so that rows meet. */
struct pool {
    const char *dataset, *field, *words;
    int least, most;
    unsigned empty;
};

#define START 20230601

static const struct pool pools[] = {
    {"penalty", "decision_no", "A B C", 0, 0, 0},
    {"penalty", "party_kind", "person person person legal", 0, 0, 0},
    {"penalty", "offence", "drugs gambling assault traffic other", 0, 0, 0},
    {"penalty", "category", "fine fine detention", 0, 0, 0},
    {"penalty", "status", "valid valid valid revoked", 0, 0, 0},
    {"penalty", "fine", NULL, 99998, 100001, 20},
    {"penalty", "confiscated", NULL, 1, 5, 70},
    {"penalty", "offence_on", NULL, -30, 90, 50},
    {"penalty", "decided_on", NULL, 0, 120, 0},
    {"official", "post_from", NULL, -100, 30, 0},
    {"official", "post_to", NULL, 60, 160, 80},
    {"official", "unit_code", "U1 U2", 0, 0, 0},
    {"discipline_case", "linked_no", "A B C J1 J2", 0, 0, 80},
    {"discipline_case", "opened_on", NULL, 0, 300, 80},
    {"discipline_case", "decided_on", NULL, 0, 300, 20},
    {"discipline_case", "party_sanction", "warning warning expulsion", 0, 0, 30},
    {"discipline_case", "public_sanction", "demerit demerit dismissal", 0, 0, 30},
    {"judgment", "case_no", "J1 J2 J3", 0, 0, 0},
    {"judgment", "intent", "intent negligence", 0, 0, 0},
    {"judgment", "sentence", "fixed control exempt", 0, 0, 0},
    {"judgment", "term_months", NULL, 34, 38, 20},
    {"judgment", "judged_on", NULL, 0, 60, 0},
    {"judgment", "effective_on", NULL, 0, 120, 20},
    {"death", "died_on", NULL, 0, 120, 0},
    {"death", "source", "police civil health", 0, 0, 0},
    {"benefit_pay", "programme", "dibao dibao tekun guer gaoling sangzang", 0, 0, 0},
    {"benefit_pay", "month", NULL, 0, 5, 0},
    {"benefit_pay", "township", "T1 T2", 0, 0, 0},
    {"benefit_pay", "amount", NULL, 10000, 300000, 0},
    {"benefit_enrol", "programme", "dibao tekun", 0, 0, 0},
    {"benefit_enrol", "stopped_on", NULL, 0, 150, 30},
};

struct stored { /* what the hub would have in its table */
    struct finding_hit hits[HITS_MAX];
    size_t count;
};

struct run {
    struct bench *bench;
    struct arena *arena; /* of one sequence */
    struct random *random;
    struct bench_row records[RECORDS_MAX];
    size_t record_count;
    int64_t dirty[DIRTY_MAX];
    size_t dirty_count;
    int32_t today, before;
    struct stored stored[RULES_MAX];
};

static int64_t between(struct run *r, int64_t least, int64_t most)
{
    return least + (int64_t)random_below(r->random, (uint64_t)(most - least + 1));
}

static struct str pick_word(struct run *r, const char *words)
{
    struct str rest = str_of(words);
    int64_t n = 0;
    for (size_t i = 0; i < rest.len; i++)
        n += rest.ptr[i] == ' ';
    for (n = between(r, 0, n); n > 0; n--)
        str_cut(&rest, ' ');
    return str_cut(&rest, ' ');
}

static struct value pick_value(struct run *r, const struct pool *p, enum field_kind kind)
{
    if (random_below(r->random, 100) < p->empty)
        return value_null();
    if (p->words)
        return value_text(pick_word(r, p->words));
    int64_t n = between(r, p->least, p->most);
    if (kind == FIELD_MONTH)
        return value_int(START / 100 + n); /* the pool stays inside the year */
    return value_int(kind == FIELD_DATE ? date_add_days(START, n) : n);
}

static void mark(struct run *r, int64_t person)
{
    ASSERT(r->dirty_count < DIRTY_MAX);
    if (person)
        r->dirty[r->dirty_count++] = person;
}

static void fill(struct run *r, struct bench_row *row)
{
    struct value *values = NEW_ARRAY(r->arena, struct value, row->dataset->field_count);
    for (size_t i = 0; i < COUNT_OF(pools); i++) {
        int f = dataset_field(row->dataset, str_of(pools[i].field));
        if (str_equal(str_of(pools[i].dataset), row->dataset->id)) {
            assert_true(f >= 0);
            values[f] = pick_value(r, &pools[i], row->dataset->fields[f].kind);
        }
    }
    row->values = values;
}

static void change_someone(struct run *r, struct bench_row *row)
{
    mark(r, row->person);
    /* 0: nobody could be made out */
    row->person = random_below(r->random, 20) ? between(r, 1, PERSONS) : 0;
    row->tier = random_below(r->random, 8) ? between(r, 1, 2) : 3;
    mark(r, row->person);
}

static void add_record(struct run *r)
{
    static const char *const datasets[] = {
        "penalty", "penalty",     "official",    "official",    "judgment",      "judgment",
        "death",   "benefit_pay", "benefit_pay", "benefit_pay", "benefit_enrol", "discipline_case"};
    if (r->record_count == RECORDS_MAX)
        return;
    struct bench_row *row = &r->records[r->record_count++];
    const char *id = datasets[random_below(r->random, COUNT_OF(datasets))];
    *row = (struct bench_row){.dataset = catalog_dataset(r->bench->catalog, str_of(id)),
                              .key = (int64_t)r->record_count,
                              .op = "new",
                              .site = STR("s1")};
    fill(r, row);
    change_someone(r, row);
    bench_put(r->bench, row);
}

static void correct_record(struct run *r)
{
    if (r->record_count == 0)
        return;
    struct bench_row *row = &r->records[random_below(r->random, r->record_count)];
    row->op = "change"; /* a deleted one comes back so */
    fill(r, row);
    mark(r, row->person);
    if (random_below(r->random, 4) == 0)
        change_someone(r, row);
    bench_put(r->bench, row);
}

static void delete_record(struct run *r)
{
    if (r->record_count == 0)
        return;
    struct bench_row *row = &r->records[random_below(r->random, r->record_count)];
    row->op = "delete";
    mark(r, row->person);
    bench_put(r->bench, row);
}

static bool is_dirty(const struct run *r, int64_t person)
{
    for (size_t i = 0; i < r->dirty_count; i++)
        if (r->dirty[i] == person)
            return true;
    return false;
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

/* One stored list, brought to today for the dirty subjects as the hub's store does it. */
static void bring_up(struct run *r, const struct rule *rule, struct stored *s)
{
    struct bench_hit *found;
    struct finding_hit before[HITS_MAX];
    struct finding_hit after[HITS_MAX];
    struct finding_change changes[2 * HITS_MAX];
    size_t before_count = 0;
    bench_set_subjects(r->bench, "dirty_subject", r->dirty, r->dirty_count);
    size_t after_count = bench_evaluate(r->bench, r->arena, rule, EMIT_DIRTY, r->today, &found);
    assert_true(after_count < HITS_MAX);
    for (size_t i = 0; i < after_count; i++)
        after[i] = found[i].hit;
    for (size_t i = 0; i < s->count; i++)
        if (is_dirty(r, s->hits[i].subject))
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

static size_t compare(struct run *r, const struct rule *rule, const struct stored *s, uint64_t seed,
                      int step)
{
    struct bench_hit *full;
    size_t count = bench_evaluate(r->bench, r->arena, rule, EMIT_ALL, r->today, &full);
    size_t k = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_present(&s->hits[i]))
            continue;
        if (k == count || by_key(&s->hits[i], &full[k].hit) != 0 ||
            !hash_equal(&s->hits[i].result, &full[k].hit.result) ||
            s->hits[i].tier != full[k].hit.tier)
            fail_msg("seed %llu step %d rule " STR_FMT ": subject %lld is stored otherwise",
                     (unsigned long long)seed, step, STR_ARG(rule->id),
                     (long long)s->hits[i].subject);
        k++;
    }
    if (k != count)
        fail_msg("seed %llu step %d rule " STR_FMT ": subject %lld was missed",
                 (unsigned long long)seed, step, STR_ARG(rule->id), (long long)full[k].hit.subject);
    return count;
}

static void act(struct run *r)
{
    for (int64_t n = between(r, 1, 6); n > 0; n--) {
        uint64_t kind = random_below(r->random, 10);
        if (kind < 5)
            add_record(r);
        else if (kind < 8)
            correct_record(r);
        else
            delete_record(r);
    }
    if (random_below(r->random, 2))
        r->today = date_add_days(r->today, between(r, 1, 25));
}

static void run_sequence(struct bench *b, uint64_t seed, size_t *found)
{
    struct seeded_random random;
    struct arena *a = arena_new((size_t)64 << 20);
    struct run *r = NEW(a, struct run);
    seeded_random_init(&random, seed);
    *r = (struct run){.bench = b, .arena = a, .random = &random.random, .today = START};
    bench_clear(b);
    for (int step = 0; step < STEPS; step++) {
        r->before = r->today;
        act(r);
        size_t changed = r->dirty_count;
        for (size_t i = 0; i < b->rule_count; i++) {
            r->dirty_count = changed; /* the rule's own sleepers only: the strictest reading */
            r->dirty_count += bench_wake(b, a, b->rules[i], r->before, r->today, r->dirty + changed,
                                         DIRTY_MAX - changed);
            bring_up(r, b->rules[i], &r->stored[i]);
            found[i] += compare(r, b->rules[i], &r->stored[i], seed, step);
        }
        r->dirty_count = 0;
    }
    arena_free(a);
}

static void incremental_is_full(void **state)
{
    (void)state;
    const char *only = getenv("SEED");
    const char *many = getenv("SEEDS");
    uint64_t last = many ? strtoull(many, NULL, 10) : 150;
    struct bench *b = bench_open();
    size_t found[RULES_MAX] = {0};
    assert_true(b->rule_count <= RULES_MAX);
    if (only)
        run_sequence(b, strtoull(only, NULL, 10), found);
    for (uint64_t seed = 1; !only && seed <= last; seed++)
        run_sequence(b, seed, found);
    for (size_t i = 0; !only && i < b->rule_count; i++)
        if (found[i] < last * 4) /* a test that sees nothing proves nothing */
            fail_msg("only %zu findings of " STR_FMT, found[i], STR_ARG(b->rules[i]->id));
    bench_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incremental_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
