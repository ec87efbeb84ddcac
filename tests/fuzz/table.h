/* table.h — a table read to its end by a fuzz target: what must hold of every row, whatever the
 * bytes.
 *
 * Owns:     nothing; the caller's arena and source.
 * Threads:  one.
 * Fails:    aborts when a promise of common/format does not hold.
 * Limits:   those of common/format.
 * Promise:  ends for every input. */
#ifndef QQ_TESTS_FUZZ_TABLE_H
#define QQ_TESTS_FUZZ_TABLE_H

#include "common/format/format.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"

static inline void table_read(struct arena *a, struct format_source *source)
{
    struct problem_list problems;
    struct format *format = NULL;
    struct format_row row;
    uint64_t last = 0;
    problem_list_init(&problems, a, 100);
    if (format_open(source, a, &problems, &format) == OK)
        while (format_next_row(format, &problems, &row) == OK) {
            ASSERT(row.number > last);
            last = row.number;
            ASSERT(row.count <= FORMAT_COLUMNS_MAX);
            for (size_t i = 0; i < row.count; i++) {
                ASSERT(row.cells[i].len <= FORMAT_CELL_BYTES_MAX);
                ASSERT(row.is_damaged || utf8_is_valid(row.cells[i]));
            }
        }
    format_close(format);
}

#endif
