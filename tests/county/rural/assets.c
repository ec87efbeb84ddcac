/* What a village owns, and what it lets. */
#include <stdio.h>

#include "tests/county/rural/village.h"
#include "tests/county/world/calendar.h"

enum asset_kind { BUSINESS, PUBLIC, RESOURCE };
enum asset_unit { MU, METRE, PIECE };
enum asset_use { OWN, LET, CONTRACTED };

struct sort {
    const char *name;
    enum asset_kind kind;
    enum asset_unit unit;
    int32_t least, most; /* of the unit */
    int32_t rent;        /* yuan a year for the unit */
    int32_t years[2];    /* that it is let for */
    int32_t cost;        /* yuan of the unit; 0: land has no price on the books */
    enum asset_use when_let;
};

static const struct sort sorts[] = {
    [HOUSE] = {"门市房", BUSINESS, METRE, 60, 240, 36, {3, 5}, 900, LET},
    [MACHINE] = {"联合收割机", BUSINESS, PIECE, 1, 2, 6000, {1, 3}, 86000, LET},
    [FIELD] = {"家庭承包耕地", RESOURCE, MU, 0, 0, 0, {0, 0}, 0, CONTRACTED},
    [FOREST] = {"集体林地", RESOURCE, MU, 30, 200, 90, {8, 12}, 0, CONTRACTED},
    [WATER] = {"养鱼水面", RESOURCE, MU, 15, 80, 180, {4, 8}, 0, CONTRACTED},
    [RESERVE] = {"机动地", RESOURCE, MU, 20, 120, 420, {1, 3}, 0, CONTRACTED},
};

struct asset {
    char no[24];
    enum asset_sort sort;
    const char *name;
    int64_t quantity; /* hundredths */
    enum asset_kind kind;
    enum asset_use use;
};

/* From the accounting of the village to the register: number, name and worth. */
static void write_asset(struct book *b, struct village *v, const struct asset *a, struct slot *s)
{
    static const enum asset_unit units[] = {METRE, PIECE, MU, MU, MU, MU};
    int64_t cost = sorts[a->sort].cost * a->quantity;
    char keeper[NAMES_BYTES];
    struct row r;

    village_clerk(v, "keeper", keeper);
    row_begin(&r);
    row_text(&r, a->no);
    row_text(&r, v->org_no);
    row_text(&r, a->name);
    row_number(&r, a->kind);
    row_number(&r, a->sort);
    row_number(&r, a->quantity);
    row_number(&r, units[a->sort]);
    row_amount(&r, cost);
    row_amount(&r, cost / 1000 * dice_range(&v->dice, 300, 900));
    row_format(&r, "%s%s", v->name, a->kind == RESOURCE ? "屯外" : "屯内");
    row_text(&r, a->kind == RESOURCE ? "东至路，西至沟，南至林带，北至路" : NULL);
    if (a->kind == RESOURCE)
        row_format(&r, "%s%04u", v->place->code, (unsigned)dice_below(&v->dice, 10000));
    else
        row_text(&r, NULL);
    row_date(&r, calendar_add(b->world->today, -dice_range(&v->dice, 4600, 9000)));
    row_number(&r, a->use);
    row_text(&r, keeper);
    files_row(b, s, &r);
}

static void write_steps(struct book *b, struct village *v, const struct asset *a, int32_t signed_on,
                        struct slot *s)
{
    static const struct {
        const char *name, *file;
        int32_t from, to; /* days from the signature */
    } steps[RURAL_STEPS] = {{"申请立项", "处置申请.pdf", -62, -56},
                            {"资产清查评估", "评估报告.pdf", -50, -40},
                            {"民主议定", "村民代表会议记录.pdf", -34, -33},
                            {"乡镇审核", "审核意见.pdf", -28, -20},
                            {"公开交易", "成交确认书.pdf", -15, -6},
                            {"合同签订与备案", "合同备案表.pdf", 0, 6},
                            {"公示归档", "公示照片.jpg", 8, 18}};
    char clerk[NAMES_BYTES], reviewer[NAMES_BYTES];
    struct row r;

