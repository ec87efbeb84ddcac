/* random.h — the kernel's randomness behind base/world.h.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    stops the process when the kernel gives none: no key may be made from less.
 * Limits:   none.
 * Promise:  getrandom(2), unbuffered. */
#ifndef QQ_OS_RANDOM_H
#define QQ_OS_RANDOM_H

#include "common/base/world.h"

struct random *random_real(void);

#endif
