/* columns.h — a chunk of records of one dataset, written column by column so that it compresses
 * (protocol.md 3).
 *
 * Owns:     nothing; decoded cells live in the arena.
 * Threads:  any.
 * Fails:    ERR_MALFORMED, ERR_TOO_LARGE.
 * Limits:   1 to COLUMNS_ROWS_MAX rows, 1 to DATASET_FIELDS_MAX fields, so at most 13 MB of cells a
 * chunk, and texts in proportion to the body; checked before memory is taken.
 * Promise:  decode(encode(x)) = x when the cells of a field are of one kind or null. Dictionary for
 * repeated text, deltas for numbers, range coding for numbers and names (wire/column.h). */
#ifndef QQ_WIRE_COLUMNS_H
#define QQ_WIRE_COLUMNS_H

#include "common/base/err.h"
#include "common/model/value.h"

#define COLUMNS_ROWS_MAX 5000

struct arena;
struct buf;

enum columns_op {
    COLUMNS_PUT = 1,
    COLUMNS_DELETE = 2
}; /* delete: tombstones; the key fields and the reason are set */

struct columns_chunk {
    struct str dataset;
    uint64_t dataset_version;
    struct str import_id; /* of the edge */
    uint64_t op;          /* enum columns_op */
    struct str reason;    /* of a deletion */
    int64_t recorded_ms;  /* at the edge, the chunk's transaction */
    size_t row_count, field_count;
    struct str *field_ids; /* field_count */
    uint64_t *rows;        /* row numbers in the source file, ascending */
    uint64_t *doubts;      /* record.h */
    struct value *cells;   /* row-major: cells[row * field_count + field] */
};

void columns_put(struct buf *out, const struct columns_chunk *c);
enum err columns_parse(struct arena *a, struct str body, struct columns_chunk *out_chunk);

#endif
