/* layout.h — the tables that compiled releases are laid into for the SQL of indicators, read from
 * one declaration, and a release walked into their rows.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  any, read only after loading.
 * Fails:    faults of the declaration are problems with file, line and column; layout_walk hands up
 * the error of who takes the rows.
 * Limits:   LAYOUT_TABLES_MAX tables and derived ones, LAYOUT_COLUMNS_MAX columns.
 * Promise:  one more path or table is a line there and no C. What has another kind than its column
 * is nothing there: a status that is a number is no status.
 *
 *     layout ocds "…" en "…" {
 *         version 1
 *         option currency text "…" en "…"       # of all indicators (knob.h)
 *         table bid each bids.details {         # a row for each of these; none: one a process
 *             column bid      position 2        # where it stands at the second step, from 1
 *             column status   text status       # a JSON string
 *             column tenderer id id             # a string, or a whole number as text
 *             column amount   number value.amount
 *             column sent     time date         # RFC 3339 with zone → microseconds
 *             column address  json address      # whole, equal ones with equal text
 *             column role     text self         # the element is the value
 *             column ocid     text root ocid    # from the release
 *         }
 *         derived submitted """ SELECT … """    # made once, of what stands above, in this order
 *     }
 *
 * Each table begins with a column `process`, the number of the process. */
#ifndef QQ_OCDS_LAYOUT_H
#define QQ_OCDS_LAYOUT_H

#include "common/base/err.h"
#include "common/ocds/knob.h"
#include "common/ocds/ocds.h"

#define LAYOUT_TABLES_MAX 24
#define LAYOUT_COLUMNS_MAX 24

enum layout_kind {
    LAYOUT_TEXT,
    LAYOUT_ID,
    LAYOUT_NUMBER,
    LAYOUT_TIME,
    LAYOUT_JSON,
    LAYOUT_POSITION
};

struct layout_column {
    struct str id;
    enum layout_kind kind;
    bool is_root;
    struct ocds_path path; /* count 0: the element itself */
    size_t step;           /* LAYOUT_POSITION: at which step it stands, from 1 */
};

struct layout_table {
    struct str id;
    struct ocds_path each;
    struct layout_column columns[LAYOUT_COLUMNS_MAX];
    size_t column_count;
};

struct layout_derived {
    struct str id, select;
};

struct layout {
    struct layout_table *tables;
    size_t table_count;
    struct layout_derived *derived;
    size_t derived_count;
    struct knobs knobs;
};

bool layout_load(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                 struct problem_list *problems, struct layout *out);

struct layout_cell {
    enum { LAYOUT_CELL_NONE, LAYOUT_CELL_TEXT, LAYOUT_CELL_INT, LAYOUT_CELL_REAL } kind;
    struct str text;
    int64_t whole;
    double real;
};

typedef enum err (*layout_row_fn)(void *context, const struct layout_table *t,
                                  const struct layout_cell *cells);
/* Every row of a compiled release, table by table; texts live in the release or in `a`. */
MUST_USE enum err layout_walk(const struct layout *l, const struct json *release, struct arena *a,
                              layout_row_fn take, void *context);

#endif
