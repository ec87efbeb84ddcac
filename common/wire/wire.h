/* wire.h — the few primitives that every body on the wire is made of: short numbers, texts, hashes.
 *
 * Owns:     nothing; texts read are views into the bytes given.
 * Threads:  any.
 * Fails:    wire_read_*: ERR_MALFORMED when bytes are missing or a number is longer than it need
 * be. Limits:   WIRE_NUMBER_BYTES_MAX a number. Promise:  one form a value: what was read and is
 * written again gives the same bytes. */
#ifndef QQ_WIRE_WIRE_H
#define QQ_WIRE_WIRE_H

#include "common/base/err.h"
#include "common/base/sha256.h"

#define WIRE_NUMBER_BYTES_MAX 10

struct buf;

void wire_put_u64(struct buf *out, uint64_t n); /* 7 bits a byte, low ones first */
void wire_put_i64(struct buf *out, int64_t n);  /* zigzag: small numbers of either sign are short */
void wire_put_text(struct buf *out, struct str s); /* length, bytes */
void wire_put_hash(struct buf *out, const struct hash *h);

/* `in` is what is left; reading takes it off the front. */
MUST_USE enum err wire_read_u64(struct str *in, uint64_t *out_n);
MUST_USE enum err wire_read_i64(struct str *in, int64_t *out_n);
MUST_USE enum err wire_read_text(struct str *in, struct str *out_s);
MUST_USE enum err wire_read_hash(struct str *in, struct hash *out_h);
MUST_USE enum err wire_read_bytes(struct str *in, size_t len, struct str *out_s);
/* A count of things of which each takes at least one byte of what is left: safe to take memory for.
 */
MUST_USE enum err wire_read_count(struct str *in, size_t *out_count);

#endif
