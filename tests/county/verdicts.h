/* verdicts.h — penalties, judgments and discipline cases: single ones, and the great many that mean
 * nothing.
 *
 * Owns:     nothing; rows stand in the world.
 * Threads:  one.
 * Fails:    never.
 * Limits:   a returned row is good until the next of its kind.
 * Promise:  what verdicts_fill adds breaks no rule: officials among the punished are petty, revoked
 * or dealt with. */
#ifndef COUNTY_VERDICTS_H
#define COUNTY_VERDICTS_H

#include "tests/county/world/world.h"

/* In force, a fine of 500 yuan, a natural person, by a chosen agency that punishes this. */
struct penalty *verdicts_penalty(struct world *w, struct mention party, enum offence offence,
                                 int32_t offence_on, int32_t decided_on);
/* Intentional, fixed term of 12 months, effective as of the day (0: not yet). */
struct judgment *verdicts_judgment(struct world *w, struct mention party, int32_t judged_on,
                                   int32_t effective_on);
/* Decided 0: still open. */
struct discipline *verdicts_discipline(struct world *w, const struct official *o, int32_t opened_on,
                                       int32_t decided_on);
void verdicts_fill(struct world *w);

#endif
