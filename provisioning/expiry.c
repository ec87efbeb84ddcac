#include "provisioning/expiry.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/os/file.h"

#include <stdlib.h>

static enum err add_folder(const struct county *c, const char *folder, struct expiry_list *list)
{
    struct str *paths;
    size_t count = 0;
    struct str full = county_path(c, "%s", folder);
    if (!county_has(full, c->arena))
        return OK;
    TRY(file_list_tree(str_copy_z(c->arena, full), STR(".crt"), c->arena, &paths, &count));
    for (size_t i = 0; i < count; i++) {
        struct expiry item = {.path =
                                  str_format(c->arena, "%s/" STR_FMT, folder, STR_ARG(paths[i]))};
        struct str pem;
        TRY(county_read(
            c, str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(full), STR_ARG(paths[i])), &pem));
        if (authority_read_expiry(pem, &item.ends_ms) != OK)
            item.ends_ms = 0;
        item.days_left = (item.ends_ms - clock_wall_ms(c->clock)) / DATE_DAY_MS;
        list->ending += item.days_left <= EXPIRY_WARN_DAYS;
        VEC_PUSH(&list->items, c->arena, item);
    }
    return OK;
}

static int compare(const void *a, const void *b)
{
    const struct expiry *x = a, *y = b;
    return (x->ends_ms > y->ends_ms) - (x->ends_ms < y->ends_ms);
}

enum err expiry_read(const struct county *c, struct expiry_list *out_list)
{
    static const char *const folders[] = {"authority", "keys", "sites"};
    struct expiry_list list = {0};
    for (size_t i = 0; i < COUNT_OF(folders); i++)
        TRY(add_folder(c, folders[i], &list));
    if (list.items.count)
        qsort(list.items.at, list.items.count, sizeof *list.items.at, compare);
    *out_list = list;
    return OK;
}
