/* carry_file.h — a copy of a file for the drop folder, seen there only when it is whole.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    ERR_MISSING, ERR_DENIED, ERR_FULL, ERR_IO.
 * Limits:   none; copied in pieces.
 * Promise:  the copy has a name that is not taken, and survives a power cut. */
#ifndef QQ_EDGE_AGENT_INTAKE_CARRY_FILE_H
#define QQ_EDGE_AGENT_INTAKE_CARRY_FILE_H

#include "edge-agent/intake/drop.h"

struct arena;

MUST_USE enum err carry_file(const char *from, const char *drop_folder, struct arena *a,
                             struct drop_file *out_file);

#endif
