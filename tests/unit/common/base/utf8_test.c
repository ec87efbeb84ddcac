#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void forms_that_rfc_3629_refuses_are_refused(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        bool is_valid;
        size_t count;
    } cases[] = {
        {STR_INIT(""), true, 0},
        {STR_INIT("a\0b"), true, 3},
        {STR_INIT("é中😀"), true, 3},
        {STR_INIT("\xC2\x80"), true, 1},
        {STR_INIT("\xC0\x80"), false, 2},         /* over-long NUL */
        {STR_INIT("\xC1\xBF"), false, 2},         /* over-long */
        {STR_INIT("\xE0\x9F\xBF"), false, 3},     /* over-long */
        {STR_INIT("\xF0\x8F\xBF\xBF"), false, 4}, /* over-long */
        {STR_INIT("\xED\x9F\xBF"), true, 1},
        {STR_INIT("\xED\xA0\x80"), false, 3}, /* surrogate */
        {STR_INIT("\xEE\x80\x80"), true, 1},
        {STR_INIT("\xF4\x8F\xBF\xBF"), true, 1},
        {STR_INIT("\xF4\x90\x80\x80"), false, 4}, /* past U+10FFFF */
        {STR_INIT("\xF5\x80\x80\x80"), false, 4},
        {STR_INIT("\xFF"), false, 1},
        {STR_INIT("\x80"), false, 1},     /* stray continuation */
        {STR_INIT("\xE4\xB8"), false, 2}, /* cut off */
        {STR_INIT("\xE4"
                  "a\xAD"),
         false, 3}, /* broken by a letter */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (utf8_is_valid(cases[i].bytes) != cases[i].is_valid ||
            utf8_count(cases[i].bytes) != cases[i].count)
            fail_msg("case %zu", i);
}

static void every_code_point_is_written_and_read(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct buf b;
    buf_init(&b, a);
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x11000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        buf_clear(&b);
        utf8_put(&b, c);
        struct str rest = buf_str(&b);
        assert_int_equal(utf8_next(&rest), c);
        assert_int_equal(rest.len, 0);
    }
    arena_free(a);
}

static void widths_fold_as_forms_need(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } cases[] = {
        {"\uFF11\uFF12\uFF13\uFF21\uFF22\uFF23", "123ABC"},
        {"\uFF01\uFF08\uFF09\uFF0C\uFF5E", "!(),~"},
        {"\uFFE5", "\uFFE5"}, /* the full-width yen sign has no ASCII twin */
        {"\u3000x\u3000", " x "},
        {"a b\u00A0c\u2009d", "a b c d"},
        {"\uFEFF张\u200B三", "张三"},
        {"中文、。《》", "中文、。《》"},
        {"", ""},
    };
    struct arena *a = arena_new((size_t)1 << 16);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str got = utf8_fold_width(a, str_of(cases[i].from));
        if (!str_equal(got, str_of(cases[i].to)))
            fail_msg("%s gives " STR_FMT, cases[i].from, STR_ARG(got));
    }
    struct str same = STR("张三 abc");
    assert_ptr_equal(utf8_fold_width(a, same).ptr, same.ptr);
    assert_true(str_equal(utf8_fold_width(a, STR("A\xFF")), STR("A\xFF")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_rfc_3629_refuses_are_refused),
        cmocka_unit_test(every_code_point_is_written_and_read),
        cmocka_unit_test(widths_fold_as_forms_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
