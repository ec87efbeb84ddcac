/* Any bytes as an evidence pack: what reads is written to the same again and again, and nothing
 * that is not a pack is called right. */
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/evidence/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)512 << 20);
    struct str file = str_make(data, size);
    struct check c;
    struct pack p;
    struct signature s;
    check_pack(a, file, STR_NONE, &c);
    if (c.is_pack) {
        struct str again = pack_file(a, pack_write(a, &c.pack), &(struct signature){{0}, {0}, {0}});
        ASSERT(pack_read(a, again, &p, &s) == OK);
        ASSERT(str_equal(pack_file(a, pack_write(a, &p), &s), again));
        pack_done(&p);
    }
    check_done(&c);
    arena_free(a);
    return 0;
}
