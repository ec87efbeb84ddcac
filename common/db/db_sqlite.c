#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/db/db.h"
#include "common/db/db_call.h"
#include "common/db/db_functions.h"
#include "common/db/db_guard.h"
#include "common/os/clock.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_TRIES_MAX 100 /* two programs that make the same file at once */
#define DB_PLACES 64       /* a power of two */
/* Few: a single step may go through a long text. */
#define GUARD_STEPS_A_CALL 200
#define GUARD_PATTERN_BYTES 200

struct db_stmt {
    struct db *db;
    sqlite3_stmt *handle;
    char *text; /* its key in the cache */
    size_t len;
    uint64_t used; /* ordinal of its last use */
    bool is_write, is_taken;
    bool is_guarded; /* was prepared under the guard, so it only reads */
};

struct db {
    sqlite3 *handle;
    struct db_calls calls;
    struct db_stmt statements[DB_STATEMENTS_MAX];
    uint64_t
        hashes[DB_STATEMENTS_MAX]; /* of their texts, side by side: the search looks at these */
    /* The statement last asked for with a text that lay there: a store keeps its texts where they
     * are, so most searches end here. */
    struct db_stmt *by_place[DB_PLACES];
    size_t count;
    uint64_t uses;
    bool in_transaction;
    db_fault_fn fault;
    void *fault_context;
    struct db_guard guard;
    db_readable_fn readable;
    const void *readable_context;
};

static bool is_guarded(const struct db *db)
{
    return db && db->guard.is_on;
}

static enum err fail_limit(struct db *db, enum db_limit limit, const char *what)
{
    static const char *const words[] = {
        [DB_LIMIT_STEPS] = "steps",   [DB_LIMIT_TIME] = "time", [DB_LIMIT_MEMORY] = "memory",
        [DB_LIMIT_VALUE] = "a value", [DB_LIMIT_ROWS] = "rows",
    };
    db->guard.limit = limit;
    return fail(ERR_STOPPED, "%s: over its budget of %s", what, words[limit]);
}

static enum err fail_sqlite(struct db *db, int code, const char *what)
{
    const char *words = db && db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(ERR_BUSY, "%s: %s", what, words);
    case SQLITE_FULL:
        return fail(ERR_FULL, "%s: %s", what, words);
    case SQLITE_CONSTRAINT:
        return fail(ERR_EXISTS, "%s: %s", what, words);
    case SQLITE_INTERRUPT:
        return fail_limit(db, db->guard.limit, what);
    case SQLITE_AUTH:
        return fail(ERR_DENIED, "%s: %s", what, words); /* names what may not be read */
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(ERR_MALFORMED, "%s: %s", what, words);
    case SQLITE_NOMEM:
        if (is_guarded(db))
            return fail_limit(db, DB_LIMIT_MEMORY, what);
        break;
    case SQLITE_TOOBIG:
        if (is_guarded(db))
            return fail_limit(db, DB_LIMIT_VALUE, what);
        break;
    case SQLITE_ERROR:
        if (is_guarded(db)) /* a function that is not allowed is told like this */
            return fail(db->guard.is_denied ? ERR_DENIED : ERR_INVALID, "%s: %s", what, words);
        break;
    default:
        break;
    }
    return fail(ERR_IO, "%s: %s", what, words);
}

static bool is_readable(const struct db *db, const char *table, const char *column,
                        const char *view)
{
    return !db->readable || column[0] == 0 ||
           db->readable(db->readable_context, str_of(table), str_of(view));
}

/* Loading extensions needs no rule here: the library has it off. */
static int authorize(void *context, int action, const char *a, const char *b, const char *c,
                     const char *d)
{
    (void)c;
    struct db *db = context;
    bool is_reading = action == SQLITE_SELECT || action == SQLITE_RECURSIVE ||
                      (action == SQLITE_READ && is_readable(db, a, b, d)) ||
                      (action == SQLITE_FUNCTION && db_function_is_allowed(str_of(b)));
    if (is_reading || !db->guard.is_on)
        return SQLITE_OK;
    db->guard.is_denied = true;
    return SQLITE_DENY;
}

