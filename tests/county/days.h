/* days.h — what comes on the days after the first load: corrections, late rows, and a file that
 * broke off.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   a dozen rows a file.
 * Promise:  touches only rows made by chance and nothing that a rule reads: the truth stays. */
#ifndef COUNTY_DAYS_H
#define COUNTY_DAYS_H

#include "tests/county/files.h"

void days_town(struct book *b, const struct town *t);
void days_county(struct book *b);

#endif
