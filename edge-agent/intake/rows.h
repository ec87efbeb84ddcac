/* rows.h — what one row of a file is: a record, refused, a total, or another header; and its place
 * in the counts.
 *
 * Owns:     nothing; everything is the import's.
 * Threads:  the loop thread.
 * Fails:    never: what is wrong with a row is a problem of the chunk.
 * Limits:   as the chunk.
 * Promise:  rows = accepted + rejected; whatever else stood in the file is skipped and said, or
 * empty. Sheets of a workbook that have the same dataset's header are read one behind the other. */
#ifndef QQ_EDGE_AGENT_INTAKE_ROWS_H
#define QQ_EDGE_AGENT_INTAKE_ROWS_H

#include "edge-agent/intake/chunk.h"
#include "edge-agent/intake/header.h"
#include "edge-agent/intake/quality.h"

struct rows {
    const struct catalog *catalog;
    struct header *header; /* changes with the sheet */
    struct chunk *chunk;
    struct import_entry *entry;
    struct quality *quality;
    struct arena *arena; /* emptied for each row */
    struct arena *kept;  /* of the file: headers of further sheets */
    int32_t today;
    uint32_t sheet;
    size_t looked_at; /* rows of a further sheet in which its header was looked for; 0: found */
    bool is_skipping; /* the sheet has no header, or one of another dataset */
};

void rows_take(struct rows *r, const struct format_row *row);
/* A row that is durable since an earlier start: only what it says about its sheet matters. */
void rows_pass(struct rows *r, const struct format_row *row);

#endif
