/* open_data.h — files of open contracting data become tables for the import, and what is stored
 * becomes a record package again.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  the one that runs the command.
 * Fails:    ERR_MALFORMED: not open contracting data (a problem says so); errors of db.h.
 * Limits:   OPEN_DATA_BYTES_MAX a file.
 * Promise:  the rows are those of everything known of a process, of this file and of earlier ones;
 * the releases themselves are rows too, so nothing that a publisher said is lost. */
#ifndef QQ_ROLES_OPEN_DATA_H
#define QQ_ROLES_OPEN_DATA_H

#include "central/store/store.h"
#include "common/base/problem.h"

#define OPEN_DATA_BYTES_MAX ((size_t)64 << 20)
#define OPEN_DATA_FILES_MAX 20

struct open_data_file { /* one table, CSV */
    struct str dataset, bytes;
    size_t rows;
};

MUST_USE enum err open_data_tables(struct store *s, struct arena *a, struct str text,
                                   struct problem_list *problems, struct open_data_file *out_files,
                                   size_t *out_count);
/* A record package of every process, or of one: those that publishers told of with their releases,
 * those of our own tables with what is known of them at `date` (RFC 3339). "records": [] when there
 * is none. */
MUST_USE enum err open_data_package(struct store *s, struct arena *a, struct str only_ocid,
                                    struct str date, struct str *out_json);

#endif
