/* Any bytes as JSON: refused, or written again and read to the same. */
#include "common/json/json.h"

#include "common/base/arena.h"
#include "common/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *root = NULL;
    struct json *back = NULL;
    if (json_parse(str_make(data, size), &root) != OK)
        return 0;
    struct arena *a = arena_new((size_t)64 << 20);
    struct str text = json_write(root, a);
    ASSERT(json_parse(text, &back) == OK);
    ASSERT(str_equal(text, json_write(back, a)));
    json_free(root);
    json_free(back);
    arena_free(a);
    return 0;
}
