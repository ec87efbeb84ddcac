/* What meetings decided, and the industry projects of the townships. */
#include <stdio.h>

#include "tests/county/masters/masters.h"
#include "tests/county/powers/powers.h"
#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

#define MONTHS 24
#define PROJECTS 240

enum decision { MAJOR, CADRE, PROJECT, FUNDS };

/* `matter` NULL: one of those that come up all the time. */
static void write_decision(struct book *b, const struct office *o, int32_t on, unsigned number,
                           const struct powers_matter *matter, struct slot *s)
{
    static const char *const topics[4][4] = {
        {"研究年度重点工作安排", "研究安全生产工作方案", "研究内部控制制度修订",
         "研究信访事项化解方案"},
        {"研究中层干部任免事项", "研究年度考核等次", "研究干部轮岗交流事项", "研究评先评优人选"},
        {"研究办公楼维修项目", "研究信息化建设项目", "研究环境整治项目", "研究道路维修项目"},
        {"研究专项资金使用方案", "研究大额资金支付事项", "研究资产购置事项",
         "研究劳务费用支付事项"}};
    static const uint16_t kinds[] = {40, 14, 18, 28};
    struct dice d = dice_for(b->world->seed ^ dice_hash(o->unit_code), "meets", number);
    enum decision kind = matter ? PROJECT : (enum decision)dice_weighted(&d, kinds, 4);
    int32_t due = dice_range(&d, 7, 11), present = due - dice_range(&d, 0, due / 3);
    int32_t spare = present - due / 2 - 1; /* more than half of all members are in favour */
    int32_t against = dice_chance(&d, 60) && spare > 0 ? 1 : 0;
    int32_t abstained = dice_chance(&d, 80) && spare > against ? 1 : 0;
    bool is_town = o->role == OFFICE_TOWN;
    char chair[NAMES_BYTES], executor[NAMES_BYTES];
    struct row r;

    powers_clerk(o, "head", 0, chair);
    powers_clerk(o, "executes", dice_below(&d, 4), executor);
    row_begin(&r);
    row_format(&r, matter ? "JCH%d-%05u" : "JC%d-%03u", on / 10000, number);
    row_text(&r, o->unit_code);
    row_format(&r, "%d年第%u次%s", on / 10000, number, is_town ? "党委会" : "党组会");
    row_number(&r, is_town ? 0 : kind == MAJOR && dice_chance(&d, 400) ? 2 : 1);
    row_date(&r, on);
    if (matter)
        row_format(&r, "研究%s", matter->name);
    else
        row_text(&r, topics[kind][dice_below(&d, 4)]);
    row_number(&r, kind);
    row_amount(&r, matter            ? matter->fen
                   : kind >= PROJECT ? 100000 * (int64_t)dice_range(&d, 50, 3800)
                                     : 0);
    row_number(&r, due);
    row_number(&r, present);
    row_number(&r, present - against - abstained);
    row_number(&r, against);
    row_number(&r, abstained);
    row_text(&r, chair);
    row_number(&r, present); /* the head speaks last */
    row_text(&r, "会议同意该事项，按程序组织实施");
    row_text(&r, executor);
    row_date(&r, calendar_add(on, dice_range(&d, 20, 120)));
    row_format(&r, "%s纪要〔%d〕%u号", is_town ? "党委" : "党组", on / 10000, number);
    row_text(&r, "会议记录、表决票");
    files_row(b, s, &r);
}

void powers_decide(struct book *b, const struct office *o, const struct powers_matter *matter,
                   struct slot *s)
{
    write_decision(b, o, powers_office_day(calendar_add(matter->before, -20)), matter->serial,
                   matter, s);
}

void powers_decisions(struct book *b)
{
    const struct world *w = b->world;

    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        const struct office *o = &w->offices[i];
        struct slot s = files_slot(o, &powers_layouts[POWER_DECISION], "三重一大决策事项.csv");
        struct dice d = dice_for(w->seed, o->unit_code, 11);
        unsigned number = 0;
        for (int32_t n = 0; o->chosen && n < MONTHS; n++) {
            size_t meetings = world_scaled(w, 10 + dice_below(&d, 14), 1) / 10;
            int32_t first = calendar_in_month(w->last_month - MONTHS + 1 + n, 8);
            for (size_t m = 0; m < (meetings ? meetings : 1); m++)
                write_decision(b, o, powers_office_day(calendar_add(first, (int32_t)(m % 14))),
                               ++number, NULL, &s);
        }
        files_end(b, &s);
    }
}

enum project_state { BUILDING, DONE, ACCEPTED };

static void write_project(struct book *b, size_t which, struct slot *s)
{
    static const char *const things[] = {"蔬菜大棚",   "肉牛养殖",   "粮食烘干", "冷链仓储",
                                         "食用菌种植", "农机合作社", "庭院经济", "光伏"};
    const struct world *w = b->world;
    struct dice d = dice_for(w->seed, "project", which);
    const struct town *t = &w->towns[which % w->town_count];
    const struct place *place = &places[t->office->town];
    const struct place_village *village =
        &place->villages[dice_below(&d, (uint32_t)place->village_count)];
    int32_t started = calendar_add(w->today, -dice_range(&d, 40, 1000));
    int32_t planned = calendar_add(started, dice_range(&d, 200, 420));
    int32_t ended = calendar_add(planned, -dice_range(&d, 5, 40));
    bool is_over = ended <= w->today;
    enum project_state state = !is_over                              ? BUILDING
                               : calendar_add(ended, 60) <= w->today ? ACCEPTED
                                                                     : DONE;
    int64_t approved = 1000000 * (int64_t)dice_range(&d, 20, 900);
    int64_t received = approved / 100 * (is_over ? 100 : dice_range(&d, 40, 90));
    int32_t used = 0;
    char uscc[19], firm[64];
    struct row r;

    masters_firm(masters_open_firm(w, &d), uscc, firm);
    row_begin(&r);
    row_format(&r, "CY%d-%04u", started / 10000, (unsigned)which + 1);
    row_format(&r, "%s%s%s项目", t->office->name, village->name, things[which % 8]);
    row_text(&r, "肇东市乡村振兴局");
    row_text(&r, t->office->name);
    row_text(&r, village->code);
    row_number(&r, dice_below(&d, 4));
    row_format(&r, "肇乡振发〔%d〕%u号", started / 10000, (unsigned)which % 90 + 1);
    row_number(&r, approved);
    row_number(&r, received);
    used = state == ACCEPTED ? 97 : dice_range(&d, 40, 90);
    if (used < 80 && calendar_add(started, 300) < w->today) /* a year on, most of it is spent */
        used = 80 + used % 10;
    row_number(&r, received / 100 * used);
    row_date(&r, started);
    row_date(&r, planned);
    row_date(&r, is_over ? ended : 0);
    row_number(&r, dice_range(&d, 12, 260));
    row_text(&r, uscc);
    row_text(&r, "年收益的百分之六用于受益户分红");
    row_number(&r, state);
    files_row(b, s, &r);
}

void powers_projects(struct book *b)
{
    struct slot s = files_slot(offices_named(b->world->offices, "肇东市乡村振兴局"),
                               &powers_layouts[POWER_PROJECT], "产业项目台账.csv");

    for (size_t i = 0, n = world_scaled(b->world, PROJECTS, 8); i < n; i++)
        write_project(b, i, &s);
    files_end(b, &s);
}

void powers_drop(struct book *b, struct world *w)
{
    powers_lists(b);
    powers_approvals(b, w);
    powers_decisions(b);
    powers_projects(b);
    powers_matters(b);
}
