/* analysis.h — SPINE: persons whose rows changed, or who fall due today, are looked at by every
 * rule; findings follow, and prompts.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the analysis role.
 * Fails:    errors of the database. A rule that fails or goes over its budget is named, counted as
 * not computable, and the others go on. Limits:   ANALYSIS_ALL_FROM dirty persons turn an
 * evaluation into one over everything. Promise:  after any sequence of changes the findings are
 * those of a full evaluation; reading needs no lock, each rule's changes are one transaction; a
 * prompt is put into the outbox in the transaction that stores its finding. */
#ifndef QQ_ANALYSIS_ANALYSIS_H
#define QQ_ANALYSIS_ANALYSIS_H

#include "central/store/store.h"
#include "common/base/world.h"
#include "common/rules/rule.h"
#include "common/spool/link.h"

#define ANALYSIS_ALL_FROM 20000

struct analysis {
    struct store *store;
    struct link *link;
    struct clock *clock;
    const struct rule *const *rules;
    size_t rule_count;
    int32_t today_fixed; /* 0: by the clock, China's day */
};

int32_t analysis_today(const struct analysis *an);
/* Looks at what is dirty or due. *out_persons: how many were looked at. `is_full`: everybody. */
MUST_USE enum err analysis_turn(struct analysis *an, bool is_full, size_t *out_persons);

#endif
