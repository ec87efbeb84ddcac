#include "tests/support/plain_csv.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/vec.h"

/* Takes one cell and the comma behind it. */
static struct str take_cell(struct arena *a, struct str *line)
{
    if (!str_starts(*line, STR("\"")))
        return str_cut(line, ',');
    struct buf cell;
    buf_init(&cell, a);
    *line = str_skip(*line, 1);
    while (line->len) {
        buf_put(&cell, str_cut(line, '"'));
        if (!str_starts(*line, STR("\"")))
            break;
        buf_put_char(&cell, '"');
        *line = str_skip(*line, 1);
    }
    *line = str_skip(*line, 1);
    return buf_str(&cell);
}

struct plain_table plain_csv(struct arena *a, struct str text)
{
    VEC(struct plain_row) rows = {0};
    while (text.len) {
        struct str line = str_cut(&text, '\n');
        if (line.len == 0)
            continue;
        struct plain_row row = {.cells = NEW_ARRAY(a, struct str, PLAIN_CSV_CELLS_MAX)};
        do { /* an empty cell at the very end is not seen, nor missed */
            ASSERT(row.count < PLAIN_CSV_CELLS_MAX);
            row.cells[row.count++] = take_cell(a, &line);
        } while (line.len);
        VEC_PUSH(&rows, a, row);
    }
    return (struct plain_table){rows.at, rows.count};
}

int plain_csv_column(const struct plain_table *t, const char *header)
{
    for (size_t i = 0; i < t->rows[0].count; i++)
        if (str_equal(t->rows[0].cells[i], str_of(header)))
            return (int)i;
    return -1;
}
