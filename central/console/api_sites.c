#include "central/console/api.h"

#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"

/* Three heartbeats missed: late; an hour: silent. */
#define LATE_MS INT64_C(180000)
#define SILENT_MS INT64_C(3600000)

/* Three facts that must not be taken for one another (protocol.md 12): the line, by the broker's
 * word; the newest merged batch; and by the heartbeat whether the agent lives. */
static const char *state_of(const struct site_row *s, int64_t now_ms)
{
    if (s->heartbeat_ms == 0)
        return "never";
    int64_t age = now_ms - s->heartbeat_ms;
    return age < LATE_MS ? "connected" : age < SILENT_MS ? "late" : "silent";
}

void api_sites(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct site_row *rows;
    size_t count;
    enum err e = site_store_list(c->options.store, r->arena, &rows, &count);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(items);
        json_set_str(o, "id", rows[i].id);
        json_set_str(o, "name", rows[i].name);
        json_set_str(o, "kind", rows[i].kind);
        json_set_str(o, "state", str_of(state_of(&rows[i], clock_wall_ms(c->options.clock))));
        json_set_str(o, "line",
                     str_of(rows[i].state_ms == 0 ? "never"
                            : rows[i].is_online   ? "online"
                                                  : "offline"));
        json_set_int(o, "line_since_ms", rows[i].state_ms);
        json_set_int(o, "starts", rows[i].boot);
        json_set_int(o, "merged_ms", rows[i].acked_ms);
        json_set_int(o, "lag_ms", rows[i].lag_ms);
        json_set_str(o, "version", rows[i].version);
        json_set_int(o, "last_contact_ms", rows[i].heartbeat_ms);
        json_set_int(o, "waiting_rows", rows[i].waiting_rows);
        json_set_int(o, "accepted", rows[i].accepted);
        json_set_int(o, "rejected", rows[i].rejected);
        json_set_int(o, "merged", rows[i].merged);
        json_set_int(o, "duplicate", rows[i].duplicate);
        json_set_int(o, "quarantined", rows[i].quarantined);
    }
    api_answer(r, response, root);
}

static enum err put_findings(struct console *c, const struct http_request *r, struct json *findings)
{
    int64_t total = 0;
    TRY(finding_store_present(c->options.store, &total));
    json_set_int(findings, "total", total);
    return api_put_rules(c, r->arena, json_set_array(findings, "rules"));
}

static enum err put_sites(struct console *c, const struct http_request *r, struct json *root)
{
    struct site_row *rows;
    size_t count;
    int64_t connected = 0;
    int64_t merged = 0;
    int64_t duplicate = 0;
    int64_t quarantined = 0;
    TRY(site_store_list(c->options.store, r->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        connected += str_equal(str_of(state_of(&rows[i], clock_wall_ms(c->options.clock))),
                               STR("connected"));
        merged += rows[i].merged;
        duplicate += rows[i].duplicate;
        quarantined += rows[i].quarantined;
    }
    struct json *sites = json_set_object(root, "sites");
    json_set_int(sites, "total", (int64_t)count);
    json_set_int(sites, "connected", connected);
    struct json *counts = json_set_object(root, "rows");
    json_set_int(counts, "merged", merged);
    json_set_int(counts, "duplicate", duplicate);
    json_set_int(counts, "quarantined", quarantined);
    return OK;
}

void api_overview(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    struct matter_counts m;
    struct json *root = json_new_object();
    enum err e = put_sites(c, r, root);
    if (e == OK)
        e = put_findings(c, r, json_set_object(root, "findings"));
    if (e == OK)
        e = matter_store_counts(c->options.store, &m);
    if (e != OK) {
        json_free(root);
        api_fail(r, response, e);
        return;
    }
    struct json *prompts = json_set_object(root, "prompts");
    json_set_int(prompts, "sent", m.sent);
    json_set_int(prompts, "delivered", m.delivered);
    json_set_int(prompts, "read", m.read);
    json_set_int(prompts, "signed", m.signed_for);
    json_set_int(prompts, "answered", m.answered);
    api_answer(r, response, root);
}
