#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/base/log.h"
#include "common/base/sha256.h"
#include "common/http/http.h"
#include "common/json/json.h"
#include "common/os/loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define REQUEST_ARENA_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define CONNECTION_TIMEOUT_S 30
#define TURN_SLEEP_MAX_MS 1000

struct http_server {
    struct http_app *app;
    struct MHD_Daemon *daemon;
    int port;
};

/* What the library carries from the first call of a request to the last. */
struct exchange {
    struct arena *arena;
    char *body;
    size_t body_len;
    bool is_too_large;
};

static const char *const security_headers[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
     "data:; "
     "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

static const char *type_of(struct str path)
{
    static const struct {
        struct str ending;
        const char *type;
    } types[] = {
        {STR_INIT(".html"), "text/html; charset=utf-8"},
        {STR_INIT(".js"), "text/javascript; charset=utf-8"},
        {STR_INIT(".css"), "text/css; charset=utf-8"},
        {STR_INIT(".svg"), "image/svg+xml"},
        {STR_INIT(".png"), "image/png"},
        {STR_INIT(".woff2"), "font/woff2"},
        {STR_INIT(".json"), "application/json"},
    };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_ends(path, types[i].ending))
            return types[i].type;
    return "application/octet-stream";
}

static struct str lookup(const struct http_request *r, enum MHD_ValueKind kind, const char *name)
{
    if (r->connection)
        return str_of(MHD_lookup_connection_value(r->connection, kind, name));
    for (const struct http_given *g = r->given; g && g->name; g++)
        if (strcmp(g->name, name) == 0)
            return str_of(g->value);
    return STR_NONE;
}

struct str http_query(const struct http_request *r, const char *name)
{
    return lookup(r, MHD_GET_ARGUMENT_KIND, name);
}

struct str http_header(const struct http_request *r, const char *name)
{
    return lookup(r, MHD_HEADER_KIND, name);
}

struct str http_cookie(const struct http_request *r, const char *name)
{
    return lookup(r, MHD_COOKIE_KIND, name);
}

void http_problem(const struct http_request *request, struct http_response *response, int status,
                  const char *code, const char *zh, const char *en)
{
    struct json *problem = json_new_object();
    json_set_str(problem, "type", str_format(request->arena, "urn:qingqu:problem:%s", code));
    json_set_str(problem, "title", str_of(zh));
    json_set_str(problem, "title_en", str_of(en));
    json_set_int(problem, "status", status);
    json_set_str(problem, "code", str_of(code));
    response->status = status;
    response->content_type = "application/problem+json";
    response->body = json_write(problem, request->arena);
    json_free(problem);
}

/* Matches "/a/{b}/c" against a path, keeping what stands for {…}. */
static bool match(const char *pattern, struct str path, struct http_request *request)
{
    struct str want = str_of(pattern);
    request->param_count = 0;
    while (want.len || path.len) {
        struct str want_part = str_cut(&want, '/');
        struct str part = str_cut(&path, '/');
        if (str_starts(want_part, STR("{"))) {
            if (part.len == 0 || request->param_count == HTTP_PATH_PARTS_MAX)
                return false;
            request->params[request->param_count++] = part;
        } else if (!str_equal(want_part, part)) {
            return false;
        }
    }
    return true;
}

static void serve_file(struct http_app *app, const struct http_request *request,
                       struct http_response *response)
{
    struct str path = str_skip(request->path, 1);
    const struct embed_file *file = app->files ? embed_find(app->files, path) : NULL;
    bool is_page = !file && !str_contains(path, STR("."));
    if (is_page && app->files)
        file = embed_find(app->files, STR("index.html"));
    if (!file) {
        http_problem(request, response, MHD_HTTP_NOT_FOUND, "not-found", "没有这个页面",
                     "no such page");
        return;
    }
    response->content_type = type_of(str_of(file->path));
    response->body = str_make(file->bytes, file->len);
    response->may_cache = str_starts(str_of(file->path), STR("assets/"));
}

static void route(struct http_app *app, struct http_request *request,
                  struct http_response *response)
{
    bool is_known_path = false;
    for (const struct http_route *r = app->routes; r && r->method; r++) {
        if (!match(r->path, request->path, request))
            continue;
        is_known_path = true;
        if (!str_equal(request->method, str_of(r->method)))
            continue;
        if (app->guard) {
            app->guard(app, request, response);
            if (response->status >= 400)
                return;
        }
        r->handler(app, request, response);
        return;
    }
    if (is_known_path)
        http_problem(request, response, MHD_HTTP_METHOD_NOT_ALLOWED, "method",
                     "该地址不支持这种请求方法", "this path does not take that method");
    else if (str_starts(request->path, STR("/api/")))
        http_problem(request, response, MHD_HTTP_NOT_FOUND, "not-found", "没有这个接口",
                     "no such resource");
    else if (str_equal(request->method, STR("GET")) || str_equal(request->method, STR("HEAD")))
        serve_file(app, request, response);
    else
        http_problem(request, response, MHD_HTTP_NOT_FOUND, "not-found", "没有这个页面",
                     "no such page");
}

