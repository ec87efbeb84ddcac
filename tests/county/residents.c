#include "tests/county/residents.h"

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

void residents_settle(struct town *t, const struct person *who, enum relation relation,
                      int32_t died_on)
{
    struct resident *r = WORLD_ADD(t->residents);

    *r = (struct resident){.who = who, .relation = relation, .died_on = died_on};
}

size_t residents_share(const struct world *w, const struct town *t, size_t n)
{
    uint16_t weights[OFFICES_TOWNS];
    double scale = w->scale < RESIDENTS_SCALE_MAX ? w->scale : RESIDENTS_SCALE_MAX;

    for (size_t i = 0; i < OFFICES_TOWNS; i++)
        weights[i] = (uint16_t)places[i].village_count;
    return world_share((size_t)((double)n * scale + 0.5), weights, OFFICES_TOWNS, t->office->town);
}

bool residents_is_adult(const struct world *w, const struct resident *r)
{
    int32_t age = people_age(r->who, w->today);

    return !r->died_on && age >= 20 && age <= 80;
}

const struct place_village *residents_village(const struct town *t, const struct person *who)
{
    const struct place *p = &places[t->office->town];

    return &p->villages[who->village % p->village_count];
}

static void join(struct world *w, struct town *t, struct dice *d, enum relation relation,
                 int32_t ages[2], const struct person *head)
{
    const char *surname = relation == SON || relation == PARENT ? head->name : NULL;
    struct person *who =
        people_make(&w->people, &t->people, d, ages[0], ages[1], t->office->town, surname);
    struct resident *r;

    if (head)
        who->village = head->village;
    residents_settle(t, who, relation == SON && !who->male ? DAUGHTER : relation, 0);
    r = &t->residents.at[t->residents.count - 1];
    r->works =
        people_age(who, w->today) >= 22 && people_age(who, w->today) < 58 && dice_chance(d, 110);
}

void residents_fill(struct world *w, struct town *t)
{
    struct dice d = dice_for(w->seed, t->office->unit_code, 2);
    size_t wanted = residents_share(w, t, RESIDENTS);

    while (t->residents.count < wanted) {
        const struct person *head;
        int32_t age;
        join(w, t, &d, SELF, (int32_t[]){23, 78}, NULL);
        head = t->residents.at[t->residents.count - 1].who;
        age = people_age(head, w->today);
        if (dice_chance(&d, 740))
            join(w, t, &d, SPOUSE, (int32_t[]){age > 27 ? age - 4 : 22, age + 3}, head);
        for (int children = 0; children < 2 && age > 24 && age < 60 && dice_chance(&d, 500);
             children++)
            join(w, t, &d, SON, (int32_t[]){age > 46 ? age - 30 : 1, age - 22}, head);
        if (age < 62 && dice_chance(&d, 120))
            join(w, t, &d, PARENT, (int32_t[]){age + 21, age + 27}, head);
    }
}
