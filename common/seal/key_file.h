/* key_file.h — a secret that rests in a file under a passphrase: the county authority's key.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    key_file_unlock: ERR_MALFORMED for a text that is no locked key, ERR_DENIED for a wrong
 * passphrase (or a changed file: they cannot be told apart).
 * Limits:   KEY_FILE_BYTES_MAX.
 * Promise:  PBKDF2-HMAC-SHA256 (password.h), then AES-256-GCM with a random nonce; a text file that
 * says so in its first line. */
#ifndef QQ_SEAL_KEY_FILE_H
#define QQ_SEAL_KEY_FILE_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/world.h"

#define KEY_FILE_BYTES_MAX 4096

struct arena;

/* `rounds`: PASSWORD_ROUNDS, or few in a test; the file says how many. */
struct str key_file_lock(struct random *random, struct arena *a, uint32_t rounds,
                         struct str passphrase, struct str secret);
bool key_file_is_locked(struct str text);
MUST_USE enum err key_file_unlock(struct arena *a, struct str passphrase, struct str text,
                                  struct str *out_secret);

#endif
