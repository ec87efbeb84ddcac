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

/* How many of the sorted dates are not later. */
static int64_t not_later(const int32_t *dates, size_t count, int32_t date)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (dates[middle] <= date)
            low = middle + 1;
        else
            count = middle;
    }
    return (int64_t)low;
}

/* Working days until the end of `date`, from a Monday in 1969; before it, below zero. */
static int64_t until_end_of(const struct workdays *w, int32_t date)
{
    int64_t day = date_to_days(date) + 3;
    int64_t of_week = (day % 7 + 7) % 7;
    int64_t weekdays = (day - of_week) / 7 * 5 + (of_week < 5 ? of_week + 1 : 5);
    return weekdays - not_later(w->off, w->off_count, date) +
           not_later(w->worked, w->worked_count, date);
}

int workday_count(const struct workdays *w, int32_t after, int32_t until)
{
    return until > after ? (int)(until_end_of(w, until) - until_end_of(w, after)) : 0;
}

int32_t workday_add(const struct workdays *w, int32_t date, int n)
{
    int64_t low = 0;
    int64_t high = 7 + (int64_t)n * 2;
    if (n <= 0)
        return date;
    while (workday_count(w, date, date_add_days(date, high)) < n)
        high *= 2;
    while (low + 1 < high) { /* fewer than n until low, enough until high */
        int64_t middle = low + (high - low) / 2;
        if (workday_count(w, date, date_add_days(date, middle)) < n)
            low = middle;
        else
            high = middle;
    }
    return date_add_days(date, high);
}
