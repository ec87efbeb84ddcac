#include "tests/county/rural/village.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/residents.h"

/* The shares of what a village's rows are; members are what remains. */
static void divide(struct village *v, size_t rows)
{
    size_t fixed;

    v->contracts = rows * 3 / 100 ? rows * 3 / 100 : 1;
    v->assets = rows / 10 > v->contracts + 2 ? rows / 10 : v->contracts + 2;
    v->debts = rows / 50 ? rows / 50 : 1;
    v->vouchers = rows / 5;
    fixed = 1 + RURAL_QUARTERS + v->contracts * (1 + RURAL_STEPS) + v->assets + v->debts +
            2 * v->vouchers;
    v->members = rows - fixed;
}

/* A cadre of the township's villages; in a county too small for them, somebody else. */
static const struct person *choose_head(struct village *v)
{
    const struct world *w = v->world;
    size_t n = v->index;

    for (size_t i = 0; i < w->officials.count; i++) {
        const struct official *o = &w->officials.at[i];
        if (o->office == v->town->office && o->kind == VILLAGE_CADRE && !o->reserved && !o->to &&
            n-- == 0)
            return o->who;
    }
    return village_somebody(v);
}

void village_open(struct village *v, struct world *w, struct town *t, size_t index, size_t rows)
{
    static const char ending[] = "委会";

    memset(v, 0, sizeof *v);
    v->world = w;
    v->town = t;
    v->index = index;
    v->place = &places[t->office->town].villages[index];
    v->dice = dice_for(w->seed, v->place->code, 0);
    (void)snprintf(v->org_no, sizeof v->org_no, "ZC%s", v->place->code);
    (void)snprintf(v->name, sizeof v->name, "%s", v->place->name);
    if (strstr(v->name, ending))
        *strstr(v->name, ending) = '\0';
    divide(v, rows);
    v->head = choose_head(v);
}

void village_close(struct village *v)
{
    free(v->leases.at);
}

const struct person *village_somebody(struct village *v)
{
    struct town *t = v->town;
    struct person *new;

    while (v->cursor < t->residents.count) {
        const struct resident *r = &t->residents.at[v->cursor++];
        if (r->relation == SELF && residents_is_adult(v->world, r) &&
            residents_village(t, r->who) == v->place)
            return r->who;
    }
    new = people_make(&v->world->people, &t->people, &v->dice, 30, 65, t->office->town, NULL);
    new->village = (uint16_t)v->index;
    return new;
}

void village_clerk(const struct village *v, const char *post, char out[NAMES_BYTES])
{
    struct dice d = dice_for(dice_hash(v->place->code), post, 0);

    names_make(&d, dice_chance(&d, 600), 1972, NULL, out);
}

void village_file_hash(struct village *v, struct row *r)
{
    uint64_t a = dice_next(&v->dice), b = dice_next(&v->dice), c = dice_next(&v->dice);

    row_format(r, "%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "%016" PRIx64, a, b, c, a ^ b ^ c);
}
