/* merge.h — the releases of one contracting process become what is known of it now, or the history
 * of each value (OCDS 1.1, "Merging": null removes, objects of a list are merged by their id, lists
 * without ids are replaced).
 *
 * Owns:     nothing; the result is the caller's (json_free).
 * Threads:  any.
 * Fails:    never: what is no object is passed over.
 * Limits:   as the JSON given.
 * Promise:  releases are taken by date, those of one date in the order given; the order of keys
 * does not matter. */
#ifndef QQ_OCDS_MERGE_H
#define QQ_OCDS_MERGE_H

#include "common/json/json.h"
#include "common/ocds/ocds.h"

struct json *ocds_merge_compiled(const struct ocds *o, const struct json *const *releases,
                                 size_t count, struct arena *a);
struct json *ocds_merge_versioned(const struct ocds *o, const struct json *const *releases,
                                  size_t count, struct arena *a);

#endif
