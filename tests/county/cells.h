/* cells.h — how a value is written in an office's export, and how it is written wrong.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   CELL_BYTES for the text of one cell.
 * Promise:  cells_write says the same value in every style; cells_break never says an acceptable
 * row. */
#ifndef COUNTY_CELLS_H
#define COUNTY_CELLS_H

#include "tests/county/sheet.h"
#include "tests/county/world/dice.h"

#define CELL_BYTES 256

struct cell_style {
    uint8_t date_shape;   /* 0–4: 2022-4-3, 2022.04.03, 20220403, 2022年4月3日, 2022/4/3 */
    uint8_t month_shape;  /* 0–2: 202204, 2022-04, 2022年4月 */
    uint8_t amount_shape; /* 0–3: 1234.50, 1,234.50, 1234.5, 1.2万 */
    uint8_t code_shape;   /* 0 code, 1 label, 2 aliases where there are some */
};

void cells_write(struct dice *d, const struct cell_style *style, const struct column *column,
                 struct cell cell, char out[CELL_BYTES]);
/* Chooses a column and a text for it that makes the row unacceptable. */
size_t cells_break(struct dice *d, const struct layout *layout, const struct cell *cells,
                   char out[CELL_BYTES]);

#endif
