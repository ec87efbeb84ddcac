#include "central/dispatch/dispatch.h"

#include "central/store/evidence_store.h"
#include "common/base/arena.h"

#define SIGN_BYTES_MAX (4 * PACK_BYTES_MAX)

static enum err sign_next(const struct dispatch_signing *with, struct arena *a)
{
    struct evidence_pack pack;
    TRY(evidence_store_next(with->store, a, &pack));
    signature_make(with->keys, with->random, a, STR(PACK_FORMAT), pack.body, &pack.signature);
    TRY(db_begin(with->store->db));
    return db_end(with->store->db, evidence_store_sign(with->store, pack.id, &pack.signature,
                                                       clock_wall_ms(with->clock)));
}

enum err dispatch_sign_packs(const struct dispatch_signing *with, size_t *out_signed)
{
    struct arena *a = arena_new(SIGN_BYTES_MAX);
    enum err e = OK;
    for (*out_signed = 0; (e = sign_next(with, a)) == OK; (*out_signed)++)
        arena_reset(a);
    arena_free(a);
    return e == ERR_MISSING ? OK : e;
}
