#include "tests/county/benefits.h"

#include "tests/county/residents.h"
#include "tests/county/world/calendar.h"

#define DEATHS 6000
#define HOUSEHOLD_PAYS_MAX 170
#define MEMBERS_MAX 5

struct household {
    struct person *members[MEMBERS_MAX];
    enum relation relations[MEMBERS_MAX];
    int32_t died[MEMBERS_MAX]; /* 0: lives */
    size_t count;
};

int32_t benefits_first_month(const struct world *w)
{
    return w->last_month - BENEFITS_MONTHS + 1;
}

struct person *benefits_person(struct world *w, struct town *t, int32_t age_from, int32_t age_to)
{
    return people_make(&w->people, &w->pool, &w->dice, age_from, age_to, t->office->town, NULL);
}

int64_t benefits_pay(struct town *t, struct mention payee, enum programme programme,
                     int32_t months[2], int32_t fen)
{
    int64_t sum = 0;

    for (int32_t m = months[0]; m <= months[1]; m++) {
        struct pay *p = WORLD_ADD(t->pays);
        *p = (struct pay){payee, programme, m, fen, 1};
        sum += fen;
    }
    return sum;
}

struct enrol *benefits_enrol(struct world *w, struct town *t, const struct person *member,
                             enum programme programme, int32_t fen)
{
    struct enrol *e = WORLD_ADD(t->enrols);
    int32_t horizon = calendar_in_month(benefits_first_month(w), 1);

    *e = (struct enrol){{member, NULL, false}, member, programme, SELF, fen, 0, 0, NULL, 1};
    /* From the person's number, so that a row made by chance and a planted one look alike. */
    e->approved_on = calendar_add(horizon, -80 - (int32_t)(dice_hash(member->id) % 2400));
    return e;
}

void benefits_stop(struct world *w, struct enrol *e, int32_t month, const char *why)
{
    e->stopped_on = calendar_in_month(month, dice_range(&w->dice, 3, 20));
    e->why = why;
}

struct death *benefits_death(struct world *w, struct mention dead, int32_t died_on,
                             unsigned known_to)
{
    struct dice d = dice_for(w->seed, dead.who->id, (uint64_t)died_on);
    struct death *row = WORLD_ADD(w->deaths);

    while (known_to == 0)
        known_to =
            dice_chance(&d, 900) * 1u | dice_chance(&d, 720) * 2u | dice_chance(&d, 560) * 4u;
    row->party = dead;
    for (int s = 0; s < DEATH_SOURCES; s++) {
        int32_t late = dice_chance(&d, 60) ? dice_range(&d, 40, 200) : dice_range(&d, 1, 25);
        if (!(known_to >> s & 1))
            continue;
        /* The registers may differ by a day, never about the month. */
        row->died_on[s] = dice_chance(&d, 50) && died_on % 100 > 1 ? died_on - 1 : died_on;
        row->registered_on[s] = calendar_add(died_on, late);
        if (row->registered_on[s] > w->today)
            row->registered_on[s] = w->today;
    }
    return row;
}

/* The last month that a person may be paid for. */
static int32_t paid_until(const struct world *w, struct dice *d, int32_t died)
{
    int32_t month = died ? calendar_month(died) + (dice_chance(d, 400) ? 1 : 0) : w->last_month;

    return month > w->last_month ? w->last_month : month;
}

