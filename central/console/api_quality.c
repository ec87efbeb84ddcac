#include "central/console/api.h"

#include "central/store/quality_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/catalog.h"

#define PAIRS_SHOWN 50

static void put_row(struct console *c, struct json *o, const struct quality_row *r)
{
    const struct dataset *d = catalog_dataset(c->options.store->catalog, r->dataset);
    const struct {
        const char *key;
        int64_t n;
    } numbers[] = {{"files", r->files},
                   {"rows", r->rows},
                   {"rejected", r->rejected},
                   {"dated", r->dated},
                   {"old", r->old},
                   {"deleted", r->deleted},
                   {"unexplained", r->unexplained},
                   {"totals", r->totals},
                   {"totals_wrong", r->totals_wrong},
                   {"missing", r->missing},
                   {"unequal", r->unequal}};
    json_set_str(o, "site", r->site);
    json_set_str(o, "name", r->site_name);
    json_set_str(o, "dataset", r->dataset);
    json_set_str(o, "zh", d ? d->zh : r->dataset);
    json_set_str(o, "en", d ? d->en : r->dataset);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        json_set_int(o, numbers[i].key, numbers[i].n);
}

static enum err put_pairs(struct console *c, struct arena *a, struct json *o,
                          enum quality_contradiction kind)
{
    struct quality_pair *pairs;
    size_t count;
    int64_t total;
    TRY(quality_store_pairs(c->options.store, a, kind, PAIRS_SHOWN, &pairs, &count, &total));
    json_set_int(o, "total", total);
    struct json *items = json_set_array(o, "items");
    for (size_t i = 0; i < count; i++) {
        struct json *p = json_add_object(items);
        json_set_str(p, "number", api_mask(a, pairs[i].number));
        json_set_str(p, "other_number", api_mask(a, pairs[i].other_number));
        json_set_str(p, "name", pairs[i].name);
        json_set_str(p, "other_name", pairs[i].other_name);
    }
    return OK;
}

void api_quality(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct quality_row *rows;
    size_t count;
    struct json *root = json_new_object();
    enum err e = quality_store_list(c->options.store, r->arena, &rows, &count);
    if (e == OK) {
        struct json *items = json_set_array(root, "items");
        for (size_t i = 0; i < count; i++)
            put_row(c, json_add_object(items), &rows[i]);
        e = put_pairs(c, r->arena, json_set_object(root, "same_number"), QUALITY_SAME_NUMBER);
    }
    if (e == OK)
        e = put_pairs(c, r->arena, json_set_object(root, "same_birth"), QUALITY_SAME_BIRTH);
    if (e == OK) {
        api_answer(r, response, root);
    } else {
        json_free(root);
        api_fail(r, response, e);
    }
}
