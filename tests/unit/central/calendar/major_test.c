#include "central/calendar/major.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct major_unit units[] = {{STR_INIT("u1"), STR_INIT("财政局")},
                                          {STR_INIT("u2"), STR_INIT("教育局")}};
static const struct major_item items[] = {
    {1, STR_INIT("预算调整"), STR_INIT(""), STR_INIT("会议纪要、批复"), PERIOD_MONTH, 0, 0},
    {2, STR_INIT("招生计划"), STR_INIT("教育局；卫健局"), STR_INIT(""), PERIOD_YEAR, 0, 0},
    {3, STR_INIT("大额支出"), STR_INIT("各单位"), STR_INIT(""), PERIOD_QUARTER, 0, 0},
};

static const enum major_state *judge(struct arena *a, const struct major_report *reports, size_t n,
                                     int32_t month, struct major_cell **out_cells)
{
    enum major_state *states = NEW_ARRAY(a, enum major_state, 6);
    major_judge(a, items, 3, units, 2, reports, n, month, out_cells);
    for (size_t i = 0; i < 6; i++)
        states[i] = (*out_cells)[i].state;
    return states;
}

static void who_is_named_owes_alone_and_else_everybody(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct major_cell *cells;
    static const enum major_state expected[] = {MAJOR_MISSING, MAJOR_NOT_OWED, MAJOR_MISSING,
                                                MAJOR_MISSING, MAJOR_MISSING,  MAJOR_MISSING};
    assert_memory_equal(judge(a, NULL, 0, 202611, &cells), expected, sizeof expected);
    arena_free(a);
}

static void a_report_counts_in_the_period_of_its_item(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct major_cell *cells;
    static const struct major_report reports[] = {
        {STR_INIT("u1"), 1, 202610, STR_INIT("会议纪要、批复"), false}, /* the month before */
        {STR_INIT("u1"), 3, 202610, STR_INIT(""), false},               /* the same quarter */
        {STR_INIT("u2"), 2, 202601, STR_INIT(""), false},               /* the same year */
        {STR_INIT("u2"), 3, 202609, STR_INIT(""), false},               /* the quarter before */
        {STR_INIT("u1"), 2, 202611, STR_INIT(""), false},               /* not owed */
        {STR_INIT("u9"), 1, 202611, STR_INIT(""), false},               /* nobody we know */
        {STR_INIT("u2"), 9, 202611, STR_INIT(""), false},               /* nothing we know */
    };
    static const enum major_state expected[] = {MAJOR_MISSING, MAJOR_NOT_OWED, MAJOR_REPORTED,
                                                MAJOR_MISSING, MAJOR_REPORTED, MAJOR_MISSING};
    assert_memory_equal(judge(a, reports, COUNT_OF(reports), 202611, &cells), expected,
                        sizeof expected);
    arena_free(a);
}

static void evidence_that_is_not_named_is_said(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct major_cell *cells;
    struct major_report reports[] = {
        {STR_INIT("u1"), 1, 202611, STR_INIT("党组会议纪要"), false},
        {STR_INIT("u2"), 1, 202611, STR_INIT(""), true},
    };
    judge(a, reports, COUNT_OF(reports), 202611, &cells);
    assert_int_equal(cells[0].state, MAJOR_INCOMPLETE);
    assert_true(str_equal(cells[0].lacking, STR("批复")));
    assert_int_equal(cells[3].state, MAJOR_NOTHING);
    struct major_count count = {0};
    major_add(&count, &cells[0]);
    major_add(&count, &cells[3]);
    assert_int_equal(count.owed, 2);
    assert_false(major_is_complete(&count));
    reports[0].materials = STR("会议纪要，县政府批复");
    judge(a, reports, COUNT_OF(reports), 202611, &cells);
    assert_int_equal(cells[0].state, MAJOR_REPORTED);
    count = (struct major_count){0};
    major_add(&count, &cells[0]);
    major_add(&count, &cells[3]);
    assert_true(major_is_complete(&count));
    arena_free(a);
}

/* A report and "nothing" for the same item: the report is what counts. */
static void the_best_report_counts_in_any_order(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct major_cell *cells;
    static const struct major_report reports[] = {
        {STR_INIT("u1"), 3, 202611, STR_INIT(""), true},
        {STR_INIT("u1"), 3, 202611, STR_INIT(""), false},
        {STR_INIT("u2"), 3, 202611, STR_INIT(""), false},
        {STR_INIT("u2"), 3, 202611, STR_INIT(""), true},
    };
    judge(a, reports, COUNT_OF(reports), 202611, &cells);
    assert_int_equal(cells[2].state, MAJOR_REPORTED);
    assert_int_equal(cells[5].state, MAJOR_REPORTED);
    arena_free(a);
}

static void an_item_is_owed_while_it_is_on_the_list(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    static const struct {
        enum period_cycle cycle;
        int32_t from, to, month;
        enum major_state expected;
    } cases[] = {
        {PERIOD_MONTH, 20260701, 0, 202606, MAJOR_NOT_OWED},
        {PERIOD_MONTH, 20260701, 0, 202607, MAJOR_MISSING},
        {PERIOD_MONTH, 0, 20260630, 202606, MAJOR_MISSING},
        {PERIOD_MONTH, 0, 20260630, 202607, MAJOR_NOT_OWED},
        {PERIOD_QUARTER, 20260930, 0, 202607, MAJOR_MISSING}, /* one day of the quarter */
        {PERIOD_YEAR, 0, 20260101, 202612, MAJOR_MISSING},
        {PERIOD_YEAR, 0, 20251231, 202612, MAJOR_NOT_OWED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct major_cell *cells;
        struct major_item item = {
            .no = 1, .cycle = cases[i].cycle, .from = cases[i].from, .to = cases[i].to};
        struct major_report report = {.unit = STR("u1"), .item = 1, .month = cases[i].month};
        major_judge(a, &item, 1, units, 1, NULL, 0, cases[i].month, &cells);
        assert_int_equal(cells[0].state, cases[i].expected);
        assert_int_equal(major_is_listed(&item, cases[i].month),
                         cases[i].expected == MAJOR_MISSING);
        major_judge(a, &item, 1, units, 1, &report, 1, cases[i].month, &cells);
        assert_int_equal(cells[0].state,
                         cases[i].expected == MAJOR_MISSING ? MAJOR_REPORTED : MAJOR_NOT_OWED);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_named_owes_alone_and_else_everybody),
        cmocka_unit_test(a_report_counts_in_the_period_of_its_item),
        cmocka_unit_test(evidence_that_is_not_named_is_said),
        cmocka_unit_test(the_best_report_counts_in_any_order),
        cmocka_unit_test(an_item_is_owed_while_it_is_on_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
