#include "central/roles/roles.h"

#include "central/lab/draft.h"
#include "central/lab/effect.h"
#include "central/lab/proof.h"
#include "central/roles/publish.h"
#include "central/roles/rule_print.h"
#include "central/store/change_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/rules/explain.h"

#include <stdio.h>

#define PROBLEMS_TOLD_MAX 200

static const struct rule *rule_in_force(const struct hub *h, struct str id)
{
    for (size_t i = 0; i < h->rule_count; i++)
        if (str_equal(h->rules[i]->id, id))
            return h->rules[i];
    return NULL;
}

/* NULL in *out_rule: it has faults, which are in the list. */
static enum err read_file(struct hub *h, struct arena *a, struct str path,
                          struct problem_list *problems, const struct rule **out_rule)
{
    struct catalog_file file = {.path = path};
    bool is_sound = false;
    *out_rule = NULL;
    TRY(file_read(str_copy_z(a, path), DECL_FILE_BYTES_MAX, a, &file.text));
    const struct rule *r = draft_read(a, h->catalog, &file, h->rules, h->rule_count, problems);
    if (r)
        TRY(proof_prepare(a, h->catalog, r, problems, &is_sound));
    *out_rule = is_sound ? r : NULL;
    return OK;
}

/* A rule in force by its id, or a file. ERR_INVALID: the file has faults, which were told. */
static enum err take_rule(struct hub *h, struct arena *a, struct str word,
                          const struct rule **out_rule)
{
    struct problem_list problems;
    const struct rule *r = rule_in_force(h, word);
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    if (!r)
        TRY(read_file(h, a, word, &problems, &r));
    if (!r) {
        rule_print_checked(a, h->settings.is_json, NULL, 0, &problems);
        return fail(ERR_INVALID, "%zu faults in the rule", problems.errors);
    }
    *out_rule = r;
    return OK;
}

static enum err check(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule *rules[OPTIONS_WORDS_MAX];
    size_t count = 0;
    struct problem_list problems;
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    for (size_t i = 2; i < words->count; i++) {
        TRY(read_file(h, a, words->at[i], &problems, &rules[count]));
        count += rules[count] != NULL;
    }
    if (words->count == 2) /* they were loaded, so there is no fault left to tell */
        rule_print_checked(a, h->settings.is_json, h->rules, h->rule_count, &problems);
    else
        rule_print_checked(a, h->settings.is_json, rules, count, &problems);
    return problems.errors ? fail(ERR_INVALID, "%zu faults in the rules", problems.errors) : OK;
}

/* "rules/H/H01.decl" → "rules/H/H01" */
static const char *folder_beside(struct arena *a, struct str path, const struct rule *r)
{
    size_t end = path.len;
    while (end > 0 && path.ptr[end - 1] != '/')
        end--;
    return str_format(a, STR_FMT STR_FMT, STR_ARG(str_slice(path, 0, end)), STR_ARG(r->id)).ptr;
}

static enum err test(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule *r = NULL;
    struct problem_list problems;
    struct proof proof;
    bool is_run = false;
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    TRY(read_file(h, a, words->at[2], &problems, &r));
    const char *folder = h->settings.golden;
    if (r && folder[0] == '\0')
        folder = folder_beside(a, words->at[2], r);
    if (r)
        TRY(wrap(proof_run(a, h->catalog, r, folder, &problems, &is_run, &proof), "%s", folder));
    if (!is_run) {
        rule_print_checked(a, h->settings.is_json, NULL, 0, &problems);
        return fail(ERR_INVALID, "%zu faults in the rule or its cases", problems.errors);
    }
    rule_print_proof(a, h->settings.is_json, r, &proof);
    return proof.is_passed ? OK : fail(ERR_INVALID, "the rule does not do what its cases claim");
}

static enum err diff(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule *older = NULL;
    const struct rule *newer = NULL;
    struct effect effect;
    int64_t begun_us = clock_monotonic_us();
    TRY(take_rule(h, a, words->at[words->count - 1], &newer));
    if (words->count > 3)
        TRY(take_rule(h, a, words->at[2], &older));
    else
        older = rule_in_force(h, newer->id);
    TRY(effect_weigh(h->store, a, older, newer, publish_today(h), &effect));
    rule_print_effect(
        a, h->settings.is_json,
        &(struct rule_effect){older, newer, &effect, (clock_monotonic_us() - begun_us) / 1000},
        (size_t)h->settings.limit);
    return OK;
}

static enum err explain(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule *r = NULL;
    struct str plan_all;
    struct str plan_dirty;
    TRY(take_rule(h, a, words->at[2], &r));
    /* with the indexes of the rules in force: a draft has not made its own yet */
    TRY(change_store_prepare(h->store, h->rules, h->rule_count));
    TRY(finding_store_plan(h->store, a, r, EMIT_ALL, &plan_all));
    TRY(finding_store_plan(h->store, a, r, EMIT_DIRTY, &plan_dirty));
    printf(STR_FMT "\n-- plan over everything\n" STR_FMT "\n-- plan of the dirty\n" STR_FMT,
           STR_ARG(explain_rule(a, r, h->catalog)), STR_ARG(plan_all), STR_ARG(plan_dirty));
    return OK;
}

static enum err release(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule *rule = rule_in_force(h, words->at[2]);
    (void)a;
    if (!rule)
        return fail(ERR_MISSING, "there is no rule " STR_FMT, STR_ARG(words->at[2]));
    TRY(db_begin(h->db));
    enum err e = standing_store_release(h->store, rule, words->at[3], clock_wall_ms(clock_real()));
    return wrap(db_end(h->db, e), "rule " STR_FMT, STR_ARG(rule->id));
}

enum err roles_rule(struct hub *h, struct arena *a, const struct options_words *words)
{
    static const struct {
        struct str name;
        size_t least;
        enum err (*run)(struct hub *h, struct arena *a, const struct options_words *words);
        const char *usage;
    } commands[] = {
        {STR_INIT("check"), 2, check, "rule check [FILE…]"},
        {STR_INIT("test"), 3, test, "rule test FILE [--golden FOLDER]"},
        {STR_INIT("diff"), 3, diff, "rule diff [OLD] NEW [--limit N]"},
        {STR_INIT("explain"), 3, explain, "rule explain ID|FILE"},
        {STR_INIT("publish"), 3, publish_propose, "rule publish FILE --by USER"},
        {STR_INIT("approve"), 3, publish_approve, "rule approve ID --by USER"},
        {STR_INIT("refuse"), 3, publish_refuse, "rule refuse ID --by USER"},
        {STR_INIT("retire"), 3, publish_retire, "rule retire ID --by USER"},
        {STR_INIT("versions"), 2, publish_versions, "rule versions [ID]"},
        {STR_INIT("release"), 4, release, "rule release ID BY"},
    };
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        if (words->count < 2 || !str_equal(words->at[1], commands[i].name))
            continue;
        return words->count >= commands[i].least ? commands[i].run(h, a, words)
                                                 : fail(ERR_USAGE, "%s", commands[i].usage);
    }
    return fail(ERR_USAGE, "rule check, test, diff, explain, publish, approve, refuse, retire, "
                           "versions or release; see qingqu-hub --help");
}
