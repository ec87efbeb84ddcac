#include "central/console/api.h"

#include "central/lab/draft.h"
#include "central/lab/proposal.h"
#include "common/base/arena.h"
#include "common/os/file.h"

#define PROBLEMS_TOLD_MAX 200
#define CHANGES_SHOWN_MAX 50
#define EFFECT_BYTES_MAX ((size_t)1024 * 1024 * 1024) /* of one weighing, given back with it */

static void put_version(const struct session *s, struct json *o, const struct rule_version *v)
{
    bool is_draft = v->status == RULE_VERSION_DRAFT;
    bool may = is_draft && proposal_may_write(str_of(s->role));
    json_set_int(o, "id", v->id);
    json_set_str(o, "rule", v->rule);
    json_set_int(o, "version", v->version);
    json_set_str(o, "zh", v->zh);
    json_set_str(o, "en", v->en);
    json_set_str(o, "status", str_of(rule_store_states.states[v->status].name));
    json_set_str(o, "proposed_by", v->proposed_by);
    json_set_int(o, "proposed_ms", v->proposed_ms);
    json_set_str(o, "decided_by", v->decided_by);
    json_set_int(o, "decided_ms", v->decided_ms);
    json_set_str(o, "retired_by", v->retired_by);
    json_set_int(o, "retired_ms", v->retired_ms);
    json_set_int(o, "valid_from", v->valid_from);
    json_set_int(o, "valid_to", v->valid_to);
    json_set_int(o, "before", v->before);
    json_set_int(o, "after", v->after);
    json_set_int(o, "appear", v->appear);
    json_set_int(o, "disappear", v->disappear);
    json_set_int(o, "change", v->change);
    json_set_bool(o, "may_approve", may && !str_equal(v->proposed_by, str_of(s->user)));
    json_set_bool(o, "may_refuse", may);
    json_set_bool(o, "may_retire",
                  v->status == RULE_VERSION_PUBLISHED && proposal_may_retire(str_of(s->role)));
}

static void put_problems(struct json *list, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *p = &problems->items.at[i];
        struct json *o = json_add_object(list);
        json_set_str(o, "code", p->code);
        json_set_int(o, "line", p->line);
        json_set_int(o, "column", p->column);
        json_set_str(o, "zh", p->zh);
        json_set_str(o, "en", p->en);
    }
}

/* By number and key, never by name: whoever may see a finding opens it. */
static void put_effect(struct json *o, const struct effect *e)
{
    json_set_int(o, "before", (int64_t)e->before);
    json_set_int(o, "after", (int64_t)e->after);
    json_set_int(o, "appear", (int64_t)e->appear);
    json_set_int(o, "disappear", (int64_t)e->disappear);
    json_set_int(o, "change", (int64_t)e->change);
    json_set_bool(o, "older_dead", e->is_older_dead);
    json_set_int(o, "stay", (int64_t)e->stay);
    struct json *list = json_set_array(o, "changes");
    for (size_t i = 0; i < e->count && i < CHANGES_SHOWN_MAX; i++) {
        const struct effect_change *c = &e->changes[i];
        const struct finding_found *f = c->after ? c->after : c->before;
        struct json *x = json_add_object(list);
        json_set_str(x, "change", str_of(effect_word(c->kind)));
        json_set_int(x, "finding", c->finding);
        json_set_int(x, "subject", f->hit.subject);
        json_set_str(x, "key", f->key);
        json_set_str(x, "episode", f->hit.episode);
        json_set_int(x, "level_before", c->before ? c->before->hit.level : 0);
        json_set_int(x, "level", c->after ? c->after->hit.level : 0);
    }
}

static void put_weighed(struct json *root, bool is_sound, const struct proposal *p,
                        const struct problem_list *problems)
{
    put_problems(json_set_array(root, "problems"), problems);
    if (!is_sound)
        return;
    json_set_str(root, "rule", p->newer->id);
    json_set_str(root, "zh", p->newer->zh);
    json_set_str(root, "en", p->newer->en);
    json_set_int(root, "version", p->newer->version);
    json_set_int(root, "older_version", p->older ? p->older->version : 0);
    put_effect(json_set_object(root, "effect"), &p->effect);
}

static void answer_or_fail(const struct http_request *r, struct http_response *response,
                           struct json *root, enum err e)
{
    if (e == OK) {
        api_answer(r, response, root);
        return;
    }
    json_free(root);
    if (e == ERR_DENIED)
        http_problem(r, response, 403, "second-person", "须由提出人以外的人批准",
                     "another person lets it in than the one who proposed it");
    else
        api_fail(r, response, e == ERR_EXISTS ? ERR_INVALID : e);
}

