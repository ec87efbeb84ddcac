#include "central/console/api.h"

#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/seal/password.h"

static void answer_user(const struct http_request *r, struct http_response *response,
                        const struct session *s)
{
    struct json *o = json_new_object();
    json_set_str(o, "user", str_of(s->user));
    json_set_str(o, "role", str_of(s->role));
    json_set_str(o, "csrf", str_of(s->csrf));
    api_answer(r, response, o);
}

/* A user that does not exist costs as much time as one whose password is wrong: nothing is learned
 * from the clock. */
static bool is_right(struct console *c, struct arena *a, struct str user, struct str password,
                     struct str *out_role)
{
    struct str kept = STR("pbkdf2-sha256$600000$00000000000000000000000000000000$"
                          "0000000000000000000000000000000000000000000000000000000000000000");
    bool is_known = site_store_get_user(c->options.store, a, user, &kept, out_role) == OK;
    return password_verify(kept, password) && is_known;
}

void api_log_in(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct json *body = NULL;
    struct str role = STR_NONE;
    if (json_parse(r->body, &body) != OK) {
        api_fail(r, response, ERR_MALFORMED);
        return;
    }
    struct str user = str_copy(r->arena, json_get_str(body, "user"));
    struct str password = json_get_str(body, "password");
    if (session_is_locked(c->sessions, user)) {
        http_problem(r, response, 429, "locked", "多次输错，账户已锁定 15 分钟",
                     "too many failures; locked for 15 minutes");
    } else if (!is_right(c, r->arena, user, password, &role)) {
        session_note_failure(c->sessions, user);
        http_problem(r, response, 401, "wrong-password", "用户名或口令不对",
                     "wrong user or password");
    } else {
        session_note_success(c->sessions, user);
        answer_user(r, response,
                    session_begin(c->sessions, user, role, false, r->arena, &response->set_cookie));
    }
    json_free(body);
}

void api_me(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    answer_user(r, response, api_session(app, r));
}

void api_log_out(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    session_end(api_console(app)->sessions, http_cookie(r, SESSION_COOKIE));
    response->set_cookie = STR(SESSION_COOKIE "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    api_answer(r, response, json_new_object());
}
