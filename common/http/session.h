/* session.h — who is logged in: tokens, the second token for writes, expiry, and lockout after
 * failed log-ins.
 *
 * Owns:     a table in memory; a restart of the program logs everybody out.
 * Threads:  the loop thread.
 * Fails:    session_begin: never (the oldest session makes room). session_check: NULL when nobody
 * is logged in. Limits:   SESSION_COUNT_MAX sessions, SESSION_IDLE_MS without a request,
 * SESSION_LIFE_MS altogether. Promise:  tokens are 256 random bits and are compared in constant
 * time; passwords are never seen here. */
#ifndef QQ_HTTP_SESSION_H
#define QQ_HTTP_SESSION_H

#include "common/base/world.h"
#include "common/http/http.h"

#define SESSION_COOKIE "qingqu"
#define SESSION_COUNT_MAX 256
#define SESSION_IDLE_MS INT64_C(3600000)
#define SESSION_LIFE_MS INT64_C(43200000)
#define SESSION_FAILURES_MAX 5
#define SESSION_LOCK_MS INT64_C(900000)
#define SESSION_TOKEN_CHARS 64
#define SESSION_NAME_BYTES_MAX 63

struct session {
    char token[SESSION_TOKEN_CHARS + 1]; /* the cookie */
    char csrf[SESSION_TOKEN_CHARS + 1];  /* to be sent back in X-CSRF-Token with every write */
    char user[SESSION_NAME_BYTES_MAX + 1];
    char role[SESSION_NAME_BYTES_MAX + 1];
    int64_t begun_ms, seen_ms; /* monotonic */
};

struct session_table;
struct session_table *session_table_new(struct clock *clock, struct random *random);
void session_table_free(struct session_table *s);

/* The new session, and the Set-Cookie text for it in the arena. */
const struct session *session_begin(struct session_table *s, struct str user, struct str role,
                                    bool is_tls, struct arena *a, struct str *out_set_cookie);
void session_end(struct session_table *s, struct str token);
/* Of the request's cookie; a write (any method but GET and HEAD) must also carry the second token.
 */
const struct session *session_check(struct session_table *s, const struct http_request *request);
const struct session *session_of_token(struct session_table *s, struct str token, struct str csrf,
                                       bool is_write);

bool session_is_locked(struct session_table *s, struct str user);
void session_note_failure(struct session_table *s, struct str user);
void session_note_success(struct session_table *s, struct str user);

#endif
