/* checker.h — the judge of the simulator, apart from it: compares what was put with what was
 * applied, both read from the databases of the two ends.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    a sentence that says what is wrong; STR_NONE: nothing is.
 * Limits:   the arena's.
 * Promise:  knows nothing of sequences, windows or acknowledgements. */
#ifndef QQ_SIM_CHECKER_H
#define QQ_SIM_CHECKER_H

#include "common/base/str.h"

struct arena;
struct db;

struct checker_put { /* of a transaction that was committed, in order of commit */
    uint64_t uid;    /* ascending */
    int from, to;    /* ends */
};

struct checker_stream {
    int from, to;
    struct str from_name, to_name;
    struct db *from_db, *to_db; /* tables sim_put and sim_applied */
    bool is_broken;             /* the sender was restored, or began an epoch: again is legal */
    bool is_rewound; /* the receiver was restored: it may learn of what it lost by a later epoch */
};

struct str checker_setup(struct db *db); /* makes the tables; STR_NONE or why not */
/* Is everything there that should be? For waiting; the judgement is the next one's. */
bool checker_is_complete(const struct checker_stream *s, struct arena *a);
/* Safety: at any time. Liveness too with `must_be_complete`. */
struct str checker_judge(const struct checker_stream *s, const struct checker_put *puts,
                         size_t put_count, bool must_be_complete, struct arena *a);

#endif