static void receive(struct world *w, struct town *t, struct dice *d, const struct household *h,
                    size_t member, enum programme programme, int32_t first, int32_t fen)
{
    const struct person *who = h->members[member];
    int32_t died = h->died[member];
    int32_t months[2] = {first, paid_until(w, d, died)};
    bool old = people_has_old_id(who) && people_age(who, w->today) > 62 && dice_chance(d, 12);
    struct enrol *e = benefits_enrol(w, t, who, programme, fen);

    if (programme >= WEIGAI)
        months[1] = months[1] < first ? months[1] : first;
    e->head = h->members[0];
    e->relation = h->relations[member];
    e->insured = (uint8_t)h->count;
    if (died && programme < WEIGAI) {
        e->stopped_on = calendar_add(died, dice_range(d, 3, 28));
        e->stopped_on = e->stopped_on > w->today ? w->today : e->stopped_on;
        e->why = "死亡";
        if (e->approved_on > e->stopped_on)
            e->approved_on = calendar_add(e->stopped_on, -400);
    }
    (void)benefits_pay(t, (struct mention){who, NULL, old}, programme, months, fen);
}

static void add_member(struct world *w, struct town *t, struct dice *d, struct household *h,
                       enum relation relation, int32_t ages[2])
{
    const char *relative = relation == SELF || relation == SPOUSE ? NULL : h->members[0]->name;
    struct person *who =
        people_make(&w->people, &t->people, d, ages[0], ages[1], t->office->town, relative);
    int32_t age = people_age(who, w->today);

    if (relation != SELF)
        who->village = h->members[0]->village;
    if (relation == SON && !who->male)
        relation = DAUGHTER;
    h->relations[h->count] = relation;
    h->died[h->count] = dice_chance(d, age >= 75   ? 60
                                       : age >= 60 ? 25
                                                   : 3)
                            ? calendar_add(w->today, -dice_range(d, 20, 420))
                            : 0;
    if (h->died[h->count]) {
        bool old = people_has_old_id(who) && dice_chance(d, 20);
        (void)benefits_death(w, (struct mention){people_copy(&w->pool, who), NULL, old},
                             h->died[h->count], 0);
    }
    h->members[h->count++] = who;
}

static void form(struct world *w, struct town *t, struct dice *d, struct household *h)
{
    int32_t age;

    h->count = 0;
    add_member(w, t, d, h, SELF, (int32_t[]){28, 84});
    age = people_age(h->members[0], w->today);
    if (dice_chance(d, 720))
        add_member(w, t, d, h, SPOUSE, (int32_t[]){age > 30 ? age - 5 : 25, age + 4});
    if (age < 66 && dice_chance(d, 400))
        add_member(w, t, d, h, SON, (int32_t[]){age > 54 ? age - 34 : 1, age - 23});
    if (age < 70 && dice_chance(d, 150))
        add_member(w, t, d, h, PARENT, (int32_t[]){age + 21, age + 28});
}

static void land(struct world *w, struct town *t, struct dice *d, const struct household *h)
{
    int32_t june = calendar_last(w->last_month, 6), may = calendar_last(w->last_month, 5);
    int32_t area = dice_range(d, 300, 4800);

    if (dice_chance(d, 920))
        receive(w, t, d, h, 0, LIANGBU, june, area * 58);
    if (dice_chance(d, 900))
        receive(w, t, d, h, 0, DILI, may, area * 71);
    if (dice_chance(d, 30))
        receive(w, t, d, h, 0, TUIGENG, calendar_last(w->last_month, 10),
                9000 * dice_range(d, 2, 12));
    if (dice_chance(d, 5))
        receive(w, t, d, h, 0, NONGJI, calendar_last(w->last_month, 8),
                100000 * dice_range(d, 8, 60));
    if (dice_chance(d, 4))
        receive(w, t, d, h, 0, WEIGAI, calendar_last(w->last_month, 9),
                100000 * dice_range(d, 12, 26));
}

