#include "common/base/hex.h"

#include "common/base/arena.h"

struct str hex_encode(struct arena *a, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *out = arena_take_raw(a, bytes.len * 2 + 1);
    for (size_t i = 0; i < bytes.len; i++) {
        out[2 * i] = digits[(unsigned char)bytes.ptr[i] >> 4];
        out[2 * i + 1] = digits[(unsigned char)bytes.ptr[i] & 15];
    }
    out[bytes.len * 2] = '\0';
    return str_make(out, bytes.len * 2);
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_decode(struct str hex, void *out_bytes, size_t size)
{
    if (hex.len != size * 2)
        return false;
    for (size_t i = 0; i < hex.len; i++)
        if (digit_value(hex.ptr[i]) < 0)
            return false;
    unsigned char *out = out_bytes;
    for (size_t i = 0; i < size; i++)
        out[i] =
            (unsigned char)(digit_value(hex.ptr[2 * i]) << 4 | digit_value(hex.ptr[2 * i + 1]));
    return true;
}
