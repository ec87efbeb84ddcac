/* console.h — the people's way into the hub: JSON under /api/v1, the pages, who is logged in.
 *
 * Owns:     the HTTP server and the sessions; store and library are borrowed.
 * Threads:  the loop thread of the console role.
 * Fails:    console_open: errors of http_server_open.
 * Limits:   http/http.h.
 * Promise:  every resource but the log-in needs a session; writes need its second token and a role
 * that may; numbers are masked. */
#ifndef QQ_CONSOLE_CONSOLE_H
#define QQ_CONSOLE_CONSOLE_H

#include "central/lab/library.h"
#include "central/store/store.h"
#include "common/base/world.h"
#include "common/http/http.h"
#include "common/rules/rule.h"
#include "common/spool/link.h"

struct console_options {
    struct store *store;
    struct link *link;          /* of a role without keys: what the streams of the sites are like */
    struct library *library;    /* refreshed before each request */
    const char *catalog_folder; /* whose files the catalog was loaded from */
    const char *address;
    int port;
    struct clock *clock;
    struct random *random;
    int32_t today; /* 0: by the clock */
    struct str county;
};

struct loop;
struct console;
MUST_USE enum err console_open(const struct console_options *options, struct console **out_console);
void console_close(struct console *c);                      /* NULL is legal */
int64_t console_turn(struct console *c, struct loop *loop); /* how long the loop may sleep, ms */
struct http_app *console_app(struct console *c); /* for tests of handlers, without a server */

#endif
