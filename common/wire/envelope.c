#include "common/wire/envelope.h"

#include "common/base/buf.h"
#include "common/base/check.h"

#include <string.h>

#define MAGIC STR("QQE1")
#define VERSION 1
#define KNOWN_FLAGS (ENVELOPE_COMPRESSED | ENVELOPE_CARRIER)

static void put_be(struct buf *out, uint64_t n, size_t bytes)
{
    while (bytes--)
        buf_put_char(out, (char)(unsigned char)(n >> (8 * bytes)));
}

static void put_str8(struct buf *out, struct str s)
{
    ASSERT(s.len <= 255);
    put_be(out, s.len, 1);
    buf_put(out, s);
}

void envelope_put_header(struct buf *out, const struct envelope_header *h)
{
    ASSERT(h->plain_len <= ENVELOPE_PLAIN_BYTES_MAX);
    ASSERT((h->flags & ~KNOWN_FLAGS) == 0);
    buf_put(out, MAGIC);
    put_be(out, VERSION, 1);
    put_be(out, h->suite, 1);
    put_be(out, h->flags, 2);
    put_str8(out, h->county);
    put_str8(out, h->from);
    put_str8(out, h->to);
    put_be(out, h->epoch, 8);
    put_be(out, h->seq, 8);
    buf_put(out, hash_str(&h->prev));
    put_be(out, (uint64_t)h->created_ms, 8);
    buf_put(out, hash_str(&h->catalog));
    buf_put_bytes(out, h->recipient_key, ENVELOPE_KEY_ID_BYTES);
    buf_put_bytes(out, h->sender_key, ENVELOPE_KEY_ID_BYTES);
    buf_put_bytes(out, h->ephemeral, ENVELOPE_POINT_BYTES);
    put_be(out, h->plain_len, 4);
    put_be(out, h->cipher_len, 4);
}

/* What is missing leaves `is_short`, so that the header reads as its table in protocol.md does. */
struct reader {
    struct str rest;
    bool is_short;
};

static struct str take(struct reader *in, size_t len)
{
    if (len > in->rest.len) {
        in->is_short = true;
        in->rest = STR_NONE;
        return STR_NONE;
    }
    struct str s = str_slice(in->rest, 0, len);
    in->rest = str_skip(in->rest, len);
    return s;
}

static uint64_t take_be(struct reader *in, size_t bytes)
{
    struct str s = take(in, bytes);
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n = n << 8 | (unsigned char)s.ptr[i];
    return n;
}

static struct str take_str8(struct reader *in)
{
    return take(in, (size_t)take_be(in, 1));
}

static void take_into(struct reader *in, unsigned char *out, size_t len)
{
    struct str s = take(in, len);
    if (s.len)
        memcpy(out, s.ptr, s.len);
}

static enum err check_header(const struct envelope_header *h)
{
    static const struct hash zeros;
    if (h->flags & ~KNOWN_FLAGS)
        return fail(ERR_MALFORMED, "unknown flags 0x%04x", (unsigned)h->flags);
    if (h->seq <= 1 && !hash_equal(&h->prev, &zeros))
        return fail(ERR_MALFORMED, "a first envelope that follows another");
    if (h->plain_len > ENVELOPE_PLAIN_BYTES_MAX || h->cipher_len > ENVELOPE_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "lengths %u and %u", (unsigned)h->plain_len,
                    (unsigned)h->cipher_len);
    if (!(h->flags & ENVELOPE_COMPRESSED) && h->plain_len != h->cipher_len)
        return fail(ERR_MALFORMED, "lengths differ without compression");
    return OK;
}

enum err envelope_parse(struct str bytes, struct envelope_header *out_header,
                        struct envelope_parts *out_parts)
{
    if (bytes.len > ENVELOPE_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "envelope of %zu bytes", bytes.len);
    struct reader in = {bytes, false};
    struct envelope_header h = {0};
    if (!str_equal(take(&in, MAGIC.len), MAGIC) || take_be(&in, 1) != VERSION)
        return fail(ERR_MALFORMED, "not an envelope of version %d", VERSION);
    h.suite = (uint8_t)take_be(&in, 1);
    h.flags = (uint16_t)take_be(&in, 2);
    h.county = take_str8(&in);
    h.from = take_str8(&in);
    h.to = take_str8(&in);
    h.epoch = take_be(&in, 8);
    h.seq = take_be(&in, 8);
    take_into(&in, h.prev.bytes, SHA256_BYTES);
    h.created_ms = (int64_t)take_be(&in, 8);
    take_into(&in, h.catalog.bytes, SHA256_BYTES);
    take_into(&in, h.recipient_key, ENVELOPE_KEY_ID_BYTES);
    take_into(&in, h.sender_key, ENVELOPE_KEY_ID_BYTES);
    take_into(&in, h.ephemeral, ENVELOPE_POINT_BYTES);
    h.plain_len = (uint32_t)take_be(&in, 4);
    h.cipher_len = (uint32_t)take_be(&in, 4);
    if (in.is_short)
        return fail(ERR_MALFORMED, "header ends early");
    TRY(check_header(&h));

    struct envelope_parts p = {.header = str_slice(bytes, 0, bytes.len - in.rest.len)};
    p.cipher = take(&in, h.cipher_len);
    p.tag = take(&in, ENVELOPE_TAG_BYTES);
    p.signed_part = str_slice(bytes, 0, bytes.len - in.rest.len);
    p.signature = take(&in, ENVELOPE_SIGNATURE_BYTES);
    if (in.is_short || in.rest.len > 0)
        return fail(ERR_MALFORMED, "not as long as its header says");
    *out_header = h;
    *out_parts = p;
    return OK;
}
