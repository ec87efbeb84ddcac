#include "central/calendar/period.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"

static const struct {
    struct str word, zh;
    int months; /* 0: counted in days */
} cycles[] = {
    [PERIOD_DAY] = {STR_INIT("day"), STR_INIT("日"), 0},
    [PERIOD_WEEK] = {STR_INIT("week"), STR_INIT("周"), 0},
    [PERIOD_MONTH] = {STR_INIT("month"), STR_INIT("月"), 1},
    [PERIOD_QUARTER] = {STR_INIT("quarter"), STR_INIT("季"), 3},
    [PERIOD_YEAR] = {STR_INIT("year"), STR_INIT("年"), 12},
};

bool period_cycle_named(struct str word, enum period_cycle *out_cycle)
{
    for (size_t i = 0; i < COUNT_OF(cycles); i++)
        if (str_equal(word, cycles[i].word) || str_equal(word, cycles[i].zh)) {
            *out_cycle = (enum period_cycle)i;
            return true;
        }
    return false;
}

struct str period_cycle_word(enum period_cycle cycle)
{
    return cycles[cycle].word;
}

static int32_t first_of_month(int64_t month_index)
{
    return date_make((int)(month_index / 12), (int)(month_index % 12) + 1, 1);
}

/* 0: Monday; day 0 of the count, 1970-01-01, was a Thursday. */
static int64_t weekday(int32_t date)
{
    return (date_to_days(date) % 7 + 7 + 3) % 7;
}

struct period period_of(enum period_cycle cycle, int32_t date)
{
    int months = cycles[cycle].months;
    if (months) {
        int64_t first = date_month_index(date_month_of(date)) / months * months;
        return (struct period){first_of_month(first),
                               date_add_days(first_of_month(first + months), -1)};
    }
    if (cycle == PERIOD_DAY)
        return (struct period){date, date};
    int32_t monday = date_add_days(date, -weekday(date));
    return (struct period){monday, date_add_days(monday, 6)};
}

struct period period_next(enum period_cycle cycle, struct period p)
{
    return period_of(cycle, date_add_days(p.last, 1));
}

/* The year of an ISO week is that of its Thursday; week 1 has the first Thursday. */
static struct str week_name(struct arena *a, struct period p)
{
    int32_t thursday = date_add_days(p.first, 3);
    int year = thursday / 10000;
    int64_t since = date_to_days(thursday) - date_to_days(date_make(year, 1, 1));
    return str_format(a, "%d-W%02d", year, (int)(since / 7) + 1);
}

struct str period_name(struct arena *a, enum period_cycle cycle, struct period p)
{
    int year = p.first / 10000;
    int month = p.first / 100 % 100;
    switch (cycle) {
    case PERIOD_DAY:
        return str_format(a, "%d-%02d-%02d", year, month, p.first % 100);
    case PERIOD_WEEK:
        return week_name(a, p);
    case PERIOD_MONTH:
        return str_format(a, "%d-%02d", year, month);
    case PERIOD_QUARTER:
        return str_format(a, "%d-Q%d", year, (month - 1) / 3 + 1);
    case PERIOD_YEAR:
        return str_format(a, "%d", year);
    }
    return STR_NONE;
}
