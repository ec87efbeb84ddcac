#include "central/console/api.h"

#include "central/store/finding_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"

/* A thing that goes by its number alone is named by it; a number that is secret is not shown whole.
 */
static struct str thing_key(struct arena *a, const struct rule *rule, const struct finding_row *f)
{
    const struct rule_source *s = rule ? &rule->sources[0] : NULL;
    if (s && s->dataset && s->dataset->fields[s->on].is_secret)
        return f->key.len > 8
                   ? str_format(a, "****" STR_FMT, STR_ARG(str_skip(f->key, f->key.len - 4)))
                   : STR("****");
    return f->key;
}

static void put_subject(struct arena *a, struct json *o, const struct rule *rule,
                        const struct finding_row *f)
{
    bool is_thing = f->kind.len > 0;
    bool is_known = is_thing && rule && rule->subject.kind.len;
    struct str key = is_thing ? thing_key(a, rule, f) : api_mask(a, f->id18);
    json_set_str(o, "subject_kind", is_thing ? f->kind : STR("person"));
    json_set_str(o, "subject_zh", is_known ? rule->subject.zh : is_thing ? f->kind : STR("人员"));
    json_set_str(o, "subject_en", is_known ? rule->subject.en : is_thing ? f->kind : STR("person"));
    json_set_str(o, "subject_name", is_thing && f->called.len == 0 ? key : finding_store_name(f));
    json_set_str(o, "subject_id", is_thing && f->called.len == 0 ? STR_NONE : key);
}

void api_put_finding(struct console *c, struct arena *a, struct json *o,
                     const struct finding_row *f)
{
    const struct rule *rule = api_rule(c, f->rule);
    json_set_int(o, "id", f->id);
    json_set_str(o, "rule", f->rule);
    json_set_str(o, "rule_zh", rule ? rule->zh : f->rule);
    json_set_str(o, "rule_en", rule ? rule->en : f->rule);
    json_set_int(o, "rule_version", f->rule_version);
    put_subject(a, o, rule, f);
    json_set_int(o, "level", f->level);
    json_set_int(o, "points", f->points);
    json_set_int(o, "tier", f->tier);
    json_set_int(o, "amount_fen", f->amount_fen);
    json_set_str(o, "decision", f->decision);
    json_set_str(o, "life", f->life);
    json_set_str(o, "status", f->status);
    json_set_bool(o, "is_left", f->is_left);
    json_set_str(o, "site", f->site);
    json_set_int(o, "first_ms", f->first_ms);
    json_set_str(o, "say_zh", f->say_zh);
    json_set_str(o, "say_en", f->say_en);
}

/* With its precision, for it is shown beside every finding. */
static enum err put_rule(struct console *c, const struct rule *rule, struct json *o)
{
    int64_t confirmed = 0;
    int64_t decided = 0;
    TRY(standing_store_decided(c->options.store, rule->id, STR_NONE, &confirmed, &decided));
    json_set_str(o, "rule", rule->id);
    json_set_str(o, "zh", rule->zh);
    json_set_str(o, "en", rule->en);
    json_set_str(o, "kind", rule_is_of_persons(rule) ? STR("person") : rule->subject.kind);
    json_set_str(o, "kind_zh", rule_is_of_persons(rule) ? STR("人员") : rule->subject.zh);
    json_set_str(o, "kind_en", rule_is_of_persons(rule) ? STR("person") : rule->subject.en);
    json_set_int(o, "confirmed", confirmed);
    json_set_int(o, "decided", decided);
    return OK;
}

void api_findings(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    struct finding_filter filter = {.rule = http_query(r, "rule"),
                                    .decision = http_query(r, "decision"),
                                    .life = http_query(r, "life"),
                                    .kind = http_query(r, "kind"),
                                    .level = api_query_int(r, "level"),
                                    .cursor = api_query_int(r, "cursor"),
                                    .limit = api_query_int(r, "limit")};
    struct finding_row *rows;
    size_t count;
    int64_t total;
    int64_t next;
    enum err e =
        finding_store_list(c->options.store, r->arena, &filter, &rows, &count, &total, &next);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++)
        api_put_finding(c, r->arena, json_add_object(items), &rows[i]);
    json_set_int(root, "total", total);
    json_set_str(root, "next", next ? str_format(r->arena, "%lld", (long long)next) : STR_NONE);
    struct json *rules = json_set_array(root, "rules");
    for (size_t i = 0; i < c->options.library->count && e == OK; i++)
        e = put_rule(c, c->options.library->rules[i], json_add_object(rules));
    if (e != OK) {
        json_free(root);
        api_fail(r, response, e);
        return;
    }
    api_answer(r, response, root);
}

#define NOTE_BYTES_MAX 2000

bool api_may_decide(const struct session *s)
{
    return str_equal(str_of(s->role), STR("analyst")) ||
           str_equal(str_of(s->role), STR("approver"));
}

static bool is_reason(struct str reason)
{
    static const struct str reasons[] = {STR_INIT("verified_on_site"), STR_INIT("data_error"),
                                         STR_INIT("lawful_exception"), STR_INIT("same_name"),
                                         STR_INIT("no_material")};
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (str_equal(reason, reasons[i]))
            return true;
    return false;
}

bool api_take_note(const struct http_request *r, struct http_response *response,
                   const struct json *body, struct str *out_note)
{
    struct str reason = json_get_str(body, "reason");
    struct str told = str_trim(json_get_str(body, "note"));
    if (!is_reason(reason))
        http_problem(r, response, 422, "reason", "请选择理由码", "choose a reason code");
    else if (told.len > NOTE_BYTES_MAX)
        http_problem(r, response, 422, "note", "说明过长，请控制在 500 字以内",
                     "the note is too long; 500 characters at most");
    else {
        *out_note = str_format(r->arena, STR_FMT " " STR_FMT, STR_ARG(reason), STR_ARG(told));
        return true;
    }
    return false;
}

static enum err decide(struct console *c, int64_t id, size_t decision, struct str by,
                       struct str note)
{
    struct db *db = c->options.store->db;
    TRY(db_begin(db));
    enum err e = finding_store_decide(c->options.store, id, (enum finding_decision)decision,
                                      clock_wall_ms(c->options.clock), by, note);
    return db_end(db, e);
}

void api_decide(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    const struct session *s = api_session(app, r);
    struct json *body = NULL;
    int64_t id;
    size_t decision;
    if (!api_may_decide(s)) {
        http_problem(r, response, 403, "role", "您的角色不能作出判断", "your role may not decide");
        return;
    }
    if (!str_to_i64(r->params[0], &id) || json_parse(r->body, &body) != OK) {
        api_fail(r, response, ERR_MALFORMED);
        return;
    }
    struct str note;
    if (!fsm_find(&finding_decisions, json_get_str(body, "decision"), &decision) ||
        decision < FINDING_CONFIRMED)
        http_problem(r, response, 422, "decision", "请选择查实、查否或无法查清",
                     "choose confirmed, refuted or unclear");
    else if (api_take_note(r, response, body, &note)) {
        enum err e = decide(c, id, decision, str_of(s->user), note);
        if (e == OK)
            api_answer(r, response, json_new_object());
        else
            api_fail(r, response, e);
    }
    json_free(body);
}
