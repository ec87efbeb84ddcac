/* evidence_store.h — rows of evidence with all that is known of them, and packs on their way to
 * their signature.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    ERR_MISSING no such row or pack; errors of db.h.
 * Limits:   common/evidence/pack.h.
 * Promise:  a pack is never changed once it was asked for, and is signed once. */
#ifndef QQ_STORE_EVIDENCE_STORE_H
#define QQ_STORE_EVIDENCE_STORE_H

#include "central/store/store.h"
#include "common/evidence/pack.h"

/* The row as the dataset shows it (result_store_go_back); role and source are left alone. */
MUST_USE enum err evidence_store_row(struct store *s, struct arena *a, const struct dataset *d,
                                     int64_t rid, struct pack_row *out_row);
/* The row into its table as it stood there, once: into a database of its own. */
MUST_USE enum err evidence_store_put_row(struct store *s, const struct pack_row *row);

struct evidence_pack {
    int64_t id, finding, asked_ms;
    struct str by, body;
    bool is_signed;
    struct signature signature;
};

/* Inside the caller's transaction: asked for, and noted with the finding. */
MUST_USE enum err evidence_store_ask(struct store *s, const struct evidence_pack *pack,
                                     int64_t *out_id);
/* The oldest that waits. ERR_MISSING: none. */
MUST_USE enum err evidence_store_next(struct store *s, struct arena *a,
                                      struct evidence_pack *out_pack);
MUST_USE enum err evidence_store_sign(struct store *s, int64_t id,
                                      const struct signature *signature, int64_t now_ms);
MUST_USE enum err evidence_store_get(struct store *s, struct arena *a, int64_t id,
                                     struct evidence_pack *out_pack);

#endif
