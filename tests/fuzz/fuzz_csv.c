/* Any bytes through the table reader: no crash, no endless loop, and every cell inside its row. */
#include "common/format/format.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct format_bytes f = {.source = {.read = format_read_bytes},
                             .rest = str_make((const char *)data + 1, size - 1),
                             .step = (size_t)data[0] * 64 + 1};
    struct arena *a = arena_new((size_t)16 << 20);
    struct problem_list problems;
    struct format *format = NULL;
    struct format_row row;
    uint64_t last = 0;
    problem_list_init(&problems, a, 100);
    if (format_open(&f.source, a, &problems, &format) == OK)
        while (format_next_row(format, &problems, &row) == OK) {
            ASSERT(row.number > last);
            last = row.number;
            for (size_t i = 0; i < row.count; i++) {
                ASSERT(row.cells[i].len <= FORMAT_CELL_BYTES_MAX);
                ASSERT(row.is_damaged || utf8_is_valid(row.cells[i]));
            }
        }
    format_close(format);
    arena_free(a);
    return 0;
}
