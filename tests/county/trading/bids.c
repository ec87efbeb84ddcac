/* How a lot is bid for, judged and awarded. */
#include <string.h>

#include "tests/county/trading/lots.h"
#include "tests/county/world/calendar.h"

#define PANEL_MAX 7

enum bid_state { BID_VALID, BID_DISQUALIFIED, BID_WITHDRAWN, BID_PENDING };

struct bid {
    struct supplier *by;
    enum bid_state state;
    int64_t price;          /* fen */
    int32_t score, rank;    /* hundredths */
    int32_t technical, own; /* what experts tend to give */
};

struct contest {
    const struct lot *lot;
    struct bid bids[LOT_BIDS_MAX];
    size_t count, sound; /* the sound ones stand first, by price */
    const struct expert *panel[PANEL_MAX];
    size_t judges;
    size_t winner;
    struct slot *slots;
};

/* Sound prices: the lowest, one 6 to 14 % above it, the others between that and the ceiling. */
static void name_prices(struct dice *d, struct contest *c)
{
    int64_t ceiling = c->lot->ceiling / 100, last = 0;

    for (size_t i = 0; i < c->sound; i++) {
        struct bid *bid = &c->bids[i];
        if (i == 0)
            bid->price = ceiling * dice_range(d, 7200, 8000) / 10000;
        else if (i == 1)
            bid->price = c->bids[0].price * dice_range(d, 10600, 11400) / 10000;
        else
            bid->price = last + (ceiling - last) * dice_range(d, 80, 450) / 1000;
        last = bid->price;
    }
    for (size_t i = 0; i < c->sound; i++)
        c->bids[i].price *= 100;
    /* Too dear for the ceiling is a reason that nobody can doubt. */
    for (size_t i = c->sound; i < c->count; i++)
        c->bids[i].price = c->lot->ceiling / 100 * dice_range(d, 1010, 1080) / 1000 * 100;
}

/* One more than the sound ones: somebody who is refused, or who thinks better of it. */
static size_t call_another(struct dice *d, struct parties *p, const struct contest *c,
                           struct supplier *bidders[], enum bid_state *out_state)
{
    struct supplier *refused;

    if (c->lot->state != LOT_COMPLETE || c->lot->method == SINGLE || !dice_chance(d, 900))
        return 0;
    refused = parties_seasoned(p, d, c->lot->kind, c->sound, bidders);
    *out_state = refused ? BID_DISQUALIFIED : BID_WITHDRAWN;
    if (refused) {
        bidders[c->sound] = refused;
        refused->refusals++;
    }
    return refused || dice_chance(d, 200);
}

static void call_bidders(struct dice *d, struct parties *p, struct lot *lot, struct contest *c)
{
    struct supplier *bidders[LOT_BIDS_MAX];
    struct supplier *winner;
    enum bid_state last = BID_VALID;

    memset(c, 0, sizeof *c);
    c->lot = lot;
    c->sound = lot->state == LOT_UNSUCCESSFUL ? 2
               : lot->method == SINGLE        ? 1
                                              : (size_t)dice_range(d, 4, 6);
    parties_bidders(p, d, lot->kind, c->sound + 1, bidders);
    c->count = c->sound + call_another(d, p, c, bidders, &last);
    c->winner = c->sound > 1 && lot->by_score && dice_chance(d, 300) ? 1 : 0;
    winner = bidders[0];
    bidders[0] = bidders[c->winner];
    bidders[c->winner] = winner;
    for (size_t i = 0; i < c->count; i++) {
        struct bid *bid = &c->bids[i];
        bid->by = bidders[i];
        bid->state = lot->state == LOT_ACTIVE ? BID_PENDING : i < c->sound ? BID_VALID : last;
        bid->by->bids += bid->state == BID_VALID;
        bid->technical = i == c->winner ? 3800 : 2900 - 90 * (int32_t)i;
        bid->own = i == c->winner ? 1850 : 1500 - 40 * (int32_t)i;
    }
    if (lot->state == LOT_COMPLETE)
        c->bids[c->winner].by->wins++;
    name_prices(d, c);
}

static void write_notice(struct book *b, const struct lot *lot, struct slot slots[TRADING_DATASETS])
{
    char agency[19];
    const char *agency_name = parties_agency(lot->agency, agency);
    int32_t approved_on = calendar_add(lot->noticed_on, -25 - (int32_t)(lot->serial % 30));
    struct row r;

    row_begin(&r);
    row_text(&r, lot->project);
    row_text(&r, lot->name);
    row_format(&r, "肇发改审批〔%d〕%u号", approved_on / 10000, (unsigned)lot->serial);
    row_text(&r, "肇东市发展和改革局");
    row_number(&r, lot->method);
    row_amount(&r, lot->ceiling / 10000 * 102 * 100);
    row_date(&r, approved_on);
    files_row(b, &slots[TRADING_APPROVAL], &r);

    row_begin(&r);
    row_text(&r, lot->project);
    row_text(&r, lot->no);
    row_text(&r, lot->name);
    row_text(&r, lot->buyer->name);
    row_text(&r, lot->buyer->uscc);
    row_text(&r, agency_name);
    row_text(&r, agency);
    row_number(&r, lot->method);
    row_number(&r, lot->kind);
    row_text(&r, lot->item_code);
    row_amount(&r, lot->ceiling);
    row_date(&r, lot->noticed_on);
    row_date(&r, lot->noticed_on);
    row_date(&r, calendar_add(lot->noticed_on, 6));
    row_moment(&r, lot->closes_on, 9 * 60);
    row_moment(&r, lot->state == LOT_CANCELLED ? 0 : lot->closes_on, 9 * 60 + 30);
    row_number(&r, lot->by_score ? 0 : 1);
    row_text(&r, "黑龙江省公共资源交易网");
    row_number(&r, lot->state);
    files_row(b, &slots[TRADING_TENDER], &r);
}

