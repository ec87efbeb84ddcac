/* powers.h — library 1: power lists, approvals, decisions, industry projects, major matters.
 *
 * Owns:     nothing that outlives a call; persons stand in the world.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   nothing is held but the powers of the chosen units.
 * Promise:  lawful by construction, as the README says; firms are those of masters.h. */
#ifndef COUNTY_POWERS_POWERS_H
#define COUNTY_POWERS_POWERS_H

#include "tests/county/files.h"

enum {
    POWER_ITEM,
    POWER_APPROVAL,
    POWER_STEP,
    POWER_DECISION,
    POWER_PROJECT,
    POWER_MATTER,
    POWER_REPORT,
    POWER_DATASETS
};

enum power_kind { PERMIT, PENALTY_POWER, GRANT, CONFIRM, CHECK, OTHER_POWER };
enum risk { RISK_HIGH, RISK_MIDDLE, RISK_LOW };

/* One power; `unit` NULL: every township, "": every unit. */
struct power {
    const char *unit, *name, *basis, *post;
    enum power_kind kind;
    enum risk risk;
    uint16_t limit_days; /* promised working days */
    uint16_t weight;     /* share of the approvals; 0: nobody applies for it */
};

extern const struct layout powers_layouts[POWER_DATASETS];
extern const struct power powers[];
extern const size_t powers_count;

bool powers_is_held(const struct power *p, const struct office *office);
/* A code that the unit's item keeps from edition to edition. */
void powers_code(const struct power *p, char out[16]);
/* What is promised for an application of that day: the newer edition promises less time. */
uint16_t powers_limit(const struct power *p, int32_t on);
/* Somebody who works at the unit, always the same for a post; `turn` tells people of one post
 * apart. */
void powers_clerk(const struct office *office, const char *post, uint32_t turn,
                  char out[NAMES_BYTES]);
/* The day itself or the next on which offices are open (statutory holidays at their usual days). */
int32_t powers_office_day(int32_t ymd);

void powers_lists(struct book *b);
void powers_approvals(struct book *b, struct world *w);
void powers_decisions(struct book *b);
/* A contract that is large enough to be decided together, before the day it is signed. */
struct powers_matter {
    const char *name;
    int64_t fen;
    int32_t before;
    uint32_t serial;
};
void powers_decide(struct book *b, const struct office *o, const struct powers_matter *matter,
                   struct slot *s);
void powers_projects(struct book *b);
void powers_matters(struct book *b);
/* All of it. */
void powers_drop(struct book *b, struct world *w);

#endif
