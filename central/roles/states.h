/* states.h — what the broker says of each site's line: gathered while messages are received,
 * written once a turn.
 *
 * Owns:     what was gathered, until states_write.
 * Threads:  the loop thread of intake.
 * Fails:    a state that does not parse is skipped: it is a hint and comes again.
 * Limits:   STATES_BYTES_MAX of text; what is beyond comes with the next connection.
 * Promise:  decides nothing: the console shows it beside the last acknowledgement and the
 * heartbeat. */
#ifndef QQ_ROLES_STATES_H
#define QQ_ROLES_STATES_H

#include "central/store/site_store.h"
#include "common/base/vec.h"
#include "common/base/world.h"
#include "common/transport/transport.h"

#define STATES_BYTES_MAX ((size_t)16 * 1024 * 1024)

struct states {
    struct transport_watch watch; /* first member */
    struct store *store;
    struct clock *clock;
    struct arena *arena;
    VEC(struct site_state) gathered;
};

void states_init(struct states *s, struct store *store, struct clock *clock);
void states_done(struct states *s);
/* In one transaction; then nothing is gathered. */
MUST_USE enum err states_write(struct states *s);

#endif
