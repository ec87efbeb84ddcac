/* major_store.h — the catalogue of major matters, the key units and what they reported, for
 * calendar/major.h.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h; ERR_INVALID for an item with an unknown cycle.
 * Limits:   nothing when the catalog has not the datasets major_item, major_report and unit.
 * Promise:  reports of one year are read, never all. */
#ifndef QQ_STORE_MAJOR_STORE_H
#define QQ_STORE_MAJOR_STORE_H

#include "central/calendar/major.h"
#include "central/store/store.h"

struct major_book {
    struct major_item *items;
    struct major_unit *units; /* key departments, by code */
    struct major_report *reports;
    size_t item_count, unit_count, report_count;
};

/* Reports of the year in which the month (YYYYMM) lies. */
MUST_USE enum err major_store_read(struct store *s, struct arena *a, int32_t month,
                                   struct major_book *out_book);

#endif
