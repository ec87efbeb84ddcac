#include "central/roles/roles.h"

#include "common/base/check.h"
#include "common/base/log.h"
#include "common/os/clock.h"
#include "common/os/loop.h"
#include "common/os/process.h"

#include <limits.h>

#define LOOK_MS 200
#define BACKOFF_MAX_MS 10000
#define STOP_MS 8000
#define ARGUMENTS_MAX 64

struct child {
    const char *role;
    int64_t pid; /* 0: not running */
    int64_t started_ms, start_at_ms, backoff_ms;
};

static enum err start(struct child *c, const char *program, const char *const *arguments,
                      size_t count)
{
    const char *line[ARGUMENTS_MAX];
    size_t n = 0;
    line[n++] = "qingqu-hub";
    line[n++] = c->role;
    for (size_t i = 0; i < count && n < ARGUMENTS_MAX - 1; i++)
        line[n++] = arguments[i];
    line[n] = NULL;
    c->started_ms = clock_monotonic_ms(clock_real());
    return process_start(program, line, &c->pid);
}

/* A role that lived for a while starts again at once; one that keeps dying is given longer and
 * longer pauses. */
static void note_end(struct child *c, int status, int64_t now_ms)
{
    bool was_long = now_ms - c->started_ms > 60000;
    c->backoff_ms = was_long ? 0 : c->backoff_ms ? c->backoff_ms * 2 : 200;
    if (c->backoff_ms > BACKOFF_MAX_MS)
        c->backoff_ms = BACKOFF_MAX_MS;
    c->start_at_ms = now_ms + c->backoff_ms;
    c->pid = 0;
    LOG(WARN, "role.ended", KV_STR("role", str_of(c->role)), KV_I64("status", status),
        KV_I64("again_in_ms", c->backoff_ms));
}

static enum err look_after(struct child *children, size_t child_count, const char *program,
                           const char *const *arguments, size_t count)
{
    int64_t now = clock_monotonic_ms(clock_real());
    for (size_t i = 0; i < child_count; i++) {
        struct child *c = &children[i];
        bool has_ended = false;
        int status = 0;
        if (c->pid)
            TRY(process_has_ended(c->pid, &has_ended, &status));
        if (has_ended)
            note_end(c, status, now);
        if (c->pid == 0 && now >= c->start_at_ms)
            TRY(start(c, program, arguments, count));
    }
    return OK;
}

static void stop_all(struct child *children, size_t child_count)
{
    int64_t deadline = clock_monotonic_ms(clock_real()) + STOP_MS;
    bool is_any_left = true;
    for (size_t i = 0; i < child_count; i++)
        if (children[i].pid)
            process_terminate(children[i].pid);
    struct loop *loop = NULL;
    if (loop_new(&loop) != OK)
        return;
    while (is_any_left && clock_monotonic_ms(clock_real()) < deadline) {
        is_any_left = false;
        for (size_t i = 0; i < child_count; i++) {
            bool has_ended = false;
            int status;
            if (children[i].pid && process_has_ended(children[i].pid, &has_ended, &status) == OK &&
                has_ended)
                children[i].pid = 0;
            is_any_left = is_any_left || children[i].pid;
        }
        if (is_any_left && loop_wait(loop, 20) != OK)
            break;
    }
    for (size_t i = 0; i < child_count; i++)
        if (children[i].pid)
            process_kill(children[i].pid);
    loop_free(loop);
}

enum err roles_run(const char *const *arguments, size_t count)
{
    /* The console last: who can reach it may count on the others having been started. */
    struct child children[] = {
        {.role = "intake"}, {.role = "dispatch"}, {.role = "analysis"}, {.role = "console"}};
    char program[PATH_MAX];
    struct loop *loop;
    TRY(process_self(program, sizeof program));
    TRY(loop_new(&loop));
    enum err e = OK;
    while (e == OK && !loop_is_stopping(loop)) {
        e = look_after(children, COUNT_OF(children), program, arguments, count);
        if (e == OK)
            e = loop_wait(loop, LOOK_MS);
    }
    stop_all(children, COUNT_OF(children));
    loop_free(loop);
    return e;
}
