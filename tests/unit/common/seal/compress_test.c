#include "common/seal/compress.h"

#include "common/base/arena.h"
#include "common/base/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_length_comes_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 255, 256, 257, 511, 512, 513, 4096, 70000, 3000000};
    struct arena *a = arena_new(64u << 20);
    struct seeded_random random;
    seeded_random_init(&random, 3);
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
        size_t len = sizes[i / 2];
        char *bytes = arena_take(a, len);
        if (i % 2) /* noise, else zeros */
            random.random.fill(&random.random, bytes, len);
        struct str back, packed = compress_pack(a, str_make(bytes, len));
        assert_int_equal(compress_expand(a, packed, len, &back), OK);
        assert_true(str_equal(back, str_make(bytes, len)));
        assert_int_equal(compress_expand(a, packed, len + 1, &back), ERR_MALFORMED);
        if (len > 0)
            assert_int_equal(compress_expand(a, packed, len - 1, &back), ERR_MALFORMED);
        arena_reset(a);
    }
    arena_free(a);
}

static void a_bomb_is_stopped_at_what_was_promised(void **state)
{
    (void)state;
    struct arena *big = arena_new(128u << 20), *small = arena_new(1u << 20);
    size_t len = 32u << 20;
    struct str back, packed = compress_pack(big, str_make(arena_take(big, len), len));
    assert_true(packed.len < 40000);
    assert_int_equal(compress_expand(small, packed, 1000, &back), ERR_MALFORMED);
    arena_free(big);
    arena_free(small);
}

static void damage_and_what_stands_behind_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new(16u << 20);
    struct str text = STR("清渠 清渠 清渠 清渠 清渠"), back;
    struct str packed = compress_pack(a, text);
    for (size_t len = 0; len < packed.len; len++)
        assert_int_equal(compress_expand(a, str_slice(packed, 0, len), text.len, &back),
                         ERR_MALFORMED);
    struct str longer = str_format(a, "%*s", (int)packed.len + 1, "");
    memcpy((char *)(uintptr_t)longer.ptr, packed.ptr, packed.len);
    assert_int_equal(compress_expand(a, longer, text.len, &back), ERR_MALFORMED);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_comes_back),
        cmocka_unit_test(a_bomb_is_stopped_at_what_was_promised),
        cmocka_unit_test(damage_and_what_stands_behind_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
