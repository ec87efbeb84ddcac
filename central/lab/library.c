#include "central/lab/library.h"

#include "central/lab/draft.h"
#include "central/store/rule_store.h"
#include "common/base/arena.h"
#include "common/base/log.h"

#include <stdlib.h>

#define PROBLEMS_LOGGED_MAX 5

void library_init(struct library *l, struct store *s, const struct rule *const *catalog_rules,
                  size_t catalog_count)
{
    *l = (struct library){.store = s,
                          .catalog_rules = catalog_rules,
                          .catalog_count = catalog_count,
                          .generation = -1};
}

void library_done(struct library *l)
{
    arena_free(l->arena);
    l->arena = NULL;
}

const struct rule *library_rule(const struct library *l, struct str id)
{
    for (size_t i = 0; i < l->count; i++)
        if (str_equal(l->rules[i]->id, id))
            return l->rules[i];
    return NULL;
}

static const struct rule *catalog_rule(const struct library *l, struct str id)
{
    for (size_t i = 0; i < l->catalog_count; i++)
        if (str_equal(l->catalog_rules[i]->id, id))
            return l->catalog_rules[i];
    return NULL;
}

static bool was_let_in(const struct rule_version *v)
{
    return v->status == RULE_VERSION_PUBLISHED || v->status == RULE_VERSION_RETIRED;
}

/* Of the versions that were ever let in, the one with the highest number. */
static const struct rule_version *newest(const struct rule_version *rows, size_t count,
                                         struct str rule)
{
    const struct rule_version *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (was_let_in(&rows[i]) && str_equal(rows[i].rule, rule) &&
            (!best || rows[i].version > best->version))
            best = &rows[i];
    return best;
}

static const struct rule *load(struct library *l, struct arena *a, const struct rule_version *v)
{
    struct problem_list problems;
    struct catalog_file file = {
        str_format(a, STR_FMT " v%lld", STR_ARG(v->rule), (long long)v->version), v->text};
    problem_list_init(&problems, a, PROBLEMS_LOGGED_MAX);
    const struct rule *r =
        draft_read(a, l->store->catalog, &file, l->catalog_rules, l->catalog_count, &problems);
    for (size_t i = 0; i < problems.items.count; i++)
        LOG(ERROR, "rule.unfit", KV_STR("where", problem_format(a, &problems.items.at[i])));
    return r;
}

static int by_id(const void *a, const void *b)
{
    return str_compare((*(const struct rule *const *)a)->id, (*(const struct rule *const *)b)->id);
}

static void gather(struct library *l, struct arena *a, const struct rule_version *rows,
                   size_t count)
{
    l->rules = NEW_ARRAY(a, const struct rule *, l->catalog_count + count + 1);
    l->count = 0;
    for (size_t i = 0; i < l->catalog_count; i++) {
        const struct rule_version *v = newest(rows, count, l->catalog_rules[i]->id);
        if (!v || v->version < l->catalog_rules[i]->version)
            l->rules[l->count++] = l->catalog_rules[i];
    }
    for (size_t i = 0; i < count; i++) {
        const struct rule *shipped = catalog_rule(l, rows[i].rule);
        bool counts = newest(rows, count, rows[i].rule) == &rows[i] &&
                      rows[i].status == RULE_VERSION_PUBLISHED &&
                      (!shipped || shipped->version <= rows[i].version);
        const struct rule *r = counts ? load(l, a, &rows[i]) : NULL;
        if (r)
            l->rules[l->count++] = r;
    }
    if (l->count)
        qsort(l->rules, l->count, sizeof(struct rule *), by_id);
}

enum err library_refresh(struct library *l, bool *out_is_other)
{
    int64_t generation;
    struct rule_version *rows;
    size_t count;
    *out_is_other = false;
    TRY(rule_store_generation(l->store, &generation));
    if (generation == l->generation)
        return OK;
    struct arena *a = arena_new(LIBRARY_BYTES_MAX);
    enum err e = rule_store_list(l->store, a, STR_NONE, &rows, &count);
    if (e != OK) {
        arena_free(a);
        return wrap(e, "published rules");
    }
    gather(l, a, rows, count);
    arena_free(l->arena);
    l->arena = a;
    l->generation = generation;
    *out_is_other = true;
    return OK;
}

enum err library_every(struct library *l, struct arena *a, const struct rule ***out_rules,
                       size_t *out_count)
{
    struct rule_version *rows;
    size_t count;
    size_t n = 0;
    TRY(rule_store_list(l->store, a, STR_NONE, &rows, &count));
    const struct rule **rules = NEW_ARRAY(a, const struct rule *, l->catalog_count + count + 1);
    for (size_t i = 0; i < l->catalog_count; i++)
        rules[n++] = l->catalog_rules[i];
    for (size_t i = 0; i < count; i++) {
        const struct rule *r = was_let_in(&rows[i]) ? load(l, a, &rows[i]) : NULL;
        if (r)
            rules[n++] = r;
    }
    *out_rules = rules;
    *out_count = n;
    return OK;
}

enum err library_version(const struct library *l, struct arena *a, struct str rule,
                         int64_t *out_version)
{
    struct rule_version *rows;
    size_t count;
    const struct rule *shipped = catalog_rule(l, rule);
    int64_t version = shipped ? shipped->version : 0;
    TRY(rule_store_list(l->store, a, rule, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].status != RULE_VERSION_REFUSED && rows[i].version > version)
            version = rows[i].version;
    *out_version = version;
    return OK;
}
