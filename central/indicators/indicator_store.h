/* indicator_store.h — a private database that holds the releases of one file as tables, and counts
 * the flags in them.
 *
 * Owns:     the database, a temporary file that is gone when it is closed or the program ends.
 * Threads:  one.
 * Fails:    errors of db.h; a SELECT that does more than read is ERR_DENIED.
 * Limits:   the disk's; the memory it takes does not grow with the file.
 * Promise:  a process laid again takes the place of what was laid of it. */
#ifndef QQ_INDICATORS_INDICATOR_STORE_H
#define QQ_INDICATORS_INDICATOR_STORE_H

#include "common/ocds/indicator.h"

struct indicator_store;

MUST_USE enum err indicator_store_open(const struct indicators *all, struct indicator_store **out);
void indicator_store_close(struct indicator_store *s); /* NULL is legal */

/* Where a release stands: a piece of the file, and its place among the releases of the piece. */
struct indicator_place {
    int64_t start, len, number;
};

/* Notes a release of a process; *out_is_first says that none was noted before. */
MUST_USE enum err indicator_store_note(struct indicator_store *s, struct str ocid,
                                       struct indicator_place place, int64_t *out_process,
                                       bool *out_is_first);
/* Each place of every process that was noted more than once, process by process. */
typedef enum err (*indicator_place_fn)(void *context, int64_t process,
                                       struct indicator_place place);
MUST_USE enum err indicator_store_each_repeated(struct indicator_store *s, indicator_place_fn take,
                                                void *context);

/* Lays the rows of a compiled release. */
MUST_USE enum err indicator_store_lay(struct indicator_store *s, int64_t process,
                                      const struct json *release, struct arena *a);
/* Takes away what was laid of it. */
MUST_USE enum err indicator_store_clear(struct indicator_store *s, int64_t process);

/* Derives what is declared and runs every SELECT; nothing is laid behind it. An indicator that says
 * it cannot be computed of what is there is told to `tell`, and not run. */
typedef void (*indicator_tell_fn)(void *context, const struct indicator *i);
MUST_USE enum err indicator_store_count(struct indicator_store *s, indicator_tell_fn tell,
                                        void *context);

struct indicator_flag {
    struct str group, id, code;
    double value;
};
/* By group, id and code. */
typedef void (*indicator_flag_fn)(void *context, const struct indicator_flag *flag);
MUST_USE enum err indicator_store_each_flag(struct indicator_store *s, indicator_flag_fn take,
                                            void *context);

#endif
