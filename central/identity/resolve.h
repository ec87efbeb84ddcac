/* resolve.h — which person a row names, decided from the candidates that share its number
 * (analysis.md 1; tiers T1 and T2).
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never: a number that nobody has with a fitting name makes a new person.
 * Limits:   none.
 * Promise:  a name alone never links; an equal number with another name never links either. */
#ifndef QQ_IDENTITY_RESOLVE_H
#define QQ_IDENTITY_RESOLVE_H

#include "central/identity/name.h"
#include "common/model/citizen.h"

struct resolve_candidate {
    int64_t person;
    struct str name; /* normalised */
};

struct resolve_answer {
    int64_t person;   /* 0: a new one */
    int tier;         /* 1 or 2 */
    size_t candidate; /* index, when person is not 0 */
};

/* `was_15` says that the number came with 15 digits: T2 at best, and then the name must be equal.
 * Candidates in order of age. */
struct resolve_answer resolve_person(struct str name, bool was_15,
                                     const struct resolve_candidate *candidates, size_t count);

#endif