static int set_up(struct db *db, int busy_ms)
{
    static const char settings[] =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=2000;";
    sqlite3_busy_timeout(db->handle, busy_ms);
    sqlite3_extended_result_codes(db->handle, 1);
    /* Set once: setting it later would make every cached statement be prepared anew. */
    sqlite3_set_authorizer(db->handle, authorize, db);
    int code = sqlite3_exec(db->handle, settings, NULL, NULL, NULL);
    /* The change to WAL does not wait for another program that is making it. */
    for (int i = 0; (code & 0xFF) == SQLITE_BUSY && i < OPEN_TRIES_MAX; i++) {
        sqlite3_sleep(10);
        code = sqlite3_exec(db->handle, settings, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        code = db_call_init(&db->calls, db->handle);
    return code;
}

enum err db_open(struct str url, int busy_ms, struct db **out_db)
{
    struct str scheme = STR("sqlite:");
    if (!str_starts(url, scheme))
        return fail(ERR_INVALID, "a database is named sqlite:PATH");
    struct db *db = calloc(1, sizeof *db);
    ASSERT(db != NULL);
    db->guard.budget = DB_BUDGET_USUAL;
    struct arena *a = arena_new(url.len + 64);
    const char *path = str_copy_z(a, str_skip(url, scheme.len));
    int code = sqlite3_open_v2(
        path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    arena_free(a);
    if (code == SQLITE_OK)
        code = set_up(db, busy_ms);
    if (code != SQLITE_OK) {
        enum err e = fail_sqlite(db, code, "open database");
        db_close(db);
        return e;
    }
    *out_db = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    for (size_t i = 0; i < db->count; i++) {
        sqlite3_finalize(db->statements[i].handle);
        free(db->statements[i].text);
    }
    sqlite3_close_v2(db->handle);
    db_call_done(&db->calls);
    free(db);
}

void db_set_workdays(struct db *db, const struct workdays *workdays)
{
    db->calls.workdays = workdays;
}

static enum err fault_of(struct db *db)
{
    return db->fault ? db->fault(db->fault_context) : OK;
}

void db_set_fault(struct db *db, db_fault_fn fault, void *context)
{
    db->fault = fault;
    db->fault_context = context;
}

enum err db_exec(struct db *db, struct str sql)
{
    TRY(fault_of(db));
    struct arena *a = arena_new(sql.len + 64);
    int code = sqlite3_exec(db->handle, str_copy_z(a, sql), NULL, NULL, NULL);
    arena_free(a);
    return code == SQLITE_OK ? OK : fail_sqlite(db, code, "statement");
}

static enum err compile(struct db *db, struct str sql, sqlite3_stmt **out_handle)
{
    const char *tail = NULL;
    sqlite3_stmt *handle = NULL;
    db->guard.is_denied = false;
    int code = sqlite3_prepare_v3(db->handle, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT,
                                  &handle, &tail);
    if (code != SQLITE_OK)
        return fail_sqlite(db, code, "prepare");
    if (!handle || str_trim(str_skip(sql, (size_t)(tail - sql.ptr))).len) {
        sqlite3_finalize(handle);
        return fail(ERR_INVALID, "prepare: not exactly one statement");
    }
    *out_handle = handle;
    return OK;
}

/* Eight bytes at a time: a store asks for its statement by text once a row. */
static uint64_t hash_text(struct str sql)
{
    uint64_t hash = 0xcbf29ce484222325 ^ sql.len;
    while (sql.len) {
        uint64_t word = 0;
        size_t n = sql.len < sizeof word ? sql.len : sizeof word;
        memcpy(&word, sql.ptr, n);
        hash = (hash ^ word) * 0x100000001b3;
        hash ^= hash >> 29;
        sql = str_skip(sql, n);
    }
    return hash;
}

static struct db_stmt *find(struct db *db, struct str sql, uint64_t hash)
{
    for (size_t i = 0; i < db->count; i++) {
        struct db_stmt *s = &db->statements[i];
        if (db->hashes[i] == hash && str_equal(str_make(s->text, s->len), sql))
            return s;
    }
    return NULL;
}

static size_t place_of(struct str sql)
{
    return (uintptr_t)sql.ptr / 16 % DB_PLACES;
}

/* An unused place, emptied. */
static struct db_stmt *make_room(struct db *db)
{
    if (db->count < DB_STATEMENTS_MAX)
        return &db->statements[db->count++];
    struct db_stmt *oldest = NULL;
    for (size_t i = 0; i < db->count; i++) {
        struct db_stmt *s = &db->statements[i];
        if (!s->is_taken && (!oldest || s->used < oldest->used))
            oldest = s;
    }
    ASSERT(oldest != NULL); /* db_done is missing somewhere */
    sqlite3_finalize(oldest->handle);
    free(oldest->text);
    return oldest;
}

static enum err add(struct db *db, struct str sql, uint64_t hash, struct db_stmt **out_stmt)
{
    sqlite3_stmt *handle;
    TRY(compile(db, sql, &handle));
    struct db_stmt *s = make_room(db);
    *s = (struct db_stmt){.db = db,
                          .handle = handle,
                          .text = malloc(sql.len),
                          .len = sql.len,
                          .is_write = !sqlite3_stmt_readonly(handle),
                          .is_guarded = db->guard.is_on};
    ASSERT(s->text != NULL);
    memcpy(s->text, sql.ptr, sql.len);
    db->hashes[s - db->statements] = hash;
    *out_stmt = s;
    return OK;
}

enum err db_prepare(struct db *db, struct str sql, struct db_stmt **out_stmt)
{
    struct db_stmt **near = &db->by_place[place_of(sql)];
    struct db_stmt *s = *near;
    if (!s || !str_equal(str_make(s->text, s->len), sql)) {
        uint64_t hash = hash_text(sql);
        s = find(db, sql, hash);
        if (!s)
            TRY(add(db, sql, hash, &s));
        *near = s;
    }
    if (s->used) {
        ASSERT(!sqlite3_stmt_busy(s->handle)); /* db_done is missing */
        if (db->guard.is_on && !s->is_guarded) {
            sqlite3_stmt *handle;
            TRY(compile(db, sql, &handle));
            sqlite3_finalize(s->handle);
            s->handle = handle;
            s->is_guarded = true;
        }
    }
    if (s->is_taken)
        db_done(s);
    s->is_taken = true;
    s->used = ++db->uses;
    if (db->guard.is_on)
        db_guard_restart(&db->guard, clock_monotonic_us());
    *out_stmt = s;
    return OK;
}

void db_bind_int(struct db_stmt *s, int index, int64_t value)
{
    ASSERT(sqlite3_bind_int64(s->handle, index, value) == SQLITE_OK);
}

void db_bind_real(struct db_stmt *s, int index, double value)
{
    ASSERT(sqlite3_bind_double(s->handle, index, value) == SQLITE_OK);
}

void db_bind_text(struct db_stmt *s, int index, struct str value)
{
    ASSERT(sqlite3_bind_text(s->handle, index, value.len ? value.ptr : "", (int)value.len,
                             SQLITE_STATIC) == SQLITE_OK);
}

void db_bind_blob(struct db_stmt *s, int index, struct str value)
{
    ASSERT(sqlite3_bind_blob(s->handle, index, value.len ? value.ptr : "", (int)value.len,
                             SQLITE_STATIC) == SQLITE_OK);
}

void db_bind_null(struct db_stmt *s, int index)
{
    ASSERT(sqlite3_bind_null(s->handle, index) == SQLITE_OK);
}

static int64_t row_bytes(struct db_stmt *s)
{
    int64_t bytes = 0;
    for (int i = 0; i < sqlite3_column_count(s->handle); i++) {
        int type = sqlite3_column_type(s->handle, i);
        bool has_length = type == SQLITE_TEXT || type == SQLITE_BLOB;
        bytes += has_length ? sqlite3_column_bytes(s->handle, i) : (int64_t)sizeof(int64_t);
    }
    return bytes;
}

enum err db_step(struct db_stmt *s, bool *out_has_row)
{
    if (s->is_write)
        TRY(fault_of(s->db));
    int code = sqlite3_step(s->handle);
    bool is_within = code != SQLITE_ROW || !s->db->guard.is_on || !s->is_guarded ||
                     db_guard_take_row(&s->db->guard, row_bytes(s));
    if (is_within && (code == SQLITE_ROW || code == SQLITE_DONE)) {
        *out_has_row = code == SQLITE_ROW;
        return OK;
    }
    enum err e =
        is_within ? fail_sqlite(s->db, code, "step") : fail_limit(s->db, DB_LIMIT_ROWS, "step");
    sqlite3_reset(s->handle);
    return e;
}

void db_done(struct db_stmt *s)
{
    if (!s)
        return;
    sqlite3_reset(s->handle);
    sqlite3_clear_bindings(s->handle);
    s->is_taken = false;
}

int db_column_count(struct db_stmt *s)
{
    return sqlite3_column_count(s->handle);
}

struct str db_column_name(struct db_stmt *s, int index)
{
    return str_of(sqlite3_column_name(s->handle, index));
}

bool db_column_is_null(struct db_stmt *s, int index)
{
    return sqlite3_column_type(s->handle, index) == SQLITE_NULL;
}

bool db_column_is_text(struct db_stmt *s, int index)
{
    return sqlite3_column_type(s->handle, index) == SQLITE_TEXT;
}

int64_t db_column_int(struct db_stmt *s, int index)
{
    return sqlite3_column_int64(s->handle, index);
}

double db_column_real(struct db_stmt *s, int index)
{
    return sqlite3_column_double(s->handle, index);
}

struct str db_column_bytes(struct db_stmt *s, int index)
{
    const void *bytes = sqlite3_column_blob(s->handle, index);
    return str_make(bytes, bytes ? (size_t)sqlite3_column_bytes(s->handle, index) : 0);
}

static enum err begin(struct db *db, const char *how)
{
    ASSERT(!db->in_transaction);
    int code = sqlite3_exec(db->handle, how, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return fail_sqlite(db, code, "begin");
    db->in_transaction = true;
    return OK;
}

enum err db_begin(struct db *db)
{
    return begin(db, "BEGIN IMMEDIATE");
}

enum err db_begin_read(struct db *db)
{
    return begin(db, "BEGIN DEFERRED");
}

enum err db_commit(struct db *db)
{
    ASSERT(db->in_transaction);
    enum err e = fault_of(db);
    if (e == OK) {
        int code = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
        if (code != SQLITE_OK)
            e = fail_sqlite(db, code, "commit");
    }
    if (e != OK)
        db_rollback(db);
    db->in_transaction = false;
    return e;
}

void db_rollback(struct db *db)
{
    if (db->in_transaction && sqlite3_get_autocommit(db->handle) == 0) {
        for (size_t i = 0; i < db->count; i++)
            sqlite3_reset(db->statements[i].handle);
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    }
    db->in_transaction = false;
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

int64_t db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}

enum err db_data_version(struct db *db, int64_t *out_version)
{
    struct db_stmt *s;
    bool has_row;
    TRY(db_prepare(db, STR("PRAGMA data_version"), &s));
    enum err e = db_step(s, &has_row);
    if (e == OK)
        *out_version = db_column_int(s, 0);
    db_done(s);
    return e;
}

static int count_steps(void *context)
{
    struct db *db = context;
    return !db_guard_take_steps(&db->guard, GUARD_STEPS_A_CALL, clock_monotonic_us());
}

void db_set_budget(struct db *db, const struct db_budget *budget)
{
    ASSERT(!db->guard.is_on);
    db->guard.budget = *budget;
}

void db_set_readable(struct db *db, db_readable_fn readable, const void *context)
{
    db->readable = readable;
    db->readable_context = context;
}

enum db_limit db_guard_limit(const struct db *db)
{
    return db->guard.limit;
}

void db_guard_begin(struct db *db, int64_t steps_max)
{
    struct db_guard *g = &db->guard;
    ASSERT(!g->is_on);
    ASSERT(sqlite3_txn_state(db->handle, "main") != SQLITE_TXN_WRITE);
    g->is_on = true;
    g->steps_max = steps_max < g->budget.steps ? steps_max : g->budget.steps;
    db_guard_restart(g, clock_monotonic_us());
    sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, (int)g->budget.value_bytes);
    sqlite3_limit(db->handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, GUARD_PATTERN_BYTES);
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + g->budget.memory_bytes);
    sqlite3_progress_handler(db->handle, GUARD_STEPS_A_CALL, count_steps, db);
}

void db_guard_end(struct db *db)
{
    db->guard.is_on = false;
    sqlite3_hard_heap_limit64(0);
    sqlite3_soft_heap_limit64(0); /* the hard one had lowered it */
    sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, INT32_MAX);
    sqlite3_limit(db->handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, INT32_MAX);
    sqlite3_progress_handler(db->handle, 0, NULL, NULL);
}
