/* migrate.h — numbered SQL files, applied once each, in order.
 *
 * Owns:     table `migration`.
 * Threads:  the database's.
 * Fails:    ERR_INVALID when the database has migrations this program does not know; errors of
 *           db.h.
 * Limits:   none.
 * Promise:  what is missing is applied in one transaction together with the note that it was;
 *           never twice. */
#ifndef QQ_DB_MIGRATE_H
#define QQ_DB_MIGRATE_H

#include "common/base/embed.h"
#include "common/db/db.h"

/* Files named "NNNN_words.sql"; `area` keeps the numbers of several owners of one database apart
 * ("spool", "hub"). */
MUST_USE enum err migrate_apply(struct db *db, struct str area, const struct embed_file *files);

#endif
