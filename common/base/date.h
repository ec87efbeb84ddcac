/* date.h — civil dates and months of the Gregorian calendar, without a clock.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    date_is_valid says whether a number is a date; the others assert it.
 * Limits:   years 1 to 9999.
 * Promise:  a date is the integer YYYYMMDD, a month the integer YYYYMM: what stands in the database
 * (data-model.md 5.0). Day and month parts may be 00 where only the month or the year is known;
 * such dates count as their first day. */
#ifndef QQ_BASE_DATE_H
#define QQ_BASE_DATE_H

#include "common/base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define DATE_DAY_MS INT64_C(86400000)

bool date_is_valid(int32_t ymd); /* a whole date: no part is 00 */
bool date_month_is_valid(int32_t ym);
int32_t date_make(int year, int month, int day); /* no check */
int64_t date_to_days(int32_t ymd);               /* days since 1970-01-01 */
int32_t date_from_days(int64_t days);
int32_t date_add_days(int32_t ymd, int64_t days);
int64_t date_month_index(int32_t ym); /* year × 12 + month − 1: months can be subtracted */
int32_t date_month_of(int32_t ymd);
int32_t date_of_ms(int64_t unix_ms, int offset_minutes); /* China: 480 */
struct date_parts {
    int year, month, day, hour, minute, second;
};
/* A moment of RFC 3339, with its zone ("2026-11-24T09:30:00.5+08:00"), in microseconds; false:
 * anything else. */
bool date_parse_moment(struct str s, int64_t *out_unix_us);
struct date_parts date_split_ms(int64_t unix_ms, int offset_minutes);

#endif
