/* What a lot is about: who buys what, how, and for how much at most. */
#include "tests/county/trading/lots.h"

#include <math.h>
#include <stdio.h>

#include "tests/county/world/calendar.h"

#define ITEMS 9

struct item {
    const char *code, *name;
};

/* By kind; a buyer goes through all of them before one comes again, so nothing looks split up. */
static const struct item items[LOT_KINDS][ITEMS] = {{{"B01010000", "办公用房修缮工程"},
                                                     {"B02020000", "乡村道路硬化工程"},
                                                     {"B03040000", "排水管网改造工程"},
                                                     {"B04010000", "农田水利工程"},
                                                     {"B05020000", "绿化工程"},
                                                     {"B06010000", "照明工程"},
                                                     {"B07030000", "校舍维修工程"},
                                                     {"B08010000", "防水保温工程"},
                                                     {"B09020000", "桥涵改造工程"}},
                                                    {{"A02010105", "便携式计算机采购"},
                                                     {"A02020100", "复印打印设备采购"},
                                                     {"A02030500", "执法执勤车辆采购"},
                                                     {"A02061800", "空调采购"},
                                                     {"A02320000", "医疗设备采购"},
                                                     {"A02370000", "农业机械采购"},
                                                     {"A05010000", "办公家具采购"},
                                                     {"A02091100", "视频监控设备采购"},
                                                     {"A08060000", "防汛物资采购"}},
                                                    {{"C21040000", "物业管理服务"},
                                                     {"C16060000", "软件运维服务"},
                                                     {"C19020000", "勘察设计服务"},
                                                     {"C18040000", "保洁清运服务"},
                                                     {"C20030000", "审计服务"},
                                                     {"C22030000", "培训服务"},
                                                     {"C15040000", "车辆保险服务"},
                                                     {"C23090000", "印刷服务"},
                                                     {"C06020000", "测绘服务"}}};

/* Above these a lot must be put out openly. */
static const int64_t open_from[LOT_KINDS] = {400000000, 200000000, 100000000};

/* Spread over the powers of ten, as amounts are. */
static int64_t amount(struct dice *d, double least_yuan, double most_yuan)
{
    double u = (double)dice_below(d, 1000000) / 1e6;

    return (int64_t)(least_yuan * pow(most_yuan / least_yuan, u)) * 100;
}

static enum method choose_method(struct dice *d, enum lot_kind kind, int64_t ceiling)
{
    static const uint16_t weights[] = {26, 0, 16, 38, 18, 2};

    if (ceiling >= open_from[kind] * 9 / 10) /* and nothing stays just under the line */
        return OPEN;
    return (enum method)dice_weighted(d, weights, kind == WORKS ? 4 : 6);
}

void lots_make(struct world *w, struct dice *d, const struct office *buyer, uint32_t turn,
               int32_t noticed_on, struct lot *out)
{
    static const double most[LOT_KINDS] = {3e7, 6e6, 3e6}, least[LOT_KINDS] = {2e5, 6e4, 5e4};
    enum lot_kind kind = (enum lot_kind)((turn + dice_hash(buyer->unit_code)) % LOT_KINDS);
    const struct item *item = &items[kind][turn / LOT_KINDS % ITEMS];
    bool is_open;

    out->buyer = buyer;
    out->agency = turn + (uint32_t)(dice_hash(buyer->site) % PARTIES_AGENCIES);
    out->kind = kind;
    out->item_code = item->code;
    out->ceiling = amount(d, least[kind], most[kind]);
    out->method = choose_method(d, kind, out->ceiling);
    is_open = out->method <= INVITED;
    out->by_score = out->method != QUOTE && dice_chance(d, 650);
    out->noticed_on = noticed_on;
    out->closes_on =
        calendar_add(noticed_on, is_open ? dice_range(d, 21, 32) : dice_range(d, 11, 16));
    out->state = dice_chance(d, 20) ? LOT_CANCELLED : LOT_COMPLETE;
    if (out->state == LOT_COMPLETE && is_open && dice_chance(d, 70))
        out->state = LOT_UNSUCCESSFUL;
    if (out->closes_on >= w->today && out->state != LOT_CANCELLED)
        out->state = LOT_ACTIVE;
    (void)snprintf(out->project, sizeof out->project, "ZDZB-%d-%05u", noticed_on / 10000,
                   out->serial % 100000);
    (void)snprintf(out->no, sizeof out->no, "%s-01", out->project);
    (void)snprintf(out->name, sizeof out->name, "%s%s", buyer->name, item->name);
}
