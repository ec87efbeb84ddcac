#include "central/console/api.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/log.h"

#include <stdlib.h>
#include <string.h>

#define CHINA_MINUTES 480

extern const struct embed_file console_files[];

static const struct http_route routes[] = {
    {"POST", "/api/v1/session", api_log_in, "log in"},
    {"GET", "/api/v1/session", api_me, "who is logged in"},
    {"DELETE", "/api/v1/session", api_log_out, "log out"},
    {"GET", "/api/v1/overview", api_overview, "figures of the start page"},
    {"GET", "/api/v1/sites", api_sites, "sites with their state"},
    {"GET", "/api/v1/sites/{id}", api_site, "one site: what it supplies, how old that is"},
    {"GET", "/api/v1/calendar", api_calendar, "what each site owes, and what came"},
    {"GET", "/api/v1/quality", api_quality,
     "how good the data of each site is, and contradictions"},
    {"GET", "/api/v1/majors", api_majors, "major matters: who owes, who reported"},
    {"GET", "/api/v1/powers", api_powers, "power lists of the units, on a day"},
    {"GET", "/api/v1/powers/{unit}", api_unit_powers, "the power list of a unit, all editions"},
    {"GET", "/api/v1/datasets", api_datasets, "datasets, how much and how fresh"},
    {"GET", "/api/v1/datasets/{id}", api_dataset, "one dataset: its fields and who supplies it"},
    {"GET", "/api/v1/findings", api_findings, "findings, filtered and paged"},
    {"GET", "/api/v1/findings/{id}", api_finding, "one finding with its evidence"},
    {"POST", "/api/v1/findings/{id}/decision", api_decide, "decide on a finding"},
    {"POST", "/api/v1/findings/{id}/evidence-pack", api_evidence_ask, "ask for its evidence pack"},
    {"GET", "/api/v1/findings/{id}/evidence-pack", api_evidence, "the pack, once it is signed"},
    {"GET", "/api/v1/rules", api_rules, "rules, what they gave for whom, and trial"},
    {"POST", "/api/v1/rules/{id}/release", api_release, "let a rule go that is held in trial"},
    {"GET", "/api/v1/rules/versions", api_rule_versions, "versions that people proposed"},
    {"POST", "/api/v1/rules/versions", api_rule_propose, "propose a version of a rule"},
    {"GET", "/api/v1/rules/versions/{id}", api_rule_version,
     "one version and what it would change"},
    {"POST", "/api/v1/rules/versions/{id}/decision", api_rule_decide, "let a version in, or not"},
    {"POST", "/api/v1/rules/check", api_rule_check, "faults of a text, or what it would change"},
    {"GET", "/api/v1/rules/{id}/text", api_rule_text, "a rule in force as it was written"},
    {"POST", "/api/v1/rules/{id}/retire", api_rule_retire, "take a published rule out"},
    {"GET", "/api/v1/prompts", api_prompts, "prompts and their receipts"},
    {"GET", "/api/v1/identity", api_identities, "persons who may be one, the surest first"},
    {"GET", "/api/v1/identity/{id}", api_identity, "two persons side by side"},
    {"POST", "/api/v1/identity/{id}/decision", api_identity_decide, "say whether they are one"},
    {"POST", "/api/v1/identity/{id}/split", api_identity_split, "take one way of writing out"},
    {"POST", "/api/v1/identity/events/{id}/undo", api_identity_undo, "take a decision back"},
    {NULL, NULL, NULL, NULL},
};

/* What was published or taken out meanwhile counts from this request on. */
static void take_rules(struct console *c)
{
    bool is_other;
    enum err e = library_refresh(c->options.library, &is_other);
    if (e != OK)
        LOG_FAILURE(ERROR, "rules.unread", e);
}

/* Everything but logging in needs a session. */
static void guard(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    bool is_log_in =
        str_equal(r->path, STR("/api/v1/session")) && str_equal(r->method, STR("POST"));
    if (!is_log_in && !api_session(app, r))
        http_problem(r, response, 401, "not-logged-in", "请先登录", "log in first");
    take_rules(api_console(app));
}

const struct session *api_session(struct http_app *app, const struct http_request *r)
{
    return session_check(api_console(app)->sessions, r);
}

void api_answer(const struct http_request *r, struct http_response *response, struct json *root)
{
    response->body = json_write(root, r->arena);
    json_free(root);
}

void api_fail(const struct http_request *r, struct http_response *response, enum err e)
{
    if (e == ERR_MISSING)
        http_problem(r, response, 404, "not-found", "没有这条记录", "there is no such record");
    else if (e == ERR_INVALID)
        http_problem(r, response, 409, "not-allowed-now", "当前状态不允许这样处理",
                     "the present state does not allow this");
    else if (e == ERR_MALFORMED)
        http_problem(r, response, 400, "malformed", "请求内容无法解析",
                     "the request does not parse");
    else {
        LOG_FAILURE(ERROR, "console.failed", e);
        http_problem(r, response, 500, "failed", "中心程序出错，请稍后重试",
                     "the hub failed; try again later");
    }
}

int32_t api_today(const struct console *c)
{
    return c->options.today ? c->options.today
                            : date_of_ms(clock_wall_ms(c->options.clock), CHINA_MINUTES);
}

struct str api_mask(struct arena *a, struct str id18)
{
    if (id18.len != 18)
        return STR("****");
    return str_format(a, STR_FMT "**********" STR_FMT, STR_ARG(str_slice(id18, 0, 4)),
                      STR_ARG(str_slice(id18, 14, 18)));
}

const struct rule *api_rule(const struct console *c, struct str id)
{
    return library_rule(c->options.library, id);
}

int64_t api_query_int(const struct http_request *r, const char *name)
{
    int64_t n = 0;
    str_to_i64(http_query(r, name), &n);
    return n;
}

struct http_app *console_app(struct console *c)
{
    return &c->app;
}

enum err console_open(const struct console_options *options, struct console **out_console)
{
    struct console *c = calloc(1, sizeof *c);
    ASSERT(c != NULL);
    c->app = (struct http_app){.routes = routes, .files = console_files, .guard = guard};
    c->options = *options;
    c->sessions = session_table_new(options->clock, options->random);
    *out_console = c;
    if (strncmp(options->address, "127.", 4) != 0)
        return fail(ERR_USAGE,
                    "console_address %s: the console has no TLS yet and may only be on 127.0.0.1",
                    options->address);
    TRY(http_server_open(&c->app, options->address, options->port, &c->server));
    LOG(INFO, "console.started", KV_I64("port", http_server_port(c->server)));
    return OK;
}

void console_close(struct console *c)
{
    if (!c)
        return;
    http_server_close(c->server);
    session_table_free(c->sessions);
    free(c);
}

int64_t console_turn(struct console *c, struct loop *loop)
{
    return http_server_turn(c->server, loop);
}
