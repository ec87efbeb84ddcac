/* power_store.h — the power lists of the units with all their editions, for calendar/power.h.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   nothing when the catalog has not the datasets power_item and unit.
 * Promise:  editions of one power stand together, the newest first, as power_judge needs them. */
#ifndef QQ_STORE_POWER_STORE_H
#define QQ_STORE_POWER_STORE_H

#include "central/calendar/power.h"
#include "central/store/store.h"

/* By unit and power; `unit` STR_NONE: all. */
MUST_USE enum err power_store_list(struct store *s, struct arena *a, struct str unit,
                                   struct power_edition **out_editions, size_t *out_count);

#endif
