/* own_row.h — the unit's own rows that its rules read: the current one of each key, kept in the
 * transaction that puts them into the outbox.
 *
 * Owns:     the handle; tables rec_<dataset>, own_dataset and own_import of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   OWN_ROWS_MAX rows a dataset, then new keys are left out and counted; rows read before
 * their dataset was first kept are not there.
 * Promise:  only datasets that a rule marked `edge` reads; a row that comes again replaces, a
 * deletion deletes. The same number is the same person here; nobody is told apart or put together
 * by name. */
#ifndef QQ_EDGE_AGENT_SELFCHECK_OWN_ROW_H
#define QQ_EDGE_AGENT_SELFCHECK_OWN_ROW_H

#include "common/db/db.h"
#include "common/model/record.h"

#define OWN_ROWS_MAX 300000

struct own_rows;

/* `datasets` must outlive the handle; their tables are made, or brought to their present form. */
MUST_USE enum err own_row_open(struct db *db, const struct dataset *const *datasets, size_t count,
                               int64_t rows_max, struct own_rows **out);
void own_row_close(struct own_rows *o); /* NULL is legal */

/* For the rows of a chunk, inside its transaction: begin, then put and delete, then end.
 * *out_is_kept false: no rule reads the dataset, and there is nothing to end. */
MUST_USE enum err own_row_begin(struct own_rows *o, const struct dataset *d, struct str import_id,
                                bool *out_is_kept);
MUST_USE enum err own_row_put(struct own_rows *o, const struct record *r);
MUST_USE enum err own_row_delete(struct own_rows *o, const struct record *r);
MUST_USE enum err own_row_end(struct own_rows *o);
/* Grows with every end, also of one that was rolled back: whether to look at all. */
uint64_t own_row_turns(const struct own_rows *o);

struct own_dataset {
    int64_t changes, rows, left_out;
};
MUST_USE enum err own_row_state(struct own_rows *o, const struct dataset *d,
                                struct own_dataset *out);

#endif