    village_clerk(v, "clerk", clerk);
    village_clerk(v, "reviewer", reviewer);
    for (int32_t n = 0; n < RURAL_STEPS; n++) {
        int32_t there = n == 2 ? dice_range(&v->dice, 24, 60) : 0;
        row_begin(&r);
        row_format(&r, "CZ-%s", a->no);
        row_text(&r, v->org_no);
        row_text(&r, a->no);
        row_number(&r, n + 1);
        row_text(&r, steps[n].name);
        row_date(&r, calendar_add(signed_on, steps[n].from));
        row_date(&r, calendar_add(signed_on, steps[n].to));
        row_text(&r, clerk);
        row_text(&r, reviewer);
        row_text(&r, steps[n].file);
        village_file_hash(v, &r);
        row_number(&r, there ? there : SHEET_NONE);
        row_number(&r, there ? there - dice_range(&v->dice, 0, there / 6) : SHEET_NONE);
        files_row(b, s, &r);
    }
}

/* Runs today, was paid for every year that began, and no rent is far from the township's. */
static void let(struct book *b, struct village *v, const struct asset *a,
                struct slot slots[RURAL_DATASETS])
{
    const struct sort *sort = &sorts[a->sort];
    const struct world *w = b->world;
    struct lease *lease = WORLD_ADD(v->leases);
    int32_t years = dice_range(&v->dice, sort->years[0], sort->years[1]);
    int32_t signed_on = calendar_add(w->today, -dice_range(&v->dice, 40, years * 365 - 70));
    int64_t price = sort->rent * dice_range(&v->dice, 93, 107), paid_years;
    struct row r;

    lease->party = village_somebody(v);
    lease->from = calendar_add(signed_on, 5);
    lease->annual = price * a->quantity / 100;
    paid_years = (calendar_days(w->today) - calendar_days(lease->from) - 10) / 365 + 1;
    (void)snprintf(lease->no, sizeof lease->no, "CB-%s", a->no);
    row_begin(&r);
    row_text(&r, lease->no);
    row_text(&r, v->org_no);
    row_text(&r, a->no);
    row_number(&r, a->use == LET);
    row_text(&r, lease->party->name);
    row_text(&r, lease->party->id);
    row_number(&r, a->quantity);
    row_amount(&r, price);
    row_amount(&r, lease->annual * years);
    row_date(&r, signed_on);
    row_date(&r, lease->from);
    row_date(&r, calendar_add(lease->from, years * 365 - 1));
    row_text(&r, "一年一付，每年起租日后十日内付清");
    row_amount(&r, lease->annual * paid_years);
    row_format(&r, "ZDCQ-%d-%s", signed_on / 10000, a->no);
    row_date(&r, calendar_add(signed_on, -33));
    row_date(&r, calendar_add(signed_on, 6));
    files_row(b, &slots[RURAL_CONTRACT], &r);
    write_steps(b, v, a, signed_on, &slots[RURAL_STEP]);
}

static void describe(struct village *v, size_t i, struct asset *a)
{
    static const enum asset_sort let_sorts[] = {RESERVE, WATER, HOUSE, FOREST, MACHINE};
    static const struct {
        const char *name;
        enum asset_sort sort;
    } own[] = {{"村办公室", HOUSE},      {"卫生室", HOUSE},     {"文化活动室", HOUSE},
               {"扫雪车", MACHINE},      {"抽水设备", MACHINE}, {"农家书屋", HOUSE},
               {"防火隔离林带", FOREST}, {"环卫车", MACHINE}};
    const struct sort *sort;

    (void)snprintf(a->no, sizeof a->no, "%s-%05u", v->place->code, (unsigned)i + 1);
    if (i == 0)
        a->sort = FIELD;
    else
        a->sort = i <= v->contracts ? let_sorts[i % 5] : own[i % 8].sort;
    sort = &sorts[a->sort];
    a->name = i <= v->contracts ? sort->name : own[i % 8].name;
    a->use = i <= v->contracts ? sort->when_let : OWN;
    a->kind = i <= v->contracts || sort->kind == RESOURCE ? sort->kind : PUBLIC;
    /* The villages' land is never less than what the households hold of it. */
    a->quantity = i == 0 ? v->land + 100 * dice_range(&v->dice, 20, 90)
                         : 100 * (int64_t)dice_range(&v->dice, sort->least, sort->most);
}

void village_assets(struct book *b, struct village *v, struct slot slots[RURAL_DATASETS])
{
    for (size_t i = 0; i < v->assets; i++) {
        struct asset a;
        describe(v, i, &a);
        write_asset(b, v, &a, &slots[RURAL_ASSET]);
        if (i > 0 && i <= v->contracts)
            let(b, v, &a, slots);
    }
}
