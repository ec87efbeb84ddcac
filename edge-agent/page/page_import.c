#include "edge-agent/page/page.h"

#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/base/utf8.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/os/file.h"
#include "edge-agent/intake/drop.h"
#include "edge-agent/intake/rejects.h"

#define NAME_BYTES_MAX 200

static void put_hub(struct json *o, const struct import_entry *e)
{
    json_set_int(o, "at_ms", e->hub_ms);
    json_set_int(o, "merged", (int64_t)e->hub_merged);
    json_set_int(o, "duplicate", (int64_t)e->hub_duplicate);
    json_set_int(o, "quarantined", (int64_t)e->hub_quarantined);
    json_set_int(o, "sum_fen", e->hub_sum_fen);
    json_set_bool(o, "equal", e->is_hub_equal);
}

static void put_entry(struct json *o, struct arena *a, const struct import_entry *e,
                      const struct catalog *catalog)
{
    const struct dataset *d = catalog_dataset(catalog, e->dataset);
    json_set_str(o, "dataset_zh", d ? d->zh : e->dataset);
    json_set_str(o, "dataset_en", d ? d->en : e->dataset);
    json_set_str(o, "id", e->id);
    json_set_str(o, "name", e->name);
    json_set_str(o, "dataset", e->dataset);
    json_set_str(o, "file_hash", hex_encode(a, hash_str(&e->file_hash)));
    json_set_str(o, "encoding", e->encoding);
    json_set_str(o, "state", str_of(ledger_state_name(e->state)));
    json_set_str(o, "archive", e->archive);
    json_set_str(o, "note_zh", e->note_zh);
    json_set_str(o, "note_en", e->note_en);
    json_set_int(o, "size_bytes", e->size_bytes);
    json_set_int(o, "rows", (int64_t)e->rows);
    json_set_int(o, "accepted", (int64_t)e->accepted);
    json_set_int(o, "rejected", (int64_t)e->rejected);
    json_set_int(o, "warned", (int64_t)e->warned);
    json_set_int(o, "skipped", (int64_t)e->skipped);
    json_set_int(o, "listed", (int64_t)e->listed);
    json_set_int(o, "sum_fen", e->sum_fen);
    json_set_int(o, "started_ms", e->started_ms);
    json_set_int(o, "finished_ms", e->finished_ms);
    if (e->hub_ms)
        put_hub(json_set_object(o, "hub"), e);
}

static size_t number_of(const struct http_request *q, const char *name)
{
    uint64_t n = 0;
    return str_to_u64(http_query(q, name), &n) && n < SIZE_MAX / 2 ? (size_t)n : 0;
}

void page_get_imports(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct import_entry *entries = NULL;
    size_t count = 0;
    enum err e =
        ledger_list(p->ledger, number_of(q, "skip"), PAGE_ITEMS_MAX, q->arena, &entries, &count);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++)
        put_entry(json_add_object(items), q->arena, &entries[i], p->catalog);
    page_reply(q, r, root);
}

/* The entry of {id}, or an answer that says there is none. */
static bool find(struct page *p, const struct http_request *q, struct http_response *r,
                 struct import_entry *out_entry)
{
    enum err e = ledger_find(p->ledger, q->params[0], q->arena, out_entry);
    if (e == ERR_MISSING)
        http_problem(q, r, 404, "import.unknown", "没有这次导入", "there is no such import");
    else if (e != OK)
        page_fail(q, r, e);
    return e == OK;
}

void page_get_rejects(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct import_entry entry;
    struct problem_list list;
    struct ledger_nack *nacks = NULL;
    size_t nack_count = 0;
    if (!find(p, q, r, &entry))
        return;
    problem_list_init(&list, q->arena, PAGE_ITEMS_MAX);
    enum err e = ledger_problems(p->ledger, entry.id, number_of(q, "after"), PAGE_ITEMS_MAX, &list);
    if (e == OK)
        e = ledger_nacks(p->ledger, entry.id, PAGE_ITEMS_MAX, q->arena, &nacks, &nack_count);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    struct json *root = json_new_object();
    json_set_int(root, "listed", (int64_t)entry.listed);
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < list.items.count; i++) {
        const struct problem *problem = &list.items.at[i];
        struct json *o = json_add_object(items);
        json_set_bool(o, "error", problem->severity == PROBLEM_ERROR);
        json_set_int(o, "row", problem->line);
        json_set_int(o, "column", problem->column);
        json_set_str(o, "header", problem->header);
        json_set_str(o, "value", problem->value);
        json_set_str(o, "code", problem->code);
        json_set_str(o, "zh", problem->zh);
        json_set_str(o, "en", problem->en);
    }
    struct json *refusals = json_set_array(root, "hub");
    for (size_t i = 0; i < nack_count; i++) {
        struct json *o = json_add_object(refusals);
        json_set_str(o, "code", nacks[i].code);
        json_set_str(o, "zh", nacks[i].sentence_zh);
        json_set_str(o, "en", nacks[i].sentence_en);
        json_set_str(o, "rows", nacks[i].rows);
    }
    page_reply(q, r, root);
}

struct report {
    struct ledger *ledger;
    const struct import_entry *entry;
};

static enum err write_report(void *context, const char *path)
{
    const struct report *report = context;
    return rejects_write(report->ledger, report->entry, path);
}

void page_get_report(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct import_entry entry;
    if (!find(p, q, r, &entry))
        return;
    if (entry.listed == 0)
        http_problem(q, r, 404, "report.none", "这次导入没有退回的行，也没有提醒",
                     "nothing was refused in this import, and no reminder given");
    else
        page_reply_workbook(p, q, r, write_report, &(struct report){p->ledger, &entry});
}

static bool is_plain_name(struct str name)
{
    if (name.len == 0 || name.len > NAME_BYTES_MAX || !utf8_is_valid(name) ||
        drop_is_unfinished_name(name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < 0x20 || name.ptr[i] == '/' || name.ptr[i] == '\\')
            return false;
    return true;
}

void page_post_file(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct str name = http_query(q, "name");
    struct file_info info;
    if (!is_plain_name(name)) {
        http_problem(q, r, 422, "file.name", "文件名不能用，请改名后再放入",
                     "the file name cannot be used; rename the file");
        return;
    }
    const char *path =
        str_copy_z(q->arena, str_format(q->arena, "%s/" STR_FMT, p->drop_folder, STR_ARG(name)));
    if (file_stat(path, &info) == OK) {
        http_problem(q, r, 409, "file.exists", "投放文件夹里已有同名文件，请等它读完再放入",
                     "a file of this name is waiting already");
        return;
    }
    enum err e = file_replace(path, q->body, 0640);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    struct json *root = json_new_object();
    json_set_str(root, "name", name);
    r->status = 201;
    page_reply(q, r, root);
}
