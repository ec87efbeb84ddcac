#include "central/console/api.h"

#include "central/store/matter_store.h"
#include "common/base/arena.h"

void api_prompts(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct matter_row *rows;
    size_t count;
    int64_t total;
    int64_t next;
    enum err e = matter_store_list(c->options.store, r->arena, http_query(r, "state"),
                                   api_query_int(r, "cursor"), api_query_int(r, "limit"), &rows,
                                   &count, &total, &next);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++) {
        const struct matter_row *m = &rows[i];
        struct json *o = json_add_object(items);
        json_set_str(o, "id", m->document_id);
        json_set_str(o, "title_zh", m->title_zh);
        json_set_str(o, "title_en", m->title_en);
        json_set_str(o, "site", m->site);
        json_set_str(o, "site_name", m->site_name);
        json_set_int(o, "finding", m->finding);
        json_set_int(o, "due", m->due);
        json_set_str(o, "state", m->state);
        json_set_int(o, "sent_ms", m->sent_ms);
        json_set_int(o, "delivered_ms", m->delivered_ms);
        json_set_int(o, "read_ms", m->read_ms);
        json_set_int(o, "signed_ms", m->signed_ms);
        json_set_str(o, "signed_by", m->signed_by);
        json_set_int(o, "answered_ms", m->answered_ms);
        json_set_bool(o, "overdue", !m->answered_ms && !m->withdrawn_ms && m->due < api_today(c));
    }
    json_set_int(root, "total", total);
    json_set_str(root, "next", next ? str_format(r->arena, "%lld", (long long)next) : STR_NONE);
    api_answer(r, response, root);
}
