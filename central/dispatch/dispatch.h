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

#include "central/store/store.h"
#include "common/base/world.h"
#include "common/spool/link.h"

#define DISPATCH_SLEEP_MAX_MS 40 /* other roles' commits are looked for that often */

/* One turn. *out_sleep_ms: until the next. */
MUST_USE enum err dispatch_turn(struct link *l, int64_t *out_sleep_ms);

/* Evidence packs that the console put are signed here too: no other role could. */
struct dispatch_signing {
    struct store *store;
    const struct keyring *keys;
    struct random *random;
    struct clock *clock;
};
MUST_USE enum err dispatch_sign_packs(const struct dispatch_signing *with, size_t *out_signed);

#endif
