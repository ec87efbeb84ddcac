/* own_evidence.h — the rows that a hit rests on, as the officer finds them: file, row, columns.
 *
 * Owns:     temporary table hit_subject.
 * Threads:  the loop thread.
 * Fails:    errors of db.h, under its guard.
 * Limits:   SELF_HIT_ROWS_MAX rows a hit.
 * Promise:  shows no secret field: the officer has the row itself in the file named. */
#ifndef QQ_EDGE_AGENT_SELFCHECK_OWN_EVIDENCE_H
#define QQ_EDGE_AGENT_SELFCHECK_OWN_EVIDENCE_H

#include "common/rules/emit.h"
#include "edge-agent/selfcheck/self_store.h"

struct own_subject { /* of a hit, as the statements number it */
    int64_t number;
    struct str key;
};

struct own_hits {
    const struct rule *rule;
    int32_t today;
    const struct own_subject *subjects; /* [i]: of hits[i] */
    struct self_hit *hits;
    size_t count;
};

/* Gives each hit its rows. */
MUST_USE enum err own_evidence_add(struct db *db, const struct catalog *catalog, struct arena *a,
                                   const struct own_hits *found);

#endif
