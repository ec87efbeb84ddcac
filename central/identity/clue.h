/* clue.h — what speaks for and against two persons being one, weighed into a tier, a score and
 * sentences (analysis.md 1; tiers T3 and T4).
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  the order of the two does not matter; what is missing says nothing. A name alone, and a
 * name with a unit, never ask anybody. */
#ifndef QQ_IDENTITY_CLUE_H
#define QQ_IDENTITY_CLUE_H

#include "central/identity/linkage.h"
#include "common/model/dataset.h"

enum clue {
    CLUE_NUMBER,
    CLUE_NAME,
    CLUE_BIRTH,
    CLUE_PHONE,
    CLUE_ADDRESS,
    CLUE_ACCOUNT,
    CLUE_UNIT,
    CLUE_COUNT
};

struct clue_set {
    enum linkage_level levels[CLUE_COUNT];
};

/* 3: name and birth date, and phone, address or account. 4: anything less that speaks for it. */
int clue_tier(const struct clue_set *c);
int clue_score(const struct clue_set *c);
/* "name agree; birth agree; phone missing; …", and back; unknown words are missing. */
struct str clue_format(struct arena *a, const struct clue_set *c);
struct clue_set clue_parse(struct str text);
/* For a person: what agrees, then what differs. */
struct str clue_say_zh(struct arena *a, const struct clue_set *c);
struct str clue_say_en(struct arena *a, const struct clue_set *c);

enum linkage_level clue_names(struct str a, struct str b);   /* normalised */
enum linkage_level clue_numbers(struct str a, struct str b); /* 18 characters, or empty */
enum linkage_level clue_births(int32_t a, int32_t b);        /* YYYYMMDD; 0: unknown */
enum clue clue_of_evidence(enum evidence_kind kind);
/* As it is compared: full width folded, blanks and hyphens dropped, a phone's digits without the
 * country's prefix. Empty: it holds nothing. */
struct str clue_normalise(struct arena *a, enum evidence_kind kind, struct str value);

#endif
