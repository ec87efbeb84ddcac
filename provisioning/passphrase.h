/* passphrase.h — the passphrase of the authority's key, from a file or from the terminal.
 *
 * Owns:     nothing; the text is the arena's.
 * Threads:  one.
 * Fails:    ERR_USAGE: no file and no terminal, too short, or not the same twice.
 * Limits:   PASSPHRASE_BYTES_MIN to 1024 bytes.
 * Promise:  never shown while typed. */
#ifndef QQ_PROVISIONING_PASSPHRASE_H
#define QQ_PROVISIONING_PASSPHRASE_H

#include "common/base/err.h"
#include "common/base/str.h"

#define PASSPHRASE_BYTES_MIN 12

/* `file` empty: asks; `is_new`: asks twice and checks the length. */
MUST_USE enum err passphrase_get(struct str file, bool is_new, struct arena *a,
                                 struct str *out_passphrase);

#endif
