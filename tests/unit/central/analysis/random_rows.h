/* random_rows.h — rows of a few persons and lots, one after another by a seed: put, corrected,
 * deleted.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   hub_fixture.h.
 * Promise:  the same seed gives the same rows; two of the persons may be one. */
#ifndef QQ_TESTS_UNIT_CENTRAL_ANALYSIS_RANDOM_ROWS_H
#define QQ_TESTS_UNIT_CENTRAL_ANALYSIS_RANDOM_ROWS_H

#include "tests/unit/central/hub_fixture.h"

#define RANDOM_PERSONS 6

static const char *const random_persons[RANDOM_PERSONS] = {
    "citizen_id=11010519491231002X;name=王芳;", "citizen_id=440524188001010014;name=李明;",
    "citizen_id=231282197001010106;name=张甲;", "citizen_id=23128219700102011X;name=张乙;",
    "citizen_id=231282197001030123;name=张丙;", "citizen_id=110105194912310038;name=王芳;"};

struct random_rows {
    struct hub_fixture *hub;
    struct seeded_random random;
};

static inline uint64_t random_rows_pick(struct random_rows *r, uint64_t count)
{
    return random_below(&r->random.random, count);
}

static inline void random_rows_merge(struct random_rows *r)
{
    static const char *const programmes[] = {"低保", "居民养老", "丧葬"};
    static const char *const sources[] = {"公安", "民政殡葬"};
    static const char *const methods[] = {"询价", "公开招标"};
    static const char *const buyers[] = {"水务局", "教育局"};
    struct arena *a = r->hub->a;
    const char *who = random_persons[random_rows_pick(r, RANDOM_PERSONS)];
    bool is_deletion = random_rows_pick(r, 4) == 0;
    struct str row;
    const char *dataset;
    switch (random_rows_pick(r, 6)) {
    case 0:
        dataset = "death";
        row = str_format(a, "%sdied_on=2024-0%d-10;source=%s", who, 1 + (int)random_rows_pick(r, 3),
                         sources[random_rows_pick(r, 2)]);
        break;
    case 1:
        dataset = "benefit_pay";
        row = str_format(a, "%sbatch_no=B%d;programme=%s;month=2024-0%d;amount=%d;township=T1", who,
                         (int)random_rows_pick(r, 2), programmes[random_rows_pick(r, 3)],
                         1 + (int)random_rows_pick(r, 8), 100 + (int)random_rows_pick(r, 3));
        break;
    case 2: /* things: lots, and a buyer's contracts that follow them */
        dataset = "tender";
        row = str_format(a,
                         "project_no=P1;lot_no=L%d;title=食堂;buyer=水务局;method=%s;kind=服务;"
                         "notice_on=2024-01-02;state=完成",
                         (int)random_rows_pick(r, 3), methods[random_rows_pick(r, 3) / 2]);
        break;
    case 3:
    case 4:
        dataset = "contract";
        row = str_format(
            a,
            "contract_no=K%d;lot_no=L%d;name=采购;signed_on=2024-01-%d;amount=%d;buyer="
            "%s;supplier=甲公司",
            (int)random_rows_pick(r, 4), (int)random_rows_pick(r, 3),
            10 + (int)random_rows_pick(r, 9), 600000 + 100000 * (int)random_rows_pick(r, 3),
            buyers[random_rows_pick(r, 2)]);
        break;
    default:
        dataset = "official";
        row = str_format(a, "%scategory=公务员;unit_code=U%d;post_from=2015-01-01", who,
                         (int)random_rows_pick(r, 2));
        break;
    }
    hub_fixture_merge(r->hub, random_rows_pick(r, 2) ? "t01" : "d01", dataset, is_deletion,
                      ROWS(str_copy_z(a, row)));
}

#endif
