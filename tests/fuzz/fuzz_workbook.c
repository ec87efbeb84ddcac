/* Any bytes as an archive, and any bytes as the parts of a sound one: sheet, shared strings,
 * styles, workbook, set apart by NUL. */
#include "common/format/format.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "tests/support/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct arena *a, struct str bytes)
{
    struct format_bytes f = format_whole_bytes(bytes);
    struct problem_list problems;
    struct format *format = NULL;
    struct format_row row;
    uint64_t last = 0;
    problem_list_init(&problems, a, 100);
    if (format_open(&f.source, a, &problems, &format) == OK)
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)256 << 20);
    struct str rest = str_make((const char *)data, size);
    if (str_starts(rest, STR("PK"))) {
        read_all(a, rest);
    } else {
        struct workbook_parts parts = {0};
        parts.sheet = str_cut(&rest, '\0');
        parts.shared = str_cut(&rest, '\0');
        parts.styles = str_cut(&rest, '\0');
        parts.workbook = rest;
        read_all(a, workbook_pack(a, &parts));
    }
    arena_free(a);
    return 0;
}
