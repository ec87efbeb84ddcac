/* archive.h — where a file goes when it was read, and the report beside it.
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    errors of os/file.h and db.h.
 * Limits:   ARCHIVE_TRIES_MAX files of one name in one folder.
 * Promise:  report first, then the file, then the note in the ledger: each step may be repeated
 * after a crash, and no file is ever overwritten by another. */
#ifndef QQ_EDGE_AGENT_INTAKE_ARCHIVE_H
#define QQ_EDGE_AGENT_INTAKE_ARCHIVE_H

#include "edge-agent/intake/ledger.h"

#define ARCHIVE_TRIES_MAX 10000

const char *archive_path(struct arena *a, const char *drop_folder, struct str relative);
bool archive_is_there(const char *path);
/* A name in the folder that is not taken, relative to the drop folder: "a.csv", "a-2.csv", … */
struct str archive_place(struct arena *a, const char *drop_folder, struct str folder,
                         struct str name);
/* Carries out what entry->archive says; without `is_moving` only report and note, because the file
 * has gone or another one stands under its name. */
MUST_USE enum err archive_put(struct arena *a, const char *drop_folder, struct ledger *l,
                              struct import_entry *entry, bool is_moving);

#endif
