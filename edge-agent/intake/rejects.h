/* rejects.h — the workbook beside an imported file: the rows that were refused, in the file's own
 * columns, with what is wrong marked and said, to be mended there and dropped again.
 *
 * Owns:     nothing; the workbook is made anew from the ledger each time.
 * Threads:  the loop thread.
 * Fails:    errors of db.h and sheet/book.h.
 * Limits:   LEDGER_PROBLEMS_MAX lines of reasons; the last one says how many rows there were more.
 * Promise:  dropped again as it is, it gives just these rows: its two columns of ours and its sheet
 * of reasons are known to every import. Cells are text as they stood in the file; long numbers keep
 * their digits and no cell is taken for a formula. */
#ifndef QQ_EDGE_AGENT_INTAKE_REJECTS_H
#define QQ_EDGE_AGENT_INTAKE_REJECTS_H

#include "edge-agent/intake/ledger.h"

#define REJECTS_ENDING ".退回.xlsx"

/* Writes it as `path`; nothing when there is nothing to say. */
MUST_USE enum err rejects_write(struct ledger *l, const struct import_entry *entry,
                                const char *path);

#endif
