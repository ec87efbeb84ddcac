#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/mapping.h"
#include "common/model/nearest.h"
#include "tests/support/declare.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct catalog *catalog;
    struct problem_list problems;
};

static int set_up(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct fixture *f = NEW(a, struct fixture);
    f->arena = a;
    f->catalog = fixture_catalog(a);
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

/* The headers stand in one text, separated by |. */
static size_t split(struct fixture *f, const char *line, struct str **out)
{
    struct str rest = str_of(line);
    *out = NEW_ARRAY(f->arena, struct str, rest.len + 1);
    size_t count = 0;
    do
        (*out)[count++] = str_cut(&rest, '|');
    while (rest.len);
    return count;
}

static const struct mapping *build(struct fixture *f, const char *dataset, const char *line)
{
    struct str *headers;
    size_t count = split(f, line, &headers);
    problem_list_init(&f->problems, f->arena, 100);
    return mapping_build(f->arena, catalog_dataset(f->catalog, str_of(dataset)), headers, count, 3,
                         &f->problems);
}

static struct str field_at(const struct mapping *m, size_t column)
{
    return m->field[column] ? m->field[column]->id : STR("-");
}

static void headers_are_known_by_any_of_their_names(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = {
        "证件号码|姓名|死亡日期|来源|登记日期",
        "公民身份号码|死者姓名|死亡时间|数据来源|注销日期",
        " 身份证号 | 姓 名 |*死亡日期|★来源|登记日期★",
        "citizen_id|name|died_on|source|registered_on",
        "IDENTITY NUMBER|Name|Died on|Source|Registered on",
        "证件号码(必填)|姓名(\u5FC5\u586B)|死亡日期(公历)|来源|登记日期",
        "\uFEFF证件号码|姓\u3000名|死亡日期|来源|登记日期",
        "\"证件号码\"|姓名\n|死亡日期|来源|登记日期",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        const struct mapping *m = build(f, "death", lines[i]);
        if (!m || f->problems.items.count)
            fail_msg("%s: " STR_FMT, lines[i], STR_ARG(declare_list(f->arena, &f->problems)));
        for (size_t k = 0; k < 5; k++)
            assert_int_equal(m->field_index[k], (int)k);
    }
}

static void an_unknown_column_is_ignored_and_the_nearest_named(void **state)
{
    struct fixture *f = *state;
    const struct mapping *m = build(f, "death", "序号|证件号码|姓名|死亡日期|来源|登记日其||备注");
    assert_non_null(m);
    assert_int_equal(m->field_index[0], -1);
    assert_true(str_equal(field_at(m, 5), STR("-")));
    assert_int_equal(f->problems.errors, 0);
    assert_true(str_equal(declare_list(f->arena, &f->problems),
                          STR("header.unknown:3:1 header.unknown:3:6 header.unknown:3:8 ")));
    assert_true(str_contains(f->problems.items.at[1].zh, STR("登记日期")));
    assert_false(str_contains(f->problems.items.at[2].zh, STR("是不是")));
}

static void what_cannot_be_mapped_says_why(void **state)
{
    struct fixture *f = *state;
    assert_null(build(f, "death", "证件号码|身份证号|姓名|死亡日期|来源"));
    assert_true(str_equal(declare_list(f->arena, &f->problems), STR("header.twice:3:2 ")));
    assert_true(str_contains(f->problems.items.at[0].zh, STR("第 1 列和第 2 列")));
    assert_null(build(f, "death", "姓名|来源"));
    assert_true(str_equal(declare_list(f->arena, &f->problems),
                          STR("header.missing:3:0 header.missing:3:0 ")));
    struct str *many = NEW_ARRAY(f->arena, struct str, MAPPING_COLUMNS_MAX + 1);
    problem_list_init(&f->problems, f->arena, 10);
    assert_null(mapping_build(f->arena, &f->catalog->datasets[0], many, MAPPING_COLUMNS_MAX + 1, 1,
                              &f->problems));
    assert_true(str_equal(declare_list(f->arena, &f->problems), STR("header.columns:1:0 ")));
}

static void a_unit_in_the_header_is_the_unit_of_the_column(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *header;
        int64_t factor; /* 0: refused */
    } fines[] = {
        {"罚款金额(万元)", 1000000},     {"罚款金额", 1000000},       {"罚款金额(元)", 100},
        {"罚款金额\uFF08元\uFF09", 100}, {"罚款金额(登记)", 1000000}, {"罚款金额(千元)", 0},
        {"罚款金额(美元)", 0},
    };
    for (size_t i = 0; i < COUNT_OF(fines); i++) {
        struct str line = str_format(f->arena,
                                     "%s|处罚决定书文号|处罚机关|当事人|相对人类别|案由|处罚类别|"
                                     "处罚日期|状态",
                                     fines[i].header);
        const struct mapping *m = build(f, "penalty", str_copy_z(f->arena, line));
        if (fines[i].factor == 0) {
            assert_null(m);
            assert_true(str_equal(declare_list(f->arena, &f->problems), STR("header.unit:3:1 ")));
        } else if (!m || !str_equal(field_at(m, 0), STR("fine")) ||
                   m->field[0]->unit_factor != fines[i].factor) {
            fail_msg("%s", fines[i].header);
        }
    }
    static const char pay[] = "发放批次|项目|身份证|月份|姓名|乡镇编码|";
    struct str line = str_format(f->arena, "%s金额(万元)|面积(亩)", pay);
    const struct mapping *m = build(f, "benefit_pay", str_copy_z(f->arena, line));
    assert_int_equal(m->field[6]->unit_factor, 1000000);
    assert_true(str_equal(field_at(m, 7), STR("area")));
    static const struct {
        const char *unit;
        int64_t factor;
    } areas[] = {{"亩", 10000}, {"垧", 150000}, {"公顷", 150000}, {"平方米", 15}, {"㎡", 15}};
    for (size_t i = 0; i < COUNT_OF(areas); i++) {
        line = str_format(f->arena, "%s金额|面积(%s)", pay, areas[i].unit);
        m = build(f, "benefit_pay", str_copy_z(f->arena, line));
        assert_int_equal(m->field[7]->unit_factor, areas[i].factor);
    }
    line = str_format(f->arena, "%s金额|面积(平方千米)", pay);
    assert_null(build(f, "benefit_pay", str_copy_z(f->arena, line)));
    assert_true(str_equal(declare_list(f->arena, &f->problems), STR("header.unit:3:8 ")));
}

