/* major.h — the catalogue of major matters against what key units reported: who owes which of the
 * items in the period of a month, who reported it with the evidence it needs, who did not.
 *
 * Owns:     nothing; cells live in the arena given.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  a pure function of catalogue, units, reports and month. An item whose responsible units
 * are named is owed by those alone; any other by every unit given. What is not on the list in any
 * day of the period is owed by nobody. */
#ifndef QQ_CALENDAR_MAJOR_H
#define QQ_CALENDAR_MAJOR_H

#include "central/calendar/period.h"

struct major_item {
    int64_t no;
    struct str name, owner, materials; /* owner, materials: lists, or empty */
    enum period_cycle cycle;           /* shorter than a month counts as a month */
    int32_t from, to;                  /* the first and last day it is on the list; 0: no bound */
};

struct major_unit {
    struct str code, name;
};

struct major_report {
    struct str unit;
    int64_t item;
    int32_t month; /* YYYYMM */
    struct str materials;
    bool is_nothing; /* said that there is nothing this period */
};

enum major_state {
    MAJOR_NOT_OWED,
    MAJOR_MISSING,
    MAJOR_INCOMPLETE, /* reported, and evidence that the item requires is not named */
    MAJOR_NOTHING,    /* declared: nothing this period */
    MAJOR_REPORTED,
};

struct major_cell {
    enum major_state state;
    struct str lacking; /* MAJOR_INCOMPLETE: the evidence not named, joined by 、 */
};

struct major_count {
    int64_t owed, missing, incomplete, nothing, reported;
};

/* The period of the item in which the month lies. */
struct period major_period(const struct major_item *item, int32_t month);
/* Whether the item is on the list in the period in which the month lies. */
bool major_is_listed(const struct major_item *item, int32_t month);
/* out_cells: unit by unit, each with item_count cells. */
void major_judge(struct arena *a, const struct major_item *items, size_t item_count,
                 const struct major_unit *units, size_t unit_count,
                 const struct major_report *reports, size_t report_count, int32_t month,
                 struct major_cell **out_cells);
void major_add(struct major_count *count, const struct major_cell *cell);
/* Reported, or said that there is nothing, wherever it is owed. */
bool major_is_complete(const struct major_count *count);

#endif
