/* finding.h — one hit of a rule: its key, its two lives (of the facts, of the judgment on them),
 * and how yesterday's meet today's.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never; the tables say which moves are allowed.
 * Limits:   none.
 * Promise:  a finding is keyed by rule, subject and episode: evaluating again changes nothing. The
 * judgment of a person is never touched by an evaluation. */
#ifndef QQ_FINDING_FINDING_H
#define QQ_FINDING_FINDING_H

#include "common/base/fsm.h"
#include "common/base/sha256.h"
#include "common/model/value.h"

/* Life of the facts: what evaluations say. */
enum finding_life {
    FINDING_NEW,
    FINDING_CONTINUING,
    FINDING_ENDED,
    FINDING_SUPERSEDED,
    FINDING_WITHDRAWN
};
extern const struct fsm finding_lives;

/* What people say. site_answered: the site's word, not yet the centre's. */
enum finding_decision {
    FINDING_TO_VERIFY,
    FINDING_SITE_ANSWERED,
    FINDING_CONFIRMED,
    FINDING_REFUTED,
    FINDING_UNCLEAR,
};
extern const struct fsm finding_decisions;

struct finding_hit { /* of one evaluation, or as stored */
    int64_t id;      /* stored: its number; evaluated: 0 */
    int64_t subject;
    struct str episode;
    int level, tier;
    int64_t amount_fen;
    struct hash result; /* finding_result_hash */
    enum finding_life life;
};

enum finding_change_kind {
    FINDING_APPEARS, /* was not there, or had ended: new, or back again */
    FINDING_CHANGES, /* still there with another result or tier */
    FINDING_STAYS,   /* still there, nothing changed */
    FINDING_DISAPPEARS,
};

struct finding_change {
    enum finding_change_kind kind;
    const struct finding_hit *before; /* NULL when it never was there */
    const struct finding_hit *after;  /* NULL when it disappears */
};

/* Both lists sorted by subject and episode (bytes), all of one rule and the same subjects. Writes
 * at most before_count + after_count changes; returns how many. Stored hits that had ended and do
 * not come back give no change. */
size_t finding_reconcile(const struct finding_hit *before, size_t before_count,
                         const struct finding_hit *after, size_t after_count,
                         struct finding_change *out_changes);

/* Over rule, version, subject, episode, level, amount and values: equal facts, equal hash. */
struct hash finding_result_hash(const struct hash *rule, struct str episode, int64_t subject,
                                int level, int64_t amount_fen, const struct value *values,
                                size_t value_count);

#endif
