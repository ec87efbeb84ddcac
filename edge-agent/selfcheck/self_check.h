/* self_check.h — the unit's own rows against the rules marked `edge`, here, before they are sent:
 * what the unit may mend itself. Nothing of it is a finding.
 *
 * Owns:     the rules it runs and the own rows' handle; temporary table hit_subject.
 * Threads:  the loop thread, which waits for it.
 * Fails:    errors of db.h. A rule that cannot be computed is no failure: its run says why.
 * Limits:   SELF_CHECK_MS and SELF_CHECK_MEMORY_BYTES a statement; results as self_store.h.
 * Promise:  the same declaration and the same statement as at the hub; the hash of what ran stands
 * with the results. A rule is due when the day, its declaration or the rows it reads are not those
 * of its last run: after a power cut as well. */
#ifndef QQ_EDGE_AGENT_SELFCHECK_SELF_CHECK_H
#define QQ_EDGE_AGENT_SELFCHECK_SELF_CHECK_H

#include "common/model/catalog.h"
#include "edge-agent/selfcheck/own_row.h"

#define SELF_CHECK_MS 10000
#define SELF_CHECK_MEMORY_BYTES (INT64_C(64) << 20)

struct self_check;

/* The tables must be there (ledger_open). A rule with a fault is left out, and logged. */
MUST_USE enum err self_check_open(struct db *db, const struct catalog *catalog, int64_t rows_max,
                                  struct self_check **out);
void self_check_close(struct self_check *sc); /* NULL is legal */
struct own_rows *self_check_rows(struct self_check *sc);
size_t self_check_rule_count(const struct self_check *sc);

/* Runs what is due; outside of a transaction. *out_ran: how many rules ran. */
MUST_USE enum err self_check_run(struct self_check *sc, int32_t today, int64_t now_ms,
                                 size_t *out_ran);

#endif
