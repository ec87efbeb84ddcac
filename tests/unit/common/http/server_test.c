#include "common/base/arena.h"
#include "common/http/http.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void hello(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    (void)app;
    response->body =
        str_format(r->arena, "\"" STR_FMT "|" STR_FMT "|" STR_FMT "\"", STR_ARG(r->params[0]),
                   STR_ARG(r->body), STR_ARG(http_query(r, "q")));
}

static void refuse(struct http_app *app, const struct http_request *r,
                   struct http_response *response)
{
    (void)app;
    if (str_equal(r->path, STR("/api/closed")))
        http_problem(r, response, 403, "denied", "没有权限", "denied");
}

static const struct http_route routes[] = {
    {"GET", "/api/v1/things/{id}", hello, "one thing"},
    {"POST", "/api/v1/things/{id}", hello, "change it"},
    {"GET", "/api/closed", hello, "closed"},
    {NULL, NULL, NULL, NULL},
};

static const struct embed_file files[] = {
    {"index.html", "<p>page</p>", 11},
    {"assets/app.js", "1;", 2},
    {NULL, NULL, 0},
};

static struct http_app app = {.routes = routes, .files = files, .guard = refuse};

static struct http_response ask(struct arena *a, struct str method, struct str path)
{
    struct http_request request = {.arena = a, .method = method, .path = path};
    struct http_response response;
    http_dispatch(&app, &request, &response);
    return response;
}

static void routes_find_their_handler_and_nothing_else(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct http_response r = ask(a, STR("GET"), STR("/api/v1/things/7"));
    assert_int_equal(r.status, 200);
    assert_true(str_equal(r.body, STR("\"7||\"")));
    assert_int_equal(ask(a, STR("DELETE"), STR("/api/v1/things/7")).status, 405);
    assert_int_equal(ask(a, STR("GET"), STR("/api/v1/things/")).status, 404);
    assert_int_equal(ask(a, STR("GET"), STR("/api/v1/things/7/8")).status, 404);
    assert_int_equal(ask(a, STR("GET"), STR("/api/closed")).status, 403);
    arena_free(a);
}

static void pages_are_served_and_paths_cannot_climb(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    assert_true(str_equal(ask(a, STR("GET"), STR("/")).body, STR("<p>page</p>")));
    assert_true(str_equal(ask(a, STR("GET"), STR("/findings/12")).body, STR("<p>page</p>")));
    assert_string_equal(ask(a, STR("GET"), STR("/assets/app.js")).content_type,
                        "text/javascript; charset=utf-8");
    assert_true(ask(a, STR("GET"), STR("/assets/app.js")).may_cache);
    assert_int_equal(ask(a, STR("GET"), STR("/../etc/passwd.txt")).status, 404);
    assert_int_equal(ask(a, STR("POST"), STR("/")).status, 404);
    arena_free(a);
}

/* One request over a real socket, the server turned by hand until the whole answer is there. */
static size_t talk(struct http_server *s, const char *text, char *answer, size_t size)
{
    struct sockaddr_in where = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)http_server_port(s))};
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    assert_int_equal(send(fd, text, strlen(text), 0), (ssize_t)strlen(text));
    size_t len = 0;
    for (int i = 0; i < 2000; i++) {
        http_server_turn(s, NULL);
        ssize_t n = recv(fd, answer + len, size - len - 1, MSG_DONTWAIT);
        if (n == 0)
            break;
        if (n > 0)
            len += (size_t)n;
        else
            usleep(500);
    }
    close(fd);
    answer[len] = '\0';
    return len;
}

static void a_real_request_gets_security_headers_and_its_answer(void **state)
{
    (void)state;
    struct http_server *s = NULL;
    assert_int_equal(http_server_open(&app, "127.0.0.1", 0, &s), OK);
    static char answer[65536];
    talk(s,
         "POST /api/v1/things/a?q=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
         "3\r\n\r\nxyz",
         answer, sizeof answer);
    assert_non_null(strstr(answer, "200 OK"));
    assert_non_null(strstr(answer, "\"a|xyz|b\""));
    assert_non_null(strstr(answer, "Content-Security-Policy: default-src 'none'"));
    assert_non_null(strstr(answer, "X-Content-Type-Options: nosniff"));
    http_server_close(s);
}

static void a_body_over_the_limit_is_refused(void **state)
{
    (void)state;
    struct http_server *s = NULL;
    assert_int_equal(http_server_open(&app, "127.0.0.1", 0, &s), OK);
    struct arena *a = arena_new(8 << 20);
    size_t len = HTTP_BODY_BYTES_MAX + 10;
    char *text = arena_take(a, len + 200);
    int head = sprintf(text,
                       "POST /api/v1/things/a HTTP/1.1\r\nHost: x\r\nConnection: "
                       "close\r\nContent-Length: %zu\r\n\r\n",
                       len);
    memset(text + head, 'x', len);
    struct sockaddr_in where = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)http_server_port(s))};
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    char answer[4096] = "";
    size_t sent = 0;
    size_t total = (size_t)head + len;
    for (int i = 0; i < 20000 && answer[0] == '\0'; i++) {
        if (sent < total) {
            ssize_t n = send(fd, text + sent, total - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
            sent += n > 0 ? (size_t)n : 0;
        }
        http_server_turn(s, NULL);
        if (recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT) <= 0)
            answer[0] = '\0';
    }
    assert_non_null(strstr(answer, "413"));
    close(fd);
    arena_free(a);
    http_server_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_find_their_handler_and_nothing_else),
        cmocka_unit_test(pages_are_served_and_paths_cannot_climb),
        cmocka_unit_test(a_real_request_gets_security_headers_and_its_answer),
        cmocka_unit_test(a_body_over_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
