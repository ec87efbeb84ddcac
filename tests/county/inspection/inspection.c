#include "tests/county/inspection/inspection.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/county/world/calendar.h"

#define ROUNDS 12
#define ROUND_DAYS 118 /* from one to the next: four years for all units */
#define STAY_DAYS 40
#define PROBLEMS 14      /* of a unit, on average at scale 1 */
#define RECTIFY_DAYS 180 /* until a measure is due */

enum state { RUNNING, REVIEW, CLOSED };

/* One unit's inspection. */
struct visit {
    const struct office *unit;
    char round[24], team[32];
    int32_t entered_on, left_on;
    unsigned number;  /* of the unit among all */
    char problem[48]; /* the one at hand */
    struct dice dice;
    struct slot *slots;
};

static const struct {
    const char *facts, *basis, *measure;
} findings[3][5] = {
    {{"理论学习中心组学习不够深入", "党委（党组）理论学习中心组学习规则",
      "制定学习计划，每月集中学习"},
     {"落实上级决策部署不及时", "中国共产党地方委员会工作条例", "建立台账，按月督办"},
     {"意识形态责任制落实有差距", "党委（党组）意识形态工作责任制实施办法", "每半年专题研究一次"},
     {"乡村振兴项目推进缓慢", "乡村振兴责任制实施办法", "倒排工期，明确责任人"},
     {"优化营商环境措施不实", "优化营商环境条例", "公开承诺时限，接受监督"}},
    {{"惠民补贴公示不规范", "村务公开规定", "补充公示并核对名单"},
     {"办公用品采购未比价", "政府采购法", "完善采购内控制度"},
     {"公务接待审批手续不全", "党政机关国内公务接待管理规定", "补办手续，加强审核"},
     {"集体资产台账不完整", "农村集体经济组织法", "清查资产，补登台账"},
     {"财务票据附件不全", "会计基础工作规范", "补充附件，开展培训"}},
    {{"三会一课记录不规范", "中国共产党支部工作条例", "统一记录本，按季检查"},
     {"党费收缴不及时", "中国共产党党费收缴使用管理规定", "按月收缴并公示"},
     {"干部档案材料缺失", "干部人事档案工作条例", "补齐材料，专人管理"},
     {"民主生活会批评不深入", "县以上党和国家机关党员领导干部民主生活会若干规定",
      "会前谈心谈话，会后公布整改"},
     {"发展党员程序把关不严", "中国共产党发展党员工作细则", "开展自查，规范程序"}}};

static const struct office *commission(const struct world *w)
{
    return offices_named(w->offices, "中共肇东市委巡察工作领导小组办公室");
}

/* A person of the unit by name, as its papers name him. */
static void somebody(const struct visit *v, const char *post, char out[NAMES_BYTES])
{
    struct dice d = dice_for(dice_hash(v->unit->unit_code), post, 0);

    names_make(&d, dice_chance(&d, 600), 1974, NULL, out);
}

static void write_round(struct book *b, struct visit *v)
{
    static const uint16_t kinds[] = {70, 18, 12};
    char leader[NAMES_BYTES];
    struct dice d = dice_for(dice_hash(v->round), v->team, 0);
    struct row r;

    names_make(&d, true, 1968, NULL, leader);
    row_begin(&r);
    row_text(&r, v->round);
    row_number(&r, (int64_t)dice_weighted(&v->dice, kinds, 3));
    row_text(&r, v->team);
    row_text(&r, leader);
    row_date(&r, v->entered_on);
    row_date(&r, v->left_on > b->world->today ? 0 : v->left_on);
    row_text(&r, v->unit->unit_code);
    files_row(b, &v->slots[INSPECTION_ROUND], &r);
}

static void write_rectify(struct book *b, struct visit *v, unsigned measure, const char *words)
{
    const struct world *w = b->world;
    int32_t from = calendar_add(v->left_on, 20), due = calendar_add(from, RECTIFY_DAYS);
    int32_t accepted = calendar_add(from, dice_range(&v->dice, 60, RECTIFY_DAYS - 5));
    enum state state = accepted <= w->today                      ? CLOSED
                       : calendar_add(accepted, -20) <= w->today ? REVIEW
                                                                 : RUNNING;
    char responsible[NAMES_BYTES], inspector[NAMES_BYTES];
    struct row r;

    somebody(v, "responsible", responsible);
    somebody(v, "accepted by", inspector);
    row_begin(&r);
    row_text(&r, v->problem);
    row_number(&r, measure);
    row_text(&r, words);
    row_text(&r, v->unit->name);
    row_text(&r, responsible);
    row_date(&r, from);
    row_date(&r, due);
    row_number(&r, state == RUNNING ? dice_range(&v->dice, 10, 90) : 100);
    row_number(&r, state);
    if (state == RUNNING)
        row_text(&r, NULL);
    else
        row_format(&r, "整改佐证_%s_%u.pdf", v->problem, measure);
    row_text(&r, state == CLOSED ? inspector : NULL);
    row_date(&r, state == CLOSED ? accepted : 0);
    row_text(&r, NULL);
    files_row(b, &v->slots[INSPECTION_RECTIFY], &r);
}

