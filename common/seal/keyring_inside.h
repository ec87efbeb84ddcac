/* keyring_inside.h — what seal.c and signature.c need of a keyring and nobody else: the keys
 * themselves.
 *
 * Owns:     nothing; the keyring's keys are lent.
 * Threads:  as keyring.h.
 * Fails:    NULL: no such key.
 * Limits:   none.
 * Promise:  included by keyring.c, seal.c and signature.c only. */
#ifndef QQ_SEAL_KEYRING_INSIDE_H
#define QQ_SEAL_KEYRING_INSIDE_H

#include "common/seal/suite.h"

struct suite *keyring_suite(const struct keyring *k, uint8_t suite);
/* `id` NULL: the last added. */
const struct suite_secret *keyring_own(const struct keyring *k, enum key_use use,
                                       const uint8_t *id);
const struct key_public *keyring_peer(const struct keyring *k, struct str party, enum key_use use,
                                      const uint8_t *id);

#endif
