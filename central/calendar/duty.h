/* duty.h — one duty of one site and what arrived: the state of each period, worst first to the eye.
 *
 * Owns:     nothing; states live in the arena given.
 * Threads:  any.
 * Fails:    never.
 * Limits:   the newest DUTY_PERIODS_MAX periods.
 * Promise:  the same arrivals in any order give the same states. */
#ifndef QQ_CALENDAR_DUTY_H
#define QQ_CALENDAR_DUTY_H

#include "central/calendar/period.h"

#define DUTY_PERIODS_MAX 400

struct workdays;

struct duty {
    enum period_cycle cycle;
    int32_t from, to; /* the first and last day it holds; to 0: it still does */
    int due_days;     /* working days after the end of the period */
};

struct duty_arrival {
    int32_t at;          /* the day it came */
    int32_t first, last; /* what its rows speak of; 0: they do not say */
    int64_t rows;        /* accepted */
    bool is_nothing;     /* the unit declared that there is nothing for [first, last] */
};

struct duty_state {
    struct period period;
    int32_t due;     /* the last day in time */
    int32_t filled;  /* the day of the arrival that filled it first; 0: nothing came */
    int64_t rows;    /* of all arrivals that fill it */
    bool is_nothing; /* filled by a declaration alone */
    int late_days; /* calendar days after `due`: until it was filled, or until today; 0: in time */
};

/* Every period that has ended by `today`, and the running one when something came for it, oldest
 * first. */
void duty_judge(struct arena *a, const struct duty *d, const struct workdays *w,
                const struct duty_arrival *arrivals, size_t arrival_count, int32_t today,
                struct duty_state **out_states, size_t *out_count);

#endif
