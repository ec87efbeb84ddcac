/* period.h — the periods in which units owe data: which one a date lies in, the next one, its name.
 *
 * Owns:     nothing; names live in the arena given.
 * Threads:  any.
 * Fails:    period_cycle_named says whether it knows the word.
 * Limits:   dates as base/date.h.
 * Promise:  periods of a cycle touch and do not overlap: each day lies in exactly one. */
#ifndef QQ_CALENDAR_PERIOD_H
#define QQ_CALENDAR_PERIOD_H

#include "common/base/str.h"

enum period_cycle { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

struct period { /* whole days YYYYMMDD, both included */
    int32_t first, last;
};

struct arena;

/* "day", "week" …, or 日, 周, 月, 季, 年. */
bool period_cycle_named(struct str word, enum period_cycle *out_cycle);
struct str period_cycle_word(enum period_cycle cycle); /* the English one */
struct period period_of(enum period_cycle cycle,
                        int32_t date); /* weeks begin on Monday (ISO 8601) */
struct period period_next(enum period_cycle cycle, struct period p);
struct str period_name(struct arena *a, enum period_cycle cycle,
                       struct period p); /* "2026-11", "2026-Q4", "2026-W48" (ISO 8601) */

#endif
