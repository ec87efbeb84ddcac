/* db_functions.h — the SQL functions that rules need and SQL says badly, in one table.
 *
 * Owns:     nothing.
 * Threads:  any: functions of values.
 * Fails:    NULL in, NULL out.
 * Limits:   none.
 * Promise:  deterministic; the drivers register every row of the table. */
#ifndef QQ_DB_DB_FUNCTIONS_H
#define QQ_DB_DB_FUNCTIONS_H

#include <stddef.h>
#include <stdint.h>

struct db_function {
    const char *name;
    int64_t (*of)(int64_t value);
};

extern const struct db_function db_functions[];
extern const size_t db_functions_count;

#endif
