/* dispatch.h — SPINE: what waits in the outbox is sealed, signed and sent; acknowledgements that
 * intake made due go with it.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the dispatch role.
 * Fails:    errors of the database.
 * Limits:   spool/link.h.
 * Promise:  the only role with the signing key; it opens nothing. */
#ifndef QQ_DISPATCH_DISPATCH_H
#define QQ_DISPATCH_DISPATCH_H

#include "common/spool/link.h"

#define DISPATCH_SLEEP_MAX_MS 40 /* other roles' commits are looked for that often */

/* One turn. *out_sleep_ms: until the next. */
MUST_USE enum err dispatch_turn(struct link *l, int64_t *out_sleep_ms);

#endif
