/* calendar.h — civil dates as YYYYMMDD and months as a running number (year × 12 + month − 1).
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never; calendar_parse says false.
 * Limits:   years 1900–2100.
 * Promise:  whole days only, no clock and no time zone. */
#ifndef COUNTY_CALENDAR_H
#define COUNTY_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

int32_t calendar_days(int32_t ymd);
int32_t calendar_ymd(int32_t days);
int32_t calendar_add(int32_t ymd, int32_t days);
int32_t calendar_month(int32_t ymd);
/* The day of a running month, cut to the month's last day. */
int32_t calendar_in_month(int32_t month, int32_t day);
/* YYYYMM of a running month. */
int32_t calendar_ym(int32_t month);
/* The latest running month not after `limit` that is the given month of the year (1–12). */
int32_t calendar_last(int32_t limit, int32_t month_of_year);
/* Exactly YYYY-MM-DD and a real day. */
bool calendar_parse(const char *text, int32_t *out_ymd);

#endif
