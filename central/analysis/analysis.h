/* analysis.h — SPINE: persons and things whose rows changed, or that fall due today, are looked at
 * by every rule they concern; findings follow, and prompts once the facts stand still.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the analysis role.
 * Fails:    errors of the database. A rule over its budget is counted as not computable, and the
 * others go on.
 * Limits:   ANALYSIS_ALL_FROM dirty persons turn an evaluation into one over everything.
 * Promise:  after any sequence of changes the findings are those of a full evaluation. A site is
 * asked about a finding once; when the facts change before it answered, the old question is taken
 * back and a new one put. */
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
    int32_t today_fixed;      /* 0: by the clock, China's day */
    int64_t rules_generation; /* another one: some were let in or taken out */
};

int32_t analysis_today(const struct analysis *an);
/* In force, live or in trial; NULL: none. */
const struct rule *analysis_rule(const struct analysis *an, struct str id);
/* Looks at what is dirty or due. *out_persons: how many were looked at. `is_full`: everybody, as
 * after any change of the catalog. */
MUST_USE enum err analysis_turn(struct analysis *an, bool is_full, size_t *out_persons);
/* Puts the prompts of live findings that have none and did not change after the given time: while a
 * load goes on, half of the facts may still be on their way. */
MUST_USE enum err analysis_ask(struct analysis *an, int64_t changed_before_ms, size_t *out_asked);

#endif
