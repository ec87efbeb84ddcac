#include "edge-agent/page/page.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/date.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/model/type.h"
#include "common/spool/link.h"
#include "edge-agent/intake/empty_period.h"
#include "edge-agent/intake/import.h"

#define DAYS_MAX 366 /* a period is a year at most */

static void put_name(struct json *o, const struct page *p, struct str id)
{
    const struct dataset *d = catalog_dataset(p->catalog, id);
    json_set_str(o, "dataset", id);
    json_set_str(o, "dataset_zh", d ? d->zh : id);
    json_set_str(o, "dataset_en", d ? d->en : id);
}

void page_get_nothing(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct message_nothing *rows = NULL;
    size_t count = 0;
    enum err e = empty_period_list(p->db, PAGE_ITEMS_MAX, q->arena, &rows, &count);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(items);
        put_name(o, p, rows[i].dataset);
        json_set_int(o, "first", rows[i].first);
        json_set_int(o, "last", rows[i].last);
        json_set_str(o, "by", rows[i].by);
        json_set_int(o, "at_ms", rows[i].at_ms);
    }
    struct json *datasets = json_set_array(root, "datasets");
    for (size_t i = 0; i < p->catalog->dataset_count; i++)
        put_name(json_add_object(datasets), p, p->catalog->datasets[i].id);
    page_reply(q, r, root);
}

/* 0: it is no whole date. */
static int32_t read_day(struct arena *a, struct str text)
{
    const struct field as = {.kind = FIELD_DATE};
    struct value v = value_null();
    struct type_fault fault;
    if (type_parse(a, &as, text, &v, &fault) == TYPE_BAD || !date_is_valid((int32_t)v.number))
        return 0;
    return (int32_t)v.number;
}

static enum err store(struct page *p, struct arena *a, const struct message_nothing *m)
{
    bool is_new = false;
    struct buf body;
    buf_init(&body, a);
    message_nothing_put(&body, m);
    TRY(db_begin(p->db));
    enum err e = empty_period_put(p->db, m, &is_new);
    if (e == OK && is_new)
        e = link_put(p->link, STR("hub"), MESSAGE_NOTHING, buf_str(&body), 0);
    return db_end(p->db, e);
}

/* False: answered with what is wrong. */
static bool is_sayable(struct page *p, const struct http_request *q, struct http_response *r,
                       const struct message_nothing *m)
{
    int32_t today = date_of_ms(m->at_ms, IMPORT_TIME_ZONE_MINUTES);
    if (!catalog_dataset(p->catalog, m->dataset))
        http_problem(q, r, 422, "nothing.dataset", "请选择是哪一种数据",
                     "choose which dataset is meant");
    else if (m->first == 0 || m->last == 0 || m->first > m->last ||
             date_to_days(m->last) - date_to_days(m->first) >= DAYS_MAX)
        http_problem(q, r, 422, "nothing.period",
                     "请填写起止日期，止不早于起，一次最多一年（例如 2026-11-01 至 2026-11-30）",
                     "give the first and the last day, in this order, a year at most");
    else if (m->last > today)
        http_problem(q, r, 422, "nothing.future", "这段时间还没有结束，请在结束后再报",
                     "the period is not over yet; say so when it is");
    else
        return true;
    return false;
}

void page_post_nothing(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct str by;
    struct json *body = page_read_body(q, r, &by);
    if (!body)
        return;
    struct message_nothing m = {.dataset = json_get_str(body, "dataset"),
                                .first = read_day(q->arena, json_get_str(body, "first")),
                                .last = read_day(q->arena, json_get_str(body, "last")),
                                .by = by,
                                .at_ms = clock_wall_ms(p->clock)};
    if (is_sayable(p, q, r, &m)) {
        enum err e = store(p, q->arena, &m);
        if (e == OK)
            page_get_nothing(app, q, r);
        else
            page_fail(q, r, e);
    }
    json_free(body);
}
