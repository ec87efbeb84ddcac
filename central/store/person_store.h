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

#include "central/identity/written.h"
#include "central/store/store.h"

#define PERSON_CANDIDATES_MAX 16
#define PERSON_MEMORY_BYTES ((size_t)48 << 20)

struct person_batch { /* one chunk's work */
    struct store *store;
    struct arena *arena;
    int64_t now_ms;
    bool is_current;    /* what the store remembers of ways of writing is looked through already */
    int64_t dirty_last; /* marked already: an office lists a person's rows one behind the other */
};

void person_store_begin(struct person_batch *b, struct store *s, struct arena *a, int64_t now_ms);
/* To be called when a transaction in which persons were resolved was rolled back. */
void person_store_forget(struct store *s);
/* Who the row means. Somebody without a number is a person of T3 or T4, about whom others are
 * asked. */
MUST_USE enum err person_store_resolve(struct person_batch *b, const struct written *w,
                                       int64_t *out_person, int *out_tier);
struct person_link {
    int64_t home, person; /* before any merge, and now */
    int tier;
};
/* `key` of written.h. */
MUST_USE enum err person_store_read_link(struct store *s, struct str key, struct str name,
                                         struct person_link *out_link, bool *out_is_known);
MUST_USE enum err person_store_add(struct store *s, struct str id18, struct str name,
                                   struct str name_key, int32_t birth, int64_t *out_person);
MUST_USE enum err person_store_mark_dirty(struct person_batch *b, int64_t person);
MUST_USE enum err person_store_get(struct store *s, int64_t person, struct arena *a,
                                   struct str *out_id18, struct str *out_name);

/* For the analysis: moves what is dirty to what is taken; counts what is taken now. */
MUST_USE enum err person_store_take_dirty(struct store *s, size_t *out_count);
MUST_USE enum err person_store_forget_taken(struct store *s);
MUST_USE enum err person_store_count_dirty(struct store *s,
                                           int64_t *out_count); /* waiting and being looked at */

#endif
