#include "edge-agent/page/page.h"

#include "common/base/arena.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/os/file.h"
#include "common/sheet/template.h"

#define WORKBOOK_BYTES_MAX ((size_t)32 << 20)

void page_reply_workbook(const struct page *p, const struct http_request *q,
                         struct http_response *r,
                         enum err (*write)(void *context, const char *path), void *context)
{
    /* one request is answered at a time: the name is free */
    const char *path = str_copy_z(q->arena, str_format(q->arena, "%s/page.xlsx", p->data_folder));
    enum err e = write(context, path);
    if (e == OK)
        e = file_read(path, WORKBOOK_BYTES_MAX, q->arena, &r->body);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    if ((e = file_remove(path)) != OK)
        page_fail(q, r, e);
    else
        r->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

void page_get_templates(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    const struct page *p = (const struct page *)app;
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < p->catalog->dataset_count; i++) {
        const struct dataset *d = &p->catalog->datasets[i];
        struct json *o = json_add_object(items);
        json_set_str(o, "dataset", d->id);
        json_set_str(o, "dataset_zh", d->zh);
        json_set_str(o, "dataset_en", d->en);
        json_set_str(o, "file", template_file_name(q->arena, d));
    }
    page_reply(q, r, root);
}

static enum err write_template(void *context, const char *path)
{
    return template_write(path, context);
}

void page_get_template(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    const struct page *p = (const struct page *)app;
    const struct dataset *d = catalog_dataset(p->catalog, q->params[0]);
    if (!d)
        http_problem(q, r, 404, "template.unknown", "没有这种数据", "there is no such dataset");
    else
        page_reply_workbook(p, q, r, write_template, (void *)(uintptr_t)d);
}
