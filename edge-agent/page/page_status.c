#include "edge-agent/page/page.h"

#include "common/base/hex.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/spool/link.h"
#include "edge-agent/intake/inbox.h"
#include "edge-agent/selfcheck/self_store.h"

static void set_count(struct json *o, const char *key, uint64_t n)
{
    json_set_int(o, key, (int64_t)n);
}

#define WAIT(code, zh, en)                                                                         \
    (struct page_wait)                                                                             \
    {                                                                                              \
        STR_INIT(code), STR_INIT(zh), STR_INIT(en)                                                 \
    }

struct page_wait page_why_waiting(const struct link_status *s, const struct page_state *state)
{
    if (s->waiting_items == 0)
        return WAIT("", "", "");
    if (s->state == LINK_DIVERGED)
        return WAIT("diverged", "本机记录与中心不一致，已停止上传，等待执行 new-epoch",
                    "this site and the hub disagree: sending has stopped until new-epoch is run");
    if (state && !state->is_connected)
        return WAIT("offline", "未联网，联网后自动上传", "there is no connection");
    if (state && state->is_hub_away)
        return WAIT("hub-away", "中心暂停服务，恢复后自动上传",
                    "the hub is away; sending goes on by itself when it is back");
    if (s->paused_ms > 0)
        return WAIT("hub-busy", "中心繁忙，稍后自动上传",
                    "the hub asked to wait; sending goes on by itself");
    return WAIT("", "", "");
}

static void put_sync(struct json *o, const struct link_status *s, const struct page_state *state)
{
    if (state)
        json_set_bool(o, "connected", state->is_connected);
    else
        json_set_null(o, "connected");
    json_set_bool(o, "diverged", s->state == LINK_DIVERGED);
    json_set_str(o, "reason", s->reason);
    set_count(o, "epoch", s->epoch);
    set_count(o, "acked_seq", s->acked_seq);
    set_count(o, "sent_batches", s->next_seq - 1 - s->acked_seq); /* and not acknowledged yet */
    set_count(o, "waiting_items", s->waiting_items);
    set_count(o, "waiting_rows", s->waiting_rows);
    set_count(o, "acked_rows", s->acked_rows);
    json_set_int(o, "oldest_waiting_ms", s->oldest_waiting_ms);
    struct page_wait why = page_why_waiting(s, state);
    json_set_str(o, "why", why.code);
    json_set_str(o, "why_zh", why.zh);
    json_set_str(o, "why_en", why.en);
    json_set_int(o, "last_contact_ms", s->last_contact_ms);
    set_count(o, "forged", s->forged);
}

static void put_files(struct json *o, const struct ledger_totals *totals,
                      const struct page_state *state)
{
    set_count(o, "imported", totals->files);
    set_count(o, "refused", totals->files_refused);
    set_count(o, "rows", totals->rows);
    set_count(o, "accepted", totals->accepted);
    set_count(o, "rejected", totals->rejected);
    set_count(o, "nacks", totals->nacks);
    if (!state)
        return;
    set_count(o, "waiting", state->files_waiting);
    json_set_str(o, "stalled_zh", state->stalled_zh);
    json_set_str(o, "stalled_en", state->stalled_en);
}

enum err page_describe(const struct page *p, struct arena *a, struct json **out_root)
{
    struct link_status sync = {0};
    struct ledger_totals totals = {0};
    uint64_t documents = 0, reminders = 0;
    TRY(link_status(p->link, STR("hub"), a, &sync));
    TRY(ledger_totals(p->ledger, &totals));
    TRY(inbox_count_open(p->db, &documents));
    TRY(self_store_count(p->db, &reminders));
    struct json *root = json_new_object();
    json_set_str(root, "site", str_of(p->site));
    json_set_str(root, "version", STR(QQ_VERSION));
    json_set_str(root, "catalog", hex_encode(a, hash_str(&p->catalog->hash)));
    json_set_str(root, "drop_folder", str_of(p->drop_folder));
    json_set_int(root, "now_ms", clock_wall_ms(p->clock));
    put_sync(json_set_object(root, "sync"), &sync, p->state);
    put_files(json_set_object(root, "files"), &totals, p->state);
    if (p->state)
        json_set_int(root, "disk_free_bytes", p->state->disk_free_bytes);
    set_count(root, "documents_open", documents);
    set_count(root, "reminders", reminders);
    set_count(root, "unreadable", totals.unreadable);
    *out_root = root;
    return OK;
}

void page_get_status(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct json *root = NULL;
    enum err e = page_describe((struct page *)app, q->arena, &root);
    if (e != OK)
        page_fail(q, r, e);
    else
        page_reply(q, r, root);
}
