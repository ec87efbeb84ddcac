#include "common/format/xlsx_strings.h"

#include "common/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_many_strings_come_back(void **state)
{
    enum { MANY = 3 * 4096 + 5 };
    struct arena *a = arena_new((size_t)8 << 20);
    struct xlsx_strings *s = NEW(a, struct xlsx_strings);
    (void)state;
    s->arena = a;
    for (int i = 0; i < MANY; i++)
        assert_true(xlsx_strings_add(s, i % 7 ? str_format(a, "第%d条", i) : STR_NONE));
    for (int i = 0; i < MANY; i++)
        assert_true(str_equal(xlsx_strings_at(s, (uint64_t)i),
                              i % 7 ? str_format(a, "第%d条", i) : STR_NONE));
    assert_int_equal(xlsx_strings_at(s, MANY).len, 0);
    assert_int_equal(xlsx_strings_at(s, UINT64_MAX).len, 0);
    arena_free(a);
}

static void test_long_text_keeps_its_neighbours(void **state)
{
    enum { LONG = 200000 };
    struct arena *a = arena_new((size_t)8 << 20);
    struct xlsx_strings *s = NEW(a, struct xlsx_strings);
    char *text = arena_take_raw(a, LONG);
    (void)state;
    s->arena = a;
    for (int i = 0; i < LONG; i++)
        text[i] = (char)('a' + i % 26);
    assert_true(xlsx_strings_add(s, str_make(text, LONG)));
    assert_true(xlsx_strings_add(s, STR("前")));
    assert_true(xlsx_strings_add(s, str_make(text, 255)));
    assert_true(xlsx_strings_add(s, str_make(text, LONG)));
    assert_true(xlsx_strings_add(s, STR("后")));
    assert_true(str_equal(xlsx_strings_at(s, 0), str_make(text, LONG)));
    assert_true(str_equal(xlsx_strings_at(s, 1), STR("前")));
    assert_true(str_equal(xlsx_strings_at(s, 2), str_make(text, 255)));
    assert_true(str_equal(xlsx_strings_at(s, 3), str_make(text, LONG)));
    assert_true(str_equal(xlsx_strings_at(s, 4), STR("后")));
    arena_free(a);
}

static void test_too_much_is_refused(void **state)
{
    struct arena *a = arena_new((size_t)128 << 20);
    struct xlsx_strings *s = NEW(a, struct xlsx_strings);
    (void)state;
    s->arena = a;
    s->bytes = XLSX_SHARED_BYTES_MAX - 3;
    assert_false(xlsx_strings_add(s, STR("四个字节")));
    assert_true(xlsx_strings_add(s, STR("三")));
    assert_false(xlsx_strings_add(s, STR("x")));
    assert_int_equal(s->count, 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_strings_come_back),
        cmocka_unit_test(test_long_text_keeps_its_neighbours),
        cmocka_unit_test(test_too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
