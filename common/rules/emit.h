/* emit.h — a rule to SQL text: over everything, and the same over the dirty subjects alone.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never: a loaded rule compiles.
 * Limits:   none.
 * Promise:  both scopes come from one tree and differ by one join. Statements only read. Sources
 * are joined in the order of the declaration, so its author puts the rarest first. */
#ifndef QQ_RULES_EMIT_H
#define QQ_RULES_EMIT_H

#include "common/rules/rule.h"

#include "common/model/ddl.h"

/* Subjects stand in tables: dirty_subject and hit_subject (subject INTEGER, key TEXT; key of things
 * alone), what changed in dirty_person(person) and dirty_key(key). */
enum emit_scope {
    EMIT_ALL,
    EMIT_DIRTY, /* subjects in dirty_subject */
};

/* Columns of the findings statement, which also gives the groups that are excused; the let values
 * follow. Parameter ?1 is today as YYYYMMDD. */
enum emit_column {
    EMIT_SUBJECT, /* of a thing: thing_id of its key */
    EMIT_EPISODE,
    EMIT_TIER,
    EMIT_LEVEL,
    EMIT_AMOUNT,
    EMIT_SITE,
    EMIT_KEPT,   /* rows for which no `unless` spoke; 0, or a level of NULL: no finding */
    EMIT_CLAUSE, /* the first `unless` that spoke for a row, from 1; NULL: none did */
    EMIT_KEY,    /* of a thing, else NULL */
    EMIT_CALLED, /* its name, when it has one */
    EMIT_FIRST_LET
};
/* Columns of the evidence statement, for the subjects in table hit_subject(subject). ?1 is today.
 */
enum emit_evidence {
    EMIT_E_SUBJECT,
    EMIT_E_EPISODE,
    EMIT_E_SOURCE,
    EMIT_E_RID,
    EMIT_E_VERSION,
    EMIT_E_ROW_HASH
};

struct str emit_findings(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum emit_scope scope, enum ddl_dialect dialect);
struct str emit_evidence(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum ddl_dialect dialect);
/* What of them falls due on a day after ?1 and not after ?2, some perhaps twice: persons, or keys;
 * empty when none of that kind ever wakes. */
enum emit_kind { EMIT_PERSONS, EMIT_KEYS };
struct str emit_wake(struct arena *a, const struct rule *r, const struct catalog *c,
                     enum emit_kind kind, enum ddl_dialect dialect);
/* Subjects (persons, or keys of things) that what changed reaches through joins, some perhaps
 * twice; empty when all joins are by the subject. */
struct str emit_touches(struct arena *a, const struct rule *r, const struct catalog *c,
                        enum ddl_dialect dialect);
/* One row with one number: the rows that need `index` of the rule has. */
struct str emit_need(struct arena *a, const struct rule *r, size_t index);
/* Columns that the rule joins and filters by, as "dataset(column)", for rule explain. */
struct str emit_indexes(struct arena *a, const struct rule *r);

#endif
