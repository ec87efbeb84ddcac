#include "tests/county/rural/rural.h"

#include <stdio.h>

#include "tests/county/rural/village.h"
#include "tests/county/world/calendar.h"

#define RURAL_ROWS 30315
#define VILLAGE_ROWS_LEAST 40
#define VILLAGE_ROWS 150  /* fewer villages rather than emptier ones */
#define SETTLED_TURNS 41  /* days until a debt may be settled */
#define DIVIDEND_FEN 8500 /* a share and year */

static void write_org(struct book *b, struct village *v, int64_t shares, struct slot *s)
{
    char uscc[19];
    struct row r;

    offices_uscc(
        "N2", 2000000u + ((uint32_t)v->town->office->town * 100u + (uint32_t)v->index) * 7u, uscc);
    row_begin(&r);
    row_text(&r, v->org_no);
    row_format(&r, "肇东市%s%s股份经济合作社", v->town->office->name, v->name);
    row_text(&r, uscc);
    row_text(&r, v->place->code);
    row_text(&r, v->head->name);
    row_text(&r, v->head->id);
    row_date(&r, 20190610 + (int32_t)v->index);
    row_number(&r, (int64_t)v->members);
    row_number(&r, shares);
    files_row(b, s, &r);
}

/* Returns all shares, in hundredths. */
static int64_t write_members(struct book *b, struct village *v, struct slot *s)
{
    int64_t sum = 0;
    struct row r;

    for (size_t i = 0; i < v->members; i++) {
        const struct person *who = village_somebody(v);
        int32_t shares = 50 * dice_range(&v->dice, 2, 10);
        sum += shares;
        row_begin(&r);
        row_text(&r, v->org_no);
        row_text(&r, who->id);
        row_text(&r, who->name);
        row_number(&r, shares);
        row_amount(&r, (int64_t)DIVIDEND_FEN * shares / 100);
        row_number(&r, b->world->today / 10000 - 1);
        files_row(b, s, &r);
    }
    return sum;
}

/* On a later day a few were paid and are taken off the list; not every clerk says why. */
static void settle(struct book *b, struct village *v, size_t debt, struct row *r, struct slot *s)
{
    struct dice d = dice_for(dice_hash(v->org_no), "settled", debt);

    if (b->day == 0 || dice_below(&d, SETTLED_TURNS) != b->day % SETTLED_TURNS)
        return;
    row_text(r, "删除");
    row_text(r, dice_chance(&d, 750) ? "已清偿，经成员代表会议同意销账" : NULL);
    files_row(b, s, r);
}

static void write_debts(struct book *b, struct village *v, struct slot *s, struct slot *settled)
{
    static const char *const reasons[] = {"税费改革前村提留欠款", "修建村路工程欠款",
                                          "农业生产垫付款"};
    struct row r;

    for (size_t i = 0; i < v->debts; i++) {
        const struct person *who = village_somebody(v);
        int64_t principal = 100 * (int64_t)dice_range(&v->dice, 400, 18000);
        bool is_debt = dice_chance(&v->dice, 300);
        row_begin(&r);
        row_format(&r, "ZW-%s-%04u", v->place->code, (unsigned)i + 1);
        row_text(&r, v->org_no);
        row_number(&r, is_debt);
        row_text(&r, who->name);
        row_text(&r, who->id);
        row_amount(&r, principal);
        row_amount(&r, principal / 100 * dice_range(&v->dice, 30, 100));
        row_date(&r, 20020101 + 10000 * dice_range(&v->dice, 0, 9) + dice_range(&v->dice, 0, 27));
        row_date(&r, 0);
        row_text(&r, is_debt ? reasons[1] : reasons[i % 2 * 2]);
        files_row(b, s, &r);
        settle(b, v, i, &r, settled);
    }
}

static void write_disclosures(struct book *b, struct village *v, struct slot *s)
{
    /* The quarter after which ten days have gone by. */
    int32_t month = calendar_month(calendar_add(b->world->today, -11)) / 3 * 3 - 1;
    struct row r;

    for (int32_t q = 0; q < RURAL_QUARTERS; q++, month -= 3) {
        int32_t end = calendar_in_month(month, 31);
        row_begin(&r);
        row_text(&r, v->org_no);
        row_format(&r, "%dQ%d", end / 10000, (end / 100 % 100 + 2) / 3);
        row_date(&r, calendar_add(end, dice_range(&v->dice, 2, 9)));
        row_text(&r, "财务收支、集体资产处置、惠农补贴发放、低保名单");
        village_file_hash(v, &r);
        files_row(b, s, &r);
    }
}

void rural_town(struct book *b, struct world *w, struct town *t, const int64_t *land)
{
    static const char *const names[RURAL_DATASETS] = {
        "集体经济组织名录.csv", "集体资产台账.csv", "集体资产合同.csv", "资产处置七步.csv",
        "村级收支明细.csv",     "村级债权债务.csv", "集体成员名册.csv", "村务公开.csv"};
    uint16_t weights[OFFICES_TOWNS];
    size_t count = places[t->office->town].village_count, total, villages;
    struct slot slots[RURAL_DATASETS], settled;
    char name[FILES_NAME_BYTES];
    struct village v;

    for (size_t i = 0; i < OFFICES_TOWNS; i++)
        weights[i] = (uint16_t)places[i].village_count;
    total = world_share(world_scaled(w, RURAL_ROWS, 1), weights, OFFICES_TOWNS, t->office->town);
    total = total < VILLAGE_ROWS_LEAST ? VILLAGE_ROWS_LEAST : total;
    villages = total / VILLAGE_ROWS < count ? total / VILLAGE_ROWS : count;
    villages = villages ? villages : 1;
    for (size_t i = 0; i < RURAL_DATASETS; i++)
        slots[i] = files_slot(t->office, &rural_layouts[i], names[i]);
    (void)snprintf(name, sizeof name, "债权债务销账_第%u天.csv", b->day);
    settled = files_slot(t->office, &rural_settled_layout, name);
    settled.note = NOTE_DELETION;
    for (size_t i = 0; i < villages; i++) {
        village_open(&v, w, t, i, total * (i + 1) / villages - total * i / villages);
        v.land = land[i];
        write_org(b, &v, write_members(b, &v, &slots[RURAL_MEMBER]), &slots[RURAL_ORG]);
        village_assets(b, &v, slots);
        village_ledger(b, &v, &slots[RURAL_LEDGER]);
        write_debts(b, &v, &slots[RURAL_DEBT], &settled);
        write_disclosures(b, &v, &slots[RURAL_DISCLOSURE]);
        village_close(&v);
    }
    for (size_t i = 0; i < RURAL_DATASETS; i++)
        files_end(b, &slots[i]);
    files_end(b, &settled);
}
