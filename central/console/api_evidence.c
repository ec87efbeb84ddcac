#include "central/console/api.h"

#include "central/evidence/gather.h"
#include "central/store/change_store.h"
#include "central/store/evidence_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"

#define GATHER_BYTES_MAX ((size_t)1 << 30)

/* A pack shows numbers and names whole: those may take one who work on findings, not those who look
 * after the system. */
static bool may_take(const struct session *s)
{
    static const struct str roles[] = {STR_INIT("analyst"), STR_INIT("approver"),
                                       STR_INIT("case_office"), STR_INIT("supervision_office")};
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (str_equal(str_of(s->role), roles[i]))
            return true;
    return false;
}

static bool check_role(struct http_app *app, const struct http_request *r,
                       struct http_response *response)
{
    if (may_take(api_session(app, r)))
        return true;
    http_problem(r, response, 403, "role", "您的角色不能导出证据包",
                 "your role may not take evidence packs");
    return false;
}

static enum err ask(struct console *c, struct arena *a, struct evidence_pack *pack)
{
    struct store *s = c->options.store;
    const struct rule **every;
    struct replay_rules rules;
    struct gather_for whom = {c->options.county, STR(QQ_VERSION), pack->by, pack->asked_ms};
    TRY(library_every(c->options.library, a, &every, &rules.count));
    rules.at = every;
    TRY(change_store_prepare(s, NULL, 0));
    TRY(gather_pack(s, a, &rules, pack->finding, &whom, &pack->body));
    TRY(db_begin(s->db));
    return db_end(s->db, evidence_store_ask(s, pack, &pack->id));
}

void api_evidence_ask(struct http_app *app, const struct http_request *r,
                      struct http_response *response)
{
    struct console *c = api_console(app);
    struct evidence_pack pack = {.by = str_of(api_session(app, r)->user),
                                 .asked_ms = clock_wall_ms(c->options.clock)};
    if (!check_role(app, r, response))
        return;
    struct arena *a = arena_new(GATHER_BYTES_MAX);
    enum err e = str_to_i64(r->params[0], &pack.finding) ? ask(c, a, &pack) : ERR_MISSING;
    arena_free(a);
    if (e == ERR_INVALID) {
        http_problem(r, response, 409, "not-again",
                     "该疑点按当时的数据和规则不能重新得出，不能出具证据包",
                     "the finding is not found again from the records and the rule of then; there "
                     "is no pack of it");
        return;
    }
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    json_set_int(root, "pack", pack.id);
    api_answer(r, response, root);
    response->status = 202;
}

/* By whoever asked for it, once it is signed. */
void api_evidence(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    struct evidence_pack pack;
    int64_t finding;
    if (!check_role(app, r, response))
        return;
    enum err e = evidence_store_get(c->options.store, r->arena, api_query_int(r, "pack"), &pack);
    if (e == OK && (!str_to_i64(r->params[0], &finding) || pack.finding != finding ||
                    !str_equal(pack.by, str_of(api_session(app, r)->user))))
        e = ERR_MISSING;
    if (e != OK) {
        api_fail(r, response, e);
    } else if (pack.is_signed) {
        response->body = pack_file(r->arena, pack.body, &pack.signature);
    } else {
        struct json *root = json_new_object();
        json_set_bool(root, "is_waiting", true);
        api_answer(r, response, root);
        response->status = 202;
    }
}
