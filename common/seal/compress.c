#include "common/seal/compress.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <string.h>
#include <zlib.h>

#define LEVEL 6
#define MEMORY_LEVEL 9
#define WINDOW_BITS_MIN 9

static voidpf take(voidpf arena, uInt items, uInt size)
{
    return arena_take_raw(arena, (size_t)items * size);
}

static void forget(voidpf arena, voidpf piece)
{
    (void)arena;
    (void)piece;
}

/* A window no larger than the text: short messages need little working memory. */
static int window_bits(size_t len)
{
    int bits = WINDOW_BITS_MIN;
    while (bits < MAX_WBITS && ((size_t)1 << bits) < len)
        bits++;
    return bits;
}

struct str compress_pack(struct arena *a, struct str plain)
{
    z_stream z = {.zalloc = take, .zfree = forget, .opaque = a};
    int bits = window_bits(plain.len);
    int memory = bits - (MAX_WBITS - MEMORY_LEVEL);
    ASSERT(deflateInit2(&z, LEVEL, Z_DEFLATED, bits, memory, Z_DEFAULT_STRATEGY) == Z_OK);
    uLong room = deflateBound(&z, (uLong)plain.len);
    Bytef *out = arena_take_raw(a, room);
    z.next_in = (z_const Bytef *)(uintptr_t)plain.ptr;
    z.avail_in = (uInt)plain.len;
    z.next_out = out;
    z.avail_out = (uInt)room;
    ASSERT(deflate(&z, Z_FINISH) == Z_STREAM_END);
    struct str packed = str_make(out, z.total_out);
    ASSERT(deflateEnd(&z) == Z_OK);
    return packed;
}

enum err compress_expand(struct arena *a, struct str packed, size_t plain_len,
                         struct str *out_plain)
{
    z_stream z = {.zalloc = take, .zfree = forget, .opaque = a};
    Bytef *out = arena_take_raw(a, plain_len + 1); /* +1: a longer stream shows itself */
    z.next_in = (z_const Bytef *)(uintptr_t)packed.ptr;
    z.avail_in = (uInt)packed.len;
    z.next_out = out;
    z.avail_out = (uInt)plain_len + 1;
    ASSERT(inflateInit(&z) == Z_OK);
    int end = inflate(&z, Z_FINISH);
    bool is_exact = end == Z_STREAM_END && z.total_out == plain_len && z.avail_in == 0;
    ASSERT(inflateEnd(&z) == Z_OK);
    if (!is_exact)
        return fail(ERR_MALFORMED, "does not expand to %zu bytes", plain_len);
    *out_plain = str_make(out, plain_len);
    return OK;
}
