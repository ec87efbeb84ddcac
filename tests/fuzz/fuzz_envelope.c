/* Any bytes as an envelope: refused, or its header writes itself again. */
#include "common/wire/envelope.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct envelope_header h;
    struct envelope_parts p;
    if (envelope_parse(str_make(data, size), &h, &p) != OK)
        return 0;
    struct arena *a = arena_new((size_t)1 << 20);
    struct buf again;
    buf_init(&again, a);
    envelope_put_header(&again, &h);
    ASSERT(str_equal(buf_str(&again), p.header));
    ASSERT(p.signed_part.len + p.signature.len == size);
    arena_free(a);
    return 0;
}