static void write_clue(struct book *b, struct visit *v)
{
    static const char *const results[] = {"了解说明，予以采信", "按第一种形态处理", NULL,
                                          "反映失实，予以了结"};
    static const uint16_t ways[] = {40, 34, 8, 18};
    int32_t handed = calendar_add(v->left_on, dice_range(&v->dice, 1, 4));
    int32_t proposed = calendar_add(handed, dice_range(&v->dice, 5, 28));
    int32_t closed = calendar_add(proposed, dice_range(&v->dice, 20, 160));
    size_t way = dice_weighted(&v->dice, ways, 4);
    bool is_proposed = proposed <= b->world->today,
         is_closed = way != 2 && closed <= b->world->today;
    struct row r;

    if (handed > b->world->today)
        return;
    row_begin(&r);
    row_format(&r, "XS-%s", v->problem);
    row_text(&r, v->problem);
    row_date(&r, handed);
    row_text(&r, "案件监督管理室");
    row_number(&r, is_proposed ? (int64_t)way : SHEET_NONE);
    row_date(&r, is_proposed ? proposed : 0);
    row_text(&r, is_closed ? results[way] : NULL);
    row_date(&r, is_closed ? closed : 0);
    files_row(b, &v->slots[INSPECTION_CLUE], &r);
}

static void write_use(struct book *b, struct visit *v)
{
    static const uint16_t targets[] = {12, 28, 14, 46};
    int32_t on = calendar_add(v->left_on, dice_range(&v->dice, 60, 300));
    struct row r;

    if (on > b->world->today)
        return;
    row_begin(&r);
    row_format(&r, "YY-%s", v->problem);
    row_text(&r, v->problem);
    row_number(&r, (int64_t)dice_weighted(&v->dice, targets, 4));
    row_format(&r, "肇巡办〔%d〕%u号", on / 10000, 1 + (unsigned)dice_below(&v->dice, 90));
    row_date(&r, on);
    files_row(b, &v->slots[INSPECTION_USE], &r);
}

static void write_problem(struct book *b, struct visit *v, unsigned n)
{
    /* Every problem of a unit is another one until all fifteen have come. */
    size_t focus = n % 3, which = n / 3 % 5;
    bool is_clue = dice_chance(&v->dice, 60);
    char responsible[NAMES_BYTES];
    struct row r;

    (void)snprintf(v->problem, sizeof v->problem, "WT-%s-%02u-%03u", v->round, v->number, n + 1);
    somebody(v, "responsible", responsible);
    row_begin(&r);
    row_text(&r, v->problem);
    row_text(&r, v->round);
    row_text(&r, v->unit->unit_code);
    row_number(&r, (int64_t)focus);
    row_text(&r, findings[focus][which].facts);
    row_text(&r, responsible);
    row_text(&r, findings[focus][which].basis);
    row_format(&r, "DG-%02u-%03u", v->number, n + 1);
    row_amount(&r, focus == 1 && dice_chance(&v->dice, 400)
                       ? 100 * (int64_t)dice_range(&v->dice, 500, 60000)
                       : 0);
    row_number(&r, is_clue);
    files_row(b, &v->slots[INSPECTION_PROBLEM], &r);
    write_rectify(b, v, 1, findings[focus][which].measure);
    if (dice_chance(&v->dice, 350))
        write_rectify(b, v, 2, "完善制度，长期坚持");
    if (is_clue)
        write_clue(b, v);
    if (dice_chance(&v->dice, 160))
        write_use(b, v);
}

/* The `which`-th unit in the order of the plan; the last round is under way today. */
static void inspect(struct book *b, struct visit *v, size_t which, size_t units)
{
    const struct world *w = b->world;
    int32_t round = (int32_t)(which * ROUNDS / units);
    int32_t begun = calendar_add(w->today, -12 - ROUND_DAYS * (ROUNDS - 1 - round));
    size_t problems = world_scaled(w, PROBLEMS, 2);

    (void)snprintf(v->round, sizeof v->round, "十届第%d轮", round + 1);
    (void)snprintf(v->team, sizeof v->team, "第%u巡察组", 1 + (unsigned)which % 4);
    v->entered_on = begun;
    v->left_on = calendar_add(begun, STAY_DAYS);
    write_round(b, v);
    if (v->left_on > w->today) /* nothing is said before the end */
        return;
    problems += dice_below(&v->dice, (uint32_t)problems / 2 + 1);
    v->slots[INSPECTION_RECTIFY] =
        files_slot(v->unit, &inspection_layouts[INSPECTION_RECTIFY], "巡察整改台账.csv");
    for (unsigned n = 0; n < problems; n++)
        write_problem(b, v, n);
    files_end(b, &v->slots[INSPECTION_RECTIFY]);
}

void inspection_drop(struct book *b)
{
    static const char *const names[INSPECTION_DATASETS] = {
        "巡察轮次.csv", "巡察发现问题.csv", "巡察移交线索.csv", "", "巡察成果运用.csv"};
    const struct world *w = b->world;
    size_t *order = files_shuffled(w, "inspections", OFFICES_COUNT);
    struct slot slots[INSPECTION_DATASETS];
    size_t units = 0, at = 0;

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        units += w->offices[i].chosen;
    for (size_t i = 0; i < INSPECTION_DATASETS; i++)
        slots[i] = files_slot(commission(w), &inspection_layouts[i], names[i]);
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        const struct office *unit = &w->offices[order[i]];
        struct visit v = {.unit = unit,
                          .number = (unsigned)at + 1,
                          .slots = slots,
                          .dice = dice_for(w->seed, unit->unit_code, 4)};
        if (unit->chosen)
            inspect(b, &v, at++, units);
    }
    for (size_t i = 0; i < INSPECTION_DATASETS; i++)
        files_end(b, &slots[i]);
    free(order);
}
