/* whole_key.h — which keys of a `whole` dataset this site has reported, so that rows that go
 * without a word are noticed (indicators.md Q08).
 *
 * Owns:     the table whole_key of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   one small row per key that was ever reported and not deleted.
 * Promise:  noted in the transaction that makes the rows durable. */
#ifndef QQ_EDGE_AGENT_INTAKE_WHOLE_KEY_H
#define QQ_EDGE_AGENT_INTAKE_WHOLE_KEY_H

#include "common/db/db.h"
#include "common/model/record.h"

struct arena;

/* The file has the key. */
MUST_USE enum err whole_key_note(struct db *db, const struct record *r, struct str import_id);
/* The key was deleted, and that was said. */
MUST_USE enum err whole_key_forget(struct db *db, const struct record *r);

struct whole_missing {
    int64_t count;
    struct str file; /* that had the first of them last, and in which row; empty: none is missing */
    int64_t row;
};
/* Keys that earlier files had and this import has not. */
MUST_USE enum err whole_key_missing(struct db *db, struct str dataset, struct str import_id,
                                    struct arena *a, struct whole_missing *out);

#endif
