#include "common/format/format.h"

#include <string.h>

enum err format_read_bytes(struct format_source *s, char *bytes, size_t room, size_t *out_len)
{
    struct format_bytes *b = (struct format_bytes *)s;
    size_t len = b->rest.len < room ? b->rest.len : room;
    if (b->step && len > b->step)
        len = b->step;
    if (len)
        memcpy(bytes, b->rest.ptr, len);
    b->rest = str_skip(b->rest, len);
    *out_len = len;
    return OK;
}

static enum err read_bytes_at(struct format_source *s, int64_t offset, char *bytes, size_t room,
                              size_t *out_len)
{
    const struct format_bytes *b = (const struct format_bytes *)s;
    struct str rest =
        str_skip(b->whole, (size_t)offset < b->whole.len ? (size_t)offset : b->whole.len);
    size_t len = rest.len < room ? rest.len : room;
    if (len)
        memcpy(bytes, rest.ptr, len);
    *out_len = len;
    return OK;
}

struct format_bytes format_whole_bytes(struct str bytes)
{
    return (struct format_bytes){.source = {format_read_bytes, read_bytes_at, (int64_t)bytes.len},
                                 .rest = bytes,
                                 .whole = bytes};
}
