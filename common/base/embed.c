#include "common/base/embed.h"

const struct embed_file *embed_find(const struct embed_file *table, struct str path)
{
    for (const struct embed_file *f = table; f->path; f++)
        if (str_equal(path, str_of(f->path)))
            return f;
    return NULL;
}
