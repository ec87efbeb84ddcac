#include "common/http/session.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"

#include <stdlib.h>
#include <string.h>

#define FAILURES_TABLE_MAX 256

struct failures {
    char user[SESSION_NAME_BYTES_MAX + 1];
    unsigned count;
    int64_t last_ms;
};

struct session_table {
    struct clock *clock;
    struct random *random;
    struct session table[SESSION_COUNT_MAX]; /* an empty token: free */
    struct failures failures[FAILURES_TABLE_MAX];
};

struct session_table *session_table_new(struct clock *clock, struct random *random)
{
    struct session_table *s = calloc(1, sizeof *s);
    ASSERT(s != NULL);
    s->clock = clock;
    s->random = random;
    return s;
}

void session_table_free(struct session_table *s)
{
    free(s);
}

static void copy(char *to, struct str from)
{
    size_t n = from.len > SESSION_NAME_BYTES_MAX ? SESSION_NAME_BYTES_MAX : from.len;
    if (n)
        memcpy(to, from.ptr, n);
    to[n] = '\0';
}

static void make_token(struct session_table *s, struct arena *a, char *out)
{
    unsigned char bytes[SESSION_TOKEN_CHARS / 2];
    s->random->fill(s->random, bytes, sizeof bytes);
    memcpy(out, hex_encode(a, str_make(bytes, sizeof bytes)).ptr, SESSION_TOKEN_CHARS + 1);
}

static bool is_expired(const struct session *x, int64_t now_ms)
{
    return now_ms - x->seen_ms > SESSION_IDLE_MS || now_ms - x->begun_ms > SESSION_LIFE_MS;
}

const struct session *session_begin(struct session_table *s, struct str user, struct str role,
                                    bool is_tls, struct arena *a, struct str *out_set_cookie)
{
    int64_t now = clock_monotonic_ms(s->clock);
    struct session *x = &s->table[0];
    for (size_t i = 0; i < SESSION_COUNT_MAX; i++) {
        struct session *at = &s->table[i];
        if (at->token[0] == '\0' || is_expired(at, now)) {
            x = at;
            break;
        }
        if (at->seen_ms < x->seen_ms)
            x = at;
    }
    *x = (struct session){.begun_ms = now, .seen_ms = now};
    copy(x->user, user);
    copy(x->role, role);
    make_token(s, a, x->token);
    make_token(s, a, x->csrf);
    *out_set_cookie = str_format(a, SESSION_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict%s",
                                 x->token, is_tls ? "; Secure" : "");
    return x;
}

static bool equal_in_constant_time(const char *token, struct str given)
{
    if (given.len != SESSION_TOKEN_CHARS || token[0] == '\0')
        return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < SESSION_TOKEN_CHARS; i++)
        difference |= (unsigned char)(token[i] ^ given.ptr[i]);
    return difference == 0;
}

static struct session *find(struct session_table *s, struct str token)
{
    for (size_t i = 0; i < SESSION_COUNT_MAX; i++)
        if (equal_in_constant_time(s->table[i].token, token))
            return &s->table[i];
    return NULL;
}

void session_end(struct session_table *s, struct str token)
{
    struct session *x = find(s, token);
    if (x)
        *x = (struct session){0};
}

const struct session *session_of_token(struct session_table *s, struct str token, struct str csrf,
                                       bool is_write)
{
    struct session *x = find(s, token);
    int64_t now = clock_monotonic_ms(s->clock);
    if (!x)
        return NULL;
    if (is_expired(x, now)) {
        *x = (struct session){0};
        return NULL;
    }
    if (is_write && !equal_in_constant_time(x->csrf, csrf))
        return NULL;
    x->seen_ms = now;
    return x;
}

const struct session *session_check(struct session_table *s, const struct http_request *request)
{
    bool is_write =
        !str_equal(request->method, STR("GET")) && !str_equal(request->method, STR("HEAD"));
    return session_of_token(s, http_cookie(request, SESSION_COOKIE),
                            http_header(request, "X-CSRF-Token"), is_write);
}

/* The user's row; with `is_made`, the oldest row is taken over when there is none. */
static struct failures *failures_of(struct session_table *s, struct str user, bool is_made)
{
    struct failures *oldest = &s->failures[0];
    user = str_slice(user, 0, SESSION_NAME_BYTES_MAX);
    for (size_t i = 0; i < FAILURES_TABLE_MAX; i++) {
        if (s->failures[i].count && str_equal(str_of(s->failures[i].user), user))
            return &s->failures[i];
        if (s->failures[i].count == 0 || s->failures[i].last_ms < oldest->last_ms)
            oldest = &s->failures[i];
    }
    if (!is_made)
        return NULL;
    *oldest = (struct failures){0};
    copy(oldest->user, user);
    return oldest;
}

bool session_is_locked(struct session_table *s, struct str user)
{
    const struct failures *f = failures_of(s, user, false);
    return f && f->count >= SESSION_FAILURES_MAX &&
           clock_monotonic_ms(s->clock) - f->last_ms < SESSION_LOCK_MS;
}

void session_note_failure(struct session_table *s, struct str user)
{
    struct failures *f = failures_of(s, user, true);
    int64_t now = clock_monotonic_ms(s->clock);
    if (f->count >= SESSION_FAILURES_MAX && now - f->last_ms >= SESSION_LOCK_MS)
        f->count = 0;
    f->count++;
    f->last_ms = now;
}

void session_note_success(struct session_table *s, struct str user)
{
    struct failures *f = failures_of(s, user, false);
    if (f)
        f->count = 0;
}
