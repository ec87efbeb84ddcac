/* company_store.h — rows that name a company and have no code: whose code it may be, by the names
 * that stand beside codes elsewhere (`uscc … company NAME` of a dataset).
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   as many names as the arena holds.
 * Promise:  a proposal and nothing more: no row is changed by it, for rules join on codes that
 * somebody wrote. */
#ifndef QQ_STORE_COMPANY_STORE_H
#define QQ_STORE_COMPANY_STORE_H

#include "central/store/store.h"

struct company_proposal {
    struct str dataset, field;  /* the field whose code is missing */
    struct str name;            /* as written */
    struct str uscc, uscc_name; /* the first that was found */
    int64_t rows, codes;        /* codes: with how many that name stands; 1 is a clear proposal */
    bool is_branch;             /* the name is a branch's, the code its company's */
};
/* By dataset, then name. */
MUST_USE enum err company_store_proposals(struct store *s, struct arena *a,
                                          struct company_proposal **out_proposals,
                                          size_t *out_count);

#endif
