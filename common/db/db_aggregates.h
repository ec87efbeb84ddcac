/* db_aggregates.h — the aggregates of db_functions.c: common/stats in its form of a call.
 *
 * Owns:     nothing.
 * Threads:  any: functions of values.
 * Fails:    NULL for what has no answer.
 * Limits:   as db_functions.h.
 * Promise:  nothing is computed here. */
#ifndef QQ_DB_DB_AGGREGATES_H
#define QQ_DB_DB_AGGREGATES_H

#include "common/db/db_functions.h"

void db_q1_x12(struct db_call *c);
void db_q3_x12(struct db_call *c);
void db_quantile(struct db_call *c);
void db_median(struct db_call *c);
void db_mad(struct db_call *c);
void db_fence_low(struct db_call *c);
void db_fence_high(struct db_call *c);
void db_stddev(struct db_call *c);
void db_benford1(struct db_call *c);
void db_benford2(struct db_call *c);
void db_chi2(struct db_call *c);
void db_chi2_p(struct db_call *c);

#endif