void api_rule_versions(struct http_app *app, const struct http_request *r,
                       struct http_response *response)
{
    struct rule_version *rows;
    size_t count = 0;
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    enum err e = rule_store_list(api_console(app)->options.store, r->arena, http_query(r, "rule"),
                                 &rows, &count);
    for (size_t i = 0; e == OK && i < count; i++)
        put_version(api_session(app, r), json_add_object(items), &rows[i]);
    answer_or_fail(r, response, root, e);
}

static enum err get_version(struct http_app *app, const struct http_request *r,
                            struct rule_version *out)
{
    int64_t id;
    return str_to_i64(r->params[0], &id)
               ? rule_store_get(api_console(app)->options.store, r->arena, id, out)
               : ERR_MISSING;
}

/* The catalog's own file, when it still is what was loaded of it. */
static enum err catalog_text(struct console *c, struct arena *a, const struct rule *rule,
                             struct str *out_text)
{
    struct problem_list problems;
    struct catalog_file file = {.path = rule->file->name};
    struct library *l = c->options.library;
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    TRY(file_read(str_format(a, "%s/" STR_FMT, c->options.catalog_folder, STR_ARG(file.path)).ptr,
                  DECL_FILE_BYTES_MAX, a, &file.text));
    const struct rule *read =
        draft_read(a, c->options.store->catalog, &file, l->rules, l->count, &problems);
    if (!read || !hash_equal(&read->hash, &rule->hash))
        return fail(ERR_INVALID, "the file is not what is in force");
    *out_text = file.text;
    return OK;
}

static enum err text_of(struct console *c, struct arena *a, const struct rule *rule,
                        struct str *out_text)
{
    struct rule_version *rows;
    size_t count;
    TRY(rule_store_list(c->options.store, a, rule->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].status == RULE_VERSION_PUBLISHED && hash_equal(&rows[i].hash, &rule->hash)) {
            *out_text = rows[i].text;
            return OK;
        }
    return catalog_text(c, a, rule, out_text);
}

/* What is in force now, for reading beside a draft; nothing when there is none or its file is
 * another one by now. */
static enum err put_older_text(struct console *c, struct arena *a, struct str rule,
                               struct json *root)
{
    const struct rule *older = api_rule(c, rule);
    struct str text = STR_NONE;
    enum err e = older ? text_of(c, a, older, &text) : OK;
    json_set_str(root, "older_text", text);
    return e == ERR_INVALID || e == ERR_MISSING ? OK : e;
}

/* With its text, and weighed anew beside what is in force now. */
void api_rule_version(struct http_app *app, const struct http_request *r,
                      struct http_response *response)
{
    struct console *c = api_console(app);
    struct rule_version v;
    struct problem_list problems;
    struct proposal p;
    bool is_sound = false;
    struct arena *a = arena_new(EFFECT_BYTES_MAX);
    struct json *root = json_new_object();
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    enum err e = get_version(app, r, &v);
    if (e == OK && v.status == RULE_VERSION_DRAFT)
        e = proposal_again(c->options.library, a, &v, api_today(c), &problems, &is_sound, &p);
    if (e == OK) {
        put_version(api_session(app, r), root, &v);
        json_set_str(root, "text", v.text);
        if (is_sound)
            put_effect(json_set_object(root, "effect"), &p.effect);
        put_problems(json_set_array(root, "problems"), &problems);
    }
    if (e == OK && v.status == RULE_VERSION_DRAFT)
        e = put_older_text(c, a, v.rule, root);
    arena_free(a);
    answer_or_fail(r, response, root, e);
}

/* Where a new version begins: the one in force, as it was written. */
void api_rule_text(struct http_app *app, const struct http_request *r,
                   struct http_response *response)
{
    struct console *c = api_console(app);
    const struct rule *rule = api_rule(c, r->params[0]);
    struct json *root = json_new_object();
    struct str text = STR_NONE;
    int64_t version = 0;
    enum err e = rule ? text_of(c, r->arena, rule, &text) : ERR_MISSING;
    if (e == OK)
        e = library_version(c->options.library, r->arena, rule->id, &version);
    json_set_str(root, "rule", r->params[0]);
    json_set_str(root, "text", text);
    json_set_int(root, "next_version", version + 1);
    answer_or_fail(r, response, root, e);
}

struct asked { /* a text that somebody wrote */
    struct json *body;
    struct catalog_file file;
    struct problem_list problems;
    struct arena *arena;
    struct proposal proposal;
    bool is_sound;
};

