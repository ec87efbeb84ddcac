/* validate.h — a row of cells to a record, or to the reasons why not; and the hub's second look at
 * a record.
 *
 * Owns:     nothing; values live in the arena.
 * Threads:  any.
 * Fails:    false when the row is refused; each reason is a problem with row, column, value,
 * expectation and mend. Limits:   as dataset and types. Promise:  all faults of a row are found at
 * once; a doubt lets the row through and is kept in record.doubts. */
#ifndef QQ_MODEL_VALIDATE_H
#define QQ_MODEL_VALIDATE_H

#include "common/model/mapping.h"
#include "common/model/record.h"

/* Cells beyond the mapped columns must be empty. Texts are copied into the arena. */
bool validate_row(const struct mapping *m, const struct str *cells, size_t cell_count, uint64_t row,
                  int32_t today, struct arena *a, struct problem_list *problems,
                  struct record *out);
/* A row that is to be deleted: its key alone is read and must be whole. */
bool validate_deletion(const struct mapping *m, const struct str *cells, size_t cell_count,
                       uint64_t row, struct arena *a, struct problem_list *problems,
                       struct record *out);
/* Values that came from elsewhere: kinds, ranges, required fields, vocabularies, checks. */
bool validate_record(struct arena *a, const struct record *r, int32_t today,
                     struct problem_list *problems);

#endif
