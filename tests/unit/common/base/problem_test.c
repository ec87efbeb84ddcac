#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/err.h"
#include "common/base/fsm.h"
#include "common/base/problem.h"
#include "common/base/utf8.h"
#include "common/base/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_list_keeps_some_and_counts_all(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list l;
    problem_list_init(&l, a, 3);
    char code[] = "x.y";
    for (int i = 0; i < 10; i++)
        problem_add(&l, (struct problem){.severity = i % 2 ? PROBLEM_ERROR : PROBLEM_WARNING,
                                         .code = str_of(code),
                                         .line = (uint32_t)i});
    memset(code, 'z', 3);
    assert_int_equal(l.items.count, 3);
    assert_int_equal(l.errors, 5);
    assert_int_equal(l.warnings, 5);
    assert_true(str_equal(l.items.at[2].code, STR("x.y"))); /* a copy */
    arena_free(a);
}

static void a_value_is_cut_between_characters(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list l;
    problem_list_init(&l, a, 3);
    struct str longer =
        STR("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十尾");
    assert_int_equal(utf8_count(longer), PROBLEM_VALUE_CHARS_MAX + 1);
    problem_add(&l, (struct problem){.value = longer});
    assert_int_equal(l.items.at[0].value.len, longer.len - 3);
    arena_free(a);
}

static void a_problem_says_where_in_two_languages(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem p = {.severity = PROBLEM_ERROR,
                        .file = STR("x.decl"),
                        .line = 3,
                        .column = 7,
                        .zh = STR("坏"),
                        .en = STR("bad")};
    assert_true(str_equal(problem_format(a, &p), STR("x.decl:3:7: error: bad / 坏")));
    p.severity = PROBLEM_WARNING;
    p.zh = STR_NONE;
    assert_true(str_equal(problem_format(a, &p), STR("x.decl:3:7: warning: bad")));
    arena_free(a);
}

static void a_note_grows_while_it_climbs_and_is_cut_in_time(void **state)
{
    (void)state;
    char longer[2 * ERR_NOTE_BYTES_MAX];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal((fail)(ERR_IO, "disk %d", 3), ERR_IO);
    assert_int_equal(wrap(OK, "nothing"), OK);
    assert_string_equal(err_note(), "disk 3");
    assert_int_equal(wrap(ERR_IO, "batch %s", "b"), ERR_IO);
    assert_string_equal(err_note(), "batch b: disk 3");
    assert_int_equal(wrap(ERR_IO, "%s", longer), ERR_IO);
    assert_int_equal(strlen(err_note()), ERR_NOTE_BYTES_MAX - 1);
    assert_string_equal(err_name(ERR_FORGED), "ERR_FORGED");
    assert_true(err_is_retry(ERR_BUSY));
    assert_false(err_is_retry(ERR_FORGED));
    assert_string_equal(err_words(OK), "done");
}

enum light { RED, GREEN, OUT };
static const struct fsm_state light_states[] = {
    [RED] = {"red", TO(GREEN), false},
    [GREEN] = {"green", TO(RED) | TO(OUT), false},
    [OUT] = {"out", 0, true},
};
static const struct fsm lights = FSM(light_states);

static void one_table_guards_names_and_prints(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 16);
    static const bool allowed[3][3] = {{0, 1, 0}, {1, 0, 1}, {0, 0, 0}};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(fsm_allows(&lights, i, k), allowed[i][k]);
    size_t found = 9;
    assert_false(fsm_find(&lights, STR("blue"), &found));
    assert_int_equal(found, 9);
    assert_true(fsm_find(&lights, STR("out"), &found));
    assert_int_equal(found, OUT);
    assert_true(
        str_equal(fsm_to_check(&lights, a, "light"), STR("light IN ('red','green','out')")));
    assert_true(str_equal(fsm_to_dot(&lights, a, "light"),
                          STR("digraph light {\n  red -> green\n  green -> red\n  green -> out\n"
                              "  out [shape=doublecircle]\n}\n")));
    arena_free(a);
}

static void a_test_world_is_a_number(void **state)
{
    (void)state;
    struct seeded_random x, y;
    size_t counts[7] = {0};
    seeded_random_init(&x, 42);
    seeded_random_init(&y, 42);
    for (int i = 0; i < 70000; i++) {
        uint64_t n = random_below(&x.random, 7);
        assert_int_equal(n, random_below(&y.random, 7));
        assert_true(n < 7);
        counts[n]++;
    }
    for (int i = 0; i < 7; i++)
        assert_in_range(counts[i], 9500, 10500);
    assert_int_equal(random_below(&x.random, 1), 0);
    /* Vigna's splitmix64.c with state 0 begins so. */
    seeded_random_init(&x, 0);
    assert_true(random_u64(&x.random) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(random_u64(&x.random) == UINT64_C(0x6E789E6AA1B965F4));
    struct crank_clock c;
    crank_clock_init(&c, 1000);
    c.skew_ms = -300;
    c.now_ms += 5;
    assert_int_equal(clock_wall_ms(&c.clock), 705);
    assert_int_equal(clock_monotonic_ms(&c.clock), 1005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_keeps_some_and_counts_all),
        cmocka_unit_test(a_value_is_cut_between_characters),
        cmocka_unit_test(a_problem_says_where_in_two_languages),
        cmocka_unit_test(a_note_grows_while_it_climbs_and_is_cut_in_time),
        cmocka_unit_test(one_table_guards_names_and_prints),
        cmocka_unit_test(a_test_world_is_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
