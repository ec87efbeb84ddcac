/* The register of companies: firms that mean nothing, and who holds them. */
#include <stdio.h>

#include "tests/county/masters/masters.h"
#include "tests/county/trading/trading.h"
#include "tests/county/world/calendar.h"

#define FIRMS 30000
#define SCALE_MOST 10
#define FIRST_SERIAL                                                                               \
    40000000u        /* of credit codes: below are those that trade, employ and are banned */
#define NAMES 54000u /* different ones */
#define CLOSED_EVERY 40u

enum part { HOLDER, MANAGER, SUPERVISOR };
enum state { STATE_OPEN, STATE_REVOKED, STATE_CLOSED };

size_t masters_firms(const struct world *w)
{
    size_t wanted = world_scaled(w, FIRMS, 60);
    return wanted < FIRMS * SCALE_MOST ? wanted : FIRMS * SCALE_MOST;
}

void masters_firm(uint32_t number, char uscc[19], char name[64])
{
    static const char *const first[] = {"福", "顺", "兴", "德", "瑞", "祥", "盛", "和", "永", "昌",
                                        "泰", "丰", "裕", "康", "宝", "安", "吉", "庆", "荣", "茂",
                                        "信", "诚", "义", "仁", "新", "春", "山", "江", "林", "田"};
    static const char *const trades[] = {
        "粮食贸易", "米业",     "农资",     "养殖",     "种植",     "建材",    "装饰工程",
        "汽车维修", "物流运输", "餐饮",     "百货",     "服装",     "药房",    "电子商务",
        "家电",     "机械加工", "食品加工", "文化传媒", "家政服务", "环保设备"};
    static const char *const endings[] = {"有限责任公司", "农民专业合作社", "商行"};
    uint32_t kind = number / 18000 % 3;

    offices_uscc(kind == 0 ? "91" : kind == 1 ? "93" : "92", FIRST_SERIAL + number * 7u, uscc);
    if (number < NAMES)
        (void)snprintf(name, 64, "肇东市%s%s%s%s", first[number % 30], first[number / 30 % 30],
                       trades[number / 900 % 20], endings[kind]);
    else
        (void)snprintf(name, 64, "肇东市%s%s%s第%u%s", first[number % 30], first[number / 30 % 30],
                       trades[number / 900 % 20], (unsigned)(number / NAMES + 1), endings[kind]);
}

static bool is_shut(uint32_t number)
{
    return number % CLOSED_EVERY == CLOSED_EVERY - 1;
}

uint32_t masters_open_firm(const struct world *w, struct dice *d)
{
    uint32_t number = dice_below(d, (uint32_t)masters_firms(w));
    return is_shut(number) ? number - 1 : number;
}

/* One row of the roles. */
struct role {
    const char *uscc, *name;
    const struct person *who;
    enum part part;
    int32_t per_cent; /* 0: none said */
    int32_t from, to;
};

static void write_role(struct book *b, const struct role *of, struct slot *s)
{
    struct row r;

    row_begin(&r);
    row_text(&r, of->uscc);
    row_text(&r, of->name);
    row_text(&r, of->who->name);
    row_text(&r, of->who->id);
    row_number(&r, of->part);
    row_number(&r, of->per_cent ? of->per_cent * 100 : SHEET_NONE);
    row_date(&r, of->from);
    row_date(&r, of->to);
    files_row(b, s, &r);
}

static void write_firm(struct book *b, struct world *w, uint32_t number, struct slot slots[2])
{
    static const char *const forms[] = {"有限责任公司", "农民专业合作社", "个体工商户"};
    struct dice d = dice_for(w->seed, "firm", number);
    int32_t founded = calendar_add(w->today, -dice_range(&d, 200, 7000));
    bool is_gone = is_shut(number);
    int32_t shut_on = is_gone ? calendar_add(founded, dice_range(&d, 100, 199)) : 0;
    int32_t share = dice_chance(&d, 300) ? 100 : 5 * dice_range(&d, 11, 19);
    struct people_pool pool = {0};
    const struct person *people[2];
    char uscc[19], name[64];
    struct row r;

    masters_firm(number, uscc, name);
    for (size_t i = 0; i < 2; i++)
        people[i] = people_make(&w->people, &pool, &d, 22, 66, dice_below(&d, OFFICES_TOWNS), NULL);
    row_begin(&r);
    row_text(&r, uscc);
    row_format(&r, "%s", name);
    row_text(&r, forms[number / 18000 % 3]);
    row_text(&r, people[0]->name);
    row_text(&r, people[0]->id);
    row_date(&r, founded);
    row_number(&r, !is_gone ? STATE_OPEN : dice_chance(&d, 300) ? STATE_REVOKED : STATE_CLOSED);
    row_number(&r, 1000000 * (int64_t)dice_range(&d, 3, 900));
    row_format(&r, "%s%u号", dice_chance(&d, 500) ? "正阳大街" : "北十三道街", number % 900 + 1);
    row_text(&r, "一般经营项目");
    row_number(&r, dice_range(&d, 0, 30));
    files_row(b, &slots[0], &r);
    write_role(b, &(struct role){uscc, name, people[0], HOLDER, share, founded, shut_on},
               &slots[1]);
    write_role(b, &(struct role){uscc, name, people[0], MANAGER, 0, founded, shut_on}, &slots[1]);
    if (share < 100)
        write_role(b, &(struct role){uscc, name, people[1], HOLDER, 100 - share, founded, shut_on},
                   &slots[1]);
    write_role(b, &(struct role){uscc, name, people[1], SUPERVISOR, 0, founded, shut_on},
               &slots[1]);
    people_forget(&pool);
}

void masters_companies(struct book *b, struct world *w)
{
    const struct office *keeper = offices_named(w->offices, "肇东市市场监督管理局");
    struct slot slots[2] = {
        files_slot(keeper, &trading_layouts[TRADING_COMPANY], "市场主体登记.csv"),
        files_slot(keeper, &trading_layouts[TRADING_ROLE], "市场主体任职持股.csv")};

    for (uint32_t i = 0, n = (uint32_t)masters_firms(w); i < n; i++)
        write_firm(b, w, i, slots);
    files_end(b, &slots[0]);
    files_end(b, &slots[1]);
}
