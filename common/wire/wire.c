#include "common/wire/wire.h"

#include "common/base/buf.h"

#include <string.h>

void wire_put_u64(struct buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_put_char(out, (char)(unsigned char)(n | 0x80));
    buf_put_char(out, (char)(unsigned char)n);
}

void wire_put_i64(struct buf *out, int64_t n)
{
    wire_put_u64(out, ((uint64_t)n << 1) ^ (n < 0 ? UINT64_MAX : 0));
}

void wire_put_text(struct buf *out, struct str s)
{
    wire_put_u64(out, s.len);
    buf_put(out, s);
}

void wire_put_hash(struct buf *out, const struct hash *h)
{
    buf_put(out, hash_str(h));
}

enum err wire_read_u64(struct str *in, uint64_t *out_n)
{
    uint64_t n = 0;
    for (size_t i = 0; i < in->len && i < WIRE_NUMBER_BYTES_MAX; i++) {
        uint64_t byte = (unsigned char)in->ptr[i];
        if (i == WIRE_NUMBER_BYTES_MAX - 1 && byte > 1)
            return fail(ERR_MALFORMED, "number over 64 bits");
        n |= (byte & 0x7f) << (7 * i);
        if (byte & 0x80)
            continue;
        if (byte == 0 && i > 0)
            return fail(ERR_MALFORMED, "number longer than it need be");
        *in = str_skip(*in, i + 1);
        *out_n = n;
        return OK;
    }
    return fail(ERR_MALFORMED, "number without an end");
}

enum err wire_read_i64(struct str *in, int64_t *out_n)
{
    uint64_t n;
    TRY(wire_read_u64(in, &n));
    *out_n = (int64_t)((n >> 1) ^ (n & 1 ? UINT64_MAX : 0));
    return OK;
}

enum err wire_read_bytes(struct str *in, size_t len, struct str *out_s)
{
    if (len > in->len)
        return fail(ERR_MALFORMED, "%zu bytes promised, %zu there", len, in->len);
    *out_s = str_slice(*in, 0, len);
    *in = str_skip(*in, len);
    return OK;
}

enum err wire_read_text(struct str *in, struct str *out_s)
{
    struct str rest = *in;
    uint64_t len;
    TRY(wire_read_u64(&rest, &len));
    if (len > rest.len)
        return fail(ERR_MALFORMED, "a text is longer than the message");
    TRY(wire_read_bytes(&rest, (size_t)len, out_s));
    *in = rest;
    return OK;
}

enum err wire_read_hash(struct str *in, struct hash *out_h)
{
    struct str bytes;
    TRY(wire_read_bytes(in, SHA256_BYTES, &bytes));
    memcpy(out_h->bytes, bytes.ptr, SHA256_BYTES);
    return OK;
}

enum err wire_read_count(struct str *in, size_t *out_count)
{
    struct str rest = *in;
    uint64_t count;
    TRY(wire_read_u64(&rest, &count));
    if (count > rest.len)
        return fail(ERR_MALFORMED, "more items than bytes");
    *in = rest;
    *out_count = (size_t)count;
    return OK;
}
