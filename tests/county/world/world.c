#include "tests/county/world/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

#define PAYMENTS 223206
#define OFFICIALS 8402

void *world_more(void *at, size_t *count, size_t *room, size_t size)
{
    if (*count == *room) {
        *room = *room ? *room * 2 : 64;
        at = realloc(at, *room * size);
        if (!at) {
            fputs("county: out of memory\n", stderr);
            exit(1);
        }
    }
    memset((char *)at + (*count)++ * size, 0, size);
    return at;
}

size_t world_scaled(const struct world *w, size_t n, size_t least)
{
    size_t scaled = (size_t)llround((double)n * w->scale);

    return scaled > least ? scaled : least;
}

size_t world_share(size_t total, const uint16_t *weights, size_t count, size_t which)
{
    uint64_t sum = 0, before = 0;

    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
        before += i < which ? weights[i] : 0;
    }
    /* Neighbours' roundings cancel, so the shares telescope to the total. */
    return (size_t)((before + weights[which]) * total / sum - before * total / sum);
}

void world_open(struct world *w, uint64_t seed, double scale, size_t sites, int32_t today)
{
    uint16_t weights[OFFICES_TOWNS];
    int32_t month = calendar_month(today);

    memset(w, 0, sizeof *w);
    w->seed = seed;
    w->scale = scale;
    w->today = today;
    w->last_month = today % 100 >= 21 ? month : month - 1;
    w->dice = dice_for(seed, "world", 0);
    offices_make(w->offices, sites);
    people_init(&w->people, today);
    for (size_t i = 0; i < OFFICES_TOWNS; i++)
        weights[i] = (uint16_t)places[i].village_count;
    for (size_t i = 0; i < OFFICES_TOWNS; i++) {
        struct town *t = &w->towns[w->town_count];
        if (!w->offices[i].chosen)
            continue;
        t->office = &w->offices[i];
        t->pays_wanted = world_share(world_scaled(w, PAYMENTS, 1), weights, OFFICES_TOWNS, i);
        w->town_count++;
    }
    w->officials.room = world_scaled(w, OFFICIALS, 0) + 1000;
    w->officials.at = calloc(w->officials.room, sizeof *w->officials.at);
    if (!w->officials.at) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
}

void world_forget_town(struct town *t)
{
    free(t->pays.at);
    free(t->enrols.at);
    free(t->residents.at);
    people_forget(&t->people);
    t->pays.at = NULL;
    t->enrols.at = NULL;
    t->residents.at = NULL;
    t->pays.count = t->pays.room = t->enrols.count = t->enrols.room = 0;
    t->residents.count = t->residents.room = 0;
}

void world_close(struct world *w)
{
    for (size_t i = 0; i < w->town_count; i++)
        world_forget_town(&w->towns[i]);
    free(w->officials.at);
    free(w->penalties.at);
    free(w->judgments.at);
    free(w->disciplines.at);
    free(w->deaths.at);
    free(w->truths.at);
    for (size_t i = 0; i < w->names.count; i++)
        free(w->names.at[i]);
    free(w->names.at);
    people_forget(&w->pool);
    people_done(&w->people);
}

struct truth *world_truth(struct world *w, const char *rule, bool planted, const char *subject,
                          const char *why)
{
    struct truth *t = WORLD_ADD(w->truths);

    (void)snprintf(t->rule, sizeof t->rule, "%s", rule);
    (void)snprintf(t->subject, sizeof t->subject, "%s", subject);
    t->planted = planted;
    t->why = why;
    return t;
}

const char *world_keep(struct world *w, const char *name)
{
    char **kept = WORLD_ADD(w->names);

    *kept = strdup(name);
    return *kept;
}

const struct office *world_any_office(struct world *w)
{
    uint16_t weights[OFFICES_COUNT];

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        weights[i] = w->offices[i].chosen ? w->offices[i].weight : 0;
    return &w->offices[dice_weighted(&w->dice, weights, OFFICES_COUNT)];
}

size_t world_any_place(struct world *w)
{
    return dice_below(&w->dice, PLACES_COUNT);
}
