/* record.h — one row of a dataset: its values, canonical bytes and the two hashes that everything
 * later rests on.
 *
 * Owns:     nothing; values are the arena's.
 * Threads:  any.
 * Fails:    never.
 * Limits:   as the dataset.
 * Promise:  equal values give equal hashes on every machine and in every version of the same
 * dataset; NULL fields at the end do not change the hash, so a field added later leaves old hashes
 * alone. */
#ifndef QQ_MODEL_RECORD_H
#define QQ_MODEL_RECORD_H

#include "common/base/sha256.h"
#include "common/model/dataset.h"

struct record {
    const struct dataset *dataset;
    const struct value *values; /* dataset->field_count of them */
    uint64_t row;               /* of the source file, from 1, as a person counts */
    uint64_t doubts; /* bit i: field i went through with a warning (data-model.md `quality`) */
};

/* Canonical form: per value a kind byte, then an 8-byte big-endian number or a 4-byte length and
 * the bytes. */
struct str record_canonical(struct arena *a, const struct record *r);
struct hash record_hash(const struct record *r); /* of the canonical form */
/* Of dataset id and key values. Its first bytes come from the first of them, so that keys which are
 * written together (a batch's, a run of serial numbers) lie together in an index: else each row of
 * a large table would touch a page of its own. Another form of it is a number up in key_form.c. */
struct hash record_key_hash(const struct record *r);

#endif
