/* backoff.h — how long to wait before the next try: doubling, with jitter, so that ten thousand
 * peers do not come back in the same second.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   the wait stays within half the base and the maximum.
 * Promise:  the same tries and the same random number give the same wait. */
#ifndef QQ_SYNC_BACKOFF_H
#define QQ_SYNC_BACKOFF_H

#include <stdint.h>

/* `tries` so far without success; `random` is any number. Half of the doubled wait is fixed, half
 * is jitter. */
int64_t backoff_ms(int64_t base_ms, int64_t max_ms, unsigned tries, uint64_t random);

#endif
