#include "common/base/date.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_month_is_valid(int32_t ym)
{
    int year = ym / 100;
    int month = ym % 100;
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12;
}

bool date_is_valid(int32_t ymd)
{
    if (ymd < 0 || !date_month_is_valid(ymd / 100))
        return false;
    int day = ymd % 100;
    return day >= 1 && day <= month_days(ymd / 10000, ymd / 100 % 100);
}

int32_t date_make(int year, int month, int day)
{
    return (int32_t)(year * 10000 + month * 100 + day);
}

/* The era arithmetic of H. Hinnant's "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is the last of the year. */
int64_t date_to_days(int32_t ymd)
{
    int64_t year = ymd / 10000;
    int64_t month = ymd / 100 % 100;
    int64_t day = ymd % 100;
    if (month == 0)
        month = 1;
    if (day == 0)
        day = 1;
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int32_t date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return date_make((int)(year + era * 400 + (month <= 2)), (int)month, (int)day);
}

int32_t date_add_days(int32_t ymd, int64_t days)
{
    return date_from_days(date_to_days(ymd) + days);
}

int64_t date_month_index(int32_t ym)
{
    return (int64_t)(ym / 100) * 12 + ym % 100 - 1;
}

int32_t date_month_of(int32_t ymd)
{
    return ymd / 100;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int32_t date_of_ms(int64_t unix_ms, int offset_minutes)
{
    return date_from_days(floor_div(unix_ms + offset_minutes * INT64_C(60000), DATE_DAY_MS));
}

struct date_parts date_split_ms(int64_t unix_ms, int offset_minutes)
{
    int64_t local = unix_ms + offset_minutes * INT64_C(60000);
    int64_t days = floor_div(local, DATE_DAY_MS);
    int seconds = (int)((local - days * DATE_DAY_MS) / 1000);
    int32_t ymd = date_from_days(days);
    return (struct date_parts){ymd / 10000,    ymd / 100 % 100,   ymd % 100,
                               seconds / 3600, seconds / 60 % 60, seconds % 60};
}
