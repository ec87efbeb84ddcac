#include "tests/county/trading/trading.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/county/powers/powers.h"
#include "tests/county/trading/contracts.h"
#include "tests/county/world/calendar.h"

#define LOTS 300
#define SMALL_CONTRACTS 2450
#define YEAR 364
#define TOGETHER_FROM 50000000 /* fen: what a unit decides together */

struct contracts {
    LIST(struct contract) list;
};

static const struct office *any_buyer(const struct world *w, struct dice *d)
{
    uint32_t count = 0, at;

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        count += w->offices[i].chosen;
    at = dice_below(d, count);
    for (size_t i = 0;; i++)
        if (w->offices[i].chosen && at-- == 0)
            return &w->offices[i];
}

static void run_lots(struct book *b, struct world *w, struct parties *p, struct contracts *made)
{
    static const char *const names[TRADING_AWARD + 1] = {"交易项目审批.csv", "招标公告.csv",
                                                         "投标登记.csv",     "评标专家抽取.csv",
                                                         "评标打分.csv",     "中标公示.csv"};
    const struct office *exchange = offices_named(w->offices, "肇东市营商环境建设监督局");
    struct slot slots[TRADING_DATASETS];
    uint32_t turns[OFFICES_COUNT] = {0};
    struct dice d = dice_for(w->seed, "lots", 0);
    uint32_t count = (uint32_t)world_scaled(w, LOTS, 12);

    for (size_t i = 0; i <= TRADING_AWARD; i++)
        slots[i] = files_slot(exchange, &trading_layouts[i], names[i]);
    for (uint32_t i = 0; i < count; i++) {
        const struct office *buyer = any_buyer(w, &d);
        int32_t on = calendar_add(w->today, (int32_t)((uint64_t)YEAR * i / count) - YEAR);
        struct lot lot = {.serial = i + 1};
        struct contract contract;
        lots_make(w, &d, buyer, turns[buyer - w->offices]++, on, &lot);
        lots_run(b, &d, p, &lot, slots);
        if (contracts_from_lot(w, &d, p, &lot, &contract))
            *WORLD_ADD(made->list) = contract;
    }
    for (size_t i = 0; i <= TRADING_AWARD; i++)
        files_end(b, &slots[i]);
}

static void run_contracts(struct book *b, const struct world *w, const struct contracts *made)
{
    static const char *const names[] = {"合同台账.csv", "合同变更.csv", "合同实施节点.csv",
                                        "验收台账.csv", "分包台账.csv"};
    const struct office *treasury = offices_named(w->offices, "肇东市财政局");
    struct slot payments[PAYMENT_YEARS], slots[TRADING_DATASETS];
    char name[FILES_NAME_BYTES];

    for (int32_t i = 0; i < PAYMENT_YEARS; i++) {
        (void)snprintf(name, sizeof name, "合同资金支付_%d年.csv", w->today / 10000 - i);
        payments[i] = files_slot(treasury, &trading_layouts[TRADING_PAYMENT], name);
    }
    for (size_t o = 0; o < OFFICES_COUNT; o++) {
        if (!w->offices[o].chosen)
            continue;
        for (size_t i = TRADING_CONTRACT; i <= TRADING_SUBCONTRACT; i++)
            slots[i] = files_slot(&w->offices[o], &trading_layouts[i], names[i - TRADING_CONTRACT]);
        for (size_t i = 0; i < made->list.count; i++)
            if (made->list.at[i].buyer == &w->offices[o])
                contracts_run(b, &made->list.at[i], slots, payments);
        for (size_t i = TRADING_CONTRACT; i <= TRADING_SUBCONTRACT; i++)
            files_end(b, &slots[i]);
    }
    for (size_t i = 0; i < PAYMENT_YEARS; i++)
        files_end(b, &payments[i]);
}

static void run_decisions(struct book *b, const struct world *w, const struct contracts *made)
{
    for (size_t o = 0; o < OFFICES_COUNT; o++) {
        struct slot s =
            files_slot(&w->offices[o], &powers_layouts[POWER_DECISION], "大额合同集体决策.csv");
        for (size_t i = 0; i < made->list.count; i++) {
            const struct contract *c = &made->list.at[i];
            struct powers_matter matter = {c->name, c->amount, c->signed_on, c->serial};
            if (c->buyer == &w->offices[o] && c->amount >= TOGETHER_FROM)
                powers_decide(b, c->buyer, &matter, &s);
        }
        files_end(b, &s);
    }
}

void trading_drop(struct book *b, struct world *w)
{
    struct dice d = dice_for(w->seed, "small contracts", 0);
    struct contracts made = {0};
    struct parties parties;

    parties_open(&parties, w);
    parties_register(b, w, &parties);
    run_lots(b, w, &parties, &made);
    for (size_t i = 0, n = world_scaled(w, SMALL_CONTRACTS, 30); i < n; i++) {
        struct contract contract;
        contracts_small(w, &d, &parties, &contract);
        *WORLD_ADD(made.list) = contract;
    }
    for (size_t i = 0; i < made.list.count; i++)
        made.list.at[i].serial = (uint32_t)i + 1;
    run_contracts(b, w, &made);
    run_decisions(b, w, &made);
    free(made.list.at);
    parties_close(&parties);
}
