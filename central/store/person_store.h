/* person_store.h — persons and who is to be looked at again.
 *
 * Owns:     a cache for one batch, in the arena given to person_store_begin.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   PERSON_CANDIDATES_MAX persons with one number are compared; the rest are ignored (and
 * there never are so many). Promise:  ids are stable: a person keeps the id it was given first. */
#ifndef QQ_STORE_PERSON_STORE_H
#define QQ_STORE_PERSON_STORE_H

#include "central/identity/resolve.h"
#include "central/store/store.h"
#include "common/base/map.h"

#define PERSON_CANDIDATES_MAX 16

struct person_batch { /* one transaction's work */
    struct store *store;
    struct arena *arena;
    struct map by_text; /* number and name as written → struct resolve_answer */
};

void person_store_begin(struct person_batch *b, struct store *s, struct arena *a);
/* `id` as in the source, 15 or 18 characters, valid. */
MUST_USE enum err person_store_resolve(struct person_batch *b, struct str id, struct str name,
                                       int64_t *out_person, int *out_tier);
MUST_USE enum err person_store_mark_dirty(struct store *s, int64_t person);
MUST_USE enum err person_store_get(struct store *s, int64_t person, struct arena *a,
                                   struct str *out_id18, struct str *out_name);

/* For the analysis: moves what is dirty to what is taken; counts what is taken now. */
MUST_USE enum err person_store_take_dirty(struct store *s, size_t *out_count);
MUST_USE enum err person_store_forget_taken(struct store *s);
MUST_USE enum err person_store_count_dirty(struct store *s,
                                           int64_t *out_count); /* waiting and being looked at */

#endif
