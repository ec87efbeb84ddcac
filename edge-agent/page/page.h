/* page.h — the officer's page: what is asked of this site, what became of the files, whether the
 * hub has it.
 *
 * Owns:     nothing; everything in the options is borrowed for the life of the page.
 * Threads:  the loop thread.
 * Fails:    as http_server_open; handlers answer with problem details.
 * Limits:   PAGE_ITEMS_MAX entries a list; bodies as common/http.
 * Promise:  an act of the officer (read, signed, answered) and its message to the hub are one
 *           transaction: what the page shows as done will arrive. */
#ifndef QQ_EDGE_AGENT_PAGE_PAGE_H
#define QQ_EDGE_AGENT_PAGE_PAGE_H

#include "common/base/world.h"
#include "common/db/db.h"
#include "common/http/http.h"
#include "edge-agent/intake/ledger.h"

#define PAGE_ITEMS_MAX 200
#define PAGE_NAME_BYTES_MAX 60 /* of the officer who signs */

struct catalog;
struct link;

/* What the loop knows and the page only tells; the loop keeps it up to date. */
struct page_state {
    bool is_connected;
    bool is_hub_away;   /* by the broker's word */
    struct str stopped; /* why this site's stream has stopped; empty: it has not */
    bool is_disk_low;
    size_t files_waiting;
    int64_t disk_free_bytes;
    struct str stalled_zh, stalled_en; /* why files are not taken now; empty: they are */
};

struct page {
    struct http_app app; /* first member */
    struct db *db;
    struct ledger *ledger;
    struct link *link;
    const struct catalog *catalog;
    struct clock *clock;
    const char *site, *drop_folder;
    const char *data_folder;        /* for a workbook on its way to the officer */
    const struct page_state *state; /* NULL: the agent is not running, only its database is asked */
};

/* Sets app.routes and app.files; the rest is the caller's. */
void page_init(struct page *p);

/* Handlers, one file per resource. */
void page_get_status(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_get_imports(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_get_rejects(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_get_report(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_get_templates(struct http_app *app, const struct http_request *q,
                        struct http_response *r);
void page_get_template(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_post_file(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_get_documents(struct http_app *app, const struct http_request *q,
                        struct http_response *r);
void page_get_document(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_sign_document(struct http_app *app, const struct http_request *q,
                        struct http_response *r);
void page_answer_document(struct http_app *app, const struct http_request *q,
                          struct http_response *r);

void page_get_nothing(struct http_app *app, const struct http_request *q, struct http_response *r);
void page_post_nothing(struct http_app *app, const struct http_request *q, struct http_response *r);

void page_get_self(struct http_app *app, const struct http_request *q, struct http_response *r);

struct link_status;
struct page_wait { /* why something waits: a word for the log, a sentence in both languages */
    struct str code, zh, en;
};
/* Empty: nothing waits, or it is under way. `state` NULL: only what the database knows. */
struct page_wait page_why_waiting(const struct link_status *s, const struct page_state *state);

struct json;
/* What GET /api/v1/status answers; also `qingqu-agent status --json`. */
MUST_USE enum err page_describe(const struct page *p, struct arena *a, struct json **out_root);

/* For the handlers. */
void page_reply(const struct http_request *q, struct http_response *r,
                struct json *root); /* frees root */
/* The JSON body with the officer's name, the caller's to free; NULL: answered with what is missing.
 */
struct json *page_read_body(const struct http_request *q, struct http_response *r,
                            struct str *out_by);
/* Answers with the workbook that `write` makes at the path given to it. */
void page_reply_workbook(const struct page *p, const struct http_request *q,
                         struct http_response *r,
                         enum err (*write)(void *context, const char *path), void *context);
/* An operation failed: logged, and answered without its note. */
void page_fail(const struct http_request *q, struct http_response *r, enum err e);

#endif