static void a_header_row_tells_its_dataset(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *line, *dataset, *nearest;
    } cases[] = {
        {"证件号码|姓名|死亡日期|来源", "death", "death"},
        {"发放批次|项目编码|证件号码|所属月份|姓名|金额(元)|乡镇编码", "benefit_pay",
         "benefit_pay"},
        {"项目编码|户主证件|成员证件|姓名|批准日期", "benefit_enrol", "benefit_enrol"},
        {"单位编码|单位名称|类别", "unit", "unit"},
        {"公民身份号码|姓名|人员类别|单位编码|任职起", "official", "official"},
        {"案号|法院|被告人|证件号码|罪名|主观方面|主刑|判决日期", "judgment", "judgment"},
        {"证件号码|姓名|死亡日期", NULL, "death"},
        {"二〇二四年死亡登记表", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str *headers;
        const struct dataset *nearest = NULL;
        size_t count = split(f, cases[i].line, &headers);
        const struct dataset *d = mapping_recognise(f->arena, f->catalog, headers, count, &nearest);
        if (!str_equal(d ? d->id : STR_NONE, str_of(cases[i].dataset)) ||
            !str_equal(nearest ? nearest->id : STR_NONE, str_of(cases[i].nearest)))
            fail_msg("%s", cases[i].line);
        if (!d && nearest)
            assert_true(str_equal(mapping_missing(f->arena, nearest, headers, count), STR("来源")));
    }
}

static void near_is_counted_in_characters(void **state)
{
    (void)state;
    assert_int_equal(nearest_distance(STR("kitten"), STR("sitting")), 3);
    assert_int_equal(nearest_distance(STR("死亡日期"), STR("死亡日其")), 1);
    assert_int_equal(nearest_distance(STR(""), STR("abc")), 3);
    struct nearest n;
    nearest_init(&n, STR("姓各"));
    nearest_offer(&n, STR("身份证"));
    nearest_offer(&n, STR("姓名"));
    assert_true(str_equal(nearest_best(&n), STR("姓名")));
    nearest_init(&n, STR("备注"));
    nearest_offer(&n, STR("姓名"));
    assert_int_equal(nearest_best(&n).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headers_are_known_by_any_of_their_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_column_is_ignored_and_the_nearest_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_mapped_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_unit_in_the_header_is_the_unit_of_the_column, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_header_row_tells_its_dataset, set_up, tear_down),
        cmocka_unit_test(near_is_counted_in_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
