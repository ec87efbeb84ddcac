/* officials.h — the people in public office.
 *
 * Owns:     nothing; officials stand in the world.
 * Threads:  one.
 * Fails:    never.
 * Limits:   as the world's room for officials.
 * Promise:  an official made by chance is never reserved, so cases and chance do not meet. */
#ifndef COUNTY_OFFICIALS_H
#define COUNTY_OFFICIALS_H

#include "tests/county/world/world.h"

/* An official of the ages, in post from the day on; to 0: still. */
struct official *officials_add(struct world *w, const struct office *office, int32_t ages[2],
                               int32_t from, int32_t to);
/* Brings every chosen unit to its share of the 8,402. */
void officials_fill(struct world *w);
/* One that chance may use. */
const struct official *officials_any(struct world *w);

#endif
