/* Any bytes as a batch, and each of its bodies as each message: refused, or written again and read
 * to the same. */
#include "common/wire/message.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#define X(name)                                                                                    \
    static void try_##name(struct arena *a, struct str body)                                       \
    {                                                                                              \
        struct message_##name m, back;                                                             \
        struct buf out, again;                                                                     \
        if (message_##name##_parse(a, body, &m) != OK)                                             \
            return;                                                                                \
        buf_init(&out, a);                                                                         \
        message_##name##_put(&out, &m);                                                            \
        ASSERT(str_starts(body, buf_str(&out)));                                                   \
        ASSERT(message_##name##_parse(a, buf_str(&out), &back) == OK);                             \
        buf_init(&again, a);                                                                       \
        message_##name##_put(&again, &back);                                                       \
        ASSERT(str_equal(buf_str(&out), buf_str(&again)));                                         \
    }
MESSAGE_LIST(X)
#undef X

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)256 << 20);
    struct message_item *items = NULL;
    size_t count = 0;
    if (message_parse_batch(a, str_make(data, size), &items, &count) != OK)
        count = 0;
    for (size_t i = 0; i < count && i < 16; i++) {
#define X(name) try_##name(a, items[i].body);
        MESSAGE_LIST(X)
#undef X
    }
    arena_free(a);
    return 0;
}
