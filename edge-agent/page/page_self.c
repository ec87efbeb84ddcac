#include "edge-agent/page/page.h"

#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/json/json.h"
#include "edge-agent/selfcheck/self_store.h"

#define HITS_MAX 50 /* a rule; the rest is counted, and shown when these are mended */

static void put_hit(struct json *o, const struct self_hit *h)
{
    json_set_str(o, "subject", h->subject);
    json_set_int(o, "level", h->level);
    json_set_str(o, "say_zh", h->say_zh);
    json_set_str(o, "say_en", h->say_en);
    struct json *rows = json_set_array(o, "rows");
    for (size_t i = 0; i < h->row_count; i++) {
        struct json *row = json_add_object(rows);
        json_set_str(row, "import", h->rows[i].import_id);
        json_set_str(row, "file", h->rows[i].file);
        json_set_int(row, "row", (int64_t)h->rows[i].row);
        json_set_str(row, "shown_zh", h->rows[i].shown_zh);
        json_set_str(row, "shown_en", h->rows[i].shown_en);
    }
}

static void put_rule(struct json *o, struct arena *a, const struct self_rule *r,
                     const struct self_hit *hits, size_t count)
{
    json_set_str(o, "rule", r->rule);
    json_set_str(o, "name_zh", r->zh);
    json_set_str(o, "name_en", r->en);
    json_set_str(o, "check_zh", r->check_zh);
    json_set_str(o, "check_en", r->check_en);
    json_set_int(o, "version", r->version);
    json_set_str(o, "hash", hex_encode(a, hash_str(&r->hash)));
    json_set_int(o, "at_ms", r->at_ms);
    json_set_int(o, "rows", r->rows);
    json_set_int(o, "hits", r->hits);
    json_set_str(o, "why", r->why);
    struct json *items = json_set_array(o, "items");
    for (size_t i = 0; i < count; i++)
        put_hit(json_add_object(items), &hits[i]);
}

void page_get_self(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct self_rule *rules = NULL;
    size_t rule_count = 0;
    enum err e = self_store_rules(p->db, q->arena, &rules, &rule_count);
    struct json *root = json_new_object();
    struct json *list = json_set_array(root, "rules");
    for (size_t i = 0; i < rule_count && e == OK; i++) {
        struct self_hit *hits = NULL;
        size_t count = 0;
        e = self_store_hits(p->db, rules[i].rule, HITS_MAX, q->arena, &hits, &count);
        if (e == OK)
            put_rule(json_add_object(list), q->arena, &rules[i], hits, count);
    }
    if (e == OK) {
        page_reply(q, r, root);
        return;
    }
    json_free(root);
    page_fail(q, r, e);
}
