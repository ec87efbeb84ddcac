#include "common/base/sha256.h"

#include "common/base/check.h"

#include <mbedtls/sha256.h>
#include <string.h>

_Static_assert(sizeof(mbedtls_sha256_context) <= sizeof(struct sha256), "context fits");

static mbedtls_sha256_context *context(struct sha256 *s)
{
    return (mbedtls_sha256_context *)(void *)s->state;
}

void sha256_init(struct sha256 *s)
{
    mbedtls_sha256_init(context(s));
    ASSERT(mbedtls_sha256_starts_ret(context(s), 0) == 0);
}

void sha256_add(struct sha256 *s, struct str bytes)
{
    if (bytes.len)
        ASSERT(mbedtls_sha256_update_ret(context(s), (const unsigned char *)bytes.ptr, bytes.len) ==
               0);
}

struct hash sha256_done(struct sha256 *s)
{
    struct hash h;
    ASSERT(mbedtls_sha256_finish_ret(context(s), h.bytes) == 0);
    mbedtls_sha256_free(context(s));
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
