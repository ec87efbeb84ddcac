#include "central/roles/publish.h"

#include "central/lab/proposal.h"
#include "central/roles/rule_print.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/os/clock.h"
#include "common/os/file.h"

#define CHINA_MINUTES 480
#define PROBLEMS_TOLD_MAX 200

int32_t publish_today(const struct hub *h)
{
    return h->today ? h->today : date_of_ms(clock_wall_ms(clock_real()), CHINA_MINUTES);
}

/* Whose word it is: a user of the console with a role that may. */
static enum err take_word(struct hub *h, struct arena *a, bool (*may)(struct str role),
                          struct rule_word *out_word)
{
    struct str password;
    struct str role;
    struct rule_word word = {.by = str_of(h->settings.by),
                             .today = publish_today(h),
                             .now_ms = clock_wall_ms(clock_real())};
    if (word.by.len == 0)
        return fail(ERR_USAGE, "say whose word it is: --by USER");
    TRY(wrap(site_store_get_user(h->store, a, word.by, &password, &role), "--by"));
    if (!may(role))
        return fail(ERR_DENIED, "the role " STR_FMT " may not do this", STR_ARG(role));
    *out_word = word;
    return OK;
}

enum err publish_propose(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct catalog_file file = {.path = words->at[2]};
    struct problem_list problems;
    struct proposal p;
    struct rule_word word;
    bool is_sound;
    int64_t id;
    int64_t begun_us = clock_monotonic_us();
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    TRY(take_word(h, a, proposal_may_write, &word));
    TRY(file_read(str_copy_z(a, file.path), DECL_FILE_BYTES_MAX, a, &file.text));
    TRY(proposal_look(&h->library, a, &file, word.today, &problems, &is_sound, &p));
    if (!is_sound) {
        rule_print_checked(a, h->settings.is_json, NULL, 0, &problems);
        return fail(ERR_INVALID, "%zu faults in the rule", problems.errors);
    }
    TRY(proposal_make(&h->library, &p, file.text, &word, &id));
    rule_print_effect(a, h->settings.is_json,
                      &(struct rule_effect){p.older, p.newer, &p.effect,
                                            (clock_monotonic_us() - begun_us) / 1000},
                      (size_t)h->settings.limit);
    return OK;
}

/* The draft of the rule with the highest number. */
static enum err find_draft(struct hub *h, struct arena *a, struct str rule, int64_t *out_id)
{
    struct rule_version *rows;
    size_t count;
    const struct rule_version *best = NULL;
    TRY(rule_store_list(h->store, a, rule, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].status == RULE_VERSION_DRAFT && (!best || rows[i].version > best->version))
            best = &rows[i];
    if (!best)
        return fail(ERR_MISSING, "no version of " STR_FMT " waits", STR_ARG(rule));
    *out_id = best->id;
    return OK;
}

enum err publish_approve(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct problem_list problems;
    struct rule_word word;
    int64_t id = 0;
    bool is_let_in;
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    TRY(take_word(h, a, proposal_may_write, &word));
    TRY(find_draft(h, a, words->at[2], &id));
    TRY(proposal_approve(&h->library, a, id, &word, &problems, &is_let_in));
    if (is_let_in)
        return OK;
    rule_print_checked(a, h->settings.is_json, NULL, 0, &problems);
    return fail(ERR_INVALID, "the version does not fit what is here by now");
}

enum err publish_refuse(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct rule_word word;
    int64_t id = 0;
    TRY(take_word(h, a, proposal_may_write, &word));
    TRY(find_draft(h, a, words->at[2], &id));
    return rule_store_refuse(h->store, a, id, &word);
}

enum err publish_retire(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct rule_word word;
    TRY(take_word(h, a, proposal_may_retire, &word));
    return rule_store_retire(h->store, words->at[2], &word);
}

enum err publish_versions(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct rule_version *rows;
    size_t count;
    TRY(rule_store_list(h->store, a, words->count > 2 ? words->at[2] : STR_NONE, &rows, &count));
    rule_print_versions(a, h->settings.is_json, rows, count);
    return OK;
}
