#include "central/calendar/power.h"

static bool is_same(const struct power_edition *a, const struct power_edition *b)
{
    return str_equal(a->unit, b->unit) && str_equal(a->item, b->item);
}

void power_judge(struct power_edition *editions, size_t count, int32_t day)
{
    bool has_one = false; /* of this power an edition is in force */
    for (size_t i = 0; i < count; i++) {
        struct power_edition *e = &editions[i];
        if (i == 0 || !is_same(e, e - 1))
            has_one = false;
        if (e->from > day)
            e->state = POWER_COMING;
        else if (e->to && e->to < day)
            e->state = POWER_ENDED;
        else
            e->state = has_one ? POWER_REPLACED : POWER_IN_FORCE;
        has_one = has_one || e->state == POWER_IN_FORCE;
    }
}
