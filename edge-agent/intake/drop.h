/* drop.h — the drop folder: which files have come to rest and may be read.
 *
 * Owns:     the watch on the folder and the list of what was seen there.
 * Threads:  the loop thread.
 * Fails:    ERR_IO while the folder is gone (it is looked for from time to time, and taken up again
 * when it is back); a file that vanishes is no failure.
 * Limits:   DROP_FILES_MAX files at a time; the rest wait for the next look.
 * Promise:  a file is offered when size, time and identity have stood still for settle_ms, once for
 * as long as it stays the same; names that programs use for unfinished files are never offered. */
#ifndef QQ_EDGE_AGENT_INTAKE_DROP_H
#define QQ_EDGE_AGENT_INTAKE_DROP_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/world.h"

#define DROP_FILES_MAX 10000

struct drop;

struct drop_file {
    struct str name;
    const char *path;
    int64_t size_bytes, modified_ns;
    uint64_t inode;
};

MUST_USE enum err drop_open(const char *folder, int64_t settle_ms, struct clock *clock,
                            struct drop **out_drop);
void drop_close(struct drop *d); /* NULL is legal */
int drop_descriptor(
    const struct drop *d); /* -1: the system gives no watch, looking by time alone */
/* Looks again when something happened or time has come; *out_file is valid until the next look.
 * ERR_MISSING: nothing to read now. */
MUST_USE enum err drop_next(struct drop *d, struct drop_file *out_file);
/* The file just offered could not be read now: offer it again after a while. */
void drop_again(struct drop *d, const struct drop_file *file);
int64_t drop_sleep_ms(const struct drop *d); /* when to ask again at the latest */
size_t drop_waiting(const struct drop *d);   /* files there and not yet read, unsettled ones too */
bool drop_is_unfinished_name(struct str name);
/* Whether the file under this name is still the one that was offered. */
bool drop_is_same(const struct drop_file *file);

#endif
