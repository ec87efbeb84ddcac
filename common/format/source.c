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
