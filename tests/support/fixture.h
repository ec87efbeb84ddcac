/* fixture.h — the project's own catalog and databases made of it, for tests.
 *
 * Owns:     what it returns belongs to the caller.
 * Threads:  one.
 * Fails:    the test.
 * Limits:   none.
 * Promise:  the real declarations, the real tables. */
#ifndef QQ_TESTS_SUPPORT_FIXTURE_H
#define QQ_TESTS_SUPPORT_FIXTURE_H

#include "common/base/arena.h"
#include "common/model/catalog.h"

struct str fixture_read(
    struct arena *a,
    const char *path); /* relative to the source tree; fails the test when it is not there */
struct catalog *
fixture_catalog(struct arena *a); /* common/catalog; fails the test with its faults */

/* The text with every `from` replaced; fails the test when there is none. */
struct str fixture_changed(struct arena *a, struct str text, const char *from, const char *to);

#endif
