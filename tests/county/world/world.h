/* world.h — what is true in the county: the rows that the offices keep, and the truth about the
 * planted cases.
 *
 * Owns:     all rows; the people that more than one office knows. world_forget_town gives back a
 * township's rows. Threads:  one. Fails:    ends the program when memory is out. Limits:   one
 * township's payments and households are held at a time, besides the planted ones. Promise: nothing
 * here knows how a file looks; words for codes are in layouts.c. */
#ifndef COUNTY_WORLD_H
#define COUNTY_WORLD_H

#include "tests/county/world/records.h"

#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t count, room;                                                                        \
    }

struct town {
    const struct office *office;
    LIST(struct pay) pays;
    LIST(struct enrol) enrols;
    LIST(struct resident) residents;
    size_t pays_wanted, pays_planted; /* the planted ones stand first */
    struct people_pool people;
};

struct world {
    uint64_t seed;
    double scale;
    int32_t today, last_month; /* the last month that has been paid */
    struct office offices[OFFICES_COUNT];
    struct people people;
    struct people_pool pool;
    struct dice dice;
    struct town towns[OFFICES_TOWNS];
    size_t town_count;
    LIST(struct official) officials; /* room is fixed before the first one: cases point at them */
    LIST(struct penalty) penalties;
    LIST(struct judgment) judgments;
    LIST(struct discipline) disciplines;
    LIST(struct death) deaths;
    size_t deaths_planted;
    LIST(struct truth) truths;
    LIST(char *) names;                  /* spellings that are nobody's own name */
    uint32_t decisions, cases, verdicts; /* serial numbers given out */
};

void world_open(struct world *w, uint64_t seed, double scale, size_t sites, int32_t today);
void world_close(struct world *w);
void world_forget_town(struct town *t);
/* n at the scale, at least `least`. */
size_t world_scaled(const struct world *w, size_t n, size_t least);
/* Shares of a total by weight that sum to it exactly: the share of thing i. */
size_t world_share(size_t total, const uint16_t *weights, size_t count, size_t which);
/* Room for one more, zeroed, at the end of a list; the list's new place. */
void *world_more(void *at, size_t *count, size_t *room, size_t size);
#define WORLD_ADD(list)                                                                            \
    ((list).at = world_more((list).at, &(list).count, &(list).room, sizeof *(list).at),            \
     &(list).at[(list).count - 1])

struct truth *world_truth(struct world *w, const char *rule, bool planted, const char *subject,
                          const char *why);
/* A spelling that rows may point at as long as the world lives. */
const char *world_keep(struct world *w, const char *name);
/* A chosen unit by the number of its officials. */
const struct office *world_any_office(struct world *w);
size_t world_any_place(struct world *w);

#endif
