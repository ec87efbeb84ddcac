/* intake.h — SPINE: a site's batch becomes records, receipts and answers at the hub, all inside the
 * link's transaction.
 *
 * Owns:     nothing but its counters.
 * Threads:  the loop thread of intake.
 * Fails:    only what the database fails with; what the batch does wrong goes to quarantine and its
 * sender is told. Limits:   wire/columns.h. Promise:  every row of every chunk is merged, a
 * duplicate, or in quarantine with a reason its sender can read; counted once. */
#ifndef QQ_INTAKE_INTAKE_H
#define QQ_INTAKE_INTAKE_H

#include "central/store/store.h"
#include "common/base/world.h"
#include "common/spool/link.h"

/* Where answers to a site go. The caller embeds this as its first member. */
struct intake_reply {
    enum err (*put)(struct intake_reply *self, struct str peer, enum message_kind kind,
                    struct str body);
};

struct intake {
    struct link_applier applier; /* first member */
    struct store *store;
    struct link *link;
    struct intake_reply *reply; /* NULL: into the link, to the site */
    struct clock *clock;
    int32_t today; /* YYYYMMDD, for checks that ask for it; 0: by the clock */
    uint64_t rows, batches;
    int64_t merged_in; /* of what comes out of quarantine; else 0 */
};

void intake_init(struct intake *in, struct store *store, struct link *link, struct clock *clock,
                 int32_t today);
/* One turn: takes what has come. *out_taken: how many messages. */
MUST_USE enum err intake_turn(struct intake *in, size_t *out_taken);
/* One item of a source that has no site, inside the caller's transaction; `reply` must be set. */
MUST_USE enum err intake_apply_direct(struct intake *in, struct arena *a, struct str source,
                                      enum message_kind kind, struct str body);
/* What lies in quarantine is applied again, each item in a transaction; with `is_other_catalog`
 * only what was set aside under another catalog than the present. *out_replayed: items. */
MUST_USE enum err intake_replay_quarantine(struct intake *in, bool is_other_catalog,
                                           size_t *out_replayed);

#endif
