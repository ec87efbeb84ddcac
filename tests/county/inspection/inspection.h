/* inspection.h — library 4: the rounds of inspection, what they found, and what came of it.
 *
 * Owns:     nothing; officials and offices are borrowed from the world.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   one unit's problems are held at a time.
 * Promise:  a unit is inspected once in four years; measures that are not closed are not due yet;
 * what is closed names who accepted it, when and by which paper; leads are handed over at once and
 * taken up within a month. */
#ifndef COUNTY_INSPECTION_INSPECTION_H
#define COUNTY_INSPECTION_INSPECTION_H

#include "tests/county/files.h"

enum {
    INSPECTION_ROUND,
    INSPECTION_PROBLEM,
    INSPECTION_CLUE,
    INSPECTION_RECTIFY,
    INSPECTION_USE,
    INSPECTION_DATASETS
};

extern const struct layout inspection_layouts[INSPECTION_DATASETS];

void inspection_drop(struct book *b);

#endif
