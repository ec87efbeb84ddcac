/* Any bytes as an archive, and any bytes as the parts of a sound one: sheet, shared strings,
 * styles, workbook, set apart by NUL. */
#include "tests/fuzz/table.h"
#include "tests/support/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct arena *a, struct str bytes)
{
    struct format_bytes f = format_whole_bytes(bytes);
    table_read(a, &f.source);
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
