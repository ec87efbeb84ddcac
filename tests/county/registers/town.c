/* The registers of a township's residents. */
#include <stdio.h>

#include "tests/county/registers/rows.h"
#include "tests/county/residents.h"
#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

#define VEHICLES 144600 /* and 5,400 of those in public office */
#define ESTATES 240000  /* and 10,000 */
#define MONTHS 2        /* of contributions */
#define EMPLOYERS 40    /* of a township */

/* What of `total` comes to thing i of `count`, so that it comes to `total` in all. */
static size_t portion(size_t total, size_t count, size_t i)
{
    return total * (i + 1) / count - total * i / count;
}

static struct slot open_slot(const struct town *t, const char *keeper, size_t which,
                             const char *name, const struct world *w)
{
    char file[FILES_NAME_BYTES];

    (void)snprintf(file, sizeof file, "%s_%s.csv", name, t->office->name);
    return files_slot(offices_named(w->offices, keeper), &registers_layouts[which], file);
}

static size_t next_household(const struct town *t, size_t i)
{
    do
        i++;
    while (i < t->residents.count && t->residents.at[i].relation != SELF);
    return i;
}

static void drop_households(struct book *b, const struct town *t)
{
    struct slot s = open_slot(t, "肇东市公安局", REGISTER_HOUSEHOLD, "户籍登记", b->world);
    char number[32] = "";
    unsigned households = 0;
    struct row r;

    for (size_t i = 0; i < t->residents.count; i++) {
        if (t->residents.at[i].relation == SELF)
            (void)snprintf(number, sizeof number, "%s%07u", t->office->unit_code, ++households);
        register_household(&r, b, &t->residents.at[i], number);
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}

static bool may_drive(const struct world *w, const struct resident *r)
{
    return residents_is_adult(w, r) && !r->is_supported;
}

static void drop_vehicles(struct book *b, const struct town *t)
{
    const struct world *w = b->world;
    struct slot s = open_slot(t, "肇东市公安局", REGISTER_VEHICLE, "机动车登记", w);
    size_t drivers = 0, at = 0, wanted = residents_share(w, t, VEHICLES);
    uint32_t serial = REGISTER_BLOCK * (uint32_t)t->office->town;
    struct row r;

    for (size_t i = 0; i < t->residents.count; i++)
        drivers += may_drive(w, &t->residents.at[i]);
    for (size_t i = 0; i < t->residents.count; i++) {
        if (!may_drive(w, &t->residents.at[i]))
            continue;
        for (size_t n = portion(wanted, drivers, at++); n > 0; n--) {
            register_vehicle(&r, b, t->residents.at[i].who, serial++);
            files_row(b, &s, &r);
        }
    }
    files_end(b, &s);
}

struct estates {
    struct book *book;
    const struct town *town;
    struct slot slot;
    uint32_t serial;
    bool is_built; /* as in struct estate */
};

static void write_estate(struct estates *s, const struct person *owner, int32_t share,
                         enum estate_use use)
{
    struct row r;

    register_estate(&r, s->book, &(struct estate){owner, s->serial, share, use, s->is_built});
    files_row(s->book, &s->slot, &r);
}

/* The home belongs to a couple in halves; what is more than a home, to the head. */
static void own(struct estates *s, size_t head, size_t rows)
{
    const struct resident *one = &s->town->residents.at[head], *two = one + 1;
    bool is_couple =
        rows > 1 && head + 1 < s->town->residents.count && two->relation == SPOUSE && !two->died_on;

    if (rows == 0)
        return;
    s->is_built = one->is_supported;
    write_estate(s, one->who, is_couple ? 5000 : 10000, ESTATE_HOME);
    if (is_couple)
        write_estate(s, two->who, 5000, ESTATE_HOME);
    s->serial++;
    for (size_t n = is_couple ? 2 : 1; n < rows; n++, s->serial++)
        write_estate(s, one->who, 10000, s->serial % 7 == 0 ? ESTATE_SHOP : ESTATE_OTHER);
}

static bool may_own(const struct town *t, size_t head)
{
    return !t->residents.at[head].died_on;
}

static void drop_estates(struct book *b, const struct town *t)
{
    const struct world *w = b->world;
    struct estates s = {b, t, open_slot(t, "肇东市自然资源局", REGISTER_ESTATE, "不动产登记", w),
                        REGISTER_BLOCK * (uint32_t)t->office->town, false};
    size_t owners = 0, poor = 0, at = 0, wanted = residents_share(w, t, ESTATES);

    for (size_t i = 0; i < t->residents.count; i = next_household(t, i))
        if (may_own(t, i))
            *(t->residents.at[i].is_supported ? &poor : &owners) += 1;
    wanted = wanted > poor ? wanted - poor : 0;
    for (size_t i = 0; i < t->residents.count; i = next_household(t, i)) {
        if (!may_own(t, i))
            continue;
        if (t->residents.at[i].is_supported)
            own(&s, i, 1);
        else
            own(&s, i, portion(wanted, owners, at++));
    }
    files_end(b, &s.slot);
}

static void drop_contributions(struct book *b, const struct town *t)
{
    static const char *const trades[] = {"粮食加工", "乳业", "建材", "商贸", "纺织"};
    const struct world *w = b->world;
    struct slot insurance =
        open_slot(t, "肇东市人力资源和社会保障局", REGISTER_INSURANCE, "企业社保缴费", w);
    struct slot housing =
        open_slot(t, "绥化市住房公积金管理中心肇东办事处", REGISTER_HOUSING, "企业公积金缴存", w);
    char employer[96], uscc[19];
    struct row r;

    for (size_t i = 0; i < t->residents.count; i++) {
        const struct resident *one = &t->residents.at[i];
        uint64_t hash = dice_hash(one->who->id);
        uint32_t firm = (uint32_t)(hash % EMPLOYERS);
        struct contribution c = {one->who, employer, uscc, w->last_month - MONTHS + 1,
                                 100 * (int64_t)(3600 + hash / 64 % 3200)};
        if (!one->works)
            continue;
        (void)snprintf(employer, sizeof employer, "肇东市%.*s第%u%s有限公司", 6, t->office->name,
                       firm + 1, trades[firm % 5]);
        offices_uscc("91", 20000000u + ((uint32_t)t->office->town * EMPLOYERS + firm) * 31u, uscc);
        for (; c.month <= w->last_month; c.month++) {
            register_insurance(&r, b, &c, INSURANCE_PENSION);
            files_row(b, &insurance, &r);
            register_insurance(&r, b, &c, INSURANCE_MEDICAL);
            files_row(b, &insurance, &r);
            if (hash % 3 == 0)
                continue;
            register_housing(&r, b, &c);
            files_row(b, &housing, &r);
        }
    }
    files_end(b, &insurance);
    files_end(b, &housing);
}

void registers_town(struct book *b, const struct town *t)
{
    drop_households(b, t);
    drop_vehicles(b, t);
    drop_estates(b, t);
    drop_contributions(b, t);
}

/* The area that a payment for land names, 1/100 mu; 0: no such payment. */
static int64_t paid_area(const struct pay *p)
{
    return p->programme == LIANGBU ? p->fen / 58 : p->programme == DILI ? p->fen / 71 : 0;
}

void registers_land(struct book *b, const struct town *t, int64_t *sums)
{
    char file[FILES_NAME_BYTES];
    struct dice d = dice_for(b->world->seed, t->office->unit_code, 3);
    size_t villages = places[t->office->town].village_count;
    uint32_t serial = 0;
    struct slot s;
    struct row r;

    (void)snprintf(file, sizeof file, "土地确权登记_%s.csv", t->office->name);
    s = files_slot(t->office, &registers_layouts[REGISTER_LAND], file);
    for (size_t i = t->pays_planted; i < t->pays.count; i++) {
        const struct pay *p = &t->pays.at[i];
        int64_t area = paid_area(p);
        if (area == 0)
            continue;
        /* Both subsidies of a household stand one behind the other. */
        if (i + 1 < t->pays.count && p[1].payee.who == p->payee.who && paid_area(&p[1]) > 0) {
            area = paid_area(&p[1]) > area ? paid_area(&p[1]) : area;
            i++;
        }
        area = area * dice_range(&d, 100, 108) / 100;
        sums[p->payee.who->village % villages] += area;
        row_begin(&r);
        row_format(&r, "%s%06u", residents_village(t, p->payee.who)->code, ++serial);
        row_text(&r, p->payee.who->name);
        row_text(&r, p->payee.who->id);
        row_number(&r, area);
        row_text(&r, residents_village(t, p->payee.who)->code);
        register_source(&r, b, "肇东市农业农村局");
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}