static void write_bid(struct book *b, struct dice *d, const struct contest *c,
                      const struct bid *bid)
{
    const struct supplier *by = bid->by;
    bool is_ranked = bid->rank > 0;
    struct row r;

    row_begin(&r);
    row_text(&r, c->lot->no);
    row_text(&r, by->uscc);
    row_text(&r, by->name);
    row_amount(&r, bid->state == BID_WITHDRAWN ? 0 : bid->price);
    row_moment(&r, calendar_add(c->lot->closes_on, -dice_range(d, 1, 3)), dice_range(d, 490, 1010));
    row_number(&r, bid->state);
    row_text(&r, bid->state == BID_DISQUALIFIED ? "报价超过最高限价" : NULL);
    row_text(&r, by->delegate->name);
    row_text(&r, by->delegate->id);
    row_format(&r, "139%08u", 20000000u + by->number * 37u);
    row_format(&r, "bid%05u@example.com", (unsigned)by->number);
    parties_account(by, &r);
    row_format(&r, "10.%u.%u.%u", 20 + by->number / 40000 % 200, by->number / 200 % 200,
               10 + by->number % 200);
    row_format(&r, "02-5A-%02X-%02X-%02X-%02X", by->number >> 16 & 255, by->number >> 8 & 255,
               by->number & 255, 17u);
    row_format(&r, "BFEBFBFF%08X", 0x906EAu + by->number * 4099u);
    row_number(&r, is_ranked && c->lot->by_score ? bid->score : SHEET_NONE);
    row_number(&r, is_ranked ? bid->rank : SHEET_NONE);
    files_row(b, &c->slots[TRADING_BID], &r);
}

/* Experts differ by a little, never about the order. */
static void write_score(struct book *b, struct dice *d, const struct contest *c,
                        const struct expert *judge, struct bid *bid)
{
    int32_t technical = bid->technical + dice_range(d, -80, 80);
    int32_t business = bid->own + dice_range(d, -40, 40);
    int32_t price = (int32_t)(4000 * c->bids[0].price / bid->price);
    struct row r;

    row_begin(&r);
    row_text(&r, c->lot->no);
    row_text(&r, judge->no);
    row_text(&r, bid->by->uscc);
    row_number(&r, technical);
    row_number(&r, business);
    row_number(&r, price);
    row_number(&r, technical + business + price);
    files_row(b, &c->slots[TRADING_SCORE], &r);
    bid->score += technical + business + price;
}

static void judge(struct book *b, struct dice *d, struct parties *p, struct contest *c)
{
    struct row r;

    c->judges = c->lot->ceiling > 800000000 ? 7 : 5;
    parties_panel(p, d, c->lot->agency, c->judges, c->panel);
    for (size_t j = 0; j < c->judges; j++) {
        const struct expert *e = c->panel[j];
        row_begin(&r);
        row_text(&r, e->no);
        row_text(&r, c->lot->no);
        row_text(&r, e->who->name);
        row_text(&r, e->who->id);
        row_text(&r, e->employer);
        row_text(&r, e->field);
        row_moment(&r, calendar_add(c->lot->closes_on, -1), 14 * 60 + 5 * (int32_t)j);
        row_number(&r, 0);
        row_number(&r, 0);
        files_row(b, &c->slots[TRADING_EXPERT], &r);
        for (size_t i = 0; i < c->sound && c->lot->by_score; i++)
            write_score(b, d, c, e, &c->bids[i]);
    }
    for (size_t i = 0; i < c->sound; i++) {
        c->bids[i].score /= (int32_t)c->judges;
        c->bids[i].rank = (int32_t)i + 1;
    }
    if (!c->lot->by_score)
        return;
    for (size_t i = 0; i < c->sound; i++) {
        c->bids[i].rank = 1;
        for (size_t k = 0; k < c->sound; k++)
            c->bids[i].rank += c->bids[k].score > c->bids[i].score;
    }
}

static void award(struct book *b, struct dice *d, struct lot *lot, const struct contest *c)
{
    const struct bid *best = &c->bids[c->winner];
    int32_t from = calendar_add(lot->closes_on, dice_range(d, 1, 4));
    int32_t notified_on = calendar_add(from, dice_range(d, 5, 9));
    struct row r;

    lot->winner = best->by;
    lot->price = best->price;
    lot->notified_on = notified_on;
    row_begin(&r);
    row_text(&r, lot->no);
    row_text(&r, best->by->uscc);
    row_text(&r, best->by->name);
    row_amount(&r, best->price);
    row_date(&r, notified_on);
    row_date(&r, from);
    row_date(&r, calendar_add(from, 3));
    files_row(b, &c->slots[TRADING_AWARD], &r);
}

void lots_run(struct book *b, struct dice *d, struct parties *p, struct lot *lot,
              struct slot slots[TRADING_DATASETS])
{
    struct contest c;

    /* Opened, but not awarded before today: still under way. */
    if (lot->state == LOT_COMPLETE && calendar_add(lot->closes_on, 14) > b->world->today)
        lot->state = LOT_ACTIVE;
    write_notice(b, lot, slots);
    if (lot->state == LOT_CANCELLED || lot->closes_on >= b->world->today)
        return;
    call_bidders(d, p, lot, &c);
    c.slots = slots;
    if (lot->state == LOT_COMPLETE)
        judge(b, d, p, &c);
    for (size_t i = 0; i < c.count; i++)
        write_bid(b, d, &c, &c.bids[i]);
    if (lot->state == LOT_COMPLETE)
        award(b, d, lot, &c);
}
