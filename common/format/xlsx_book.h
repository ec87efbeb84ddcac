/* xlsx_book.h — what all sheets of a workbook share: their names and parts, the shared strings,
 * which styles are dates (ECMA-376 part 1, SpreadsheetML).
 *
 * Owns:     everything in the arena given.
 * Threads:  one.
 * Fails:    ERR_MALFORMED with a problem that says what to do; errors of the source.
 * Limits:   XLSX_SHEETS_MAX sheets; those of xlsx_strings.h.
 * Promise:  parts are found by the relations inside the workbook, not by guessing their names. */
#ifndef QQ_FORMAT_XLSX_BOOK_H
#define QQ_FORMAT_XLSX_BOOK_H

#include "common/format/xlsx_number.h"
#include "common/format/xlsx_strings.h"
#include "common/format/zip_part.h"

#define XLSX_SHEETS_MAX 400
#define XLSX_STYLES_MAX 65536

struct xlsx_sheet {
    struct str name, part; /* part: its name in the archive */
    bool is_hidden;
};

struct xlsx_book {
    struct zip_part *zip;
    struct arena *arena;
    struct xlsx_sheet *sheets; /* worksheets only */
    size_t sheet_count;
    struct xlsx_strings *shared;
    const enum xlsx_style *styles; /* by the number in a cell's s */
    size_t style_count;
    bool is_1904;
};

MUST_USE enum err xlsx_book_open(struct format_source *source, struct arena *a,
                                 struct problem_list *problems, struct xlsx_book *out_book);
void xlsx_book_close(struct xlsx_book *b);

#endif
