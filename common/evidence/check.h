/* check.h — what of an evidence pack is right: everything that can be computed from the file alone,
 * part by part.
 *
 * Owns:     the pack inside, until check_done.
 * Threads:  any.
 * Fails:    never: a file that is no pack has one part, which is wrong.
 * Limits:   as pack.h.
 * Promise:  a pack that somebody changed has a wrong part, whichever byte it was. A signature by a
 * key that comes with the file says that nothing was changed since it was signed, not who signed:
 * the answer says so. */
#ifndef QQ_EVIDENCE_CHECK_H
#define QQ_EVIDENCE_CHECK_H

#include "common/evidence/pack.h"

enum check_state {
    CHECK_WRONG,
    CHECK_RIGHT,
    CHECK_NOTE /* what the file alone does not decide */
};

struct check_part {
    enum check_state state;
    struct str part; /* "row 3": for machines */
    struct str zh, en;
};

struct check {
    struct arena *arena;
    VEC(struct check_part) parts;
    bool is_right; /* none is wrong */
    bool is_pack;  /* it reads: what follows is there */
    struct pack pack;
    struct signature_key key; /* that it is signed with */
};

/* `key`: the public key that must have signed, as PEM; empty: the one in the file. */
void check_pack(struct arena *a, struct str file, struct str key, struct check *out_check);
void check_add(struct check *c, enum check_state state, struct str part, struct str zh,
               struct str en);
void check_done(struct check *c);

#endif
