/* indicators.h — a file of open contracting data becomes the red flags in it, as JSON.
 *
 * Owns:     nothing behind the call.
 * Threads:  one.
 * Fails:    ERR_MALFORMED nothing in the file is open contracting data; ERR_INVALID a fault of the
 * catalog or of the settings (each is logged); errors of the file and of db.h.
 * Limits:   as indicator_file.h and indicator_store.h.
 * Promise:  the releases of a process count merged, wherever in the file they stand; the order of
 * processes and of what is in them decides nothing but which currency is seen first. */
#ifndef QQ_INDICATORS_INDICATORS_H
#define QQ_INDICATORS_INDICATORS_H

#include "common/base/err.h"
#include "common/model/catalog.h"

/* Takes the output piece by piece. */
typedef void (*indicators_write_fn)(void *context, struct str text);

/* `settings_path` may be empty. Writes {"OCID": {"…": {"R003": 1.0}}, "Buyer": …}: groups that have
 * none are left out. */
MUST_USE enum err indicators_run(const struct catalog *catalog, const char *ocds_path,
                                 const char *settings_path, indicators_write_fn write,
                                 void *context);

#endif
