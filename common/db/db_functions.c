#include "common/db/db_functions.h"

#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/thing.h"

#include <stdlib.h>

static int64_t days(int64_t ymd)
{
    return date_to_days((int32_t)ymd);
}

static int64_t months(int64_t ym)
{
    return date_month_index((int32_t)ym);
}

/* A sum that left the calendar stops at its ends: later than any day stays later. */
static int64_t ymd(int64_t day)
{
    int64_t first = date_to_days(10101);
    int64_t last = date_to_days(99991231);
    return date_from_days(day < first ? first : day > last ? last : day);
}

static int64_t month_of(int64_t day)
{
    return date_month_of((int32_t)day);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The value at place `twelfths` / 12 (from 1) of the sorted, between two of them in proportion,
 * inside the list: twelve times it, so that it is a whole number. */
static int64_t place(int64_t *values, size_t count, size_t twelfths)
{
    size_t low = twelfths / 12;
    size_t high = low + 1;
    int64_t part = (int64_t)(twelfths % 12);
    qsort(values, count, sizeof *values, by_value);
    low = low < 1 ? 1 : low > count ? count : low;
    high = high > count ? count : high;
    return values[low - 1] * (12 - part) + values[high - 1] * part;
}

/* Quartiles of type 8 of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996):
 * place (n + 1/3) p + 1/3, which for a quarter is (3n + 5) / 12, for three (9n + 7) / 12. */
static int64_t quartile_1(int64_t *values, size_t count)
{
    return place(values, count, 3 * count + 5);
}

static int64_t quartile_3(int64_t *values, size_t count)
{
    return place(values, count, 9 * count + 7);
}

const struct db_function db_functions[] = {
    {"qq_days", days, NULL, NULL},         /* YYYYMMDD → days since 1970-01-01 */
    {"qq_months", months, NULL, NULL},     /* YYYYMM → year × 12 + month − 1 */
    {"qq_ymd", ymd, NULL, NULL},           /* days since 1970-01-01 → YYYYMMDD */
    {"qq_month_of", month_of, NULL, NULL}, /* YYYYMMDD → YYYYMM */
    {"qq_thing", NULL, thing_id, NULL},    /* key of a thing → its number (base/thing.h) */
    {"qq_q1_x12", NULL, NULL, quartile_1}, /* aggregate: twelve times the first quartile */
    {"qq_q3_x12", NULL, NULL, quartile_3}, /* aggregate: twelve times the third quartile */
};
const size_t db_functions_count = COUNT_OF(db_functions);
