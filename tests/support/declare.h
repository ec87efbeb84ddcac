/* declare.h — catalogs made of texts that stand in a test.
 *
 * Owns:     what it returns belongs to the caller.
 * Threads:  one.
 * Fails:    the test, with the faults of the text; declare_faults wants them instead.
 * Limits:   one file.
 * Promise:  the real reader and linker. */
#ifndef QQ_TESTS_SUPPORT_DECLARE_H
#define QQ_TESTS_SUPPORT_DECLARE_H

#include "common/model/catalog.h"

struct catalog *declare(const char *text);
/* "code:line:column code:line:column " of a text that is wrong. */
struct str declare_faults(struct arena *a, const char *text);
struct str declare_list(struct arena *a, const struct problem_list *problems); /* the same form */

#endif
