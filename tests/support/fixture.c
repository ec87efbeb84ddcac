#include "tests/support/fixture.h"

#include "common/base/buf.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct str fixture_read(struct arena *a, const char *path)
{
    struct str bytes = STR_NONE;
    struct str whole = str_format(a, "%s/%s", SOURCE_DIR, path);
    if (file_read(whole.ptr, (size_t)64 << 20, a, &bytes) != OK)
        fail_msg("cannot read %s", path);
    return bytes;
}

struct catalog *fixture_catalog(struct arena *a)
{
    struct problem_list problems;
    struct str *paths;
    size_t count;
    problem_list_init(&problems, a, 100);
    assert_int_equal(file_list_tree(SOURCE_DIR "/common/catalog", STR(".decl"), a, &paths, &count),
                     OK);
    struct catalog_file *files = NEW_ARRAY(a, struct catalog_file, count);
    for (size_t i = 0; i < count; i++) {
        struct str path = str_format(a, "common/catalog/" STR_FMT, STR_ARG(paths[i]));
        files[i] = (struct catalog_file){paths[i], fixture_read(a, path.ptr)};
    }
    struct catalog *c = catalog_build(files, count, &problems);
    for (size_t i = 0; i < problems.items.count; i++)
        fprintf(stderr, STR_FMT "\n", STR_ARG(problem_format(a, &problems.items.at[i])));
    assert_non_null(c);
    return c;
}

struct str fixture_changed(struct arena *a, struct str text, const char *from, const char *to)
{
    struct buf out;
    bool is_there = false;
    buf_init(&out, a);
    while (text.len) {
        bool is_here = str_starts(text, str_of(from));
        buf_put(&out, is_here ? str_of(to) : str_slice(text, 0, 1));
        text = str_skip(text, is_here ? strlen(from) : 1);
        is_there = is_there || is_here;
    }
    if (!is_there)
        fail_msg("the text has no %s", from);
    return buf_str(&out);
}
