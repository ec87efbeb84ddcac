/* rejects.h — the report beside an imported file: which rows were refused, why, and how to mend
 * them.
 *
 * Owns:     nothing; the report is made anew from the ledger each time.
 * Threads:  the loop thread.
 * Fails:    errors of db.h and os/file.h.
 * Limits:   LEDGER_PROBLEMS_MAX lines; the last one says how many more there were.
 * Promise:  UTF-8 with a byte order mark, so that any spreadsheet program shows it rightly; long
 * numbers keep their digits and no cell is taken for a formula. */
#ifndef QQ_EDGE_AGENT_INTAKE_REJECTS_H
#define QQ_EDGE_AGENT_INTAKE_REJECTS_H

#include "edge-agent/intake/ledger.h"

struct buf;

#define REJECTS_ENDING ".退回.csv"

/* The text of the report. */
MUST_USE enum err rejects_format(struct ledger *l, const struct import_entry *entry,
                                 struct buf *out);
/* Writes it as `path`; nothing when there is nothing to say. */
MUST_USE enum err rejects_write(struct ledger *l, const struct import_entry *entry,
                                const char *path);

#endif
