#include "tests/support/golden.h"

#include "common/base/arena.h"
#include "common/base/buf.h"

#include <stdio.h>
#include <stdlib.h>

struct str golden_read(struct arena *a, const char *source_dir, const char *path)
{
    struct str full = str_format(a, "%s/tests/golden/%s", source_dir, path);
    FILE *file = fopen(str_copy_z(a, full), "rb");
    if (!file) {
        fprintf(stderr, "golden file " STR_FMT " cannot be read\n", STR_ARG(full));
        exit(1);
    }
    struct buf bytes;
    char piece[4096];
    size_t len;
    buf_init(&bytes, a);
    while ((len = fread(piece, 1, sizeof piece, file)) > 0)
        buf_put_bytes(&bytes, piece, len);
    fclose(file);
    return buf_str(&bytes);
}
