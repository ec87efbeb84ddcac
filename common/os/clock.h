/* clock.h — the real clock behind base/world.h.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  the only place that asks the kernel for the time. */
#ifndef QQ_OS_CLOCK_H
#define QQ_OS_CLOCK_H

#include "common/base/world.h"

struct clock *clock_real(void);
int64_t clock_monotonic_us(void); /* for measuring what a stage took */

#endif
