#include "tests/county/world/calendar.h"

#include <stdio.h>
#include <string.h>

int32_t calendar_days(int32_t ymd)
{
    int32_t y = ymd / 10000, m = ymd / 100 % 100, d = ymd % 100;

    /* The year begins in March, so that the leap day is its last. */
    if (m < 3)
        y--, m += 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + d - 1;
}

int32_t calendar_ymd(int32_t days)
{
    int32_t year = days / 366, ymd;

    while (calendar_days((year + 1) * 10000 + 101) <= days)
        year++;
    for (ymd = year * 10000 + 1201; calendar_days(ymd) > days;)
        ymd -= 100;
    return ymd + days - calendar_days(ymd);
}

int32_t calendar_add(int32_t ymd, int32_t days)
{
    return calendar_ymd(calendar_days(ymd) + days);
}

int32_t calendar_month(int32_t ymd)
{
    return ymd / 10000 * 12 + ymd / 100 % 100 - 1;
}

int32_t calendar_ym(int32_t month)
{
    return month / 12 * 100 + month % 12 + 1;
}

int32_t calendar_in_month(int32_t month, int32_t day)
{
    int32_t first = calendar_ym(month) * 100 + 1;
    int32_t length = calendar_days(calendar_ym(month + 1) * 100 + 1) - calendar_days(first);

    return first - 1 + (day > length ? length : day);
}

int32_t calendar_last(int32_t limit, int32_t month_of_year)
{
    int32_t month = limit / 12 * 12 + month_of_year - 1;

    return month > limit ? month - 12 : month;
}

bool calendar_parse(const char *text, int32_t *out_ymd)
{
    int y, m, d, end = 0;

    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10)
        return false;
    if (y < 1950 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    *out_ymd = y * 10000 + m * 100 + d;
    return calendar_ymd(calendar_days(*out_ymd)) == *out_ymd;
}
