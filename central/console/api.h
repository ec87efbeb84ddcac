/* api.h — what the handlers of the console share: the console behind the app, answers from errors,
 * masked numbers.
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    api_fail turns an error into problem details in both languages.
 * Limits:   none.
 * Promise:  no handler writes SQL; each takes a request and fills a response. */
#ifndef QQ_CONSOLE_API_H
#define QQ_CONSOLE_API_H

#include "central/console/console.h"
#include "common/http/session.h"
#include "common/json/json.h"

struct console {
    struct http_app app; /* first member */
    struct console_options options;
    struct session_table *sessions;
    struct http_server *server;
};

static inline struct console *api_console(struct http_app *app)
{
    return (struct console *)app;
}

const struct session *api_session(struct http_app *app, const struct http_request *r);
/* Writes the object into the response and frees it. */
void api_answer(const struct http_request *r, struct http_response *response, struct json *root);
void api_fail(const struct http_request *r, struct http_response *response, enum err e);
int32_t api_today(const struct console *c);
struct str api_mask(struct arena *a, struct str id18);               /* 2323**********0018 */
const struct rule *api_rule(const struct console *c, struct str id); /* NULL: retired or unknown */
/* Of every rule in force what it gave for its population, and whether it is in trial. */
/* How fresh each dataset was that the rule looks into when it was last computed. */
MUST_USE enum err api_put_freshness(struct console *c, struct arena *a, struct str rule,
                                    struct json *list);
struct supply_row;
void api_put_supply(struct json *o, const struct supply_row *r); /* its counts */
struct finding_row;
void api_put_finding(struct console *c, struct arena *a, struct json *o,
                     const struct finding_row *f);
MUST_USE enum err api_put_rules(struct console *c, struct arena *a, struct json *list);
bool api_may_decide(const struct session *s); /* by role */
/* "CODE what was told" out of the body's reason and note. False: the response says what is wrong.
 */
bool api_take_note(const struct http_request *r, struct http_response *response,
                   const struct json *body, struct str *out_note);
int64_t api_query_int(const struct http_request *r, const char *name);

/* Handlers, one file per resource. */
void api_log_in(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_me(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_log_out(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_overview(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_sites(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_calendar(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_quality(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_majors(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_powers(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_unit_powers(struct http_app *app, const struct http_request *r,
                     struct http_response *response);
void api_datasets(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_dataset(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_site(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_findings(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_rules(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_release(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_rule_versions(struct http_app *app, const struct http_request *r,
                       struct http_response *response);
void api_rule_version(struct http_app *app, const struct http_request *r,
                      struct http_response *response);
void api_rule_text(struct http_app *app, const struct http_request *r,
                   struct http_response *response);
void api_rule_check(struct http_app *app, const struct http_request *r,
                    struct http_response *response);
void api_rule_propose(struct http_app *app, const struct http_request *r,
                      struct http_response *response);
void api_rule_decide(struct http_app *app, const struct http_request *r,
                     struct http_response *response);
void api_rule_retire(struct http_app *app, const struct http_request *r,
                     struct http_response *response);
void api_finding(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_decide(struct http_app *app, const struct http_request *r, struct http_response *response);
void api_evidence_ask(struct http_app *app, const struct http_request *r,
                      struct http_response *response);
void api_evidence(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_prompts(struct http_app *app, const struct http_request *r,
                 struct http_response *response);
void api_identities(struct http_app *app, const struct http_request *r,
                    struct http_response *response);
void api_identity(struct http_app *app, const struct http_request *r,
                  struct http_response *response);
void api_identity_decide(struct http_app *app, const struct http_request *r,
                         struct http_response *response);
void api_identity_split(struct http_app *app, const struct http_request *r,
                        struct http_response *response);
void api_identity_undo(struct http_app *app, const struct http_request *r,
                       struct http_response *response);

#endif
