/* db_call.h — SQLite calls the functions of db_functions.h; for db_sqlite.c alone.
 *
 * Owns:     the registrations and the arena of a call, until db_call_done, which comes after the
 * connection is closed.
 * Threads:  the thread of the connection.
 * Fails:    a code of SQLite.
 * Limits:   as db_functions.h.
 * Promise:  deterministic and innocuous functions, allowed under the guard; what an aggregate
 * gathers is memory of SQLite's, so it counts there. */
#ifndef QQ_DB_DB_CALL_H
#define QQ_DB_DB_CALL_H

#include "common/db/db_functions.h"

struct sqlite3;
struct db_calls;

struct db_called { /* what SQLite hands back */
    const struct db_calls *calls;
    const struct db_function *function;
};

struct db_calls {
    struct db_called *called; /* by place in db_functions */
    const struct workdays *workdays;
    struct arena *arena; /* of one call */
};

int db_call_init(struct db_calls *calls, struct sqlite3 *handle); /* `calls` stays where it is */
void db_call_done(struct db_calls *calls);

#endif
