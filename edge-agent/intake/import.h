/* import.h — one file of the drop folder becomes rows in the outbox, a report and a line of
 * history.
 *
 * Owns:     the file being read, and arenas for its entry, its rows and one chunk.
 * Threads:  the loop thread.
 * Fails:    ERR_FULL, ERR_IO, ERR_BUSY: the file stays where it is and is gone on with later, from
 * the last durable row. A bad file or row is no failure: it is reported in the entry. Limits: rows
 * as common/format; IMPORT_CHUNK_ROWS accepted rows a transaction. Promise:  a chunk's rows, the
 * position in the file and the counts commit as one: whenever the process dies, every accepted row
 * is in the outbox exactly once. */
#ifndef QQ_EDGE_AGENT_INTAKE_IMPORT_H
#define QQ_EDGE_AGENT_INTAKE_IMPORT_H

#include "common/base/world.h"
#include "edge-agent/intake/drop.h"
#include "edge-agent/intake/ledger.h"

#define IMPORT_CHUNK_ROWS 5000
#define IMPORT_TIME_ZONE_MINUTES 480 /* China: dates of folders and "today" */

struct catalog;
struct import;
struct import_sink;
struct own_rows;

struct import_options {
    struct db *db;
    struct ledger *ledger;
    struct import_sink *sink;
    struct own_rows *own; /* kept for the unit's own rules; NULL: none, as at the hub */
    const struct catalog *catalog;
    struct clock *clock;
    struct random *random;
    const char *drop_folder; /* done/ and refused/ lie in it */
    size_t chunk_rows;       /* 0: IMPORT_CHUNK_ROWS; tests take fewer */
};

struct import *import_new(const struct import_options *options);
void import_free(struct import *im); /* NULL is legal */
/* Begins a file, or goes on with it; what cannot be read at all is refused at once. Afterwards
 * either import_is_reading, or import_current() says what became of it. */
MUST_USE enum err import_begin(struct import *im, const struct drop_file *file);
bool import_is_reading(const struct import *im);
/* The next chunk; after the last one the file is moved to done/YYYYMM/ with its report beside it.
 */
MUST_USE enum err import_step(struct import *im);
MUST_USE enum err import_file(struct import *im, const struct drop_file *file); /* to its end */
/* The file being read, or the last one; valid until the next import_begin. IMPORT_ABANDONED: it
 * changed meanwhile and will be offered again. */
const struct import_entry *import_current(const struct import *im);
const struct drop_file *import_drop_file(const struct import *im); /* while reading */
/* After a start: files that were being read when the process died and have gone since. */
MUST_USE enum err import_recover(struct import *im);

#endif
