/* wakes.h — whether a rule is looked at again on every day on which the passing of time alone may
 * change its answer.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    a comparison with today is a problem at its `today` when no `wakes` names the same
 *           fields of the same source, or when it stands in a value, which would change every day.
 * Limits:   reads the comparison, not what it means: a date two comparisons away is not seen, and
 *           the property test stays the judge.
 * Promise:  none of the rules that evaluating everything would answer differently tomorrow passes
 *           silently. */
#ifndef QQ_RULES_WAKES_H
#define QQ_RULES_WAKES_H

#include "common/rules/rule.h"

void wakes_check(const struct rule *r, const struct decl_node *node, struct problem_list *problems);

#endif
