/* indicator_page.h — the reference page of an indicator, from its declaration.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  nothing on the page is written by hand. */
#ifndef QQ_OCDS_INDICATOR_PAGE_H
#define QQ_OCDS_INDICATOR_PAGE_H

#include "common/ocds/indicator.h"

/* Markdown: its options and those of all indicators, as they stand. */
struct str indicator_page(struct arena *a, const struct indicators *all, const struct indicator *i);

#endif
