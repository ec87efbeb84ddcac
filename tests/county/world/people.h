/* people.h — makes people: each with a number of his own, a name of his time and a village.
 *
 * Owns:     the pools that the people stand in; people_forget gives back a pool with all of its
 * people. Threads:  one. Fails:    ends the program when memory is out. Limits:   499 people for
 * each birthday and sex; the next day is taken when a day is full. Promise:  no two people ever
 * have the same 18 or 15 digits; every number's check digit is right. */
#ifndef COUNTY_PEOPLE_H
#define COUNTY_PEOPLE_H

#include "tests/county/world/names.h"

struct person {
    char id[19];
    char name[NAMES_BYTES];
    int32_t born; /* YYYYMMDD */
    uint16_t town, village;
    bool male;
};

struct people_pool {
    struct people_block *first;
    size_t used;
};

struct people {
    uint16_t (*taken)[2]; /* by day since 1900 and sex */
    int32_t today;
};

void people_init(struct people *p, int32_t today);
void people_done(struct people *p);
/* A person between the ages, of the town (index into places) and any of its villages; relative
 * NULL: any surname. */
struct person *people_make(struct people *p, struct people_pool *pool, struct dice *d,
                           int32_t age_from, int32_t age_to, size_t town, const char *relative);
/* The same person for another pool, to outlive the first one. */
struct person *people_copy(struct people_pool *pool, const struct person *who);
void people_forget(struct people_pool *pool);
/* Born while 15-digit numbers were given out and old enough that one may still be in a register. */
bool people_has_old_id(const struct person *who);
void people_old_id(const struct person *who, char out[16]);
int32_t people_age(const struct person *who, int32_t on);

#endif
