/* db_functions.h — the SQL functions that rules need and SQL says badly, in one table.
 *
 * Owns:     nothing.
 * Threads:  any: functions of values.
 * Fails:    NULL in, NULL out, and NULL for what has no answer; an aggregate leaves rows with a
 * NULL out.
 * Limits:   an aggregate holds its values in memory, 8 bytes each; a call takes at most
 * DB_CALL_BYTES_MAX more.
 * Promise:  deterministic; the drivers register every row of the table, and functions.postgres.sql
 * says the same in the other database. */
#ifndef QQ_DB_DB_FUNCTIONS_H
#define QQ_DB_DB_FUNCTIONS_H

#include "common/base/str.h"

#define DB_ARGUMENTS_MAX 3
#define DB_CALL_BYTES_MAX ((size_t)1 << 20)

struct arena;
struct workdays;

enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT };

struct db_value {
    enum db_type type;
    int64_t whole;
    double real;
    struct str text;
};

struct db_call {
    struct db_value in[DB_ARGUMENTS_MAX]; /* of the types the function takes */
    struct db_value out;                  /* NULL at first; text may lie in `in` or the arena */
    /* Of an aggregate: the first argument of each row; may be sorted. One of the two, by type. */
    int64_t *wholes;
    double *reals;
    size_t count; /* at least 1 */
    const struct workdays *workdays;
    struct arena *arena; /* until the call is done */
};

struct db_function {
    const char *name;
    const char *takes; /* a letter an argument: i whole number, r number, t text */
    void (*of)(struct db_call *call);
    bool is_aggregate; /* gathers its first argument; the others are those of the first row */
    bool needs_workdays;
};

extern const struct db_function db_functions[];
extern const size_t db_functions_count;

/* A function that the SQL of rules may call: ours, or one that both databases have and that depends
 * on its arguments alone. */
bool db_function_is_allowed(struct str name);

#endif
