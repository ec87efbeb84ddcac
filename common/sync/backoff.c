#include "common/sync/backoff.h"

#include "common/base/check.h"

int64_t backoff_ms(int64_t base_ms, int64_t max_ms, unsigned tries, uint64_t random)
{
    ASSERT(base_ms > 0);
    ASSERT(max_ms >= base_ms);
    int64_t wait = base_ms;
    for (unsigned i = 0; i < tries && wait < max_ms; i++)
        wait = wait > max_ms / 2 ? max_ms : wait * 2;
    int64_t half = wait / 2;
    return half + (int64_t)(random % (uint64_t)(wait - half + 1));
}
