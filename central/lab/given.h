/* given.h — the rows and the claims of a golden folder: what a rule is given, and what it must do
 * with it (tests/golden/README.md).
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  any.
 * Fails:    ERR_MISSING no such folder, or no cases.csv in it; errors of file_read. A cell that
 * does not fit is a problem at its line and column.
 * Limits:   GIVEN_BYTES_MAX a file.
 * Promise:  a column that no dataset declares is said, never passed over. */
#ifndef QQ_LAB_GIVEN_H
#define QQ_LAB_GIVEN_H

#include "common/base/err.h"
#include "common/model/catalog.h"
#include "common/model/value.h"

#define GIVEN_BYTES_MAX ((size_t)4 << 20)
#define GIVEN_TODAY 20240630 /* the day of all golden folders */

struct given_row {
    const struct dataset *dataset;
    const struct value *values;
    const int64_t *persons, *tiers; /* by field; person 0: none */
    uint64_t line;                  /* of its file */
    int64_t recorded_ms;            /* when it came to the hub */
    struct str site;
};

struct given_case {
    struct str subject, claim; /* number of a person, key of a thing */
    bool is_hit;               /* what is claimed */
};

/* <dataset>.csv of every dataset that has one. */
MUST_USE enum err given_rows(struct arena *a, const struct catalog *c, const char *folder,
                             struct problem_list *problems, struct given_row **out_rows,
                             size_t *out_count);
/* cases.csv */
MUST_USE enum err given_cases(struct arena *a, const char *folder, struct problem_list *problems,
                              struct given_case **out_cases, size_t *out_count);

#endif
