/* password.h — passwords kept so that a stolen database does not tell them.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    password_verify: false for a wrong password and for a text that is no hash.
 * Limits:   PASSWORD_ROUNDS of PBKDF2-HMAC-SHA256: about a third of a second, meant to cost.
 * Promise:  comparison takes the same time whatever differs; the text names method, rounds and
 * salt, so that rounds can grow later. */
#ifndef QQ_SEAL_PASSWORD_H
#define QQ_SEAL_PASSWORD_H

#include "common/base/str.h"
#include "common/base/world.h"

#define PASSWORD_ROUNDS 600000
#define PASSWORD_ROUNDS_MAX 10000000
#define PASSWORD_SALT_BYTES 16
#define PASSWORD_KEY_BYTES 32

struct arena;

/* "pbkdf2-sha256$600000$SALT$HASH" */
struct str password_hash(struct random *random, struct arena *a, struct str password);
bool password_verify(struct str text, struct str password);
void password_derive(struct str password, struct str salt, uint32_t rounds,
                     uint8_t out_key[PASSWORD_KEY_BYTES]);

#endif
