/* ocds_store.h — the releases of open contracting data that were kept, put together again.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h.
 * Limits:   what is read at once lies in the arena; ask for one process, or page by page.
 * Promise:  a release is given whole or not at all: one of which a part is missing is left out.
 * Releases of one process come in the order of their ids. */
#ifndef QQ_STORE_OCDS_STORE_H
#define QQ_STORE_OCDS_STORE_H

#include "central/store/store.h"

struct ocds_stored {
    struct str ocid, release_id;
    struct str content; /* JSON */
};

/* Calls `take` for each release of every process, process by process; `a` is emptied between
 * processes by nobody, so that what was taken may be kept. */
MUST_USE enum err ocds_store_each(struct store *s, struct arena *a,
                                  enum err (*take)(void *context, const struct ocds_stored *r),
                                  void *context);

#endif
