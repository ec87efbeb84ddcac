/* Any bytes through the table reader: no crash, no endless loop, and every cell inside its row. */
#include "tests/fuzz/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct format_bytes f = {.source = {.read = format_read_bytes},
                             .rest = str_make((const char *)data + 1, size - 1),
                             .step = (size_t)data[0] * 64 + 1};
    struct arena *a = arena_new((size_t)16 << 20);
    table_read(a, &f.source);
    arena_free(a);
    return 0;
}
