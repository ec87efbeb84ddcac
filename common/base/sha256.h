/* sha256.h — the one hash of the project: content of records, chain of envelopes, files, catalogs
 * (FIPS 180-4).
 *
 * Owns:     nothing; the context is the caller's.
 * Threads:  any.
 * Fails:    never.
 * Limits:   2^61 bytes.
 * Promise:  the only file that knows the library's SHA-256. */
#ifndef QQ_BASE_SHA256_H
#define QQ_BASE_SHA256_H

#include "common/base/str.h"

#define SHA256_BYTES 32

struct hash {
    unsigned char bytes[SHA256_BYTES];
};

struct sha256 {
    _Alignas(
        8) unsigned char state[160]; /* holds the library's context; size checked in sha256.c */
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, struct str bytes);
struct hash sha256_done(struct sha256 *s);
struct hash sha256_of(struct str bytes);
bool hash_equal(const struct hash *a, const struct hash *b);
struct str hash_str(const struct hash *h); /* view of its 32 bytes */

#endif
