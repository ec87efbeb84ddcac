/* person_store.h — persons, how they are written, and who is to be looked at again.
 *
 * Owns:     what it remembers of ways of writing, in the store.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   PERSON_CANDIDATES_MAX persons with one number are compared; PERSON_MEMORY_BYTES are
 * remembered, then it begins anew.
 * Promise:  ids are stable: a person keeps the id it was given first. Each way of writing a person
 * is decided once; the decision is kept with its tier and reason. */
#ifndef QQ_STORE_PERSON_STORE_H
#define QQ_STORE_PERSON_STORE_H

#include "central/identity/resolve.h"
#include "central/store/store.h"

#define PERSON_CANDIDATES_MAX 16
#define PERSON_MEMORY_BYTES ((size_t)48 << 20)

struct person_batch { /* one chunk's work */
    struct store *store;
    struct arena *arena;
    int64_t now_ms;
    int64_t dirty_last; /* marked already: an office lists a person's rows one behind the other */
};

void person_store_begin(struct person_batch *b, struct store *s, struct arena *a, int64_t now_ms);
/* To be called when a transaction in which persons were resolved was rolled back. */
void person_store_forget(struct store *s);
/* `id` as in the source, 15 or 18 characters, valid. */
MUST_USE enum err person_store_resolve(struct person_batch *b, struct str id, struct str name,
                                       int64_t *out_person, int *out_tier);
MUST_USE enum err person_store_mark_dirty(struct person_batch *b, int64_t person);
MUST_USE enum err person_store_get(struct store *s, int64_t person, struct arena *a,
                                   struct str *out_id18, struct str *out_name);

/* For the analysis: moves what is dirty to what is taken; counts what is taken now. */
MUST_USE enum err person_store_take_dirty(struct store *s, size_t *out_count);
MUST_USE enum err person_store_forget_taken(struct store *s);
MUST_USE enum err person_store_count_dirty(struct store *s,
                                           int64_t *out_count); /* waiting and being looked at */

#endif
