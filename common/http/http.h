/* http.h — requests, responses and the route table: handlers are plain functions, servers are the
 * rim.
 *
 * Owns:     a request lives for its handler; a response's bytes live in the request's arena.
 * Threads:  the loop thread.
 * Fails:    http_server_open: ERR_INVALID address, ERR_EXISTS port taken. Handlers answer with
 * problem details, never with an err. Limits:   HTTP_BODY_BYTES_MAX a body, HTTP_CONNECTIONS_MAX
 * connections, slow clients are cut off. Promise:  security headers (CSP, nosniff, frame-ancestors
 * none, no-referrer) are on every response. */
#ifndef QQ_HTTP_HTTP_H
#define QQ_HTTP_HTTP_H

#include "common/base/embed.h"
#include "common/base/err.h"
#include "common/base/str.h"

#define HTTP_BODY_BYTES_MAX ((size_t)1024 * 1024)
#define HTTP_CONNECTIONS_MAX 256
#define HTTP_PATH_PARTS_MAX 8

struct arena;
struct loop;
struct http_app; /* the program's own struct begins with this */

struct http_given {
    const char *name, *value;
};

struct http_request {
    struct arena *arena;
    struct str method, path; /* path without the query, decoded */
    struct str body;
    struct str params[HTTP_PATH_PARTS_MAX]; /* what stood for {…} in the route, in order */
    size_t param_count;
    void *connection;               /* the server's, for the three functions below */
    const struct http_given *given; /* they look here without a connection; ended by a NULL name */
};

struct http_response {
    int status;               /* 200 by default */
    const char *content_type; /* "application/json" by default */
    struct str body;          /* in the request's arena, or static */
    struct str set_cookie;    /* empty: none */
    struct str location;      /* empty: none */
    bool may_cache;           /* static files with a hash in their name */
};

struct str http_query(const struct http_request *r, const char *name); /* empty when absent */
struct str http_header(const struct http_request *r, const char *name);
struct str http_cookie(const struct http_request *r, const char *name);

typedef void (*http_handler_fn)(struct http_app *app, const struct http_request *request,
                                struct http_response *response);

struct http_route {
    const char *method;
    const char *path; /* "/api/v1/findings/{id}" */
    http_handler_fn handler;
    const char *summary; /* for the OpenAPI document */
};

struct http_app {
    const struct http_route *routes; /* ended by an entry without a method */
    const struct embed_file
        *files; /* the pages; unknown paths outside /api give index.html (client-side routes) */
    /* Called before each handler of /api: may refuse by setting a status ≥ 400. NULL: everyone may.
     */
    http_handler_fn guard;
};

/* Routes one request without any server: what the server does with each, and what tests of handlers
 * call. */
void http_dispatch(struct http_app *app, struct http_request *request,
                   struct http_response *response);

struct http_server;
MUST_USE enum err http_server_open(struct http_app *app, const char *address, int port,
                                   struct http_server **out_server);
void http_server_close(struct http_server *s);
int http_server_port(const struct http_server *s); /* the real one when 0 was asked for */
/* Does what is ready, without waiting; watches its descriptors in the loop. Returns the time until
 * it wants to be called again, ms. */
int64_t http_server_turn(struct http_server *s, struct loop *loop);
/* RFC 9457 problem details in both languages. */
void http_problem(const struct http_request *request, struct http_response *response, int status,
                  const char *code, const char *zh, const char *en);

#endif
