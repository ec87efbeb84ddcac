/* rows.h — what one row of a file is: a record, refused, a total, or another header; and its place
 * in the counts.
 *
 * Owns:     nothing; everything is the import's.
 * Threads:  the loop thread.
 * Fails:    never: what is wrong with a row is a problem of the chunk.
 * Limits:   as the chunk.
 * Promise:  rows = accepted + rejected; whatever else stood in the file is skipped and said, or
 * empty. */
#ifndef QQ_EDGE_AGENT_INTAKE_ROWS_H
#define QQ_EDGE_AGENT_INTAKE_ROWS_H

#include "edge-agent/intake/chunk.h"
#include "edge-agent/intake/header.h"

struct rows {
    const struct catalog *catalog;
    const struct header *header;
    struct chunk *chunk;
    struct import_entry *entry;
    struct arena *arena; /* emptied for each row */
    int32_t today;
};

void rows_take(struct rows *r, const struct format_row *row);

#endif
