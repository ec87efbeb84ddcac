/* catalog_load.h — a folder of declarations becomes a catalog.
 *
 * Owns:     nothing.
 * Threads:  the one that starts the program.
 * Fails:    ERR_INVALID when a declaration is wrong (each problem is logged); errors of os/file.h.
 * Limits:   `bytes_max` of text, CATALOG_FILES_MAX files.
 * Promise:  a catalog with any fault is not used at all. */
#ifndef QQ_CONFIG_CATALOG_LOAD_H
#define QQ_CONFIG_CATALOG_LOAD_H

#include "common/base/err.h"

#include <stddef.h>

struct catalog;

MUST_USE enum err catalog_load(const char *folder, size_t bytes_max, struct catalog **out_catalog);

#endif
