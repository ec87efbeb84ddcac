/* written.h — how a row writes a person: number, name, and what the dataset's declaration says
 * speaks of the person beside them (`person NAME with …`).
 *
 * Owns:     nothing; values are those of the row.
 * Threads:  any.
 * Fails:    never.
 * Limits:   one evidence of each kind.
 * Promise:  what two rows write in the same way has the same key, whatever their datasets are. */
#ifndef QQ_IDENTITY_WRITTEN_H
#define QQ_IDENTITY_WRITTEN_H

#include "common/model/dataset.h"

struct arena;

struct written {
    struct str number; /* empty: the row has none */
    struct str name;
    const struct field *field;
    const struct value *values;
};

/* False: field `field` of the row names nobody who could be known again. */
bool written_read(const struct dataset *d, size_t field, const struct value *values,
                  struct written *out);
int32_t written_birth(const struct written *w); /* of the number, or beside it; 0: unknown */
/* As it is compared; empty: the row does not say. */
struct str written_evidence(struct arena *a, const struct written *w, enum evidence_kind kind);
/* Another one as soon as any of the evidence is written otherwise. */
uint64_t written_fingerprint(const struct written *w);
/* The number; without one, '~' and a hash of the evidence. */
struct str written_key(struct arena *a, const struct written *w);
/* Of one without a number: 3 or 4 (analysis.md 1). */
int written_tier(struct arena *a, const struct written *w);

#endif
