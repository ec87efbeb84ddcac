/* supply_store.h — who supplied what: files, rows and refusals per dataset and site, for the data
 * calendar and the pages.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   one row per dataset and site that ever sent.
 * Promise:  the sums are those of the ledger (`tally`, `file_end`), not counts over records: their
 * cost grows with files, not with rows. */
#ifndef QQ_STORE_SUPPLY_STORE_H
#define QQ_STORE_SUPPLY_STORE_H

#include "central/store/store.h"

struct supply_row {
    struct str dataset, site, site_name;
    int64_t files;                          /* ended */
    int64_t rows, accepted, rejected;       /* by the site's file ends */
    int64_t merged, duplicate, quarantined; /* by the hub */
    int64_t last_ms;                        /* end of the newest file, by the site's clock */
};

/* Ordered by dataset, then site; `dataset`, `site` STR_NONE: all. */
MUST_USE enum err supply_store_list(struct store *s, struct arena *a, struct str dataset,
                                    struct str site, struct supply_row **out_rows,
                                    size_t *out_count);

#endif
