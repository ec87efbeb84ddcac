/* rerun.h — the rule of an evidence pack over its rows alone.
 *
 * Owns:     nothing; its database lives in memory for the call.
 * Threads:  the one of the command.
 * Fails:    never: what cannot be run is said.
 * Limits:   FINDING_STEPS_MAX machine steps.
 * Promise:  needs no hub, no catalog and no network. Of a rule that also looks at rows which are no
 * evidence (what others have, what is absent) it says that the rows alone do not decide. */
#ifndef QQ_EVIDENCE_RERUN_H
#define QQ_EVIDENCE_RERUN_H

#include "common/evidence/check.h"

/* Adds a part to the check of a pack whose other parts are right. */
void rerun_pack(struct check *c);

#endif
