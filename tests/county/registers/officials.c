/* The registers of those in public office, the payroll among them. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/county/registers/rows.h"
#include "tests/county/world/calendar.h"

#define MONTHS 2
#define LOWERED_PER_CENT 75 /* of the pay that remains after a demotion */

/* When the pay ended, and when it became less; 0: it did not. */
struct career {
    int32_t gone_on, lowered_on;
};

static struct career *careers(const struct world *w)
{
    struct career *all = calloc(w->officials.count + 1, sizeof *all);

    if (!all) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    for (size_t i = 0; i < w->officials.count; i++)
        all[i].gone_on = w->officials.at[i].to;
    for (size_t i = 0; i < w->disciplines.count; i++) {
        const struct discipline *c = &w->disciplines.at[i];
        struct career *of = &all[c->official - w->officials.at];
        if (!c->decided_on)
            continue;
        if (c->public_sanction == PUBLIC_DISMISSAL || c->party_sanction == PARTY_EXPULSION)
            of->gone_on = of->gone_on && of->gone_on < c->decided_on ? of->gone_on : c->decided_on;
        else if (c->public_sanction >= PUBLIC_DEMOTION)
            of->lowered_on =
                of->lowered_on && of->lowered_on < c->decided_on ? of->lowered_on : c->decided_on;
    }
    return all;
}

/* Fen of a month; 0: not paid any more. */
static int64_t pay_of(const struct official *o, const struct career *c, int32_t month, bool is_base)
{
    uint64_t hash = dice_hash(o->who->id);
    int64_t fen = 100 * (int64_t)(is_base ? 3100 + hash % 2600 : 1200 + hash / 4096 % 1500);

    if (o->kind == VILLAGE_CADRE)
        fen = is_base ? 260000 : 0;
    if (c->gone_on && month > calendar_month(c->gone_on))
        return 0;
    return c->lowered_on && month > calendar_month(c->lowered_on) ? fen * LOWERED_PER_CENT / 100
                                                                  : fen;
}

static void pay(struct book *b, const struct official *o, const struct career *c, struct slot *s)
{
    int32_t last = b->world->last_month;
    struct row r;

    for (int32_t n = 0; n < MONTHS * 2; n++) {
        int32_t month = last - n / 2;
        int64_t fen = pay_of(o, c, month, n % 2 == 0);
        if (!fen)
            continue;
        row_begin(&r);
        row_text(&r, o->who->id);
        row_text(&r, o->who->name);
        row_text(&r, o->office->unit_code);
        row_number(&r, calendar_ym(month));
        row_text(&r, o->kind == VILLAGE_CADRE ? "村干部补贴" : n % 2 ? "津贴补贴" : "基本工资");
        row_number(&r, fen);
        register_source(&r, b, "肇东市财政局");
        files_row(b, s, &r);
    }
}

static void contribute(struct book *b, const struct official *o, const struct career *c,
                       struct slot slots[REGISTERS])
{
    struct contribution paid = {o->who, o->office->name, o->office->uscc, 0, 0};
    struct row r;

    for (int32_t n = 0; n < MONTHS && o->kind != VILLAGE_CADRE; n++) {
        paid.month = b->world->last_month - n;
        paid.base = pay_of(o, c, paid.month, true);
        if (!paid.base)
            continue;
        register_insurance(&r, b, &paid, INSURANCE_MEDICAL);
        files_row(b, &slots[REGISTER_INSURANCE], &r);
        register_housing(&r, b, &paid);
        files_row(b, &slots[REGISTER_HOUSING], &r);
    }
}

static void own(struct book *b, const struct official *o, uint32_t serial,
                struct slot slots[REGISTERS])
{
    struct resident one = {.who = o->who, .relation = SELF};
    struct dice d = dice_for(b->world->seed, "owns", serial);
    char household[32];
    struct row r;

    (void)snprintf(household, sizeof household, "231282900%07u", (unsigned)serial % 10000000u);
    register_household(&r, b, &one, household);
    files_row(b, &slots[REGISTER_HOUSEHOLD], &r);
    if (dice_chance(&d, 680)) {
        register_vehicle(&r, b, o->who, serial);
        files_row(b, &slots[REGISTER_VEHICLE], &r);
    }
    for (uint32_t n = 0, things = 1 + dice_chance(&d, 250); n < things; n++) {
        register_estate(
            &r, b,
            &(struct estate){o->who, serial * 2 + n, 10000, n ? ESTATE_OTHER : ESTATE_HOME, false});
        files_row(b, &slots[REGISTER_ESTATE], &r);
    }
}

void registers_officials(struct book *b)
{
    static const struct {
        size_t which;
        const char *keeper, *name;
    } files[] = {
        {REGISTER_HOUSEHOLD, "肇东市公安局", "户籍登记_公职人员.csv"},
        {REGISTER_VEHICLE, "肇东市公安局", "机动车登记_公职人员.csv"},
        {REGISTER_ESTATE, "肇东市自然资源局", "不动产登记_公职人员.csv"},
        {REGISTER_INSURANCE, "肇东市人力资源和社会保障局", "机关社保缴费.csv"},
        {REGISTER_HOUSING, "绥化市住房公积金管理中心肇东办事处", "机关公积金缴存.csv"},
        {REGISTER_PAYROLL, "肇东市财政局", "财政供养工资.csv"},
    };
    const struct world *w = b->world;
    struct career *all = careers(w);
    size_t *order = files_shuffled(w, "registers", w->officials.count);
    struct slot slots[REGISTERS];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        slots[files[i].which] = files_slot(offices_named(w->offices, files[i].keeper),
                                           &registers_layouts[files[i].which], files[i].name);
    for (size_t i = 0; i < w->officials.count; i++) {
        const struct official *o = &w->officials.at[order[i]];
        if (o->reserved)
            continue;
        pay(b, o, &all[order[i]], &slots[REGISTER_PAYROLL]);
        contribute(b, o, &all[order[i]], slots);
        own(b, o, OFFICES_TOWNS * REGISTER_BLOCK + (uint32_t)order[i], slots);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        files_end(b, &slots[files[i].which]);
    free(order);
    free(all);
}
