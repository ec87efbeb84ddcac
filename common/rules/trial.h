/* trial.h — when a rule puts itself into trial: it flags too many, or too many of its findings were
 * not confirmed (analysis.md 3).
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   the rule's own, and RULE_FLOOR_DECISIONS.
 * Promise:  a person lets the rule go again, never the machine. */
#ifndef QQ_RULES_TRIAL_H
#define QQ_RULES_TRIAL_H

#include "common/rules/rule.h"

enum trial_reason { TRIAL_NONE, TRIAL_SHARE, TRIAL_PRECISION };

struct trial_facts {
    int64_t population, flagged; /* persons */
    int64_t decided, confirmed;  /* findings */
};

enum trial_reason trial_judge(const struct rule *r, const struct trial_facts *facts);
struct str trial_word(enum trial_reason reason); /* "share", "precision"; empty for none */
enum trial_reason trial_named(struct str word);
/* Why, in both languages, with the numbers. */
void trial_explain(struct arena *a, enum trial_reason reason, int64_t counted, int64_t of,
                   struct str *out_zh, struct str *out_en);

#endif
