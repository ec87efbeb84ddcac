#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_str(struct str got, const char *expected)
{
    if (!str_equal(got, str_of(expected)))
        fail_msg("'" STR_FMT "' is not '%s'", STR_ARG(got), expected);
}

static void views_are_cut_without_leaving_their_bytes(void **state)
{
    (void)state;
    struct str s = STR("abcdef");
    assert_str(str_slice(s, 1, 3), "bc");
    assert_str(str_slice(s, 4, 99), "ef");
    assert_str(str_slice(s, 9, 2), "");
    assert_str(str_skip(s, 99), "");
    assert_str(str_slice(STR_NONE, 0, 4), "");
    assert_str(str_trim(STR(" \t\r\n a b \v\f ")), "a b");
    assert_str(str_trim(STR("  ")), "");
    assert_int_equal(str_find(s, 'd'), 3);
    assert_int_equal(str_find(s, 'x'), 6);
    assert_int_equal(str_find(STR_NONE, 'x'), 0);
    struct str rest = STR("a,,b");
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(str_cut(&rest, ','), "b");
    assert_str(str_cut(&rest, ','), "");
}

static void comparing_is_by_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
        bool is_equal_folded, starts, ends, contains;
    } cases[] = {
        {"", "", 0, true, true, true, true},
        {"a", "", 1, false, true, true, true},
        {"", "a", -1, false, false, false, false},
        {"abc", "abd", -1, false, false, false, false},
        {"abc", "ab", 1, false, true, false, true},
        {"abc", "bc", -1, false, false, true, true},
        {"Abc", "aBC", -1, true, false, false, false},
        {"中", "a", 1, false, false, false, false},
        {"É", "é", -1, false, false, false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str a = str_of(cases[i].a);
        struct str b = str_of(cases[i].b);
        int order = str_compare(a, b);
        assert_int_equal((order > 0) - (order < 0), cases[i].order);
        assert_int_equal(str_equal(a, b), cases[i].order == 0);
        assert_int_equal(str_equal_fold(a, b), cases[i].is_equal_folded);
        assert_int_equal(str_starts(a, b), cases[i].starts);
        assert_int_equal(str_ends(a, b), cases[i].ends);
        assert_int_equal(str_contains(a, b), cases[i].contains);
    }
    assert_true(str_equal(str_of(NULL), STR_NONE));
    assert_true(str_hash(STR("a")) != str_hash(STR("b")));
}

static void numbers_are_whole_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_fine;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-12", true, -12},
        {"+7", true, 7},
        {"0007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775807", true, -INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"18446744073709551616", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"--1", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"\uFF11", false, 0}, /* full width */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t value = 4711;
        bool is_fine = str_to_i64(str_of(cases[i].text), &value);
        if (is_fine != cases[i].is_fine || value != (is_fine ? cases[i].value : 4711))
            fail_msg("'%s' gives %lld", cases[i].text, (long long)value);
    }
    uint64_t most = 0;
    assert_true(str_to_u64(STR("18446744073709551615"), &most));
    assert_true(most == UINT64_MAX);
    assert_false(str_to_u64(STR("+1"), &most));
}

static void an_arena_gives_zeroed_aligned_pieces_until_it_is_reset(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)8 << 20);
    char *first = NULL;
    for (size_t i = 1; i < 3000; i++) {
        char *piece = arena_take(a, i);
        first = first ? first : piece;
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(piece[k], 0);
        for (size_t k = 0; k < i; k++)
            piece[k] = (char)0xA5;
    }
    assert_true(arena_used(a) >= 3000 * 2999 / 2);
    arena_reset(a);
    assert_int_equal(arena_used(a), 0);
    assert_ptr_equal(arena_take(a, 1), first);
    assert_int_equal(first[0], 0);
    assert_non_null(arena_take(a, 0));
    arena_free(a);
    arena_free(NULL);
}

