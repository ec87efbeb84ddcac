/* residents.h — who lives in a township: the households that receive something and those that do
 * not.
 *
 * Owns:     nothing; people and residents stand in the town.
 * Threads:  one.
 * Fails:    never.
 * Limits:   RESIDENTS people at scale 1, RESIDENTS_SCALE_MAX times as many at most.
 * Promise:  a household's people stand together, its head first; nobody of a planted case and
 * nobody in public office is among them. */
#ifndef COUNTY_RESIDENTS_H
#define COUNTY_RESIDENTS_H

#include "tests/county/world/world.h"

#define RESIDENTS 240000
#define RESIDENTS_SCALE_MAX 10

/* died_on 0: lives. */
void residents_settle(struct town *t, const struct person *who, enum relation relation,
                      int32_t died_on);
/* Brings the township to its share of the people. */
void residents_fill(struct world *w, struct town *t);
/* This township's share of n things of the county's residents. */
size_t residents_share(const struct world *w, const struct town *t, size_t n);
/* Lives, and is of the age that owns and works. */
bool residents_is_adult(const struct world *w, const struct resident *r);
const struct place_village *residents_village(const struct town *t, const struct person *who);

#endif
