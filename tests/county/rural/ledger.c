/* A village's books: what came in, what went out, and what was left. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/county/rural/village.h"
#include "tests/county/world/calendar.h"

#define YEAR 364
#define GRANTS 4

enum subject { BANK, RENT, GRANT, EXPENSE };
static const char *const subjects[] = {"102", "501", "522", "541"};

enum way { TRANSFER, CARD, CASH };
enum paper { INVOICE, RECEIPT, ROLL };

struct voucher {
    int32_t on;
    uint32_t order; /* among those of one day */
    enum subject against;
    const struct lease *lease; /* NULL: no rent */
    int64_t fen;
    size_t purpose;
    unsigned no;     /* of its year */
    int64_t balance; /* in the bank, behind it */
};

static const struct {
    const char *what, *shop;
    enum paper paper;
} purposes[] = {{"购办公用品", "日杂商店", INVOICE},   {"支付路灯电费", "供电所", INVOICE},
                {"订阅报刊", "邮政代办点", INVOICE},   {"办公室取暖用煤", "煤炭经销处", INVOICE},
                {"维修村路材料", "建材商店", INVOICE}, {"支付保洁员工资", "保洁员", ROLL},
                {"购防火物资", "五金商店", INVOICE}};

static int by_day(const void *a, const void *b)
{
    const struct voucher *x = a, *y = b;

    return x->on != y->on ? (x->on > y->on) - (x->on < y->on) : (x->order > y->order) ? 1 : -1;
}

/* Rents of the year, the quarterly grant, and small expenses for the rest. */
static size_t collect(const struct world *w, struct village *v, struct voucher *out)
{
    size_t n = 0;

    for (size_t i = 0; i < v->leases.count && n < v->vouchers; i++) {
        const struct lease *l = &v->leases.at[i];
        int32_t days = calendar_days(w->today) - calendar_days(l->from) - 10;
        int32_t on = calendar_add(l->from, days / 365 * 365 + dice_range(&v->dice, 0, 9));
        out[n++] = (struct voucher){.on = on, .against = RENT, .lease = l, .fen = l->annual};
    }
    for (int32_t q = 0; q < GRANTS && n < v->vouchers; q++)
        out[n++] = (struct voucher){.on = calendar_add(w->today, -20 - 91 * q),
                                    .against = GRANT,
                                    .fen = 100 * (int64_t)dice_range(&v->dice, 8000, 19000)};
    while (n < v->vouchers)
        out[n++] = (struct voucher){.on = calendar_add(w->today, -dice_range(&v->dice, 1, YEAR)),
                                    .against = EXPENSE,
                                    .fen = dice_range(&v->dice, 8000, 90000),
                                    .purpose = dice_below(&v->dice, 7)};
    for (size_t i = 0; i < n; i++)
        out[i].order = (uint32_t)i;
    qsort(out, n, sizeof *out, by_day);
    return n;
}

static void counterparty(struct village *v, const struct voucher *one, struct row *r)
{
    uint64_t hash;

    if (one->lease) {
        row_text(r, one->lease->party->name);
        hash = dice_hash(one->lease->party->id);
        row_format(r, "622848%013" PRIu64, hash % UINT64_C(10000000000000));
        return;
    }
    if (one->against == GRANT) {
        row_text(r, "肇东市财政局国库支付中心");
        row_text(r, "2305000100009018");
        return;
    }
    row_format(r, "%s%s", v->name, purposes[one->purpose].shop);
    hash = dice_hash(v->org_no) + one->purpose;
    row_format(r, "623052%013" PRIu64, hash % UINT64_C(10000000000000));
}

static void write_line(struct book *b, struct village *v, const struct voucher *one, bool is_bank,
                       struct slot *s)
{
    bool comes_in = one->against != EXPENSE, is_debit = is_bank == comes_in;
    enum way way = one->fen < 30000 && one->order % 3 == 0 ? CASH
                   : one->order % 3 == 1                   ? CARD
                                                           : TRANSFER;
    char handler[NAMES_BYTES], approver[NAMES_BYTES];
    struct row r;

    village_clerk(v, "handler", handler);
    village_clerk(v, "approver", approver);
    row_begin(&r);
    row_format(&r, "记-%d-%05u", one->on / 10000, one->no);
    row_number(&r, is_debit ? 1 : 2);
    row_text(&r, v->org_no);
    row_date(&r, one->on);
    if (one->lease)
        row_format(&r, "收%s承包费", one->lease->no);
    else
        row_text(&r, comes_in ? "村级组织运转经费补助" : purposes[one->purpose].what);
    row_text(&r, subjects[is_bank ? BANK : one->against]);
    row_number(&r, is_debit ? one->fen : SHEET_NONE);
    row_number(&r, is_debit ? SHEET_NONE : one->fen);
    counterparty(v, one, &r);
    row_number(&r, comes_in ? RECEIPT : purposes[one->purpose].paper);
    row_number(&r, comes_in ? TRANSFER : way);
    row_text(&r, handler);
    row_text(&r, approver);
    row_number(&r, is_bank ? one->balance : SHEET_NONE);
    files_row(b, s, &r);
}

void village_ledger(struct book *b, struct village *v, struct slot *s)
{
    struct voucher *all = calloc(v->vouchers + 1, sizeof *all);
    int64_t balance = 100 * (int64_t)(60000 + 1000 * v->vouchers);
    size_t count;
    unsigned no = 0;

    if (!all) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    count = collect(b->world, v, all);
    for (size_t i = 0; i < count; i++) {
        bool comes_in = all[i].against != EXPENSE;
        no = i > 0 && all[i].on / 10000 != all[i - 1].on / 10000 ? 1 : no + 1;
        all[i].no = no;
        balance += comes_in ? all[i].fen : -all[i].fen;
        all[i].balance = balance;
        write_line(b, v, &all[i], comes_in, s);
        write_line(b, v, &all[i], !comes_in, s);
    }
    free(all);
}
