#include "tests/county/trading/contracts.h"

#include <math.h>
#include <stdio.h>

#include "tests/county/world/calendar.h"

#define SMALL_DAYS 1050 /* small contracts go back so far */
#define PREPAID_PER_MILLE 300
#define EARLY 3           /* days before the plan */
#define KEPT_PER_MILLE 30 /* for a year, against defects */

/* What is known of a contract by today. */
struct course {
    const struct contract *contract;
    struct dice dice;
    char no[40];
    int32_t term, finished_on, accepted_on; /* 0: not yet */
    uint32_t payment_no;
    int64_t paid;
};

bool contracts_from_lot(const struct world *w, struct dice *d, const struct parties *p,
                        const struct lot *lot, struct contract *out)
{
    int32_t signed_on = calendar_add(lot->notified_on, dice_range(d, 3, 25));

    if (!lot->winner || signed_on > w->today)
        return false;
    *out = (struct contract){.buyer = lot->buyer,
                             .supplier = lot->winner,
                             .kind = lot->kind,
                             .amount = lot->price,
                             .signed_on = signed_on};
    (void)snprintf(out->lot_no, sizeof out->lot_no, "%s", lot->no);
    (void)snprintf(out->name, sizeof out->name, "%s", lot->name);
    if (lot->kind == WORKS && lot->price > 100000000)
        out->labour = &p->labour.at[dice_below(d, (uint32_t)p->labour.count)];
    return true;
}

void contracts_small(struct world *w, struct dice *d, const struct parties *p, struct contract *out)
{
    static const char *const names[LOT_KINDS][4] = {
        {"零星维修合同", "屋面防水维修合同", "院内硬化合同", "供暖管线维修合同"},
        {"办公耗材供货合同", "防疫物资供货合同", "食材供货合同", "劳保用品供货合同"},
        {"保洁服务合同", "设备维保合同", "车辆租赁合同", "宣传制作合同"}};
    enum lot_kind kind = (enum lot_kind)dice_below(d, LOT_KINDS);
    double u = (double)dice_below(d, 1000000) / 1e6;

    *out = (struct contract){.buyer = world_any_office(w), .kind = kind};
    out->supplier = &p->suppliers[kind].at[dice_below(d, (uint32_t)p->suppliers[kind].count)];
    (void)snprintf(out->name, sizeof out->name, "%s", names[kind][dice_below(d, 4)]);
    out->amount = (int64_t)(3000 * pow(60, u)) * 100 + 100 * dice_range(d, 1, 99);
    out->signed_on = calendar_add(w->today, -dice_range(d, 1, SMALL_DAYS));
}

static int32_t until(const struct book *b, int32_t day)
{
    return day > b->world->today ? 0 : day;
}

static const char *official_name(const struct course *c, const char *purpose, char out[NAMES_BYTES])
{
    struct dice d = dice_for(dice_hash(c->contract->buyer->unit_code), purpose, 0);

    names_make(&d, dice_chance(&d, 600), 1978, NULL, out);
    return out;
}

static void write_contract(struct book *b, struct course *c, struct slot *s)
{
    const struct contract *k = c->contract;
    struct row r;

    row_begin(&r);
    row_text(&r, c->no);
    row_text(&r, k->lot_no);
    row_text(&r, k->name);
    row_date(&r, k->signed_on);
    row_amount(&r, k->amount);
    row_number(&r, c->term);
    row_text(&r, k->buyer->name);
    row_text(&r, k->supplier->name);
    row_text(&r, k->supplier->uscc);
    files_row(b, s, &r);
}

static void write_milestone(struct book *b, const struct course *c, struct slot *s,
                            const char *name, int32_t days)
{
    int32_t planned = calendar_add(c->contract->signed_on, days);
    struct row r;

    row_begin(&r);
    row_text(&r, c->no);
    row_text(&r, name);
    row_date(&r, planned);
    row_date(&r, until(b, calendar_add(planned, days > 20 ? -EARLY : 0)));
    files_row(b, s, &r);
}

static void carry_out(struct book *b, struct course *c, struct slot slots[TRADING_DATASETS])
{
    const struct contract *k = c->contract;
    struct slot *s = &slots[TRADING_MILESTONE];

    write_milestone(b, c, s, k->kind == GOODS ? "到货" : "开工", 10);
    if (k->kind == WORKS && k->lot_no[0])
        write_milestone(b, c, s, "主体完工", c->term * 6 / 10);
    write_milestone(b, c, s, k->kind == WORKS ? "竣工" : "履约完成", c->term);
    c->finished_on = until(b, calendar_add(k->signed_on, c->term - EARLY));
}

/* A change of the works costs at most 8 % more, is approved, and comes well after the signature. */
static void change(struct book *b, struct course *c, struct slot *s)
{
    int32_t on = calendar_add(c->contract->signed_on, dice_range(&c->dice, 45, 70));
    struct row r;

    if (c->term < 90 || !until(b, on) || !dice_chance(&c->dice, 450))
        return;
    row_begin(&r);
    row_text(&r, c->no);
    row_number(&r, 1);
    row_date(&r, on);
    row_amount(&r, c->contract->amount / 100000 * dice_range(&c->dice, 12, 80) * 100);
    row_text(&r, dice_chance(&c->dice, 600) ? "工程量增加" : "设计变更");
    row_format(&r, "肇变更〔%d〕%u号", on / 10000, (unsigned)c->contract->serial);
    files_row(b, s, &r);
}

