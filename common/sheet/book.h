/* book.h — an XLSX workbook written row by row.
 *
 * Owns:     a temporary file per sheet, and PATH.tmp, until book_close or book_drop.
 * Threads:  one.
 * Fails:    ERR_IO from book_close: nothing is at PATH then. Before it nothing fails.
 * Limits:   BOOK_SHEETS_MAX sheets; BOOK_TEXT_BYTES_MAX of a cell or note, the rest is cut.
 * Promise:  PATH is there whole or not at all. Cells are text (numbers only where that is asked
 * for) and never formulas; long numbers keep their digits. */
#ifndef QQ_SHEET_BOOK_H
#define QQ_SHEET_BOOK_H

#include "common/base/err.h"
#include "common/base/str.h"

#include <stdint.h>

#define BOOK_SHEETS_MAX 402
#define BOOK_TEXT_BYTES_MAX 30000
#define BOOK_ROWS_MAX 1048576

struct book;

enum book_style {
    BOOK_PLAIN,
    BOOK_TITLE,    /* large */
    BOOK_HEADER,   /* of a column that may stay empty */
    BOOK_REQUIRED, /* of one that must be filled in */
    BOOK_BAD,      /* a cell to be mended */
    BOOK_HINT,     /* grey: for reading, not for filling in */
    BOOK_WRAPPED,  /* long text over several lines */
    BOOK_STYLES
};

struct book_cell {
    struct str text, note; /* note: shown when the pointer rests on the cell; empty: none */
    enum book_style style;
    bool is_number; /* then `number` stands in the cell, and `text` does not */
    double number;
};

struct book *book_open(const char *path);
/* Its number, from 0. A name that the format does not allow is mended. */
size_t book_add_sheet(struct book *b, struct str name);
/* Of each column that people will type into: it makes it one of text. Once a column, before the
 * first row of the sheet. */
void book_width(struct book *b, size_t sheet, size_t column, int characters);
/* The rows down to this one stay in sight. */
void book_freeze(struct book *b, size_t sheet, size_t rows);
size_t book_next_row(const struct book *b, size_t sheet); /* from 0 */
void book_row(struct book *b, size_t sheet, const struct book_cell *cells, size_t count);
/* Cells of the column, from row `first` (from 0) down, offer the entries that stand in column A of
 * another sheet; others may be typed after a warning. */
void book_choices(struct book *b, size_t sheet, size_t column, size_t first, struct str from_sheet,
                  size_t from_row, size_t count);
MUST_USE enum err book_close(struct book *b);
void book_drop(struct book *b); /* closes without a workbook; NULL is legal */

#endif
