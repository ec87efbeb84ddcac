/* standing_store.h — the four-valued results of each rule over its population, and rules that are
 * held in trial.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the analysis.
 * Fails:    errors of db.h; standing_store_release ERR_MISSING.
 * Limits:   none.
 * Promise:  after the dirty subjects were looked at, everything here is what a full evaluation
 * would leave, and it cost as much as there were dirty subjects. */
#ifndef QQ_STORE_STANDING_STORE_H
#define QQ_STORE_STANDING_STORE_H

#include "central/store/finding_store.h"

struct standing_counts {
    int64_t population, flagged;          /* subjects */
    int64_t excused[RULE_CONDITIONS_MAX]; /* by clause of the rule */
};

/* The population that the rule begins with: of EMIT_DIRTY, dirty_subject holds who changed. Inside
 * a transaction, once a turn and source. */
MUST_USE enum err standing_store_members(struct store *s, struct arena *a, const struct rule *r,
                                         enum emit_scope scope);
/* Populations that none of these rules begins with are forgotten: nobody keeps them up to date, and
 * a rule that comes back counts them whole. Inside a transaction. */
MUST_USE enum err standing_store_keep_members(struct store *s, struct arena *a,
                                              const struct rule *const *rules, size_t count);
/* After the findings were brought up to date; inside the same transaction. */
MUST_USE enum err standing_store_put(struct store *s, const struct rule *r, enum emit_scope scope,
                                     const struct finding_excused *rows, size_t count);
MUST_USE enum err standing_store_counts(struct store *s, struct arena *a, const struct rule *r,
                                        struct standing_counts *out_counts);

/* Decisions on the rule's findings, of those that `site` was asked about (empty: all): confirmed,
 * of so many decided. */
MUST_USE enum err standing_store_decided(struct store *s, struct str rule, struct str site,
                                         int64_t *out_confirmed, int64_t *out_decided);

/* How fresh each dataset was that the rule looks into when it was last computed; noted inside a
 * transaction. */
struct standing_freshness {
    struct str dataset;
    int64_t at_ms; /* 0: nothing ever came */
};
MUST_USE enum err standing_store_note_freshness(struct store *s, const struct rule *r);
MUST_USE enum err standing_store_freshness(struct store *s, struct arena *a, struct str rule,
                                           struct standing_freshness **out_rows, size_t *out_count);

struct standing_hold {
    struct str reason; /* "share", "precision"; empty: there is none */
    int64_t counted, of, since_ms, released_ms;
    struct str released_by;
};
MUST_USE enum err standing_store_hold_of(struct store *s, struct arena *a, const struct rule *r,
                                         struct standing_hold *out_hold);
MUST_USE enum err standing_store_last_release(struct store *s, struct arena *a,
                                              const struct rule *r, struct standing_hold *out_hold);
/* Holds the rule unless a person has let this declaration go for this reason before. Its findings
 * go into trial with it. */
MUST_USE enum err standing_store_hold(struct store *s, const struct rule *r,
                                      const struct standing_hold *hold);
/* By a person. Its findings are as live as the declaration says; inside a transaction. */
MUST_USE enum err standing_store_release(struct store *s, const struct rule *r, struct str by,
                                         int64_t now_ms);

#endif
