/* refresh.h — one rule evaluated, and the stored findings brought to what it found.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the analysis role; outside any transaction.
 * Fails:    errors of the database. A rule over its budget is no failure: it is not computable.
 * Limits:   STORE_RULE_STEPS_MAX for each statement, and what else DB_BUDGET_USUAL has.
 * Promise:  reads without the write lock, then writes what changed in one transaction. Evidence is
 * that of the newest evaluation, also when the result stays. */
#ifndef QQ_ANALYSIS_REFRESH_H
#define QQ_ANALYSIS_REFRESH_H

#include "central/analysis/analysis.h"
#include "central/store/change_store.h"
#include "common/rules/emit.h"

/* Of what changed, or of everything when `is_all`, when the changes concern everybody or when the
 * rule could not be computed last time. */
MUST_USE enum err refresh_rule(struct analysis *an, const struct rule *r, struct changes *c,
                               bool is_all);
/* Findings of rules that are no longer in force are superseded; a rule in force as another version
 * than the one that was computed looks at everything next. */
MUST_USE enum err refresh_replaced(struct analysis *an, struct arena *a);

#endif
