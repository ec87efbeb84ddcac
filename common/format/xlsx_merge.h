/* xlsx_merge.h — merged cells of a sheet: what stands in the first row of a merge counts for the
 * rows below it.
 *
 * Owns:     the list and the texts it carries down, in the arena given.
 * Threads:  one.
 * Fails:    ERR_MALFORMED of the part.
 * Limits:   XLSX_MERGES_MAX merges; further ones are not filled down.
 * Promise:  a merge across columns fills nothing: its value belongs to its first column. The part
 * is read once more for it, since merges stand behind the rows. */
#ifndef QQ_FORMAT_XLSX_MERGE_H
#define QQ_FORMAT_XLSX_MERGE_H

#include "common/format/zip_part.h"

#define XLSX_MERGES_MAX 20000
#define XLSX_CARRIED_BYTES_MAX 512 /* of a text that is carried down */

struct xlsx_merge;

/* Of the part that is open in `zip`, to its end. */
MUST_USE enum err xlsx_merge_read(struct zip_part *zip, struct arena *a,
                                  struct xlsx_merge **out_merges);
/* To be called for each row, ascending. Returns the count of cells, grown when a merge reaches
 * behind them; `cells` has room for FORMAT_COLUMNS_MAX. */
size_t xlsx_merge_fill(struct xlsx_merge *m, uint64_t row, struct str *cells, size_t count);

#endif
