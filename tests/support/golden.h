/* golden.h — the checked-in files that tests compare with.
 *
 * Owns:     nothing; bytes are the arena's.
 * Threads:  any.
 * Fails:    a file that cannot be read ends the test program with its path.
 * Limits:   none.
 * Promise:  paths are relative to tests/golden. */
#ifndef QQ_TESTS_GOLDEN_H
#define QQ_TESTS_GOLDEN_H

#include "common/base/str.h"

/* `source_dir` is the test's SOURCE_DIR. */
struct str golden_read(struct arena *a, const char *source_dir, const char *path);

#endif
