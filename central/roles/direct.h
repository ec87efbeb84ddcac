/* direct.h — files of a source that has no site (a court, a bureau) are read by the hub itself: the
 * same mapping, validation and ledger as at an edge, merged without travelling.
 *
 * Owns:     the folder `import` beside the database: copies of the files and their reports.
 * Threads:  the one of the command.
 * Fails:    ERR_USAGE an unfit name; ERR_MISSING no such file; errors of the import.
 * Limits:   as the import.
 * Promise:  a chunk's rows are merged, counted and reported in one transaction of the hub's
 * database; what the hub would have told a site is kept for the operator in the same ledger. */
#ifndef QQ_ROLES_DIRECT_H
#define QQ_ROLES_DIRECT_H

#include "central/roles/hub.h"

/* Prints what became of the file as JSON. */
MUST_USE enum err direct_import(struct hub *h, struct arena *a, struct str path, struct str source);

#endif
