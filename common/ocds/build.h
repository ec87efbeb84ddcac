/* build.h — rows of library 2 become compiled releases, by the same declaration read the other way
 * round.
 *
 * Owns:     the processes, until build_free.
 * Threads:  one.
 * Fails:    never: a row that belongs to no process (a payment of an unknown contract) is counted.
 * Limits:   as the declaration.
 * Promise:  rows are taken in the order of the declaration's tables. Imported again, a process
 * gives the same rows under its ocid. */
#ifndef QQ_OCDS_BUILD_H
#define QQ_OCDS_BUILD_H

#include "common/base/map.h"
#include "common/base/vec.h"
#include "common/json/json.h"
#include "common/model/value.h"
#include "common/ocds/ocds.h"

struct build_process {
    struct str ocid;
    struct json *root;
};

struct build {
    const struct ocds *o;
    struct arena *arena;
    struct map processes; /* by lot, or by contract where there is none */
    struct map projects;  /* number of a project → a process of it */
    struct map elements;  /* "contracts|HT-1" → the element */
    VEC(struct build_process *) list;
    size_t lost; /* rows */
};

void build_init(struct build *b, const struct ocds *o, struct arena *a);
/* One row of the table's dataset. */
void build_take(struct build *b, const struct ocds_table *t, const struct value *values);
/* Sets what the standard wants of a compiled release; `date` RFC 3339. */
void build_finish(struct build *b, struct str date);
void build_free(struct build *b);

#endif
