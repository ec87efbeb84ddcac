/* sheet.h — one file as an office exports it: right in what it says, untidy in how.
 *
 * Owns:     the open file and its style; cells are borrowed for the call.
 * Threads:  one.
 * Fails:    ends the program with the reason when the file cannot be written.
 * Limits:   SHEET_COLUMNS_MAX columns, 4 KB a line.
 * Promise:  the style depends on seed and name alone, so the same file can be written again, byte
 * for byte; every row counted as broken is one that no validator may accept, every other one that
 * it must. */
#ifndef COUNTY_SHEET_H
#define COUNTY_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHEET_COLUMNS_MAX 24
#define SHEET_NONE INT64_MIN /* a number that is not there */

enum cell_kind {
    CELL_TEXT,
    CELL_NAME,
    CELL_ID,
    CELL_DATE,
    CELL_MONTH,
    CELL_MOMENT,
    CELL_YUAN,
    CELL_BALANCE, /* yuan that may lawfully be below zero */
    CELL_WAN,
    CELL_AREA,
    CELL_INT,
    CELL_BOOL,
    CELL_CODE
};

struct cell {
    const char *text;
    int64_t number; /* date YYYYMMDD, month YYYYMM, moment YYYYMMDDhhmm, money fen, area (and other
                       quantities) 1/100, code: index of its label */
};

/* A code as offices write it: [0] the code, [1] the label, then aliases. */
struct label {
    const char *words[5];
};

struct column {
    const char *headers[5]; /* the template's header first, then what offices call it */
    enum cell_kind kind;
    bool required, droppable;
    const struct label *labels;
};

struct layout {
    const char *dataset, *title;
    const struct column *columns;
    size_t count;
    int total;             /* the column that a 合计 row adds up; -1: none */
    uint32_t broken_every; /* after one row in so many comes a broken likeness of it; 0: never */
};

#define LAYOUT(name, title, columns, total, broken_every)                                          \
    {                                                                                              \
        name, title, columns, sizeof columns / sizeof *columns, total, broken_every                \
    }

struct sheet_count {
    size_t rows, broken;
};

struct sheet;
/* `place` is whose list it is, for title rows. A path that ends in .xlsx makes a workbook. */
struct sheet *sheet_open(const char *path, const char *place, const struct layout *layout,
                         uint64_t seed, int32_t today);
/* One row, and perhaps a broken likeness of it behind. NULL sheet: nothing. */
void sheet_row(struct sheet *s, const struct cell *cells);
/* The beginning of a row, as a copy that broke off leaves it; nothing may follow. */
void sheet_cut(struct sheet *s, const struct cell *cells);
struct sheet_count sheet_close(struct sheet *s);

#endif
