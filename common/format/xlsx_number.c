#include "common/format/xlsx_number.h"

#include "common/base/arena.h"
#include "common/base/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SERIAL_MAX 2958466.0
#define DAYS_1900 (-25569) /* day 0 in days since 1970, right from March 1900 on */
#define DAYS_1904 (-24107)
#define EXACT_MAX 1e15 /* from here on a spreadsheet has cut the digits */

enum xlsx_style xlsx_number_style(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return XLSX_DATE;
    if (id == 22)
        return XLSX_DATETIME;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
        id == 56)
        return XLSX_TIME;
    return id == 9 || id == 10 ? XLSX_PERCENT : XLSX_PLAIN;
}

/* Behind a quoted text, an escaped character or words in brackets; what counts are the letters that
 * are left. [h] is a duration. */
static size_t skip_literal(struct str code, size_t i, bool *out_is_time)
{
    if (code.ptr[i] == '\\' || code.ptr[i] == '_' || code.ptr[i] == '*')
        return i + 1;
    char closing = code.ptr[i] == '"' ? '"' : code.ptr[i] == '[' ? ']' : '\0';
    if (!closing)
        return i;
    size_t from = ++i;
    while (i < code.len && code.ptr[i] != closing)
        i++;
    char first = from < code.len ? (char)(code.ptr[from] | 0x20) : ' ';
    bool is_unit =
        closing == ']' && i - from <= 2 && (first == 'h' || first == 'm' || first == 's');
    *out_is_time = *out_is_time || is_unit;
    return i;
}

enum xlsx_style xlsx_number_style_of(struct str code)
{
    bool has_day = false;
    bool has_month = false;
    bool has_time = false;
    if (str_equal_fold(code, STR("General")))
        return XLSX_PLAIN;
    for (size_t i = 0; i < code.len; i++) {
        size_t at = skip_literal(code, i, &has_time);
        if (at != i) {
            i = at;
            continue;
        }
        if (code.ptr[i] == ';')
            break; /* the other sections are for other signs */
        if (code.ptr[i] == '%')
            return XLSX_PERCENT;
        char c = (char)(code.ptr[i] | 0x20);
        has_day = has_day || c == 'y' || c == 'd';
        has_month = has_month || c == 'm';
        has_time = has_time || c == 'h' || c == 's';
    }
    if (has_time)
        return has_day ? XLSX_DATETIME : XLSX_TIME;
    return has_day || has_month ? XLSX_DATE : XLSX_PLAIN;
}

static struct str show_day(struct arena *a, int64_t day, bool is_1904)
{
    int64_t since = day + (is_1904 ? DAYS_1904 : day < 60 ? DAYS_1900 + 1 : DAYS_1900);
    int32_t ymd = date_from_days(since);
    return str_format(a, "%04d-%02d-%02d", ymd / 10000, ymd / 100 % 100, ymd % 100);
}

static struct str show_time(struct arena *a, int64_t seconds)
{
    return str_format(a, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                      (int)(seconds % 60));
}

/* A date format over a moment shows the day alone, as the sheet does; a time of day may be the
 * point of the cell all the same, so it is kept. */
static struct str show_date(struct arena *a, double n, enum xlsx_style style, bool is_1904)
{
    int64_t day = (int64_t)floor(n);
    int64_t seconds = (int64_t)floor((n - floor(n)) * 86400 + 0.5);
    if (seconds == 86400) {
        day++;
        seconds = 0;
    }
    if (style == XLSX_TIME && day == 0)
        return show_time(a, seconds);
    struct str date = show_day(a, day, is_1904);
    if (seconds == 0)
        return date;
    struct str time = show_time(a, seconds);
    return str_format(a, STR_FMT " " STR_FMT, STR_ARG(date), STR_ARG(time));
}

struct str xlsx_number_show(struct arena *a, struct str text, enum xlsx_style style, bool is_1904)
{
    char room[64];
    char *end;
    if (text.len == 0 || text.len >= sizeof room)
        return text;
    memcpy(room, text.ptr, text.len);
    room[text.len] = '\0';
    double n = strtod(room, &end);
    if (*end != '\0' || !isfinite(n))
        return text;
    if (style == XLSX_PERCENT)
        return str_format(a, "%.15g%%", n * 100);
    if (style != XLSX_PLAIN && n >= 0 && n < SERIAL_MAX)
        return show_date(a, n, style, is_1904);
    if (fabs(n) >= EXACT_MAX)
        return str_format(a, "%.5E", n);
    if (n == floor(n))
        return str_format(a, "%.0f", n);
    return str_format(a, "%.15g", n);
}
