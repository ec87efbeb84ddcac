/* refused_row.h — rows that were refused, as they stood in the file, and the headers above them.
 *
 * Owns:     the table refused_row of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h; ERR_MALFORMED for cells that do not parse.
 * Limits:   LEDGER_PROBLEMS_MAX refused rows an import are kept; the rest is counted alone.
 * Promise:  kept in the transaction that counts them. */
#ifndef QQ_EDGE_AGENT_INTAKE_REFUSED_ROW_H
#define QQ_EDGE_AGENT_INTAKE_REFUSED_ROW_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/db/db.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

struct refused_row {
    uint64_t row;
    bool is_header;
    struct str sheet;
    const struct str *cells;
    size_t count;
};

MUST_USE enum err refused_row_put(struct db *db, struct str import_id, const struct refused_row *r,
                                  struct arena *a);
/* In the order of the file, behind row `after`; texts live in the arena. */
MUST_USE enum err refused_row_list(struct db *db, struct str import_id, uint64_t after, size_t max,
                                   struct arena *a, struct refused_row **out_rows,
                                   size_t *out_count);

#endif
