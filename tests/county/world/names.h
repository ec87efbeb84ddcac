/* names.h — names of people as frequent as they are, and what clerks make of them.
 *
 * Owns:     tables of surnames and given names.
 * Threads:  any.
 * Fails:    never; names_misspell and names_traditional say whether the name offers itself.
 * Limits:   NAMES_BYTES with the end mark.
 * Promise:  names_other shares no character with the given name, so nobody can take it for a
 * spelling of it. */
#ifndef COUNTY_NAMES_H
#define COUNTY_NAMES_H

#include "tests/county/world/dice.h"

#define NAMES_BYTES 32

/* surname NULL: by frequency; else the UTF-8 beginning of a relative's name is kept. */
void names_make(struct dice *d, bool male, int32_t birth_year, const char *relative,
                char out[NAMES_BYTES]);
void names_other(struct dice *d, bool male, const char *name, char out[NAMES_BYTES]);
/* One character exchanged for one that sounds alike. */
bool names_misspell(const char *name, char out[NAMES_BYTES]);
/* The surname as it is written in traditional characters. */
bool names_traditional(const char *name, char out[NAMES_BYTES]);
size_t names_characters(const char *name);

#endif
