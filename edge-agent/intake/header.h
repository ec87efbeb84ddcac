/* header.h — where the table of a file begins and which dataset it is; and rows that are no
 * records: totals, the header once more, another header.
 *
 * Owns:     nothing; everything lives in the arena of the file.
 * Threads:  any.
 * Fails:    ERR_INVALID: no header is recognised, or it does not serve; the problems say why.
 * Errors of the reader. Limits:   looks at the first HEADER_ROWS_MAX rows. Promise:  the same bytes
 * and catalog find the same header again: an import can be gone on with. */
#ifndef QQ_EDGE_AGENT_INTAKE_HEADER_H
#define QQ_EDGE_AGENT_INTAKE_HEADER_H

#include "common/format/format.h"
#include "common/model/catalog.h"
#include "common/model/mapping.h"

#define HEADER_ROWS_MAX 30

struct header {
    const struct dataset *dataset;
    const struct mapping *mapping;
    const struct str *names; /* as the file has them */
    size_t count;
    uint64_t row;
    uint32_t sheet;
    struct str sheet_name; /* empty in a file of text */
};

enum header_row {
    HEADER_RECORD, /* an ordinary row */
    HEADER_AGAIN,  /* the same header once more: two files pasted together */
    HEADER_OTHER,  /* another header: what follows has other columns */
};

MUST_USE enum err header_find(const struct catalog *catalog, struct format *f, struct arena *a,
                              struct problem_list *problems, struct header *out_header);
/* Of a further sheet of a workbook. True: the row is a header of the same dataset, and *h is what
 * is to be read by now. `out_other`: it is one of another dataset; NULL: it is none at all. */
bool header_take_sheet(const struct catalog *catalog, const struct format_row *row, struct arena *a,
                       struct problem_list *problems, struct header *h,
                       const struct dataset **out_other);
bool header_is_totals(const struct format_row *row);
/* For rows that were refused: whether they are a header. */
enum header_row header_judge(const struct catalog *catalog, const struct header *h,
                             const struct format_row *row, struct arena *a);

#endif
