/* package.h — a file of open contracting data becomes its releases, process by process: a release,
 * a release package, a record package (its releases, or what was compiled of them), or one of these
 * a line.
 *
 * Owns:     the JSON read, until package_free.
 * Threads:  any.
 * Fails:    ERR_MALFORMED: not JSON, or JSON of something else; a line of many that is broken is a
 * problem and the rest goes on.
 * Limits:   PACKAGE_RELEASES_MAX releases; depth as json.h.
 * Promise:  releases in the order of the file; what has no ocid is a problem, not a release. */
#ifndef QQ_OCDS_PACKAGE_H
#define QQ_OCDS_PACKAGE_H

#include "common/base/problem.h"
#include "common/base/vec.h"
#include "common/json/json.h"

#define PACKAGE_RELEASES_MAX 1000000

struct package_release {
    struct str ocid;
    const struct json *release;
    size_t line; /* of the file, when it has one a line; else 0 */
};

struct package {
    struct arena *arena;
    VEC(struct json *) roots;
    VEC(struct package_release) releases;
};

/* Whether a file that begins so may be one: { or [ and then its words within the bytes given. */
bool package_looks_so(struct str head);
MUST_USE enum err package_read(struct arena *a, struct str text, struct problem_list *problems,
                               struct package *out);
void package_free(struct package *p);

#endif
