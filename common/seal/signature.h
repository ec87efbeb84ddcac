/* signature.h — a signature over a text that is no envelope: what leaves the system and is verified
 * without it.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    ERR_MALFORMED no key of a known suite; ERR_FORGED the signature does not fit.
 * Limits:   none.
 * Promise:  the kind of text is signed with it, so that no signature of one kind passes for one of
 * another, nor for an envelope's. */
#ifndef QQ_SEAL_SIGNATURE_H
#define QQ_SEAL_SIGNATURE_H

#include "common/base/world.h"
#include "common/seal/keyring.h"
#include "common/wire/envelope.h"

struct signature {
    struct str suite, key; /* its name; the public key as signature_key writes it */
    uint8_t value[ENVELOPE_SIGNATURE_BYTES];
};

/* By the own signing key, which must be there. `kind` is a name in lower case. */
void signature_make(const struct keyring *keys, struct random *random, struct arena *a,
                    struct str kind, struct str text, struct signature *out_signature);
MUST_USE enum err signature_verify(struct arena *a, struct str kind, struct str text,
                                   const struct signature *s);
struct signature_key {
    struct str pem, suite, id; /* one text for one key; id in hexadecimal digits */
};
MUST_USE enum err signature_key(struct arena *a, struct str pem, struct signature_key *out_key);

#endif
