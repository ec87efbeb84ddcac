/* db_functions.h — the SQL functions that rules need and SQL says badly, in one table.
 *
 * Owns:     nothing.
 * Threads:  any: functions of values.
 * Fails:    NULL in, NULL out; an aggregate leaves NULLs out and gives NULL for none.
 * Limits:   an aggregate holds its values in memory, 8 bytes each.
 * Promise:  deterministic; the drivers register every row of the table. */
#ifndef QQ_DB_DB_FUNCTIONS_H
#define QQ_DB_DB_FUNCTIONS_H

#include "common/base/str.h"

struct db_function { /* one of the three, of one argument */
    const char *name;
    int64_t (*of_int)(int64_t value);
    int64_t (*of_text)(struct str value);
    int64_t (*of_all)(int64_t *values, size_t count); /* aggregate; may sort; count at least 1 */
};

extern const struct db_function db_functions[];
extern const size_t db_functions_count;

#endif
