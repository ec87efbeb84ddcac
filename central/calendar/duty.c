#include "central/calendar/duty.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/vec.h"
#include "common/base/workday.h"

#include <stdlib.h>

static int by_day(const void *left, const void *right)
{
    const struct duty_arrival *a = left;
    const struct duty_arrival *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->rows == b->rows ? 0 : a->rows < b->rows ? -1 : 1;
}

static void fill(struct duty_state *s, const struct duty_arrival *arrival)
{
    if (!s->filled) {
        s->filled = arrival->at;
        s->is_nothing = arrival->is_nothing;
    }
    s->rows += arrival->rows;
    s->is_nothing = s->is_nothing && arrival->is_nothing;
}

/* An arrival that says of what it speaks fills those periods; one that does not, the oldest open
 * one that had begun, or the newest when none is open. */
static void take(struct duty_state *states, size_t count, const struct duty_arrival *arrival)
{
    if (arrival->first) {
        for (size_t i = 0; i < count; i++)
            if (states[i].period.first <= arrival->last && arrival->first <= states[i].period.last)
                fill(&states[i], arrival);
        return;
    }
    struct duty_state *newest = NULL;
    for (size_t i = 0; i < count && states[i].period.first <= arrival->at; i++) {
        newest = &states[i];
        if (!states[i].filled)
            break;
    }
    if (newest)
        fill(newest, arrival);
}

static size_t list_periods(struct arena *a, const struct duty *d, int32_t today,
                           struct duty_state **out_states)
{
    VEC(struct duty_state) states = {0};
    int32_t end = d->to && d->to < today ? d->to : today;
    for (struct period p = period_of(d->cycle, d->from); p.first <= end;
         p = period_next(d->cycle, p)) {
        struct duty_state s = {.period = p};
        VEC_PUSH(&states, a, s);
    }
    size_t skip = states.count > DUTY_PERIODS_MAX ? states.count - DUTY_PERIODS_MAX : 0;
    *out_states = states.at + skip;
    return states.count - skip;
}

static int late(const struct duty_state *s, int32_t today)
{
    int64_t days = date_to_days(s->filled ? s->filled : today) - date_to_days(s->due);
    return days > 0 ? (int)days : 0;
}

void duty_judge(struct arena *a, const struct duty *d, const struct workdays *w,
                const struct duty_arrival *arrivals, size_t arrival_count, int32_t today,
                struct duty_state **out_states, size_t *out_count)
{
    size_t count = list_periods(a, d, today, out_states);
    struct duty_state *states = *out_states;
    struct duty_arrival *sorted = NEW_ARRAY(a, struct duty_arrival, arrival_count);
    for (size_t i = 0; i < arrival_count; i++)
        sorted[i] = arrivals[i];
    qsort(sorted, arrival_count, sizeof *sorted, by_day);
    for (size_t i = 0; i < arrival_count; i++)
        take(states, count, &sorted[i]);
    /* the running period is not owed yet */
    if (count && states[count - 1].period.last >= today && !states[count - 1].filled)
        count--;
    for (size_t i = 0; i < count; i++) {
        states[i].due = workday_add(w, states[i].period.last, d->due_days);
        states[i].late_days = late(&states[i], today);
    }
    *out_count = count;
}
