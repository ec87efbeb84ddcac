#include "tests/county/registers/rows.h"

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

#define PLATES 45435424u /* five signs out of 34 */

void register_source(struct row *r, const struct book *b, const char *unit)
{
    row_text(r, unit);
    row_date(r, calendar_add(b->world->today, -5));
}

void register_household(struct row *r, const struct book *b, const struct resident *one,
                        const char *household)
{
    const struct person *who = one->who;
    const struct place *p = &places[who->town];
    const struct place_village *v = &p->villages[who->village % p->village_count];
    int32_t moved_in = one->relation == SPOUSE ? who->born / 10000 * 10000 + 220000 + 601 : 0;
    int32_t cancelled = one->died_on ? calendar_add(one->died_on, 15) : 0;

    row_begin(r);
    row_text(r, who->id);
    row_text(r, who->name);
    row_text(r, household);
    row_number(r, one->relation);
    row_format(r, "黑龙江省肇东市%s%s", p->name, v->name);
    row_text(r, v->code);
    row_date(r, moved_in < b->world->today - 20000 ? moved_in : 0);
    row_date(r, cancelled > b->world->today ? b->world->today : cancelled);
    register_source(r, b, "肇东市公安局");
}

/* Letters without I and O, as on real plates. */
static void plate(struct row *r, uint32_t serial)
{
    static const char signs[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    uint32_t n = (uint32_t)(((uint64_t)serial * 7919u + 4711u) % PLATES);
    char text[6] = {0};

    for (int i = 0; i < 5; i++, n /= 34)
        text[i] = signs[n % 34];
    row_format(r, "黑M%s", text);
}

/* On some day of the last `years`, and of age by then. */
static int32_t since(const struct book *b, struct dice *d, const struct person *owner,
                     int32_t years)
{
    int32_t on = calendar_add(b->world->today, -dice_range(d, 40, years * 365));
    int32_t of_age = owner->born + 180000;

    return on > of_age ? on : calendar_add(b->world->today, -dice_range(d, 5, 30));
}

void register_vehicle(struct row *r, const struct book *b, const struct person *owner,
                      uint32_t serial)
{
    static const struct {
        const char *name;
        int32_t least, most; /* yuan */
        bool may_earn;
    } models[] = {{"小型轿车", 48000, 190000, false},
                  {"小型普通客车", 52000, 240000, false},
                  {"普通二轮摩托车", 3200, 9800, false},
                  {"轮式拖拉机", 38000, 160000, true},
                  {"轻型普通货车", 45000, 130000, true}};
    static const uint16_t often[] = {48, 20, 18, 8, 6};
    struct dice d = dice_for(b->world->seed, "vehicle", serial);
    size_t model = dice_weighted(&d, often, 5);
    int32_t on = since(b, &d, owner, 14);

    row_begin(r);
    plate(r, serial);
    row_text(r, owner->name);
    row_text(r, owner->id);
    row_text(r, models[model].name);
    row_number(r, models[model].may_earn && dice_chance(&d, 400));
    row_date(r, on);
    row_date(r, dice_chance(&d, 60) && calendar_add(on, 900) < b->world->today
                    ? calendar_add(on, 900)
                    : 0);
    row_number(r, 100 * (int64_t)dice_range(&d, models[model].least, models[model].most));
    register_source(r, b, "肇东市公安局交通警察大队");
}

void register_estate(struct row *r, const struct book *b, const struct estate *e)
{
    static const int32_t least[] = {46, 20, 12}, most[] = {128, 150, 40};
    static const uint16_t ways[] = {60, 12, 28};
    struct dice d = dice_for(b->world->seed, "estate", e->serial);
    size_t way = e->use == ESTATE_HOME ? dice_weighted(&d, ways, 3) : ESTATE_BOUGHT;
    int32_t area = dice_range(&d, 100 * least[e->use], 100 * most[e->use]);

    if (e->is_built && way == ESTATE_BOUGHT)
        way = ESTATE_BUILT;

    row_begin(r);
    row_format(r, "231282%03u%03uGB%05uF%08u", 1 + e->serial / REGISTER_BLOCK,
               1 + e->serial / 5000 % 200, e->serial / 40 % 100000, e->serial % 100000000);
    row_text(r, e->owner->name);
    row_text(r, e->owner->id);
    row_number(r, e->share);
    row_number(r, e->use);
    row_number(r, area);
    row_date(r, since(b, &d, e->owner, 20));
    row_date(r, 0);
    row_number(r, (int64_t)way);
    register_source(r, b, "肇东市不动产登记中心");
}

void register_insurance(struct row *r, const struct book *b, const struct contribution *c,
                        enum insurance kind)
{
    row_begin(r);
    row_text(r, c->who->id);
    row_text(r, c->who->name);
    row_text(r, c->employer);
    row_text(r, c->employer_uscc);
    row_number(r, kind);
    row_number(r, calendar_ym(c->month));
    row_amount(r, c->base);
    register_source(r, b, "肇东市社会保险事业中心");
}

void register_housing(struct row *r, const struct book *b, const struct contribution *c)
{
    row_begin(r);
    row_text(r, c->who->id);
    row_text(r, c->who->name);
    row_text(r, c->employer);
    row_number(r, calendar_ym(c->month));
    row_amount(r, c->base);
    row_amount(r, c->base * 24 / 100);
    register_source(r, b, "绥化市住房公积金管理中心肇东办事处");
}
