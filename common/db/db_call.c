#include "common/db/db_call.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* False when one is NULL: no answer. */
static bool read_arguments(const struct db_function *f, sqlite3_value **values, struct db_call *c)
{
    for (int i = 0; f->takes[i]; i++) {
        struct db_value *v = &c->in[i];
        if (sqlite3_value_type(values[i]) == SQLITE_NULL)
            return false;
        if (f->takes[i] == 't') {
            const void *text = sqlite3_value_text(values[i]);
            v->text = str_make(text, text ? (size_t)sqlite3_value_bytes(values[i]) : 0);
        } else if (f->takes[i] == 'r')
            v->real = sqlite3_value_double(values[i]);
        else
            v->whole = sqlite3_value_int64(values[i]);
    }
    return true;
}

static void put_result(sqlite3_context *context, const struct db_value *v)
{
    switch (v->type) {
    case DB_NULL:
        return;
    case DB_INT:
        sqlite3_result_int64(context, v->whole);
        return;
    case DB_REAL:
        sqlite3_result_double(context, v->real);
        return;
    case DB_TEXT:
        sqlite3_result_text(context, v->text.ptr, (int)v->text.len, SQLITE_TRANSIENT);
        return;
    }
}

static void call(sqlite3_context *context, const struct db_called *r, struct db_call *c)
{
    c->workdays = r->calls->workdays;
    c->arena = r->calls->arena;
    if (r->function->needs_workdays && !c->workdays) {
        sqlite3_result_error(context, "the working days were not given (db_set_workdays)", -1);
        return;
    }
    r->function->of(c);
    put_result(context, &c->out);
    arena_reset(c->arena);
}

static void call_scalar(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const struct db_called *r = sqlite3_user_data(context);
    struct db_call c = {.count = 0};
    if (read_arguments(r->function, values, &c))
        call(context, r, &c);
}

struct gathered { /* of an aggregate; at first all zero */
    union {
        int64_t *wholes;
        double *reals;
        void *memory;
    };
    size_t first, count, room;            /* those before `first` have left the frame */
    struct db_value in[DB_ARGUMENTS_MAX]; /* of the first row; no text */
};

static bool make_place(struct gathered *g)
{
    if (g->count < g->room)
        return true;
    size_t room = g->room ? g->room * 2 : 64;
    void *more = sqlite3_realloc64(g->memory, room * sizeof(int64_t));
    if (more) {
        g->memory = more;
        g->room = room;
    }
    return more != NULL;
}

static void step_aggregate(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const struct db_function *f = ((struct db_called *)sqlite3_user_data(context))->function;
    struct gathered *g = sqlite3_aggregate_context(context, sizeof *g);
    struct db_call c = {.count = 0};
    if (!g || !read_arguments(f, values, &c))
        return;
    if (!make_place(g)) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (g->count == 0)
        memcpy(g->in, c.in, sizeof g->in);
    if (f->takes[0] == 'r')
        g->reals[g->count++] = c.in[0].real;
    else
        g->wholes[g->count++] = c.in[0].whole;
}

/* Of what is in the frame; `memory` may be sorted. */
static void answer(sqlite3_context *context, const struct gathered *g, void *memory)
{
    const struct db_called *r = sqlite3_user_data(context);
    struct db_call c = {.count = g->count - g->first};
    memcpy(c.in, g->in, sizeof c.in);
    if (r->function->takes[0] == 'r')
        c.reals = memory;
    else
        c.wholes = memory;
    if (c.count)
        call(context, r, &c);
}

static void end_aggregate(sqlite3_context *context)
{
    struct gathered *g = sqlite3_aggregate_context(context, 0);
    if (!g)
        return;
    answer(context, g, g->memory ? g->wholes + g->first : NULL);
    sqlite3_free(g->memory);
}

/* As a window function: the frame goes on, so its order stays. */
static void answer_so_far(sqlite3_context *context)
{
    const struct gathered *g = sqlite3_aggregate_context(context, 0);
    if (!g || g->count == g->first)
        return;
    size_t bytes = (g->count - g->first) * sizeof *g->wholes;
    void *copy = sqlite3_malloc64(bytes);
    if (!copy) {
        sqlite3_result_error_nomem(context);
        return;
    }
    memcpy(copy, g->wholes + g->first, bytes);
    answer(context, g, copy);
    sqlite3_free(copy);
}

/* Rows leave the frame in the order in which they came. */
static void leave_aggregate(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const struct db_function *f = ((struct db_called *)sqlite3_user_data(context))->function;
    struct gathered *g = sqlite3_aggregate_context(context, 0);
    struct db_call c = {.count = 0};
    if (g && g->first < g->count && read_arguments(f, values, &c))
        g->first++;
}

int db_call_init(struct db_calls *calls, struct sqlite3 *handle)
{
    int code = SQLITE_OK;
    calls->arena = arena_new(DB_CALL_BYTES_MAX);
    calls->called = calloc(db_functions_count, sizeof *calls->called);
    ASSERT(calls->called != NULL);
    for (size_t i = 0; i < db_functions_count && code == SQLITE_OK; i++) {
        const struct db_function *f = &db_functions[i];
        calls->called[i] = (struct db_called){calls, f};
        int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
        int arguments = (int)strlen(f->takes);
        code = f->is_aggregate
                   ? sqlite3_create_window_function(
                         handle, f->name, arguments, flags, &calls->called[i], step_aggregate,
                         end_aggregate, answer_so_far, leave_aggregate, NULL)
                   : sqlite3_create_function_v2(handle, f->name, arguments, flags,
                                                &calls->called[i], call_scalar, NULL, NULL, NULL);
    }
    return code;
}

void db_call_done(struct db_calls *calls)
{
    free(calls->called);
    arena_free(calls->arena);
}
