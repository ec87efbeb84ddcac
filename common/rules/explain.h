/* explain.h — a hit in words: the sentence with its values, and what a rule does, for people who
 * did not write it.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never; a name in braces that is no value stands as it is.
 * Limits:   none.
 * Promise:  money is written in yuan, dates as 2022-04-03, codes by their name in the language
 * asked for. */
#ifndef QQ_RULES_EXPLAIN_H
#define QQ_RULES_EXPLAIN_H

#include "common/rules/rule.h"

enum explain_language { EXPLAIN_ZH, EXPLAIN_EN };

/* `values` are the let values, in order; {amount} is amount_fen. */
struct str explain_say(struct arena *a, const struct rule *r, enum explain_language language,
                       const struct value *values, int64_t amount_fen);
struct str explain_value(struct arena *a, enum rule_type type, const struct vocab *vocab,
                         enum explain_language language, const struct value *v);
struct str explain_rule(struct arena *a, const struct rule *r,
                        const struct catalog *c); /* text for a terminal */
/* Risk points: by level, times the factor of the amount, at most 100 (indicators 3.0). */
int explain_points(int level, int64_t amount_fen);

#endif
