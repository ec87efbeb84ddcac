/* db_guard.h — what a statement that others wrote may use up, counted down.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    false once something is used up; `limit` says what.
 * Limits:   the budget.
 * Promise:  pure: steps, time and rows are told to it. */
#ifndef QQ_DB_DB_GUARD_H
#define QQ_DB_DB_GUARD_H

#include "common/db/db.h"

struct db_guard {
    bool is_on;
    bool is_denied; /* the statement last prepared wanted more than reading */
    int64_t steps_max;
    struct db_budget budget;
    int64_t steps_left, rows_left, bytes_left, until_us; /* of the statement under way */
    enum db_limit limit;
};

void db_guard_restart(struct db_guard *g, int64_t now_us); /* the next statement has the whole */
bool db_guard_take_steps(struct db_guard *g, int64_t steps, int64_t now_us);
bool db_guard_take_row(struct db_guard *g, int64_t bytes);

#endif
