/* row.h — one row of a file, put together cell by cell in the order of its layout.
 *
 * Owns:     the texts that are made for the row; all others are borrowed until the row is written.
 * Threads:  any, one at a time for each row.
 * Fails:    never.
 * Limits:   SHEET_COLUMNS_MAX cells, ROW_TEXTS made texts of ROW_TEXT_BYTES.
 * Promise:  an empty text, and a number of nothing, are empty cells. */
#ifndef COUNTY_ROW_H
#define COUNTY_ROW_H

#include "tests/county/sheet.h"

#define ROW_TEXTS 12
#define ROW_TEXT_BYTES 128

struct row {
    struct cell cells[SHEET_COLUMNS_MAX];
    char texts[ROW_TEXTS][ROW_TEXT_BYTES];
    size_t count, text_count;
};

void row_begin(struct row *r);
void row_text(struct row *r, const char *value);
void row_number(struct row *r, int64_t value);
/* 0: none. */
void row_date(struct row *r, int32_t ymd);
void row_amount(struct row *r, int64_t fen);
/* Minutes of the day behind the day. */
void row_moment(struct row *r, int32_t ymd, int32_t minutes);
/* A text made for this row. */
__attribute__((format(printf, 2, 3))) void row_format(struct row *r, const char *format, ...);

#endif