static void growing_keeps_the_old_bytes_wherever_the_piece_ends_up(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    char *piece = arena_grow(a, NULL, 0, 4);
    for (int i = 0; i < 4; i++)
        piece[i] = (char)('a' + i);
    assert_ptr_equal(arena_grow(a, piece, 4, 64), piece);
    size_t used = arena_used(a);
    arena_take(a, 1); /* no longer the newest */
    char *moved = arena_grow(a, piece, 64, 40000);
    assert_ptr_not_equal(moved, piece);
    assert_memory_equal(moved, "abcd", 4);
    assert_true(arena_used(a) >= used + 40000);
    arena_free(a);
}

static void a_buffer_grows_and_formats(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct buf b;
    buf_init(&b, a);
    assert_int_equal(buf_str(&b).len, 0);
    for (int i = 0; i < 1000; i++)
        buf_format(&b, "%d,", i);
    buf_put_char(&b, '!');
    buf_put_z(&b, "z");
    buf_put(&b, STR_NONE);
    assert_true(str_starts(buf_str(&b), STR("0,1,2,")));
    assert_true(str_ends(buf_str(&b), STR(",998,999,!z")));
    buf_clear(&b);
    buf_put(&b, STR("x"));
    assert_str(buf_str(&b), "x");
    assert_str(str_format(a, "%s-%03d", "a", 7), "a-007");
    assert_string_equal(str_copy_z(a, STR("中文")), "中文");
    arena_free(a);
}

static void a_real_is_written_as_short_as_it_reads_back(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{1, "1.0"},
                 {0, "0.0"},
                 {0.05, "0.05"},
                 {1.0 / 3, "0.3333333333333333"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {-2.5, "-2.5"},
                 {123456789012345, "123456789012345.0"},
                 {1e15, "1000000000000000.0"},
                 {1e16, "1e+16"},
                 {0.00001, "0.00001"},
                 {1.25e-7, "1.25e-07"},
                 {1.7976931348623157e308, "1.7976931348623157e+308"}};
    struct arena *a = arena_new((size_t)1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b;
        buf_init(&b, a);
        buf_put_real(&b, cases[i].value);
        assert_str(buf_str(&b), cases[i].text);
    }
    arena_free(a);
}

static void a_map_finds_what_was_put(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    struct arena *a = arena_new((size_t)4 << 20);
    static const int values[MANY];
    struct map m;
    map_init(&m, a);
    assert_null(map_get(&m, STR("a")));
    for (int i = 0; i < MANY; i++)
        assert_null(map_put(&m, str_format(a, "key %d", i), &values[i]));
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(map_get(&m, str_format(a, "key %d", i)), &values[i]);
    assert_null(map_get(&m, STR("key 5000")));
    assert_ptr_equal(map_put(&m, STR("key 7"), &values[1]), &values[7]);
    assert_ptr_equal(map_get(&m, STR("key 7")), &values[1]);
    assert_int_equal(m.count, MANY);
    assert_null(map_put(&m, STR_NONE, &values[2]));
    assert_ptr_equal(map_get(&m, STR("")), &values[2]);
    arena_free(a);
}

static void hexadecimal_goes_there_and_back(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 16);
    unsigned char bytes[3] = {9, 9, 9};
    assert_str(hex_encode(a, STR("\x00\x7f\xff")), "007fff");
    assert_str(hex_encode(a, STR_NONE), "");
    assert_false(hex_decode(STR("007ff"), bytes, 3));
    assert_false(hex_decode(STR("007fgg"), bytes, 3));
    assert_false(hex_decode(STR("007fff00"), bytes, 3));
    assert_int_equal(bytes[0], 9);
    assert_true(hex_decode(STR("007FfF"), bytes, 3));
    assert_memory_equal(bytes, "\x00\x7f\xff", 3);
    assert_true(hex_decode(STR_NONE, bytes, 0));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_are_cut_without_leaving_their_bytes),
        cmocka_unit_test(comparing_is_by_bytes),
        cmocka_unit_test(numbers_are_whole_or_refused),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_pieces_until_it_is_reset),
        cmocka_unit_test(growing_keeps_the_old_bytes_wherever_the_piece_ends_up),
        cmocka_unit_test(a_buffer_grows_and_formats),
        cmocka_unit_test(a_real_is_written_as_short_as_it_reads_back),
        cmocka_unit_test(a_map_finds_what_was_put),
        cmocka_unit_test(hexadecimal_goes_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
