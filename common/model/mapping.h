/* mapping.h — the header row of a foreign file to the fields of a dataset, by name, synonym and
 * unit.
 *
 * Owns:     nothing; a mapping lives in the arena.
 * Threads:  any, read only after building.
 * Fails:    mapping_build returns NULL when a required field has no column or two columns claim one
 * field; the problems say which. Limits:   MAPPING_COLUMNS_MAX columns. Promise:  an unknown column
 * is ignored with a warning that names the nearest known one; nothing is guessed. */
#ifndef QQ_MODEL_MAPPING_H
#define QQ_MODEL_MAPPING_H

#include "common/model/catalog.h"

#define MAPPING_COLUMNS_MAX 512
/* Columns that a report of refused rows adds: never a field, and nothing to be reminded of. */
#define MAPPING_ORIGINAL_ROW "原行号"
#define MAPPING_REASON "退回原因"

struct mapping {
    const struct dataset *dataset;
    size_t column_count;
    const struct str *headers;  /* as in the file */
    const struct field **field; /* of each column, with the unit of its header; NULL: ignored */
    int *field_index;           /* -1: ignored */
    bool is_report;             /* the file is a mended report of refused rows */
    int op_column, why_column;  /* what is to be done with the row, and why; -1: there is none */
};

/* A header as it is compared: width folded, lower case, without spaces and the stars of required
 * columns. */
struct str mapping_plain_header(struct arena *a, struct str header);
/* What a row says of itself in a column of any dataset: 操作 (新增, 变更, 删除), and why. */
enum mapping_op { MAPPING_PUT, MAPPING_DELETE, MAPPING_OP_UNKNOWN };
enum mapping_op mapping_op(const struct mapping *m, const struct str *cells, size_t count,
                           struct str *out_why);
bool mapping_is_ours(struct arena *a, struct str header);
const struct mapping *mapping_build(struct arena *a, const struct dataset *d,
                                    const struct str *headers, size_t count, uint64_t row,
                                    struct problem_list *problems);
/* How many columns of the row name a field of the dataset; required ones that have none are counted
 * in *out_missing. */
size_t mapping_score(struct arena *a, const struct dataset *d, const struct str *headers,
                     size_t count, size_t *out_missing);
/* The dataset that the row is a header of: most columns known, nothing required missing, at least
 * two columns. NULL: none. *out_nearest is the best match even so (NULL when nothing matches at
 * all). */
const struct dataset *mapping_recognise(struct arena *a, const struct catalog *c,
                                        const struct str *headers, size_t count,
                                        const struct dataset **out_nearest);
/* The Chinese names of required fields without a column, joined by 、 — for the sentence about an
 * unrecognised file. */
struct str mapping_missing(struct arena *a, const struct dataset *d, const struct str *headers,
                           size_t count);

#endif
