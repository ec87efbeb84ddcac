#include "common/db/db.h"

#include "common/base/arena.h"

/* What is said by the other functions of the port, the same for every driver. */

enum err db_run(struct db_stmt *s)
{
    bool has_row = true;
    enum err e = OK;
    while (e == OK && has_row)
        e = db_step(s, &has_row);
    db_done(s);
    return e;
}

struct str db_column_copy(struct db_stmt *s, int index, struct arena *a)
{
    return str_copy(a, db_column_bytes(s, index));
}

enum err db_end(struct db *db, enum err e)
{
    if (e == OK)
        return db_commit(db);
    db_rollback(db);
    return e;
}
