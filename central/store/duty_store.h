/* duty_store.h — the data calendar: what each site owes (the dataset `duty`), and what came of
 * it.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   one duty per site and dataset; none when the catalog has no dataset `duty`.
 * Promise:  arrivals are read from the ledger of files, so their cost grows with files, not rows.
 */
#ifndef QQ_STORE_DUTY_STORE_H
#define QQ_STORE_DUTY_STORE_H

#include "central/calendar/duty.h"
#include "central/store/store.h"
#include "common/wire/message.h"

struct duty_row {
    struct str site, site_name, dataset;
    struct duty duty;
};

struct duty_came {
    struct str site, dataset;
    struct duty_arrival arrival;
};

/* Ordered by site, then dataset. */
MUST_USE enum err duty_store_list(struct store *s, struct arena *a, struct duty_row **out_rows,
                                  size_t *out_count);
/* Files that ended and declarations of nothing, of sites and datasets that have a duty; in the same
 * order. Days are China's. */
MUST_USE enum err duty_store_arrivals(struct store *s, struct arena *a, struct duty_came **out_came,
                                      size_t *out_count);
MUST_USE enum err duty_store_nothing(struct store *s, struct str site,
                                     const struct message_nothing *m);

#endif
