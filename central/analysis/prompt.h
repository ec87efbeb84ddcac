/* prompt.h — a finding becomes a "please verify" document for the site that can verify it, and is
 * taken back when the facts are gone.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the analysis role; inside a transaction.
 * Fails:    errors of the database.
 * Limits:   PROMPT_FACTS_MAX source rows are shown.
 * Promise:  the site is shown its own rows and the register's facts that make the finding, nothing
 * of other sites. */
#ifndef QQ_ANALYSIS_PROMPT_H
#define QQ_ANALYSIS_PROMPT_H

#include "central/store/finding_store.h"
#include "common/spool/link.h"

#define PROMPT_FACTS_MAX 40

struct prompt_time {
    int32_t today;
    int64_t now_ms;
};

enum prompt_reason {
    PROMPT_GONE,    /* the facts are gone */
    PROMPT_CHANGED, /* other facts: a new prompt follows */
};

MUST_USE enum err prompt_open(struct store *s, struct link *l, struct arena *a,
                              const struct rule *r, const struct finding_row *f,
                              const struct finding_evidence_row *rows, size_t count,
                              const struct prompt_time *time);
/* Nothing to take back is OK; what was answered stays. */
MUST_USE enum err prompt_withdraw(struct store *s, struct link *l, struct arena *a, int64_t finding,
                                  enum prompt_reason reason, int64_t now_ms);

#endif
