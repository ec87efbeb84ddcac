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

static int two(const char *p)
{
    return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9'
               ? (p[0] - '0') * 10 + (p[1] - '0')
               : -1;
}

/* .123456789: what is finer than a microsecond is cut. */
static struct str take_fraction(struct str s, int64_t *out_us)
{
    int64_t unit = 100000;
    *out_us = 0;
    if (s.len < 2 || s.ptr[0] != '.' || s.ptr[1] < '0' || s.ptr[1] > '9')
        return s;
    for (s = str_skip(s, 1); s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9'; s = str_skip(s, 1)) {
        *out_us += (s.ptr[0] - '0') * unit;
        unit /= 10;
    }
    return s;
}

static bool read_zone(struct str s, int *out_minutes)
{
    *out_minutes = 0;
    if (s.len == 1)
        return s.ptr[0] == 'Z' || s.ptr[0] == 'z';
    if (s.len != 6 || (s.ptr[0] != '+' && s.ptr[0] != '-') || s.ptr[3] != ':')
        return false;
    int hours = two(s.ptr + 1);
    int minutes = two(s.ptr + 4);
    *out_minutes = (hours * 60 + minutes) * (s.ptr[0] == '-' ? -1 : 1);
    return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}

bool date_parse_moment(struct str s, int64_t *out_unix_us)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    size_t n = sizeof form - 1;
    int64_t us;
    int zone;
    if (s.len <= n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.ptr[i];
        bool is_fit = form[i] == 'd'   ? c >= '0' && c <= '9'
                      : form[i] == 'T' ? c == 'T' || c == 't'
                                       : c == form[i];
        if (!is_fit)
            return false;
    }
    int year = two(s.ptr) * 100 + two(s.ptr + 2);
    int32_t day = date_make(year, two(s.ptr + 5), two(s.ptr + 8));
    int hour = two(s.ptr + 11), minute = two(s.ptr + 14), second = two(s.ptr + 17);
    if (!date_is_valid(day) || hour > 23 || minute > 59 || second > 60 || /* 60: a leap second */
        !read_zone(take_fraction(str_skip(s, n), &us), &zone))
        return false;
    int64_t minutes = (date_to_days(day) * 24 + hour) * 60 + minute - zone;
    *out_unix_us = (minutes * 60 + second) * INT64_C(1000000) + us;
    return true;
}