static void support(struct world *w, struct town *t, struct dice *d, const struct household *h)
{
    static const int32_t dibao_fen[] = {31000, 36500, 42000, 48000, 54500};
    int32_t first = benefits_first_month(w), horizon = calendar_in_month(first, 1);
    bool is_poor = dice_chance(d, 28), is_alone = h->count == 1 && dice_chance(d, 30);
    int32_t rate = dibao_fen[dice_below(d, 5)];

    for (size_t i = 0; i < h->count; i++) {
        int32_t age = people_age(h->members[i], horizon);
        bool is_destitute = is_alone && age >= 61;
        if (h->died[i] && calendar_month(h->died[i]) < first)
            continue;
        if (age >= 60 && dice_chance(d, 850))
            receive(w, t, d, h, i, JUMIN, w->last_month - 1, 11800 + 350 * dice_range(d, 0, 40));
        if (is_destitute)
            receive(w, t, d, h, i, TEKUN, first, 78000);
        else if (is_poor)
            receive(w, t, d, h, i, DIBAO, first, rate);
        if (age >= 80 && !is_destitute && dice_chance(d, 800))
            receive(w, t, d, h, i, GAOLING, first, age >= 90 ? 20000 : 10000);
        if (age >= 2 && dice_chance(d, 12))
            receive(w, t, d, h, i, CANBU, first, dice_chance(d, 300) ? 12000 : 10000);
        if (age >= 3 && age < 16 && i > 0 && !is_poor && dice_chance(d, 6))
            receive(w, t, d, h, i, GUER, first, 120000);
    }
}

/* Into the household register, and whether the household is one of those that own little. */
static void settle(struct town *t, const struct household *h, size_t enrols_before)
{
    bool is_supported = false;

    for (size_t i = enrols_before; i < t->enrols.count; i++) {
        enum programme p = t->enrols.at[i].programme;
        is_supported |= p == DIBAO || p == TEKUN || p == GUER || p == CANBU || p == WEIGAI;
    }
    for (size_t i = 0; i < h->count; i++) {
        residents_settle(t, h->members[i], h->relations[i], h->died[i]);
        t->residents.at[t->residents.count - 1].is_supported = is_supported;
    }
}

void benefits_fill(struct world *w, struct town *t)
{
    struct dice d = dice_for(w->seed, t->office->unit_code, 1);
    struct household h;

    t->pays_planted = t->pays.count;
    /* Village cadres till land like their neighbours. */
    for (size_t i = 0; i < w->officials.count && t->pays.count + 2 <= t->pays_wanted; i++) {
        const struct official *o = &w->officials.at[i];
        if (o->office != t->office || o->kind != VILLAGE_CADRE || o->reserved)
            continue;
        h = (struct household){{o->who}, {SELF}, {0}, 1};
        receive(w, t, &d, &h, 0, LIANGBU, calendar_last(w->last_month, 6),
                5800 * dice_range(&d, 5, 30));
        receive(w, t, &d, &h, 0, DILI, calendar_last(w->last_month, 5),
                7100 * dice_range(&d, 5, 30));
    }
    while (t->pays.count + HOUSEHOLD_PAYS_MAX < t->pays_wanted) {
        size_t enrols_before = t->enrols.count;
        form(w, t, &d, &h);
        land(w, t, &d, &h);
        support(w, t, &d, &h);
        settle(t, &h, enrols_before);
    }
    while (t->pays.count < t->pays_wanted) {
        h = (struct household){
            {people_make(&w->people, &t->people, &d, 28, 70, t->office->town, NULL)},
            {SELF},
            {0},
            1};
        receive(w, t, &d, &h, 0, LIANGBU, calendar_last(w->last_month, 6),
                5800 * dice_range(&d, 5, 30));
        settle(t, &h, t->enrols.count);
    }
}

void benefits_fill_deaths(struct world *w)
{
    size_t wanted = world_scaled(w, DEATHS, 1);

    while (w->deaths.count < wanted) {
        struct person *who =
            people_make(&w->people, &w->pool, &w->dice, 40, 97, world_any_place(w), NULL);
        bool old = people_has_old_id(who) && dice_chance(&w->dice, 20);
        (void)benefits_death(w, (struct mention){who, NULL, old},
                             calendar_add(w->today, -dice_range(&w->dice, 3, 420)), 0);
    }
}
