/* anchor.h — the last position of each outgoing stream, kept outside the database: a database that
 * stands behind it was restored from a backup (protocol.md 5).
 *
 * Owns:     the file.
 * Threads:  one.
 * Fails:    anchor_read: ERR_MISSING, ERR_MALFORMED; the rest as os/file.h.
 * Limits:   ANCHOR_BYTES_MAX, some thousand peers: meant for sites, which have one.
 * Promise:  old or new content, never a mixture. */
#ifndef QQ_SPOOL_ANCHOR_H
#define QQ_SPOOL_ANCHOR_H

#include "common/base/err.h"
#include "common/base/sha256.h"

#define ANCHOR_BYTES_MAX ((size_t)1024 * 1024)

struct arena;

struct anchor {
    struct str peer;
    uint64_t epoch, seq;
    struct hash last; /* of envelope seq */
};

MUST_USE enum err anchor_read(const char *path, struct arena *a, struct anchor **out_anchors,
                              size_t *out_count);
MUST_USE enum err anchor_write(const char *path, struct arena *a, const struct anchor *anchors,
                               size_t count);

#endif
