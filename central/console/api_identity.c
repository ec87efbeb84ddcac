#include "central/console/api.h"

#include "central/store/identity_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/catalog.h"
#include "common/os/clock.h"

static void put_pair(struct arena *a, struct json *o, const struct identity_pair *p)
{
    json_set_int(o, "id", p->id);
    json_set_str(o, "kind", p->kind);
    json_set_int(o, "tier", p->tier);
    json_set_int(o, "score", p->score);
    json_set_str(o, "say_zh", p->say_zh);
    json_set_str(o, "say_en", p->say_en);
    json_set_str(o, "name", p->name);
    json_set_str(o, "number", p->number.len ? api_mask(a, p->number) : STR(""));
    json_set_str(o, "other_name", p->other_name);
    json_set_str(o, "other_number", p->other_number.len ? api_mask(a, p->other_number) : STR(""));
    json_set_int(o, "opened_ms", p->opened_ms);
    json_set_str(o, "decision", p->decision);
    json_set_str(o, "decided_by", p->decided_by);
    json_set_int(o, "decided_ms", p->decided_ms);
    json_set_str(o, "reason", p->reason);
    json_set_bool(o, "is_one", p->cluster == p->other_cluster);
}

void api_identities(struct http_app *app, const struct http_request *r,
                    struct http_response *response)
{
    struct store *s = api_console(app)->options.store;
    struct identity_filter filter = {.kind = http_query(r, "kind"),
                                     .is_open = !str_equal(http_query(r, "decided"), STR("1")),
                                     .after = api_query_int(r, "cursor"),
                                     .limit = api_query_int(r, "limit")};
    struct identity_pair *pairs;
    size_t count;
    int64_t total;
    int64_t next;
    enum err e = identity_store_list(s, r->arena, &filter, &pairs, &count, &total, &next);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++)
        put_pair(r->arena, json_add_object(items), &pairs[i]);
    json_set_int(root, "total", total);
    json_set_str(root, "next", next ? str_format(r->arena, "%lld", (long long)next) : STR_NONE);
    api_answer(r, response, root);
}

static enum err put_ways(struct store *s, struct arena *a, int64_t cluster, struct json *list)
{
    struct identity_way *ways;
    size_t count;
    TRY(identity_store_ways(s, a, cluster, &ways, &count));
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(list);
        bool has_number = !str_starts(ways[i].number, STR("~"));
        json_set_str(o, "number", has_number ? api_mask(a, ways[i].number) : STR(""));
        json_set_str(o, "name", ways[i].name);
        json_set_int(o, "tier", ways[i].tier);
        json_set_str(o, "by", ways[i].decided_by);
        json_set_int(o, "at_ms", ways[i].at_ms);
    }
    return OK;
}

static enum err put_rows(struct store *s, struct arena *a, int64_t cluster, struct json *list)
{
    struct identity_rows *rows;
    size_t count;
    TRY(identity_store_rows(s, a, cluster, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct dataset *d = catalog_dataset(s->catalog, rows[i].dataset);
        struct json *o = json_add_object(list);
        json_set_str(o, "zh", d ? d->zh : rows[i].dataset);
        json_set_str(o, "en", d ? d->en : rows[i].dataset);
        json_set_str(o, "site", rows[i].site);
        json_set_int(o, "rows", rows[i].rows);
    }
    return OK;
}

/* Both as they stand now: of a pair that was made one, the same on either side. */
static enum err put_sides(struct store *s, struct arena *a, const struct identity_pair *p,
                          struct json *list)
{
    const int64_t clusters[] = {p->cluster, p->other_cluster};
    for (size_t i = 0; i < COUNT_OF(clusters); i++) {
        struct json *o = json_add_object(list);
        json_set_str(o, "name", i ? p->other_name : p->name);
        struct str number = i ? p->other_number : p->number;
        json_set_str(o, "number", number.len ? api_mask(a, number) : STR(""));
        TRY(put_ways(s, a, clusters[i], json_set_array(o, "ways")));
        TRY(put_rows(s, a, clusters[i], json_set_array(o, "rows")));
    }
    return OK;
}

static enum err put_events(struct store *s, struct arena *a, const struct identity_pair *p,
                           struct json *list)
{
    struct identity_event *events;
    size_t count;
    TRY(identity_store_events(s, a, p->cluster, p->id, &events, &count));
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(list);
        json_set_int(o, "id", events[i].id);
        json_set_str(o, "kind", events[i].kind);
        json_set_str(o, "by", events[i].by);
        json_set_int(o, "at_ms", events[i].at_ms);
        json_set_str(o, "reason", events[i].reason);
        json_set_str(o, "undone_by", events[i].undone_by);
        json_set_int(o, "undone_ms", events[i].undone_ms);
    }
    return OK;
}

