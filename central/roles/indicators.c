#include "central/roles/roles.h"

#include "central/indicators/indicators.h"
#include "common/config/catalog_load.h"

#include <stdio.h>

#define CATALOG_BYTES_MAX_HERE ((size_t)64 << 20)

static void print(void *context, struct str text)
{
    fwrite(text.ptr, 1, text.len, context);
}

enum err roles_indicators(const struct settings *s)
{
    struct catalog *catalog = NULL;
    if (s->ocds[0] == '\0')
        return fail(ERR_USAGE, "indicators --ocds FILE [--settings FILE]");
    TRY(catalog_load(s->catalog, CATALOG_BYTES_MAX_HERE, &catalog));
    enum err e = indicators_run(catalog, s->ocds, s->settings, print, stdout);
    if (e == OK && (fflush(stdout) || ferror(stdout)))
        e = fail(ERR_IO, "the output");
    catalog_free(catalog);
    return e;
}
