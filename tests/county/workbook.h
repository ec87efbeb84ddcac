/* workbook.h — an XLSX file as an office saves it: one sheet, texts in their cells, days as serial
 * numbers (ECMA-376, ISO/IEC 29500; the container is PKWARE's APPNOTE, parts stored without
 * compression).
 *
 * Owns:     the open file.
 * Threads:  one.
 * Fails:    workbook_close says false when anything could not be written.
 * Limits:   4 GB; WORKBOOK_MERGED merged title rows.
 * Promise:  the same cells give the same bytes. */
#ifndef COUNTY_WORKBOOK_H
#define COUNTY_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define WORKBOOK_MERGED 2

struct workbook;

/* Takes the file over. NULL: no memory. */
struct workbook *workbook_open(FILE *file);
void workbook_text(struct workbook *w, const char *text);
/* A day as the serial number that a spreadsheet keeps, shown as one. */
void workbook_day(struct workbook *w, int32_t ymd);
void workbook_row(struct workbook *w);
/* The cell of the row that was just ended spans `columns` columns. */
void workbook_merge(struct workbook *w, size_t columns);
bool workbook_close(struct workbook *w);

#endif
