/* plain_csv.h — a table that stands in a test folder: commas, quotation marks where a cell needs
 * them, UTF-8. What offices really send is read by common/format.
 *
 * Owns:     nothing; rows are the arena's.
 * Threads:  one.
 * Fails:    never: the files are ours.
 * Limits:   PLAIN_CSV_CELLS_MAX cells a row.
 * Promise:  empty lines are no rows. */
#ifndef QQ_TESTS_SUPPORT_PLAIN_CSV_H
#define QQ_TESTS_SUPPORT_PLAIN_CSV_H

#include "common/base/str.h"

#define PLAIN_CSV_CELLS_MAX 64

struct plain_row {
    struct str *cells;
    size_t count;
};

struct plain_table {
    struct plain_row *rows; /* the header is row 0 */
    size_t count;
};

struct plain_table plain_csv(struct arena *a, struct str text);
int plain_csv_column(const struct plain_table *t, const char *header); /* -1: none */

#endif
