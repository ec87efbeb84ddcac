/* bless.h — expected texts that stand in files: compared, or written anew when BLESS is set.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    the test, with the first line that differs.
 * Limits:   none.
 * Promise:  paths are relative to the source tree; without BLESS nothing is written. */
#ifndef QQ_TESTS_SUPPORT_BLESS_H
#define QQ_TESTS_SUPPORT_BLESS_H

#include "common/base/str.h"

void bless_compare(struct arena *a, struct str path, struct str actual);

#endif
