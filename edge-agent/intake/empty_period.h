/* empty_period.h — what the officer said this unit has nothing to send of, for which period.
 *
 * Owns:     the table empty_period of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   none but the disk.
 * Promise:  said once for a dataset and a period: said again changes nothing, and *out_is_new tells
 *           it. Files that come later anyway are taken as ever. */
#ifndef QQ_EDGE_AGENT_INTAKE_EMPTY_PERIOD_H
#define QQ_EDGE_AGENT_INTAKE_EMPTY_PERIOD_H

#include "common/db/db.h"
#include "common/wire/message.h"

struct arena;

MUST_USE enum err empty_period_put(struct db *db, const struct message_nothing *m,
                                   bool *out_is_new);
/* Newest first. */
MUST_USE enum err empty_period_list(struct db *db, size_t max, struct arena *a,
                                    struct message_nothing **out_rows, size_t *out_count);

#endif
