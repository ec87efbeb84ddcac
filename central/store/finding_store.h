/* finding_store.h — rules run over the records, and their findings with evidence, history and
 * coverage.
 *
 * Owns:     temporary table hit_subject of its connection; dirty_subject is change_store's.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    ERR_STOPPED a rule over its budget; ERR_MISSING no such finding; ERR_INVALID a decision
 * that is not allowed from where it stands; errors of db.h.
 * Limits:   STORE_RULE_STEPS_MAX and the budget of the database for a statement of a rule;
 * FINDING_PAGE_MAX rows a page. Promise:  statements of rules only read; a decision is never
 * touched by an evaluation. */
#ifndef QQ_STORE_FINDING_STORE_H
#define QQ_STORE_FINDING_STORE_H

#include "central/store/store.h"
#include "common/finding/finding.h"
#include "common/rules/emit.h"

#define FINDING_PAGE_MAX 200

struct finding_found { /* one hit of an evaluation */
    struct finding_hit hit;
    const struct value *values; /* of the rule's lets */
    struct str site;            /* that supplied the row asked about */
    struct str key, called;     /* of a thing; empty for persons */
    int points;
    struct str say_zh, say_en;
};

struct finding_excused { /* a subject for whom an `unless` spoke, and the first that did, from 1 */
    int64_t subject, clause;
};

struct finding_evaluation { /* both sorted by subject, the first by episode too */
    struct finding_found *found;
    size_t found_count;
    struct finding_excused *excused; /* once a subject; some may have a finding as well */
    size_t excused_count;
};

struct finding_evidence {
    int64_t subject;
    struct str episode;
    size_t source; /* of the rule */
    int64_t rid, version;
    struct hash row_hash;
};

/* hit_subject is there, and empty; the others do it by themselves. */
MUST_USE enum err finding_store_prepare(struct store *s);
MUST_USE enum err finding_store_evaluate(struct store *s, struct arena *a, const struct rule *r,
                                         enum emit_scope scope, int32_t today,
                                         struct finding_evaluation *out_evaluation);
/* How the database would go about it, a step a line; dirty_subject is there. */
MUST_USE enum err finding_store_plan(struct store *s, struct arena *a, const struct rule *r,
                                     enum emit_scope scope, struct str *out_text);
MUST_USE enum err finding_store_evidence(struct store *s, struct arena *a, const struct rule *r,
                                         int32_t today, const struct finding_found *found,
                                         size_t found_count, struct finding_evidence **out_rows,
                                         size_t *out_count);
/* What is stored of the rule for the same subjects, sorted like the hits. */
MUST_USE enum err finding_store_before(struct store *s, struct arena *a, struct str rule,
                                       enum emit_scope scope, struct finding_hit **out_hits,
                                       size_t *out_count);
/* Rows there are for need `index`, counted up to what it asks for. */
MUST_USE enum err finding_store_need(struct store *s, struct arena *a, const struct rule *r,
                                     size_t index, int64_t *out_rows);

/* Inside the caller's transaction. `id` 0: a new one. */
MUST_USE enum err finding_store_put(struct store *s, const struct rule *r,
                                    const struct finding_found *f, int64_t id,
                                    enum finding_life life, int32_t today, int64_t now_ms,
                                    int64_t *out_id);
MUST_USE enum err finding_store_put_evidence(struct store *s, int64_t finding, const struct rule *r,
                                             const struct finding_evidence *rows, size_t count);
MUST_USE enum err finding_store_set_life(struct store *s, int64_t finding, enum finding_life life,
                                         int64_t now_ms);
MUST_USE enum err finding_store_event(struct store *s, int64_t finding, int64_t at_ms,
                                      const char *kind, struct str by, struct str note);
/* Whether the finding was last evaluated by the declaration with this hash. */
MUST_USE enum err finding_store_is_of(struct store *s, int64_t finding,
                                      const struct hash *rule_hash, bool *out_is_of);
MUST_USE enum err finding_store_decide(struct store *s, int64_t finding,
                                       enum finding_decision decision, int64_t at_ms, struct str by,
                                       struct str note);

struct finding_coverage {
    struct str rule, zh, en, state; /* "computable", "not_computable", "observe" */
    struct str reason_zh, reason_en;
    /* persons: flagged, clear, and both together */
    int64_t version, flagged, clear, evaluated_ms, took_us, population;
};
MUST_USE enum err finding_store_cover(struct store *s, const struct finding_coverage *c);
/* Whether the rule was computed when it was last looked at: if not, whoever was dirty then was not
 * looked at by it. */
MUST_USE enum err finding_store_is_covered(struct store *s, struct str rule, bool *out_is_covered);
MUST_USE enum err finding_store_uncover(struct store *s, struct str rule); /* no longer in force */
MUST_USE enum err finding_store_coverage(struct store *s, struct arena *a,
                                         struct finding_coverage **out_rows, size_t *out_count);
/* New or continuing, of all rules. */
MUST_USE enum err finding_store_present(struct store *s, int64_t *out_count);
MUST_USE enum err finding_store_freshness(struct store *s, struct str dataset, int64_t *out_at_ms);
/* A number that is another one as soon as any dataset is fresher or a person has decided. */
MUST_USE enum err finding_store_news(struct store *s, int64_t *out_number);

/* For people: worst first. id18 and name are personal; whoever shows them masks them. A thing has
 * neither: it has a kind, a key and perhaps a name of its own. */
struct finding_row {
    int64_t id, subject, level, points, tier, amount_fen, first_ms, last_ms, rule_version;
    struct str rule, episode, decision, life, site, say_zh, say_en, id18, name, status;
    struct str kind, key, called;
    bool is_left; /* open, but its rule is not computable now: not renewed since it was */
};
/* What people call it: a person's name, a thing's, or its key. */
struct str finding_store_name(const struct finding_row *f);
struct finding_filter {                    /* empty or 0: all */
    struct str rule, decision, life, kind; /* kind "person": of persons */
    int64_t level, cursor, limit;          /* cursor: *out_next of the page before */
};
MUST_USE enum err finding_store_list(struct store *s, struct arena *a,
                                     const struct finding_filter *f, struct finding_row **out_rows,
                                     size_t *out_count, int64_t *out_total, int64_t *out_next);
MUST_USE enum err finding_store_get(struct store *s, struct arena *a, int64_t id,
                                    struct finding_row *out_row);

/* Findings of a rule that a site is still to be asked about: present, live, nobody's verdict yet,
 * no prompt out, not changed after the given time. At most FINDING_PAGE_MAX. */
MUST_USE enum err finding_store_unasked(struct store *s, struct arena *a, struct str rule,
                                        int64_t changed_before_ms, struct finding_row **out_rows,
                                        size_t *out_count);

struct finding_evidence_row {
    struct str role, dataset;
    int64_t source, rid, version;
    struct hash row_hash;
};
MUST_USE enum err finding_store_evidence_of(struct store *s, struct arena *a, int64_t id,
                                            struct finding_evidence_row **out_rows,
                                            size_t *out_count);

struct finding_event_row {
    int64_t at_ms;
    struct str kind, by, note;
};
MUST_USE enum err finding_store_events(struct store *s, struct arena *a, int64_t id,
                                       struct finding_event_row **out_rows, size_t *out_count);

#endif
