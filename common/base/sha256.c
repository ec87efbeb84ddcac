#include "common/base/sha256.h"

#include <nettle/sha2.h>
#include <string.h>

/* The library gives its functions short names by macros; these three names are ours. */
#undef sha256_init
#undef sha256_update
#undef sha256_digest

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct sha256), "context fits");

static struct sha256_ctx *context(struct sha256 *s)
{
    return (struct sha256_ctx *)(void *)s->state;
}

void sha256_init(struct sha256 *s)
{
    nettle_sha256_init(context(s));
}

void sha256_add(struct sha256 *s, struct str bytes)
{
    if (bytes.len)
        nettle_sha256_update(context(s), bytes.len, (const uint8_t *)bytes.ptr);
}

struct hash sha256_done(struct sha256 *s)
{
    struct hash h;
    nettle_sha256_digest(context(s), SHA256_BYTES, h.bytes);
    return h;
}

struct hash sha256_of(struct str bytes)
{
    struct sha256 s;
    sha256_init(&s);
    sha256_add(&s, bytes);
    return sha256_done(&s);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

struct str hash_str(const struct hash *h)
{
    return str_make(h->bytes, SHA256_BYTES);
}
