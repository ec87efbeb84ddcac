/* console_fixture.h — the console over a hub's database in memory: two findings, a prompt, two
 * users, and requests as the server would make them.
 *
 * Owns:     everything in it, until its tear-down; the json of a reply belongs to the caller.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   one query parameter a request.
 * Promise:  real store, real rules, real passwords; no request goes over a socket. */
#ifndef QQ_TESTS_UNIT_CENTRAL_CONSOLE_CONSOLE_FIXTURE_H
#define QQ_TESTS_UNIT_CENTRAL_CONSOLE_CONSOLE_FIXTURE_H

#include "central/console/console.h"
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/result_store.h"
#include "central/store/site_store.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/http/session.h"
#include "common/json/json.h"
#include "common/seal/password.h"
#include "tests/unit/central/hub_fixture.h"

#include <string.h>

#define WANG "citizen_id=11010519491231002X;name=王芳;"
#define LI "citizen_id=440524188001010014;name=李明;"
#define DIED "died_on=2024-01-10;source=公安"
#define PAID(who, month)                                                                           \
    who "batch_no=P" month ";programme=居民养老;month=" month ";amount=100;township=T1"
#define PASSWORD "correct horse"
#define ROUNDS 1000 /* real, but quick */

struct console_fixture {
    struct hub_fixture hub; /* first member */
    const struct rule **rules;
    struct library library;
    struct console *console;
    char cookie[SESSION_TOKEN_CHARS + 1], csrf[SESSION_TOKEN_CHARS + 1];
};

struct console_reply {
    int status;
    struct str body, cookie;
    struct json *json;
};

static inline void console_fixture_add_user(struct console_fixture *f, const char *name,
                                            const char *role)
{
    uint8_t salt[PASSWORD_SALT_BYTES] = {7};
    uint8_t key[PASSWORD_KEY_BYTES];
    password_derive(STR(PASSWORD), str_make(salt, sizeof salt), ROUNDS, key);
    struct str salt_hex = hex_encode(f->hub.a, str_make(salt, sizeof salt));
    struct str key_hex = hex_encode(f->hub.a, str_make(key, sizeof key));
    struct str text = str_format(f->hub.a, "pbkdf2-sha256$%d$" STR_FMT "$" STR_FMT, ROUNDS,
                                 STR_ARG(salt_hex), STR_ARG(key_hex));
    assert_int_equal(site_store_put_user(f->hub.store, str_of(name), text, str_of(role)), OK);
}

static inline int console_fixture_set_up(void **state)
{
    struct console_fixture *f = calloc(1, sizeof *f);
    struct problem_list problems;
    size_t count;
    hub_fixture_open(&f->hub);
    problem_list_init(&problems, f->hub.a, 10);
    assert_true(rule_load_all(f->hub.a, f->hub.catalog, &problems, &f->rules, &count));
    assert_int_equal(change_store_prepare(f->hub.store, f->rules, count), OK);
    library_init(&f->library, f->hub.store, f->rules, count);
    console_fixture_add_user(f, "zhao", "analyst");
    console_fixture_add_user(f, "qian", "supervision_office");
    struct console_options options = {.store = f->hub.store,
                                      .link = f->hub.link,
                                      .library = &f->library,
                                      .catalog_folder = SOURCE_DIR "/common/catalog",
                                      .address = "127.0.0.1",
                                      .clock = &f->hub.clock.clock,
                                      .random = &f->hub.random.random,
                                      .today = 20261124,
                                      .county = STR("231282")};
    assert_int_equal(console_open(&options, &f->console), OK);
    *state = f;
    return 0;
}