void http_dispatch(struct http_app *app, struct http_request *request,
                   struct http_response *response)
{
    *response = (struct http_response){.status = 200, .content_type = "application/json"};
    route(app, request, response);
}

static enum MHD_Result respond(struct MHD_Connection *connection, struct exchange *x,
                               const struct http_request *request, struct http_response *response)
{
    struct str etag = STR_NONE;
    if (str_equal(request->method, STR("GET")) && response->status == 200 && response->body.len) {
        struct hash h = sha256_of(response->body);
        etag = str_format(x->arena, "\"" STR_FMT "\"",
                          STR_ARG(str_slice(hex_encode(x->arena, hash_str(&h)), 0, 24)));
        if (str_equal(http_header(request, "If-None-Match"), etag)) {
            response->status = MHD_HTTP_NOT_MODIFIED;
            response->body = STR_NONE;
        }
    }
    struct MHD_Response *r = MHD_create_response_from_buffer(
        response->body.len, (void *)(uintptr_t)response->body.ptr, MHD_RESPMEM_MUST_COPY);
    if (!r)
        return MHD_NO;
    for (size_t i = 0; i < COUNT_OF(security_headers); i++)
        MHD_add_response_header(r, security_headers[i][0], security_headers[i][1]);
    MHD_add_response_header(r, "Content-Type", response->content_type);
    MHD_add_response_header(r, "Cache-Control",
                            response->may_cache ? "max-age=31536000, immutable" : "no-cache");
    if (etag.len)
        MHD_add_response_header(r, "ETag", str_copy_z(x->arena, etag));
    if (response->set_cookie.len)
        MHD_add_response_header(r, "Set-Cookie", str_copy_z(x->arena, response->set_cookie));
    if (response->location.len)
        MHD_add_response_header(r, "Location", str_copy_z(x->arena, response->location));
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)response->status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result take_body(struct exchange *x, const char *bytes, size_t *len)
{
    if (x->body_len + *len > HTTP_BODY_BYTES_MAX) {
        x->is_too_large = true;
    } else {
        x->body = arena_grow(x->arena, x->body, x->body_len, x->body_len + *len);
        memcpy(x->body + x->body_len, bytes, *len);
        x->body_len += *len;
    }
    *len = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **state)
{
    (void)version;
    struct http_server *s = context;
    struct exchange *x = *state;
    if (!x) {
        struct arena *a = arena_new(REQUEST_ARENA_BYTES_MAX);
        x = NEW(a, struct exchange);
        x->arena = a;
        *state = x;
        return MHD_YES;
    }
    if (*upload_len)
        return take_body(x, upload, upload_len);
    struct http_request request = {.arena = x->arena,
                                   .method = str_of(method),
                                   .path = str_of(url),
                                   .body = {x->body, x->body_len},
                                   .connection = connection};
    struct http_response response = {.status = 200, .content_type = "application/json"};
    if (x->is_too_large)
        http_problem(&request, &response, MHD_HTTP_CONTENT_TOO_LARGE, "body-too-large",
                     "请求内容过大", "the body is too large");
    else
        http_dispatch(s->app, &request, &response);
    return respond(connection, x, &request, &response);
}

static void on_done(void *context, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode why)
{
    (void)context;
    (void)connection;
    (void)why;
    struct exchange *x = *state;
    if (x)
        arena_free(x->arena);
    *state = NULL;
}

enum err http_server_open(struct http_app *app, const char *address, int port,
                          struct http_server **out_server)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (port < 0 || port > 65535 || inet_pton(AF_INET, address, &where.sin_addr) != 1)
        return fail(ERR_INVALID, "%s:%d is not an IPv4 address and port", address, port);
    struct http_server *s = calloc(1, sizeof *s);
    ASSERT(s != NULL);
    s->app = app;
    errno = 0;
    s->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
                                 (struct sockaddr *)&where, MHD_OPTION_CONNECTION_LIMIT,
                                 (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                                 (unsigned)CONNECTION_TIMEOUT_S, MHD_OPTION_NOTIFY_COMPLETED,
                                 on_done, NULL, MHD_OPTION_END);
    if (!s->daemon) {
        free(s);
        return fail(ERR_EXISTS, "cannot listen on %s:%d (%s)", address, port, strerror(errno));
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    s->port = info ? info->port : port;
    *out_server = s;
    return OK;
}

void http_server_close(struct http_server *s)
{
    if (!s)
        return;
    MHD_stop_daemon(s->daemon);
    free(s);
}

int http_server_port(const struct http_server *s)
{
    return s->port;
}

int64_t http_server_turn(struct http_server *s, struct loop *loop)
{
    /* In epoll mode one descriptor stands for all connections. */
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (info && loop) {
        enum err e = loop_watch(loop, info->epoll_fd);
        if (e != OK)
            LOG_FAILURE(ERROR, "http.unwatched", e);
    }
    MHD_run(s->daemon);
    MHD_UNSIGNED_LONG_LONG timeout;
    if (MHD_get_timeout(s->daemon, &timeout) == MHD_YES && timeout < TURN_SLEEP_MAX_MS)
        return (int64_t)timeout;
    return TURN_SLEEP_MAX_MS;
}
