#include "common/config/catalog_load.h"

#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/model/catalog.h"
#include "common/os/file.h"

#define PROBLEMS_SHOWN 20

static enum err read_files(const char *folder, size_t bytes_max, struct arena *a,
                           struct catalog_file **out_files, size_t *out_count)
{
    struct str *paths;
    size_t count;
    TRY(file_list_tree(folder, STR(".decl"), a, &paths, &count));
    if (count == 0 || count > CATALOG_FILES_MAX)
        return fail(ERR_INVALID, "%zu declarations in the catalog folder", count);
    struct catalog_file *files = NEW_ARRAY(a, struct catalog_file, count);
    for (size_t i = 0; i < count; i++) {
        const char *path = str_copy_z(a, str_format(a, "%s/" STR_FMT, folder, STR_ARG(paths[i])));
        files[i].path = paths[i];
        TRY(file_read(path, bytes_max / 4, a, &files[i].text));
    }
    *out_files = files;
    *out_count = count;
    return OK;
}

enum err catalog_load(const char *folder, size_t bytes_max, struct catalog **out_catalog)
{
    struct arena *a = arena_new(bytes_max);
    struct catalog_file *files = NULL;
    struct problem_list problems;
    struct catalog *c = NULL;
    size_t count = 0;
    problem_list_init(&problems, a, PROBLEMS_SHOWN);
    enum err e = read_files(folder, bytes_max, a, &files, &count);
    if (e != OK)
        goto done;
    if (!(c = catalog_build(files, count, &problems))) {
        for (size_t i = 0; i < problems.items.count; i++)
            LOG(ERROR, "catalog.problem",
                KV_STR("problem", problem_format(a, &problems.items.at[i])));
        e = fail(ERR_INVALID, "%zu faults in the declarations", problems.errors);
        goto done;
    }
    *out_catalog = c;

done:
    arena_free(a);
    return wrap(e, "catalog %s", folder);
}
