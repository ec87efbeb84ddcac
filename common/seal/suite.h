/* suite.h — the plug-in point of cryptography: one table row per suite of algorithms, so that the
 * national algorithms (SM2, SM3, SM4) can stand beside the first suite without a change elsewhere.
 *
 * Owns:     a suite holds what its library warms up once; suite_free gives it back.
 * Threads:  as struct keyring, which holds them.
 * Fails:    ERR_MALFORMED for keys that do not parse or points off the curve, ERR_FORGED from
 * verify and decrypt. Limits:   keys are a 32-byte scalar and a 65-byte point in every suite.
 * Promise:  a session key encrypts once: it is spent by that (asserted), which makes the zero nonce
 * safe. */
#ifndef QQ_SEAL_SUITE_H
#define QQ_SEAL_SUITE_H

#include "common/base/err.h"
#include "common/base/world.h"
#include "common/seal/keyring.h"

#define SUITE_P256 1 /* ECDH, HKDF-SHA256, AES-256-GCM, ECDSA-SHA256 */
/* 2 is kept for SM2, SM4-GCM, SM3. 250 is the simulator's, outside the program (tests/support). */

#define SUITE_SCALAR_BYTES 32

struct suite;

struct suite_secret {
    struct key_public public;
    uint8_t scalar[SUITE_SCALAR_BYTES];
};

struct suite_session {
    uint8_t shared[32];
    bool is_spent;
};

struct suite_ops {
    uint8_t id;
    const char *name;
    struct suite *(*make)(struct arena *a);
    void (*free)(struct suite *s);
    enum err (*generate)(struct suite *s, struct random *random, struct suite_secret *out_secret);
    /* PEM text as qingqu-provision writes it. ERR_MALFORMED: not of this suite. */
    enum err (*read_secret)(struct suite *s, struct str pem, struct suite_secret *out_secret);
    enum err (*read_public)(struct suite *s, struct str pem, struct key_public *out_public);
    struct str (*write_secret)(struct suite *s, struct arena *a, const struct suite_secret *secret);
    struct str (*write_public)(struct suite *s, struct arena *a, const struct key_public *public);

    /* The sender's half of the agreement: a fresh ephemeral key, and what it shares with the
     * recipient. */
    enum err (*offer)(struct suite *s, struct random *random, const struct key_public *recipient,
                      uint8_t out_ephemeral[ENVELOPE_POINT_BYTES],
                      struct suite_session *out_session);
    enum err (*accept)(struct suite *s, const struct suite_secret *recipient,
                       const uint8_t ephemeral[ENVELOPE_POINT_BYTES],
                       struct suite_session *out_session);
    /* `header` salts the key and is authenticated with it. */
    void (*encrypt)(struct suite *s, struct suite_session *session, struct str header,
                    struct str plain, char *out_cipher, uint8_t out_tag[ENVELOPE_TAG_BYTES]);
    enum err (*decrypt)(struct suite *s, struct suite_session *session, struct str header,
                        struct str cipher, struct str tag, char *out_plain);
    void (*sign)(struct suite *s, const struct suite_secret *sender, struct random *random,
                 struct str bytes, uint8_t out_signature[ENVELOPE_SIGNATURE_BYTES]);
    enum err (*verify)(struct suite *s, const struct key_public *sender, struct str bytes,
                       struct str signature);
};

struct suite { /* first member of each suite's own struct */
    const struct suite_ops *ops;
};

extern const struct suite_ops suite_p256;

const struct suite_ops *suite_find(uint8_t id); /* of those in the program; NULL */
void suite_name_key(struct key_public *key);    /* what an envelope names a key by */
void suite_wipe(void *bytes, size_t len);       /* not optimised away */
MUST_USE enum err suite_generate(const struct suite_ops *ops, struct random *random,
                                 struct arena *a, struct str *out_private_pem,
                                 struct str *out_public_pem);

#endif
