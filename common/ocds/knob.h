/* knob.h — what of an indicator may be set: declared with it, set in a file of the operator.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  any, read only after loading.
 * Fails:    faults are problems with file, line and column.
 * Limits:   KNOBS_MAX each.
 * Promise:  a setting that nobody declared, or of another kind, is a fault and never passed over.
 *
 *     option threshold number 15 "…" en "…"           # none behind number: not set
 *     option currency  text "…" en "…"
 *     option compare   choice texts, moments "…" en "…"   # one of these; at first the first
 *     option methods   list open, selective "…" en "…"
 *     option days      table "…" en "…"               # words with a number each
 *
 * and in the operator's file
 *
 *     settings { currency "CNY" }                     # of all indicators
 *     settings R003 { threshold 20  methods open  days "竞争性谈判" 10, "询价" 3 } */
#ifndef QQ_OCDS_KNOB_H
#define QQ_OCDS_KNOB_H

#include "common/base/vec.h"
#include "common/decl/decl.h"

#define KNOBS_MAX 12

enum knob_kind { KNOB_NUMBER, KNOB_TEXT, KNOB_CHOICE, KNOB_LIST, KNOB_TABLE };

struct knob_item { /* a number has one without a word; only a table has words and numbers */
    struct str word;
    double number;
};

struct knob {
    struct str id, zh, en;
    enum knob_kind kind;
    VEC(struct knob_item) items; /* none: not set */
    VEC(struct str) choices;
};

struct knobs {
    struct knob at[KNOBS_MAX];
    size_t count;
};

struct reading;

/* Behind the word `option`. */
bool knob_load(struct reading *r, struct knobs *out);
/* The value of a setting, in place of the one there was. */
bool knob_set(struct reading *r, struct knob *knob);
const struct knob *knob_find(const struct knobs *knobs, struct str id); /* NULL: there is none */
struct knob *knob_named(struct knobs *knobs, struct str id);            /* to be set */

#endif
