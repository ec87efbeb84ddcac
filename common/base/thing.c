#include "common/base/thing.h"

#include "common/base/sha256.h"

int64_t thing_id(struct str key)
{
    struct hash h = sha256_of(key);
    uint64_t first = 0;
    for (int i = 0; i < 8; i++)
        first = first << 8 | h.bytes[i];
    return -(int64_t)(first >> 2) - 1;
}
