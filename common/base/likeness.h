/* likeness.h — how alike two names are when how they were typed is left aside.
 *
 * Owns:     nothing; texts live in the caller's arena.
 * Threads:  any.
 * Fails:    likeness_percent is -1 when nothing is left of one of the two.
 * Limits:   the first LIKENESS_CHARS_MAX characters of each.
 * Promise:  100 for equal ones, the same both ways; traditional and simplified forms stay apart
 * (the tables for that are the hub's alone). */
#ifndef QQ_BASE_LIKENESS_H
#define QQ_BASE_LIKENESS_H

#include "common/base/str.h"

#define LIKENESS_CHARS_MAX 1000

/* Half-width, lower case (ASCII), without blanks and punctuation. */
struct str likeness_plain(struct arena *a, struct str text);
/* Of two plain ones: twice the pairs of neighbouring characters they share, of all their pairs
 * (Dice), rounded down. A single character has no pair: equal or not. */
int likeness_percent(struct arena *a, struct str x, struct str y);

#endif
