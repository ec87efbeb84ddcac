/* power.h — editions of the units' power lists: which edition of a power is in force on a day.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  a pure function of the editions and the day; of each power at most one edition is in
 * force, the newest of those whose validity holds the day. */
#ifndef QQ_CALENDAR_POWER_H
#define QQ_CALENDAR_POWER_H

#include "common/base/str.h"

enum power_state {
    POWER_COMING,   /* valid from a later day */
    POWER_IN_FORCE, /* what the unit may do today */
    POWER_REPLACED, /* still valid by its dates, but a newer edition is in force */
    POWER_ENDED,
};

struct power_edition {
    struct str unit, unit_name, item, name;
    struct str kind, risk, post; /* kind, risk: codes; risk, post may be empty */
    int64_t edition;
    int64_t limit_days; /* promised working days; -1: none */
    int32_t from, to;   /* whole days YYYYMMDD; to 0: no end */
    enum power_state state;
};

/* Fills `state`. Editions of one power stand together, the newest first. */
void power_judge(struct power_edition *editions, size_t count, int32_t day);

#endif