void api_identity(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct store *s = api_console(app)->options.store;
    struct identity_pair p;
    struct json *root = json_new_object();
    int64_t id;
    enum err e =
        str_to_i64(r->params[0], &id) ? identity_store_get(s, r->arena, id, &p) : ERR_MISSING;
    if (e == OK) {
        put_pair(r->arena, root, &p);
        e = put_sides(s, r->arena, &p, json_set_array(root, "sides"));
    }
    if (e == OK)
        e = put_events(s, r->arena, &p, json_set_array(root, "events"));
    if (e == OK) {
        api_answer(r, response, root);
        return;
    }
    json_free(root);
    api_fail(r, response, e);
}

struct act { /* what is asked for, with whose word */
    struct arena *arena;
    int64_t id;
    struct str decision;
    size_t side, way;
    struct identity_word word;
    int64_t event;
};

static enum err decide(struct store *s, struct act *act)
{
    return identity_store_decide(s, act->arena, act->id, act->decision, &act->word, &act->event);
}

static enum err split(struct store *s, struct act *act)
{
    struct identity_pair p;
    TRY(identity_store_get(s, act->arena, act->id, &p));
    return identity_store_split(s, act->arena, act->side ? p.other_cluster : p.cluster, act->way,
                                &act->word, &act->event);
}

static enum err undo(struct store *s, struct act *act)
{
    return identity_store_undo(s, act->arena, act->id, &act->word);
}

/* In one transaction; false: the response says what is wrong with the request. */
static bool read_act(struct console *c, const struct http_request *r,
                     struct http_response *response, const struct json *body, struct act *out)
{
    const struct session *s = api_session(&c->app, r);
    *out = (struct act){.arena = r->arena,
                        .decision = json_get_str(body, "decision"),
                        .side = (size_t)json_get_int(body, "side"),
                        .way = (size_t)json_get_int(body, "way")};
    if (!str_to_i64(r->params[0], &out->id)) {
        api_fail(r, response, ERR_MISSING);
        return false;
    }
    out->word.by = str_copy(r->arena, str_of(s->user));
    out->word.now_ms = clock_wall_ms(c->options.clock);
    return api_take_note(r, response, body, &out->word.reason);
}

static void act_on(struct http_app *app, const struct http_request *r,
                   struct http_response *response, enum err (*run)(struct store *, struct act *))
{
    struct console *c = api_console(app);
    struct store *store = c->options.store;
    struct json *body = NULL;
    struct act act;
    if (!api_may_decide(api_session(app, r))) {
        http_problem(r, response, 403, "role", "您的角色不能作出判断", "your role may not decide");
        return;
    }
    if (json_parse(r->body, &body) != OK) {
        api_fail(r, response, ERR_MALFORMED);
        return;
    }
    if (read_act(c, r, response, body, &act)) {
        enum err e = db_begin(store->db);
        if (e == OK)
            e = db_end(store->db, run(store, &act));
        if (e == OK) {
            struct json *root = json_new_object();
            json_set_int(root, "event", act.event);
            api_answer(r, response, root);
        } else {
            api_fail(r, response, e);
        }
    }
    json_free(body);
}

void api_identity_decide(struct http_app *app, const struct http_request *r,
                         struct http_response *response)
{
    static const struct str decisions[] = {STR_INIT("same"), STR_INIT("different"),
                                           STR_INIT("unclear")};
    struct json *body = NULL;
    bool is_one = false;
    struct str decision =
        json_parse(r->body, &body) == OK ? json_get_str(body, "decision") : STR("");
    for (size_t i = 0; i < COUNT_OF(decisions); i++)
        is_one = is_one || str_equal(decision, decisions[i]);
    json_free(body);
    if (is_one)
        act_on(app, r, response, decide);
    else
        http_problem(r, response, 422, "decision", "请选择同一人、不同人或无法查清",
                     "choose same, different or unclear");
}

void api_identity_split(struct http_app *app, const struct http_request *r,
                        struct http_response *response)
{
    act_on(app, r, response, split);
}

void api_identity_undo(struct http_app *app, const struct http_request *r,
                       struct http_response *response)
{
    act_on(app, r, response, undo);
}
