/* indicator.h — the red flags of the Open Contracting Partnership as declared: what each is called,
 * what of it may be set, and the one SELECT that gives group, id and value.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  any, read only after loading.
 * Fails:    faults of declarations and settings are problems with file, line and column.
 * Limits:   INDICATORS_MAX.
 * Promise:  {name} in a SELECT is an option of the indicator, or of the layout: any other is a
 * fault. One more flag is one file and no C.
 *
 *     indicator R003 "…" en "…" {
 *         version 1
 *         maps T03                      # the rule that asks the same of library 2
 *         option threshold number 15 "…" en "…"
 *         computable """ SELECT … """   # one value, 0: too little is there to say anything
 *         select """ SELECT 'OCID', ocid, 1.0 FROM … WHERE … < {threshold} """
 *     } */
#ifndef QQ_OCDS_INDICATOR_H
#define QQ_OCDS_INDICATOR_H

#include "common/ocds/layout.h"

#define INDICATORS_MAX 80

struct indicator {
    struct str id, zh, en, maps;
    struct knobs knobs;
    struct str computable; /* empty: always */
    struct str select;
};

struct indicators {
    struct layout layout;
    struct indicator *at;
    size_t count;
};

/* What the catalog declares; false: something is wrong with it. */
bool indicator_load_all(struct arena *a, const struct catalog *catalog,
                        struct problem_list *problems, struct indicators *out);
/* What an operator's file sets. */
bool indicator_set_all(struct arena *a, const struct decl_file *file, struct problem_list *problems,
                       struct indicators *all);

/* The next {name} at or behind `from`: where it begins and what stands in it. False: none. */
bool indicator_next_hole(struct str select, size_t from, size_t *out_at, struct str *out_name);
/* The option of that name, of the indicator (NULL: none) or of the layout; whose it is as its id,
 * empty for the layout. NULL: nobody's. */
const struct knob *indicator_knob(const struct indicators *all, const struct indicator *of,
                                  struct str name, struct str *out_whose);

#endif
