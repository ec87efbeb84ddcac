/* tables.h — a compiled release becomes rows of the datasets of library 2, as an office would write
 * them: what is wrong with a value is said by the import that reads them.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never; what cannot be a row's cell (another currency) is a problem and the cell stays
 * empty.
 * Limits:   as the declaration.
 * Promise:  times are China's; a code that is not listed is given as it is, to be refused by name.
 */
#ifndef QQ_OCDS_TABLES_H
#define QQ_OCDS_TABLES_H

#include "common/base/problem.h"
#include "common/json/json.h"
#include "common/ocds/ocds.h"

struct buf;

/* The header line of a table, CSV. */
void tables_put_header(const struct ocds_table *t, struct buf *out);
/* Its rows of one process, CSV. Returns how many. */
size_t tables_put_rows(const struct ocds_table *t, const struct json *compiled, struct arena *a,
                       struct buf *out, struct problem_list *problems);
/* A cell of CSV, quoted when it must be. */
void tables_put_cell(struct buf *out, struct str cell);

#endif
