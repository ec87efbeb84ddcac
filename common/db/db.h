/* db.h — SQL behind a dozen functions; what may be said in SQL is the stores' business (house:
 * ports).
 *
 * Owns:     the connection and its cached statements.
 * Threads:  the thread that opened it.
 * Fails:    ERR_BUSY another writer held the file too long; ERR_FULL no disk; ERR_EXISTS a
 *           constraint; under the guard ERR_DENIED, ERR_STOPPED, and ERR_INVALID for a statement
 *           that is wrong; ERR_MALFORMED not a sound database; ERR_IO the rest.
 * Limits:   DB_PARAMETERS_MAX parameters; DB_STATEMENTS_MAX statements prepared and not done.
 * Promise:  after db_commit() returned OK the transaction survives a power cut (WAL,
 *           synchronous=FULL). */
#ifndef QQ_DB_DB_H
#define QQ_DB_DB_H

#include "common/base/err.h"
#include "common/base/str.h"

#define DB_PARAMETERS_MAX 200
#define DB_STATEMENTS_MAX 512 /* cached; beyond it the one longest unused makes room */

struct db;
struct db_stmt;
struct arena;
struct workdays;

/* "sqlite:/path/file.db" or "sqlite::memory:"; `busy_ms` is how long to wait for another writer. */
MUST_USE enum err db_open(struct str url, int busy_ms, struct db **out_db);
void db_close(struct db *db); /* NULL is legal; rolls an open transaction back */
/* For the functions that count working days; borrowed until db_close. Without it they are an error.
 */
void db_set_workdays(struct db *db, const struct workdays *workdays);

MUST_USE enum err db_exec(struct db *db,
                          struct str sql); /* one or more statements without parameters or rows */

/* The statement for this text, from the cache or newly prepared, reset and with all parameters
 * NULL. It belongs to the database and must be finished (db_done) before the same text is asked for
 * again. Parameters are ?1 … ?n. */
MUST_USE enum err db_prepare(struct db *db, struct str sql, struct db_stmt **out_stmt);
void db_bind_int(struct db_stmt *s, int index, int64_t value); /* indexes from 1 */
void db_bind_real(struct db_stmt *s, int index, double value);
void db_bind_text(struct db_stmt *s, int index, struct str value); /* borrowed until db_done */
void db_bind_blob(struct db_stmt *s, int index, struct str value); /* borrowed until db_done */
void db_bind_null(struct db_stmt *s, int index);
/* Steps: *out_has_row says whether there is a row to read. */
MUST_USE enum err db_step(struct db_stmt *s, bool *out_has_row);
MUST_USE enum err
db_run(struct db_stmt *s);       /* steps to the end and resets: for statements without rows */
void db_done(struct db_stmt *s); /* resets; NULL is legal */

int db_column_count(struct db_stmt *s);
struct str db_column_name(struct db_stmt *s, int index); /* columns from 0 */
bool db_column_is_null(struct db_stmt *s, int index);
bool db_column_is_text(struct db_stmt *s, int index);
int64_t db_column_int(struct db_stmt *s, int index);
double db_column_real(struct db_stmt *s, int index);
struct str db_column_bytes(struct db_stmt *s,
                           int index); /* text or blob; valid until the next step or done */
struct str db_column_copy(struct db_stmt *s, int index, struct arena *a);

MUST_USE enum err db_begin(struct db *db); /* takes the write lock at once */
/* Sees one state of the database until db_commit, whatever others write meanwhile; only temporary
 * tables may be written. */
MUST_USE enum err db_begin_read(struct db *db);
MUST_USE enum err db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless outside a transaction */
/* Commits what went well (`e` OK), else rolls back; the error that was first. */
MUST_USE enum err db_end(struct db *db, enum err e);
bool db_in_transaction(const struct db *db);
int64_t db_last_id(const struct db *db); /* of the last INSERT */
int64_t db_changes(const struct db *db); /* rows touched by the last statement */
/* Grows whenever another connection has committed: cheap enough to ask every few milliseconds. */
MUST_USE enum err db_data_version(struct db *db, int64_t *out_version);

/* What one statement under the guard may use. */
struct db_budget {
    int64_t steps;        /* of the machine; the guard may allow fewer */
    int64_t ms;           /* for what takes long in few steps */
    int64_t memory_bytes; /* more than the process's databases hold when the guard begins */
    int64_t value_bytes;  /* of one text, blob or row, those in between included */
    int64_t rows, result_bytes;
};
#define DB_BUDGET_USUAL                                                                            \
    ((struct db_budget){.steps = INT64_MAX,                                                        \
                        .ms = 600000,                                                              \
                        .memory_bytes = INT64_C(1) << 30,                                          \
                        .value_bytes = INT64_C(1) << 20,                                           \
                        .rows = 300000,                                                            \
                        .result_bytes = INT64_C(64) << 20})
void db_set_budget(struct db *db, const struct db_budget *budget); /* while the guard is off */

/* Between the two only reading statements can be prepared, with the functions of db_functions.h;
 * one that takes more than `steps_max` machine steps or what else the budget has ends with
 * ERR_STOPPED: for the SQL of rules, which analysts write. Never while something is being written:
 * want of memory ends the transaction, and takes back what it put into temporary tables. */
void db_guard_begin(struct db *db, int64_t steps_max);
void db_guard_end(struct db *db);
/* Which tables such a statement may read, by itself or through a view (empty when it does so by
 * itself); all until it is said. How many rows a table has is no secret. */
typedef bool (*db_readable_fn)(const void *context, struct str table, struct str view);
void db_set_readable(struct db *db, db_readable_fn readable, const void *context);

enum db_limit {
    DB_LIMIT_NONE,
    DB_LIMIT_STEPS,
    DB_LIMIT_TIME,
    DB_LIMIT_MEMORY,
    DB_LIMIT_VALUE,
    DB_LIMIT_ROWS,
};
/* What the last statement under the guard had used up when it was stopped. */
enum db_limit db_guard_limit(const struct db *db);

/* Fault injection for tests: called before each write step and each commit; a code other than OK is
 * returned in its place. */
typedef enum err (*db_fault_fn)(void *context);
void db_set_fault(struct db *db, db_fault_fn fault, void *context);

#endif
