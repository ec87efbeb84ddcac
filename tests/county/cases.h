/* cases.h — plants what the rules must find, and beside each the lawful thing that looks like it.
 *
 * Owns:     nothing; rows and truth go into the world.
 * Threads:  one.
 * Fails:    never.
 * Limits:   every kind at least once, at any scale; the tables say how often at scale 1.
 * Promise:  each planted case is true by the rule's text at its default parameters, each near miss
 * is not. */
#ifndef COUNTY_CASES_H
#define COUNTY_CASES_H

#include "tests/county/world/world.h"

enum cases_spelling { SPELT_TRADITIONAL, SPELT_ALIKE, SPELT_OTHERWISE };

/* A spelling of the person's name; the person is renamed first when the name does not offer it. */
const char *cases_spell(struct world *w, struct person *who, enum cases_spelling how);
void cases_plant_penalties(struct world *w); /* P01, P02 */
void cases_plant_h01(struct world *w);
void cases_plant_h10(struct world *w);

#endif
