/* benefits.h — who receives what: households of a township, their payments, and the deaths among
 * them.
 *
 * Owns:     nothing; rows stand in the world and its towns.
 * Threads:  one.
 * Fails:    never.
 * Limits:   monthly programmes are paid for the last 12 months, pensions for the last 2, land once
 * a year. Promise:  what benefits_fill adds is lawful: one township for each person, no
 * incompatible pair, and the last payment of the dead at most one month after the death. */
#ifndef COUNTY_BENEFITS_H
#define COUNTY_BENEFITS_H

#include "tests/county/world/world.h"

#define BENEFITS_MONTHS 12

int32_t benefits_first_month(const struct world *w);
struct person *benefits_person(struct world *w, struct town *t, int32_t age_from, int32_t age_to);
/* One payment a month; returns what was paid in all. */
int64_t benefits_pay(struct town *t, struct mention payee, enum programme programme,
                     int32_t months[2], int32_t fen);
/* The member is his own head of household; approved some years ago. */
struct enrol *benefits_enrol(struct world *w, struct town *t, const struct person *member,
                             enum programme programme, int32_t fen);
/* On a day of the running month. */
void benefits_stop(struct world *w, struct enrol *e, int32_t month, const char *why);
/* The death in registers; 0 known to none: by chance at least one. */
struct death *benefits_death(struct world *w, struct mention dead, int32_t died_on,
                             unsigned known_to);
/* Brings the township to its share of the 223,206 payments. */
void benefits_fill(struct world *w, struct town *t);
/* Deaths of people who received nothing, to the county's number. */
void benefits_fill_deaths(struct world *w);

#endif
