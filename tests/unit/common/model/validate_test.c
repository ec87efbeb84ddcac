#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/validate.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20240615

struct fixture {
    struct arena *arena;
    struct catalog *catalog;
    const struct mapping *mapping;
    struct problem_list problems;
    struct record record;
};

static int set_up(void **state)
{
    static const struct str headers[] = {STR_INIT("证件"),       STR_INIT("备注"),
                                         STR_INIT("姓名"),       STR_INIT("日期"),
                                         STR_INIT("价值(万元)"), STR_INIT("颜色")};
    struct arena *a = arena_new((size_t)4 << 20);
    struct fixture *f = NEW(a, struct fixture);
    f->arena = a;
    f->catalog = declare("vocab colour \"颜色\" { version 1\n code red \"红\" }\n"
                         "dataset gift \"礼品\" { version 1\n key id, day\n"
                         " field id citizen required person name \"证件\"\n"
                         " field name text required max 4 \"姓名\"\n"
                         " field day date required \"日期\"\n"
                         " field worth money between 0 and 100_000 \"价值\"\n"
                         " field tint code colour \"颜色\"\n"
                         " check day <= today \"日期在将来\" en \"in the future\" }");
    problem_list_init(&f->problems, a, 100);
    f->mapping =
        mapping_build(a, &f->catalog->datasets[0], headers, COUNT_OF(headers), 1, &f->problems);
    assert_non_null(f->mapping);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    catalog_free(f->catalog);
    arena_free(f->arena);
    return 0;
}

static bool check(struct fixture *f, const char *line)
{
    struct str cells[16];
    struct str rest = str_of(line);
    size_t count = 0;
    do
        cells[count++] = str_cut(&rest, '|');
    while (rest.len);
    problem_list_init(&f->problems, f->arena, 100);
    return validate_row(f->mapping, cells, count, 7, TODAY, f->arena, &f->problems, &f->record);
}

static void a_row_is_read_as_an_office_writes_it(void **state)
{
    struct fixture *f = *state;
    assert_true(check(f, " '11010519491231002x |x|\u3000张三 |2024年1月5日|1.5|红"));
    assert_int_equal(f->problems.items.count, 0);
    const struct value *v = f->record.values;
    assert_true(str_equal(v[0].text, STR("11010519491231002X")));
    assert_true(str_equal(v[1].text, STR("张三")));
    assert_int_equal(v[2].number, 20240105);
    assert_int_equal(v[3].number, 1500000);
    assert_true(str_equal(v[4].text, STR("red")));
    assert_int_equal(f->record.row, 7);
    assert_int_equal(f->record.doubts, 0);
    assert_true(check(f, "11010519491231002X||张三|2024-1-5"));
    assert_int_equal(f->record.values[3].kind, VALUE_NULL);
}

static void all_faults_of_a_row_come_at_once(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *line, *expected;
    } cases[] = {
        {"1|x|张三李四王五|2024-2-30|1001|黄", "id.length:7:1 length:7:3 date.impossible:7:4 "
                                               "range:7:5 code.unknown:7:6 "},
        {"||||", "required:7:1 required:7:3 required:7:4 "},
        {"11010519491231002X||张三", "required:7:0 "}, /* the cell is not even there */
        {"11010519491231002X||张三|2024-6-16", "check:7:0 "},
        {"11010519491231002X||张三|2024-6-15|1|红||", NULL},
        {"11010519491231002X||张三|2024-6-15|1|红|更多", "row.extra:7:7 "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool is_fine = check(f, cases[i].line);
        struct str list = declare_list(f->arena, &f->problems);
        if (!str_equal(list, str_of(cases[i].expected)) || is_fine != (cases[i].expected == NULL))
            fail_msg("%s: " STR_FMT, cases[i].line, STR_ARG(list));
    }
}

static void a_doubt_goes_through_and_is_kept(void **state)
{
    struct fixture *f = *state;
    assert_true(check(f, "231282196002300012||张三|45000"));
    assert_true(
        str_equal(declare_list(f->arena, &f->problems), STR("id.birth:7:1 date.serial:7:4 ")));
    assert_int_equal(f->problems.errors, 0);
    assert_int_equal(f->record.doubts, 1 | 4);
}

static void the_hub_takes_nothing_that_could_not_stand_in_a_file(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct value values[5];
        const char *expected;
    } cases[] = {
        {{{VALUE_TEXT, 0, STR_INIT("11010519491231002X")},
          {VALUE_TEXT, 0, STR_INIT("张三")},
          {VALUE_INT, 20240105, {0}},
          {VALUE_INT, 1, {0}},
          {VALUE_TEXT, 0, STR_INIT("red")}},
         NULL},
        {{{VALUE_TEXT, 0, STR_INIT("11010519491231002x")},
          {VALUE_TEXT, 0, STR_INIT(" 张三")},
          {VALUE_INT, 20240230, {0}},
          {VALUE_INT, 10000001, {0}},
          {VALUE_TEXT, 0, STR_INIT("红")}},
         "canonical:0:1 canonical:0:2 date.impossible:0:3 range:0:4 code.unknown:0:5 "},
        {{{VALUE_INT, 11010519491231002, {0}},
          {VALUE_TEXT, 0, STR_INIT("\xFF")},
          {VALUE_TEXT, 0, STR_INIT("20240105")},
          {VALUE_NULL, 0, {0}},
          {VALUE_NULL, 0, {0}}},
         "kind:0:1 utf8:0:2 kind:0:3 "},
        {{{VALUE_NULL, 0, {0}},
          {VALUE_TEXT, 0, STR_INIT("")},
          {VALUE_INT, 20240616, {0}},
          {VALUE_INT, -1, {0}},
          {VALUE_NULL, 0, {0}}},
         "required:0:1 canonical:0:2 range:0:4 "},
        {{{VALUE_TEXT, 0, STR_INIT("11010519491231002X")},
          {VALUE_TEXT, 0, STR_INIT("张三")},
          {VALUE_INT, 20240616, {0}},
          {VALUE_NULL, 0, {0}},
          {VALUE_NULL, 0, {0}}},
         "check:0:0 "},
        {{{VALUE_TEXT, 0, STR_INIT("11010519491231002X")},
          {VALUE_TEXT, 0, STR_INIT("张三")},
          {VALUE_INT, INT64_C(1) << 32 | 20240105, {0}},
          {VALUE_INT, INT64_MIN, {0}},
          {VALUE_NULL, 0, {0}}},
         "canonical:0:3 money.shape:0:4 "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record r = {.dataset = &f->catalog->datasets[0], .values = cases[i].values};
        problem_list_init(&f->problems, f->arena, 100);
        bool is_fine = validate_record(f->arena, &r, TODAY, &f->problems);
        struct str list = declare_list(f->arena, &f->problems);
        if (!str_equal(list, str_of(cases[i].expected)) || is_fine != (cases[i].expected == NULL))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(list));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_is_read_as_an_office_writes_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_faults_of_a_row_come_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_doubt_goes_through_and_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_hub_takes_nothing_that_could_not_stand_in_a_file,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
