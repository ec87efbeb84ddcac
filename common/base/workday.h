/* workday.h — working days: Monday to Friday, less the public holidays, plus the Saturdays and
 * Sundays that are worked instead.
 *
 * Owns:     nothing; the lists of exceptions belong to the caller and are sorted.
 * Threads:  any.
 * Fails:    never; in a year without a notice the week alone decides, and workday_is_known says so.
 * Limits:   dates as base/date.h; counting costs the same however far apart the days are.
 * Promise:  no clock and no table of its own: the exceptions are data of the catalog. */
#ifndef QQ_BASE_WORKDAY_H
#define QQ_BASE_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workdays {
    const int32_t *off; /* weekdays off and no others, YYYYMMDD ascending */
    size_t off_count;
    const int32_t *worked; /* Saturdays and Sundays that are worked, ascending */
    size_t worked_count;
    int32_t first_year, last_year; /* for which there was a notice; 0, 0: none */
};

bool workday_is(const struct workdays *w, int32_t date);
bool workday_is_known(const struct workdays *w, int32_t date);
/* The nth working day after `date`; n 0: the date itself. */
int32_t workday_add(const struct workdays *w, int32_t date, int n);
/* Working days in (after, until]; 0 when `until` is not later. */
int workday_count(const struct workdays *w, int32_t after, int32_t until);

#endif
