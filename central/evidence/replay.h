/* replay.h — a past finding found again: the records as they stood at its watermark, the rule with
 * its hash, its day (analysis.md 3).
 *
 * Owns:     nothing.
 * Threads:  the one of the command.
 * Fails:    ERR_MISSING no such finding; ERR_STOPPED the rule over its budget; errors of db.h.
 * Limits:   the budget of the database for each statement.
 * Promise:  reads only, one state of the database. Whatever was corrected, deleted, merged or split
 * since, the same records and rule give the same hash. */
#ifndef QQ_EVIDENCE_REPLAY_H
#define QQ_EVIDENCE_REPLAY_H

#include "central/store/result_store.h"

enum replay_verdict {
    REPLAY_EQUAL,
    REPLAY_DIFFERS, /* it is found, and is another */
    REPLAY_GONE,    /* it is not found */
    REPLAY_RULELESS /* the declaration of then is not known */
};

struct replay { /* of one result of a finding */
    struct result then;
    const struct rule *rule; /* of then; NULL: not known */
    enum replay_verdict verdict;
    struct finding_found now; /* equal or other */
    bool is_other_catalog;    /* the declarations are others than then, though not this rule */
    int64_t moved;            /* rows under other persons since: taken as they stood */
};

struct replay_rules { /* that are loaded; others are read from what was kept with the results */
    const struct rule *const *at;
    size_t count;
};

/* Every result that the finding ever had, the oldest first; none for one from before results were
 * noted. change_store_prepare must have been called. */
MUST_USE enum err replay_finding(struct store *s, struct arena *a, const struct replay_rules *rules,
                                 int64_t finding, struct replay **out_replays, size_t *out_count);
/* One of them, out->then, inside db_begin_read. */
MUST_USE enum err replay_result(struct store *s, struct arena *a, const struct replay_rules *rules,
                                const struct finding_row *f, struct replay *out);
const char *replay_word(enum replay_verdict verdict); /* "equal" … */
void replay_explain(enum replay_verdict verdict, struct str *out_zh, struct str *out_en);

#endif
