#include "central/roles/roles.h"

#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/config/catalog_load.h"
#include "common/model/describe.h"
#include "common/ocds/indicator_page.h"
#include "common/os/file.h"

#define CATALOG_BYTES_MAX_HERE ((size_t)64 << 20)
#define PAGES_BYTES_MAX ((size_t)64 << 20)
#define PROBLEMS_SHOWN 20

static enum err put_page(const char *folder, struct arena *a, const char *kind, struct str id,
                         struct str page)
{
    struct str path = str_format(a, "%s/%s-" STR_FMT ".md", folder, kind, STR_ARG(id));
    return file_replace(str_copy_z(a, path), page, 0644);
}

static enum err put_indicators(const char *folder, struct arena *a, const struct catalog *c)
{
    struct problem_list problems;
    struct indicators all;
    problem_list_init(&problems, a, PROBLEMS_SHOWN);
    if (!indicator_load_all(a, c, &problems, &all)) {
        for (size_t i = 0; i < problems.items.count; i++)
            LOG(ERROR, "indicator.faulty",
                KV_STR("problem", problem_format(a, &problems.items.at[i])));
        return fail(ERR_INVALID, "%zu faults in the indicators", problems.errors);
    }
    for (size_t i = 0; i < all.count; i++)
        TRY(put_page(folder, a, "indicator", all.at[i].id, indicator_page(a, &all, &all.at[i])));
    return OK;
}

static enum err put_pages(const char *folder, struct arena *a, const struct catalog *c)
{
    TRY(file_make_folder(folder, 0755));
    for (size_t i = 0; i < c->dataset_count; i++)
        TRY(put_page(folder, a, "dataset", c->datasets[i].id,
                     describe_dataset(a, &c->datasets[i])));
    for (size_t i = 0; i < c->document_count; i++)
        TRY(put_page(folder, a, "document", c->documents[i].id,
                     describe_document(a, &c->documents[i])));
    return put_indicators(folder, a, c);
}

enum err roles_describe(const struct settings *s, const struct options_words *words)
{
    struct catalog *catalog = NULL;
    if (words->count != 2 || !str_equal(words->at[1], STR("describe")) || s->out[0] == '\0')
        return fail(ERR_USAGE, "catalog describe --out FOLDER");
    TRY(catalog_load(s->catalog, CATALOG_BYTES_MAX_HERE, &catalog));
    struct arena *a = arena_new(PAGES_BYTES_MAX);
    enum err e = put_pages(s->out, a, catalog);
    arena_free(a);
    catalog_free(catalog);
    return e;
}
