#include "central/console/api.h"

#include "central/store/supply_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/catalog.h"
#include "common/model/type.h"

static void add(struct supply_row *sum, const struct supply_row *r)
{
    sum->files += r->files;
    sum->rows += r->rows;
    sum->accepted += r->accepted;
    sum->rejected += r->rejected;
    sum->merged += r->merged;
    sum->duplicate += r->duplicate;
    sum->quarantined += r->quarantined;
    if (r->last_ms > sum->last_ms)
        sum->last_ms = r->last_ms;
}

void api_put_supply(struct json *o, const struct supply_row *r)
{
    json_set_int(o, "files", r->files);
    json_set_int(o, "rows", r->rows);
    json_set_int(o, "accepted", r->accepted);
    json_set_int(o, "rejected", r->rejected);
    json_set_int(o, "merged", r->merged);
    json_set_int(o, "duplicate", r->duplicate);
    json_set_int(o, "quarantined", r->quarantined);
    json_set_int(o, "last_ms", r->last_ms);
}

static void put_head(struct json *o, const struct dataset *d)
{
    json_set_str(o, "id", d->id);
    json_set_str(o, "zh", d->zh);
    json_set_str(o, "en", d->en);
    json_set_int(o, "library", d->library);
    json_set_int(o, "version", d->version);
}

/* Every dataset of the catalog, supplied or not: what never came is what has to be asked for. */
void api_datasets(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    const struct catalog *catalog = c->options.store->catalog;
    struct supply_row *rows;
    size_t count;
    enum err e = supply_store_list(c->options.store, r->arena, STR_NONE, STR_NONE, &rows, &count);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < catalog->dataset_count; i++) {
        struct supply_row sum = {0};
        int64_t sites = 0;
        for (size_t k = 0; k < count; k++)
            if (str_equal(rows[k].dataset, catalog->datasets[i].id)) {
                add(&sum, &rows[k]);
                sites++;
            }
        struct json *o = json_add_object(items);
        put_head(o, &catalog->datasets[i]);
        json_set_int(o, "sites", sites);
        api_put_supply(o, &sum);
    }
    api_answer(r, response, root);
}

static bool is_key(const struct dataset *d, size_t field)
{
    for (size_t i = 0; i < d->key_count; i++)
        if (d->key[i] == field)
            return true;
    return false;
}

static void put_fields(struct json *root, const struct dataset *d)
{
    struct json *fields = json_set_array(root, "fields");
    for (size_t i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        const struct type *type = type_of(f->kind);
        struct json *o = json_add_object(fields);
        json_set_str(o, "id", f->id);
        json_set_str(o, "zh", f->zh);
        json_set_str(o, "en", f->en);
        json_set_str(o, "expected_zh", f->vocab ? f->vocab->zh : str_of(type->zh));
        json_set_str(o, "expected_en", f->vocab ? f->vocab->en : str_of(type->en));
        json_set_bool(o, "required", f->is_required);
        json_set_bool(o, "secret", f->is_secret);
        json_set_bool(o, "key", is_key(d, i));
        struct json *aliases = json_set_array(o, "aliases");
        for (size_t k = 0; k < f->alias_count; k++)
            json_add_str(aliases, f->aliases[k]);
    }
}

/* What a dataset is made of and who supplies it. */
void api_dataset(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    const struct dataset *d = catalog_dataset(c->options.store->catalog, r->params[0]);
    struct supply_row *rows;
    size_t count;
    enum err e = d ? supply_store_list(c->options.store, r->arena, d->id, STR_NONE, &rows, &count)
                   : fail(ERR_MISSING, "no such dataset");
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    put_head(root, d);
    put_fields(root, d);
    struct json *sites = json_set_array(root, "sites");
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(sites);
        json_set_str(o, "site", rows[i].site);
        json_set_str(o, "name", rows[i].site_name);
        api_put_supply(o, &rows[i]);
    }
    api_answer(r, response, root);
}
