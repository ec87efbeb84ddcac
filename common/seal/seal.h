/* seal.h — plain bytes to an envelope and back: compress, encrypt, sign; verify, decrypt, expand.
 *
 * Owns:     nothing; results live in the arena.
 * Threads:  any.
 * Fails:    seal_open: ERR_MALFORMED, ERR_TOO_LARGE, ERR_FORGED (signature, tag, or an unknown or
 * revoked key), ERR_INVALID (not for us). Limits:   envelope.h. Promise:  the signature is checked
 * before anything is decrypted, the tag before anything is expanded; each envelope has a fresh
 *           ephemeral key, so the zero nonce is used once (asserted). */
#ifndef QQ_SEAL_SEAL_H
#define QQ_SEAL_SEAL_H

#include "common/base/world.h"
#include "common/seal/keyring.h"
#include "common/wire/envelope.h"

/* The caller fills county, from, to, epoch, seq, prev, created_ms, catalog (and may set
 * ENVELOPE_CARRIER); the rest, the suite among it, is filled here: it is that of the own signing
 * key, which must be there. ERR_MISSING: no opening key of `to`; ERR_TOO_LARGE. */
MUST_USE enum err seal_close(const struct keyring *keys, struct random *random, struct arena *a,
                             struct envelope_header *header, struct str plain,
                             struct str *out_sealed);
/* The opening key must be there. `from` is proven when it returns OK; that `county`, `to` and the
 * topic fit is for the caller to compare. */
MUST_USE enum err seal_open(const struct keyring *keys, struct arena *a, struct str sealed,
                            struct envelope_header *out_header, struct str *out_plain);

#endif
