#include "common/base/likeness.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int percent(const char *x, const char *y)
{
    struct arena *a = arena_new(1 << 20);
    int n = likeness_percent(a, likeness_plain(a, str_of(x)), likeness_plain(a, str_of(y)));
    assert_int_equal(
        likeness_percent(a, likeness_plain(a, str_of(y)), likeness_plain(a, str_of(x))), n);
    arena_free(a);
    return n;
}

/* Pairs by hand: night nacht share "ht" of 4 + 4 (the textbook's case of Dice). */
static void shared_pairs_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *x, *y;
        int percent;
    } cases[] = {
        {"night", "nacht", 25},
        {"城关镇中心小学", "城关镇中心小学", 100},
        {"城关镇中心小学", "城关镇第二小学", 50},     /* 城关 关镇 小学 of 6 + 6 */
        {"青石建筑有限公司", "青石建设有限公司", 71}, /* 5 of 7 + 7 */
        {"aaaa", "aa", 50},                           /* one of 3 + 1: each pair counts once */
        {"王", "王", 100},
        {"王", "李", 0},
        {"王", "王五", 0},
        {"甲乙", "丙丁", 0},
        {"", "王五", -1},
        {"（）", "王五", -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(percent(cases[i].x, cases[i].y), cases[i].percent);
}

static void how_it_was_typed_is_left_aside(void **state)
{
    (void)state;
    assert_int_equal(percent("ＡＢＣ（北京）有限公司", "abc(北京) 有限公司"), 100);
    assert_int_equal(percent("买买提·艾力", "买买提 艾力"), 100);
    assert_int_equal(percent("佐々木、〇五", "佐々木〇五"), 100);
    assert_int_equal(percent("佐々木", "佐木"), 0);
    assert_int_equal(percent("a\xff"
                             "b",
                             "ab"),
                     100);
}

static void no_text_is_too_long(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    char text[100000];
    memset(text, 'x', sizeof text);
    struct str plain = likeness_plain(a, str_make(text, sizeof text));
    assert_int_equal(plain.len, LIKENESS_CHARS_MAX);
    assert_int_equal(likeness_percent(a, plain, plain), 100);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_pairs_are_counted),
        cmocka_unit_test(how_it_was_typed_is_left_aside),
        cmocka_unit_test(no_text_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
