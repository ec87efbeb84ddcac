/* Any bytes as a chunk of records: refused, or what was read can be written and read again. */
#include "common/wire/columns.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)256 << 20);
    struct columns_chunk c, back;
    if (columns_parse(a, str_make(data, size), &c) == OK) {
        struct buf out;
        buf_init(&out, a);
        columns_put(&out, &c);
        ASSERT(columns_parse(a, buf_str(&out), &back) == OK);
        ASSERT(back.row_count == c.row_count && back.field_count == c.field_count);
        for (size_t i = 0; i < c.row_count * c.field_count; i++) {
            ASSERT(back.cells[i].kind == c.cells[i].kind);
            ASSERT(back.cells[i].number == c.cells[i].number);
            ASSERT(str_equal(back.cells[i].text, c.cells[i].text));
        }
    }
    arena_free(a);
    return 0;
}
