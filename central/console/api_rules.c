#include "central/console/api.h"

#include "central/store/finding_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"

/* Of those who are clear, in whose favour a check spoke, and which. */
static void put_excused(const struct rule *rule, const struct standing_counts *n, struct json *list)
{
    for (size_t i = 0; i < rule->unless_count; i++) {
        struct json *x = json_add_object(list);
        json_set_str(x, "name", rule->unless[i].id);
        json_set_str(x, "zh", rule->unless[i].zh);
        json_set_str(x, "en", rule->unless[i].en);
        json_set_int(x, "persons", n->excused[i]);
    }
}

/* What must go wrong before the rule puts itself into trial, and who let it go last. */
static enum err put_trial(struct console *c, struct arena *a, const struct rule *rule,
                          struct json *o)
{
    struct standing_hold hold;
    struct standing_hold last;
    int64_t confirmed = 0;
    int64_t decided = 0;
    struct store *s = c->options.store;
    TRY(standing_store_hold_of(s, a, rule, &hold));
    TRY(standing_store_last_release(s, a, rule, &last));
    TRY(standing_store_decided(s, rule->id, STR_NONE, &confirmed, &decided));
    json_set_int(o, "share", rule->share);
    json_set_int(o, "share_from", rule->share_from);
    json_set_int(o, "floor", rule->floor);
    json_set_int(o, "confirmed", confirmed);
    json_set_int(o, "decided", decided);
    json_set_str(o, "held", hold.reason);
    json_set_int(o, "held_ms", hold.since_ms);
    json_set_str(o, "released_by", last.released_by);
    json_set_int(o, "released_ms", last.released_ms);
    return OK;
}

static enum err put_rule(struct console *c, struct arena *a, const struct finding_coverage *v,
                         struct json *o)
{
    struct standing_counts n;
    const struct rule *rule = api_rule(c, v->rule);
    bool is_computable = !str_equal(v->state, STR("not_computable"));
    json_set_str(o, "rule", v->rule);
    json_set_str(o, "zh", v->zh);
    json_set_str(o, "en", v->en);
    json_set_int(o, "version", v->version);
    json_set_str(o, "state", v->state);
    json_set_str(o, "reason_zh", v->reason_zh);
    json_set_str(o, "reason_en", v->reason_en);
    json_set_int(o, "population", v->population);
    json_set_int(o, "flagged", v->flagged);
    json_set_int(o, "clear", v->clear);
    json_set_int(o, "not_computable", is_computable ? 0 : v->population);
    json_set_int(o, "evaluated_ms", v->evaluated_ms);
    struct json *excused = json_set_array(o, "excused");
    struct json *freshness = json_set_array(o, "freshness");
    if (!rule)
        return OK;
    TRY(standing_store_counts(c->options.store, a, rule, &n));
    json_set_int(o, "not_renewed", is_computable ? 0 : n.flagged);
    if (is_computable)
        put_excused(rule, &n, excused);
    TRY(put_trial(c, a, rule, o));
    return api_put_freshness(c, a, rule->id, freshness);
}

enum err api_put_freshness(struct console *c, struct arena *a, struct str rule, struct json *list)
{
    struct standing_freshness *rows;
    size_t count;
    TRY(standing_store_freshness(c->options.store, a, rule, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct dataset *d = catalog_dataset(c->options.store->catalog, rows[i].dataset);
        struct json *x = json_add_object(list);
        json_set_str(x, "dataset", rows[i].dataset);
        json_set_str(x, "zh", d ? d->zh : rows[i].dataset);
        json_set_str(x, "en", d ? d->en : rows[i].dataset);
        json_set_int(x, "at_ms", rows[i].at_ms);
    }
    return OK;
}

enum err api_put_rules(struct console *c, struct arena *a, struct json *list)
{
    struct finding_coverage *rows;
    size_t count;
    TRY(finding_store_coverage(c->options.store, a, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(put_rule(c, a, &rows[i], json_add_object(list)));
    return OK;
}

void api_rules(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct json *root = json_new_object();
    enum err e = api_put_rules(api_console(app), r->arena, json_set_array(root, "items"));
    if (e == OK) {
        api_answer(r, response, root);
        return;
    }
    json_free(root);
    api_fail(r, response, e);
}

static enum err release(struct console *c, const struct rule *rule, struct str by)
{
    struct db *db = c->options.store->db;
    TRY(db_begin(db));
    enum err e =
        standing_store_release(c->options.store, rule, by, clock_wall_ms(c->options.clock));
    return db_end(db, e);
}

/* Not by whoever decides on its findings: another pair of eyes. */
void api_release(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    const struct session *s = api_session(app, r);
    const struct rule *rule = api_rule(c, r->params[0]);
    if (!str_equal(str_of(s->role), STR("approver"))) {
        http_problem(r, response, 403, "role", "规则由审批人放行", "an approver releases a rule");
        return;
    }
    enum err e = rule ? release(c, rule, str_of(s->user)) : ERR_MISSING;
    if (e == OK)
        api_answer(r, response, json_new_object());
    else
        api_fail(r, response, e);
}