static void subcontract(struct book *b, struct course *c, struct slot *s)
{
    const struct contract *k = c->contract;
    int32_t on = calendar_add(k->signed_on, 12);
    struct row r;

    if (!k->labour || !until(b, on))
        return;
    row_begin(&r);
    row_text(&r, c->no);
    row_text(&r, k->labour->uscc);
    row_text(&r, k->labour->name);
    row_amount(&r, k->amount / 100000 * dice_range(&c->dice, 60, 240) * 100);
    row_date(&r, on);
    files_row(b, s, &r);
}

static void accept(struct book *b, struct course *c, struct slot *s)
{
    char name[NAMES_BYTES], agency[19];
    bool is_watched = c->contract->kind == WORKS && c->contract->lot_no[0];
    const char *supervisor = parties_agency(c->contract->serial, agency);
    struct row r;

    c->accepted_on =
        c->finished_on ? until(b, calendar_add(c->finished_on, dice_range(&c->dice, 4, 25))) : 0;
    if (!c->accepted_on)
        return;
    row_begin(&r);
    row_text(&r, c->no);
    row_date(&r, c->accepted_on);
    row_text(&r, official_name(c, "inspector", name));
    row_number(&r, dice_chance(&c->dice, 60));
    row_text(&r, is_watched ? supervisor : NULL);
    row_text(&r, is_watched ? agency : NULL);
    files_row(b, s, &r);
}

static void pay(struct book *b, struct course *c, struct slot payments[PAYMENT_YEARS], int32_t on,
                int64_t fen)
{
    const struct contract *k = c->contract;
    char applicant[NAMES_BYTES], approver[NAMES_BYTES];
    int32_t year = b->world->today / 10000 - on / 10000;
    struct row r;

    if (on > b->world->today || fen <= 0)
        return;
    c->paid += fen;
    row_begin(&r);
    row_text(&r, c->no);
    row_number(&r, ++c->payment_no);
    row_date(&r, on);
    row_amount(&r, fen);
    row_text(&r, k->supplier->name);
    parties_account(k->supplier, &r);
    row_number(&r, k->kind == WORKS && k->lot_no[0] ? 1 : k->serial % 9 == 0 ? 2 : 0);
    row_text(&r, official_name(c, "applicant", applicant));
    row_text(&r, official_name(c, "approver", approver));
    row_format(&r, "支%d-%06u-%02u", on / 10000, (unsigned)k->serial, (unsigned)c->payment_no);
    files_row(b, &payments[year < PAYMENT_YEARS ? year : PAYMENT_YEARS - 1], &r);
}

/* Some in advance, the greater part after the acceptance, the rest a year later. */
static void pay_all(struct book *b, struct course *c, struct slot payments[PAYMENT_YEARS])
{
    const struct contract *k = c->contract;
    int64_t kept = k->amount * KEPT_PER_MILLE / 1000, due, part;
    int32_t times = dice_range(&c->dice, 4, k->lot_no[0] ? 9 : 12), on;

    pay(b, c, payments, calendar_add(k->signed_on, dice_range(&c->dice, 6, 9)),
        k->amount * dice_range(&c->dice, 120, PREPAID_PER_MILLE - 5) / 1000);
    if (!c->accepted_on)
        return;
    due = k->amount - kept - c->paid;
    on = calendar_add(c->accepted_on, dice_range(&c->dice, 4, 12));
    for (; times > 0; times--) {
        part = times == 1 ? due : due * dice_range(&c->dice, 800, 1200) / (1000 * times);
        pay(b, c, payments, on, part);
        due -= part;
        on = calendar_add(on, dice_range(&c->dice, 20, 33));
    }
    pay(b, c, payments, calendar_add(c->accepted_on, 366 + dice_range(&c->dice, 5, 20)),
        k->amount - c->paid < kept ? k->amount - c->paid : kept);
}

void contracts_run(struct book *b, const struct contract *c, struct slot slots[TRADING_DATASETS],
                   struct slot payments[PAYMENT_YEARS])
{
    static const int32_t longest[LOT_KINDS] = {240, 60, 200};
    struct course course = {.contract = c, .dice = dice_for(b->world->seed, "contract", c->serial)};

    (void)snprintf(course.no, sizeof course.no, "HT-%d-%06u", c->signed_on / 10000,
                   (unsigned)c->serial);
    course.term = dice_range(&course.dice, 25, c->lot_no[0] ? longest[c->kind] : 60);
    write_contract(b, &course, &slots[TRADING_CONTRACT]);
    carry_out(b, &course, slots);
    change(b, &course, &slots[TRADING_CHANGE]);
    subcontract(b, &course, &slots[TRADING_SUBCONTRACT]);
    accept(b, &course, &slots[TRADING_ACCEPTANCE]);
    pay_all(b, &course, payments);
}
