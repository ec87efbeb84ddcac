#include "common/base/workday.h"

#include "common/base/date.h"

static bool holds(const int32_t *dates, size_t count, int32_t date)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (dates[middle] == date)
            return true;
        if (dates[middle] < date)
            low = middle + 1;
        else
            count = middle;
    }
    return false;
}

/* Day 0 of the count, 1970-01-01, was a Thursday. */
static bool is_weekend(int32_t date)
{
    return (date_to_days(date) % 7 + 7 + 3) % 7 >= 5;
}

bool workday_is(const struct workdays *w, int32_t date)
{
    if (is_weekend(date))
        return holds(w->worked, w->worked_count, date);
    return !holds(w->off, w->off_count, date);
}

bool workday_is_known(const struct workdays *w, int32_t date)
{
    return date / 10000 >= w->first_year && date / 10000 <= w->last_year;
}

int32_t workday_add(const struct workdays *w, int32_t date, int n)
{
    while (n > 0) {
        date = date_add_days(date, 1);
        n -= workday_is(w, date);
    }
    return date;
}

int workday_count(const struct workdays *w, int32_t after, int32_t until)
{
    int n = 0;
    for (int32_t d = after; d < until;) {
        d = date_add_days(d, 1);
        n += workday_is(w, d);
    }
    return n;
}
