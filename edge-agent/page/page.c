#include "edge-agent/page/page.h"

#include "common/base/log.h"
#include "common/json/json.h"

extern const struct embed_file edge_page_files[];

static const struct http_route routes[] = {
    {"GET", "/api/v1/status", page_get_status, "Health and synchronisation of this site"},
    {"GET", "/api/v1/imports", page_get_imports, "History of imported files"},
    {"GET", "/api/v1/imports/{id}/rejects", page_get_rejects, "Problems of one import"},
    {"GET", "/api/v1/imports/{id}/report", page_get_report, "The refused rows as a workbook"},
    {"GET", "/api/v1/templates", page_get_templates, "Datasets that have a sheet to fill in"},
    {"GET", "/api/v1/templates/{id}", page_get_template, "The sheet of one dataset, a workbook"},
    {"POST", "/api/v1/files", page_post_file, "Put a file into the drop folder"},
    {"GET", "/api/v1/documents", page_get_documents, "Prompts and tasks from the hub"},
    {"GET", "/api/v1/documents/{id}", page_get_document, "One document; marks it as read"},
    {"POST", "/api/v1/documents/{id}/sign", page_sign_document, "Sign for a document"},
    {"POST", "/api/v1/documents/{id}/answer", page_answer_document, "Answer a document"},
    {"GET", "/api/v1/nothing", page_get_nothing, "Periods without data, as the officer said"},
    {"POST", "/api/v1/nothing", page_post_nothing, "Say that a period has no data"},
    {"GET", "/api/v1/selfcheck", page_get_self, "What the unit's own rules say of its own rows"},
    {0},
};

static bool is_loopback(struct str host)
{
    return str_starts(host, STR("127.")) || str_equal(host, STR("localhost")) ||
           str_starts(host, STR("localhost:"));
}

/* The page has no accounts (loopback only). What keeps other web sites out of it: a foreign name
 * that resolves to this machine is refused by its Host, and a write needs a header that no foreign
 * form can set without asking first. */
static void guard(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    (void)app;
    if (!is_loopback(http_header(q, "Host")) ||
        (str_equal(q->method, STR("POST")) && http_header(q, "X-Qingqu").len == 0))
        http_problem(q, r, 403, "request.foreign", "请求不是从本机页面发出的",
                     "the request does not come from this machine's page");
}

void page_init(struct page *p)
{
    p->app = (struct http_app){.routes = routes, .files = edge_page_files, .guard = guard};
}

void page_reply(const struct http_request *q, struct http_response *r, struct json *root)
{
    r->body = json_write(root, q->arena);
    json_free(root);
}

struct json *page_read_body(const struct http_request *q, struct http_response *r,
                            struct str *out_by)
{
    struct json *body = NULL;
    if (json_parse(q->body, &body) != OK) {
        http_problem(q, r, 400, "request.json", "请求内容不是 JSON", "the body is not JSON");
        return NULL;
    }
    *out_by = str_trim(json_get_str(body, "by"));
    if (out_by->len == 0 || out_by->len > PAGE_NAME_BYTES_MAX) {
        http_problem(q, r, 422, "by.required", "请填写经办人姓名（不超过 20 个字）",
                     "your name is needed (at most 20 characters)");
        json_free(body);
        return NULL;
    }
    return body;
}

void page_fail(const struct http_request *q, struct http_response *r, enum err e)
{
    LOG_FAILURE(ERROR, "page.failed", e);
    if (e == ERR_FULL)
        http_problem(q, r, 507, "disk.full", "磁盘空间不足，暂时不能保存。请清理磁盘后再试",
                     "no room on the disk; make room and try again");
    else
        http_problem(q, r, 500, "page.failed", "程序内部出错，请稍后再试；如反复出现请联系工程师",
                     "something failed inside; try again later");
}