static inline int console_fixture_tear_down(void **state)
{
    struct console_fixture *f = *state;
    console_close(f->console);
    library_done(&f->library);
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

/* One request as the server would make it: with the cookie and the second token that the fixture
 * holds, and one parameter of the query. */
static inline struct console_reply console_fixture_ask(struct console_fixture *f,
                                                       const char *method, const char *path,
                                                       const char *name, const char *value,
                                                       const char *body)
{
    struct http_given given[] = {
        {SESSION_COOKIE, f->cookie}, {"X-CSRF-Token", f->csrf}, {name, value}, {NULL, NULL}};
    struct http_request request = {.arena = f->hub.a,
                                   .method = str_of(method),
                                   .path = str_of(path),
                                   .body = str_of(body),
                                   .given = given};
    struct http_response response;
    struct console_reply reply = {0};
    http_dispatch(console_app(f->console), &request, &response);
    reply.status = response.status;
    reply.body = response.body;
    reply.cookie = response.set_cookie;
    assert_int_equal(json_parse(response.body, &reply.json), OK);
    return reply;
}

static inline int console_fixture_status_of(struct console_fixture *f, const char *method,
                                            const char *path, const char *body)
{
    struct console_reply reply = console_fixture_ask(f, method, path, NULL, NULL, body);
    json_free(reply.json);
    return reply.status;
}

/* A refusal in both languages. */
static inline void console_fixture_is_refused(struct console_fixture *f, const char *method,
                                              const char *path, const char *body, int status,
                                              const char *code)
{
    struct console_reply reply = console_fixture_ask(f, method, path, NULL, NULL, body);
    assert_int_equal(reply.status, status);
    if (!str_equal(json_get_str(reply.json, "code"), str_of(code)))
        fail_msg("%s %s: " STR_FMT, method, path, STR_ARG(reply.body));
    assert_true(json_get_str(reply.json, "title").len > 0);
    assert_true(json_get_str(reply.json, "title_en").len > 0);
    json_free(reply.json);
}

static inline int console_fixture_log_in(struct console_fixture *f, const char *user,
                                         const char *password)
{
    struct str body = str_format(f->hub.a, "{\"user\":\"%s\",\"password\":\"%s\"}", user, password);
    struct console_reply reply =
        console_fixture_ask(f, "POST", "/api/v1/session", NULL, NULL, str_copy_z(f->hub.a, body));
    if (reply.status == 200) {
        assert_true(str_starts(reply.cookie, STR(SESSION_COOKIE "=")));
        assert_true(str_contains(reply.cookie, STR("; HttpOnly; SameSite=Strict")));
        struct str token = str_slice(reply.cookie, sizeof SESSION_COOKIE,
                                     sizeof SESSION_COOKIE + SESSION_TOKEN_CHARS);
        memcpy(f->cookie, token.ptr, token.len);
        memcpy(f->csrf, json_get_str(reply.json, "csrf").ptr, SESSION_TOKEN_CHARS);
    }
    json_free(reply.json);
    return reply.status;
}

/* Of a list, the object that says so under `key`. */
static inline const struct json *console_fixture_named(const struct json *items, const char *key,
                                                       const char *id)
{
    for (size_t i = 0; i < json_count(items); i++)
        if (str_equal(json_get_str(json_at(items, i), key), str_of(id)))
            return json_at(items, i);
    return NULL;
}

/* Wang and Li died and were paid on: two findings of H01 with their evidence, Wang's asked about.
 */
static inline void console_fixture_find(struct console_fixture *f)
{
    struct store *s = f->hub.store;
    struct arena *a = f->hub.a;
    struct finding_evaluation evaluation;
    struct finding_evidence *evidence;
    size_t evidence_count;
    struct result_when when = {.today = 20261124, .at_ms = HUB_FIXTURE_NOW_MS};
    const struct rule *rule = NULL;
    for (size_t i = 0; !rule; i++)
        rule = str_equal(f->rules[i]->id, STR("H01")) ? f->rules[i] : NULL;
    struct site_entry site = {STR("t01"), STR("T1"), STR("城关镇"), STR("township")};
    assert_int_equal(site_store_put(s, &site), OK);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(WANG DIED, LI DIED));
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(PAID(WANG, "2024-03"), PAID(WANG, "2024-04"), PAID(LI, "2024-03")));
    assert_int_equal(finding_store_evaluate(s, a, rule, EMIT_ALL, 20261124, &evaluation), OK);
    struct finding_found *found = evaluation.found;
    size_t found_count = evaluation.found_count;
    assert_int_equal(found_count, 2);
    assert_int_equal(finding_store_evidence(s, a, rule, 20261124, found, found_count, &evidence,
                                            &evidence_count),
                     OK);
    for (size_t i = 0; i < found_count; i++) {
        int64_t id;
        size_t from = 0, count = 0;
        while (evidence[from].subject != found[i].hit.subject)
            from++;
        while (from + count < evidence_count &&
               evidence[from + count].subject == found[i].hit.subject)
            count++;
        assert_int_equal(finding_store_put(s, rule, &found[i], 0, FINDING_NEW, 20261124,
                                           HUB_FIXTURE_NOW_MS, &id),
                         OK);
        assert_int_equal(finding_store_put_evidence(s, id, rule, &evidence[from], count), OK);
        assert_int_equal(result_store_mark(s, &when.mark), OK);
        assert_int_equal(result_store_note(s, id, rule, &found[i].hit, &when), OK);
        assert_int_equal(
            finding_store_event(s, id, HUB_FIXTURE_NOW_MS, "found", STR_NONE, STR_NONE), OK);
    }
    struct message_document d = {.document_id = STR("F1-1"),
                                 .type = STR("verify_benefit"),
                                 .title_zh = STR("核实"),
                                 .title_en = STR("Verify"),
                                 .colour = STR("yellow"),
                                 .due = 20261204,
                                 .facts_json = STR("[]")};
    assert_int_equal(matter_store_open(s, &d, 1, STR("t01"), HUB_FIXTURE_NOW_MS), OK);
}

#endif
