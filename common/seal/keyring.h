/* keyring.h — own keys and peers' keys, found by party and by key id.
 *
 * Owns:     key material; keyring_free wipes it.
 * Threads:  read only after loading.
 * Fails:    keyring_add_*: ERR_MALFORMED for a key that does not parse, ERR_EXISTS.
 * Limits:   none but memory.
 * Promise:  a party has a signing key and an opening key, apart: a program that only opens never
 * holds the signing key. Private keys never leave by any function of this header. */
#ifndef QQ_SEAL_KEYRING_H
#define QQ_SEAL_KEYRING_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/world.h"
#include "common/wire/envelope.h"

struct keyring;
struct arena;
struct suite_ops;

enum key_use { KEY_SIGN, KEY_OPEN };

struct key_public {
    uint8_t suite;
    uint8_t id[ENVELOPE_KEY_ID_BYTES]; /* first bytes of SHA-256 of the point */
    uint8_t point[ENVELOPE_POINT_BYTES];
};

struct keyring *keyring_new(void); /* knows the suites of the program (seal/suite.c) */
void keyring_free(struct keyring *k);
/* One suite more, for this keyring alone: how the simulator gets its cheap one. */
void keyring_add_suite(struct keyring *k, const struct suite_ops *ops);
/* Own private keys, from PEM text as qingqu-provision writes it. */
MUST_USE enum err keyring_add_own(struct keyring *k, enum key_use use, struct str pem);
/* A peer's public keys, PEM. Several per party and use are legal (rotation); the last added is used
 * for sealing. */
MUST_USE enum err keyring_add_peer(struct keyring *k, struct str party, enum key_use use,
                                   struct str pem);
void keyring_revoke(struct keyring *k,
                    struct str party); /* all its keys: nothing of it verifies any more */
bool keyring_can(const struct keyring *k, enum key_use use);
/* A new private key as PEM, and its public half as PEM: for provisioning and tests. */
MUST_USE enum err keyring_generate(uint8_t suite, struct random *random, struct arena *a,
                                   struct str *out_private_pem, struct str *out_public_pem);

#endif
