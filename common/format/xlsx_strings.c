#include "common/format/xlsx_strings.h"

#include "common/base/arena.h"

#include <string.h>

#define CHUNK_BYTES ((size_t)64 << 10) /* a place in it has 16 bits */
#define LONG 255                       /* the first byte of a string whose length follows */

/* Where so many bytes go; a long text gets a chunk of its own, so that none is left half empty. */
static uint32_t room(struct xlsx_strings *s, size_t bytes, char **out_at)
{
    bool is_own = bytes > CHUNK_BYTES / 8;
    if (is_own || bytes > s->left) {
        char *chunk = arena_take_raw(s->arena, is_own ? bytes : CHUNK_BYTES);
        VEC_PUSH(&s->chunks, s->arena, chunk);
        if (is_own) {
            *out_at = chunk;
            return (uint32_t)(s->chunks.count - 1) << 16;
        }
        s->open = s->chunks.count - 1;
        s->left = CHUNK_BYTES;
    }
    size_t used = CHUNK_BYTES - s->left;
    *out_at = s->chunks.at[s->open] + used;
    s->left -= bytes;
    return (uint32_t)(s->open << 16 | used);
}

bool xlsx_strings_add(struct xlsx_strings *s, struct str text)
{
    uint32_t len = (uint32_t)text.len;
    size_t head = len < LONG ? 1 : 1 + sizeof len, block = s->count / XLSX_STRINGS_BLOCK;
    char *at;
    if (s->count >= XLSX_SHARED_MAX || text.len > XLSX_SHARED_BYTES_MAX - s->bytes)
        return false;
    if (!s->places[block])
        s->places[block] = NEW_ARRAY(s->arena, uint32_t, XLSX_STRINGS_BLOCK);
    s->places[block][s->count++ % XLSX_STRINGS_BLOCK] = room(s, head + text.len, &at);
    at[0] = (char)(unsigned char)(len < LONG ? len : LONG);
    memcpy(at + 1, &len, head - 1);
    if (text.len)
        memcpy(at + head, text.ptr, text.len);
    s->bytes += text.len;
    return true;
}

struct str xlsx_strings_at(const struct xlsx_strings *s, uint64_t number)
{
    if (number >= s->count)
        return STR_NONE;
    uint32_t place = s->places[number / XLSX_STRINGS_BLOCK][number % XLSX_STRINGS_BLOCK];
    const char *at = s->chunks.at[place >> 16] + (place & 0xffff);
    uint32_t len = (unsigned char)*at++;
    if (len < LONG)
        return str_make(at, len);
    memcpy(&len, at, sizeof len);
    return str_make(at + sizeof len, len);
}