/* False: the response says why not. */
static bool take_text(struct http_app *app, const struct http_request *r,
                      struct http_response *response, struct asked *out)
{
    *out = (struct asked){.file = {.path = STR("rule")}};
    if (!proposal_may_write(str_of(api_session(app, r)->role))) {
        http_problem(r, response, 403, "role", "您的角色不能修改规则",
                     "your role may not change rules");
        return false;
    }
    if (json_parse(r->body, &out->body) != OK) {
        api_fail(r, response, ERR_MALFORMED);
        return false;
    }
    out->file.text = json_get_str(out->body, "text");
    out->arena = arena_new(EFFECT_BYTES_MAX);
    problem_list_init(&out->problems, out->arena, PROBLEMS_TOLD_MAX);
    return true;
}

static enum err look(struct console *c, struct asked *asked)
{
    return proposal_look(c->options.library, asked->arena, &asked->file, api_today(c),
                         &asked->problems, &asked->is_sound, &asked->proposal);
}

static void done(struct asked *asked)
{
    arena_free(asked->arena);
    json_free(asked->body);
}

/* Faults by line, or what it would change on the rows that are here; nothing is kept. */
void api_rule_check(struct http_app *app, const struct http_request *r,
                    struct http_response *response)
{
    struct asked asked;
    if (!take_text(app, r, response, &asked))
        return;
    struct json *root = json_new_object();
    enum err e = look(api_console(app), &asked);
    if (e == OK)
        put_weighed(root, asked.is_sound, &asked.proposal, &asked.problems);
    done(&asked);
    answer_or_fail(r, response, root, e);
}

static struct rule_word word_of(struct http_app *app, const struct http_request *r)
{
    struct console *c = api_console(app);
    return (struct rule_word){.by = str_copy(r->arena, str_of(api_session(app, r)->user)),
                              .today = api_today(c),
                              .now_ms = clock_wall_ms(c->options.clock)};
}

void api_rule_propose(struct http_app *app, const struct http_request *r,
                      struct http_response *response)
{
    struct console *c = api_console(app);
    struct asked asked;
    struct rule_word word = word_of(app, r);
    int64_t id = 0;
    if (!take_text(app, r, response, &asked))
        return;
    enum err e = look(c, &asked);
    bool is_sound = asked.is_sound;
    if (e == OK && is_sound)
        e = proposal_make(c->options.library, &asked.proposal, asked.file.text, &word, &id);
    done(&asked);
    if (e == OK && !is_sound) {
        http_problem(r, response, 422, "faulty", "规则有错误，请先检查并改正",
                     "the rule has faults; check and mend them first");
        return;
    }
    struct json *root = json_new_object();
    json_set_int(root, "id", id);
    answer_or_fail(r, response, root, e);
}

static enum err decide(struct http_app *app, const struct http_request *r, bool is_approved,
                       bool *out_fits)
{
    const struct library *l = api_console(app)->options.library;
    struct problem_list problems;
    struct rule_version v;
    struct rule_word word = word_of(app, r);
    *out_fits = true;
    TRY(get_version(app, r, &v));
    if (!is_approved)
        return rule_store_refuse(l->store, r->arena, v.id, &word);
    struct arena *a = arena_new(EFFECT_BYTES_MAX);
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    enum err e = proposal_approve(l, a, v.id, &word, &problems, out_fits);
    arena_free(a);
    return e;
}

static void answer_decision(struct http_app *app, const struct http_request *r,
                            struct http_response *response, bool is_approved)
{
    bool fits;
    enum err e = decide(app, r, is_approved, &fits);
    if (e == OK && !fits)
        http_problem(r, response, 409, "unfit", "该版本与现有数据集或现行版本已不相容，请重新提出",
                     "the version does not fit what is here by now; propose it anew");
    else
        answer_or_fail(r, response, json_new_object(), e);
}

void api_rule_decide(struct http_app *app, const struct http_request *r,
                     struct http_response *response)
{
    struct json *body = NULL;
    if (!proposal_may_write(str_of(api_session(app, r)->role))) {
        http_problem(r, response, 403, "role", "您的角色不能修改规则",
                     "your role may not change rules");
        return;
    }
    struct str decision =
        json_parse(r->body, &body) == OK ? json_get_str(body, "decision") : STR_NONE;
    bool is_approved = str_equal(decision, STR("approve"));
    if (is_approved || str_equal(decision, STR("refuse")))
        answer_decision(app, r, response, is_approved);
    else
        http_problem(r, response, 422, "decision", "请选择批准或不批准",
                     "choose approve or refuse");
    json_free(body);
}

void api_rule_retire(struct http_app *app, const struct http_request *r,
                     struct http_response *response)
{
    struct rule_word word = word_of(app, r);
    if (!proposal_may_retire(str_of(api_session(app, r)->role))) {
        http_problem(r, response, 403, "role", "规则由审批人退出施行",
                     "an approver takes a rule out");
        return;
    }
    enum err e = rule_store_retire(api_console(app)->options.store, r->params[0], &word);
    answer_or_fail(r, response, json_new_object(), e);
}
