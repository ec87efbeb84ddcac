/* The firms that trade with the county, as the market's supervisors know them. */
#include "tests/county/trading/parties.h"
#include "tests/county/trading/trading.h"
#include "tests/county/world/calendar.h"

enum part { HOLDER, MANAGER, SUPERVISOR };

struct firm {
    const char *uscc, *name, *scope;
    uint32_t number;
};

struct registry {
    struct book *book;
    struct world *world;
    struct slot companies, roles;
};

static void write_role(struct registry *g, const struct firm *f, const struct person *who,
                       enum part part, int32_t per_cent)
{
    struct dice d = dice_for(g->world->seed, f->uscc, 1);
    struct row r;

    row_begin(&r);
    row_text(&r, f->uscc);
    row_text(&r, f->name);
    row_text(&r, who->name);
    row_text(&r, who->id);
    row_number(&r, part);
    row_number(&r, per_cent ? per_cent * 100 : SHEET_NONE);
    row_date(&r, calendar_add(g->world->today, -dice_range(&d, 900, 6000)));
    row_date(&r, 0);
    files_row(g->book, &g->roles, &r);
}

/* The founding is the day from which its people hold their parts. */
static void write_firm(struct registry *g, const struct firm *f)
{
    struct world *w = g->world;
    struct dice d = dice_for(w->seed, f->uscc, 1);
    int32_t founded = calendar_add(w->today, -dice_range(&d, 900, 6000));
    int32_t share = 5 * dice_range(&d, 11, 18);
    const struct person *people[2];
    struct row r;

    for (size_t i = 0; i < 2; i++)
        people[i] =
            people_make(&w->people, &w->pool, &d, 32, 64, dice_below(&d, OFFICES_TOWNS), NULL);
    row_begin(&r);
    row_text(&r, f->uscc);
    row_text(&r, f->name);
    row_text(&r, "有限责任公司");
    row_text(&r, people[0]->name);
    row_text(&r, people[0]->id);
    row_date(&r, founded);
    row_number(&r, 0);
    row_number(&r, 1000000 * (int64_t)dice_range(&d, 50, 4000));
    row_format(&r, "正阳大街%u号", 101 + f->number);
    row_text(&r, f->scope);
    row_number(&r, dice_range(&d, 8, 160));
    files_row(g->book, &g->companies, &r);
    write_role(g, f, people[0], HOLDER, share);
    write_role(g, f, people[0], MANAGER, 0);
    write_role(g, f, people[1], HOLDER, 100 - share);
    write_role(g, f, people[1], SUPERVISOR, 0);
}

static void write_all(struct registry *g, const struct supplier *list, size_t count,
                      const char *scope)
{
    for (size_t i = 0; i < count; i++)
        write_firm(g, &(struct firm){list[i].uscc, list[i].name, scope, list[i].number});
}

void parties_register(struct book *b, struct world *w, const struct parties *p)
{
    static const char *const scopes[LOT_KINDS] = {"建设工程施工", "货物批发、零售", "专业服务"};
    const struct office *keeper = offices_named(w->offices, "肇东市市场监督管理局");
    struct registry g = {
        b, w, files_slot(keeper, &trading_layouts[TRADING_COMPANY], "交易主体登记.csv"),
        files_slot(keeper, &trading_layouts[TRADING_ROLE], "交易主体任职持股.csv")};

    for (size_t kind = 0; kind < LOT_KINDS; kind++)
        write_all(&g, p->suppliers[kind].at, p->suppliers[kind].count, scopes[kind]);
    write_all(&g, p->labour.at, p->labour.count, "建筑劳务分包");
    for (uint32_t i = 0; i < PARTIES_AGENCIES; i++) {
        char uscc[19];
        const char *name = parties_agency(i, uscc);
        write_firm(&g, &(struct firm){uscc, name, "招标代理服务", 900000 + i});
    }
    files_end(b, &g.companies);
    files_end(b, &g.roles);
}
