/* merge.h — what an incoming row means beside the current version of its key.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  equal content is never a new version; nothing is overwritten; a deletion is a version
 * too. */
#ifndef QQ_MERGE_MERGE_H
#define QQ_MERGE_MERGE_H

#include "common/base/sha256.h"
#include "common/base/str.h"

enum merge_kind {
    MERGE_NEW,    /* the key was never there, or had been deleted */
    MERGE_SAME,   /* nothing to write */
    MERGE_CHANGE, /* a new version */
    MERGE_DELETE, /* a tombstone */
    MERGE_ABSENT, /* a deletion of what is not there: nothing to write */
};

struct merge_current {
    bool is_there, is_deleted;
    struct hash row_hash;
    struct str site;
};

struct merge_decision {
    enum merge_kind kind;
    bool is_conflict; /* another site supplied the current version: the last one in stands, both are
                         kept and counted */
};

struct merge_decision merge_decide(const struct merge_current *current, bool is_deletion,
                                   const struct hash *row_hash, struct str site);

#endif
