/* hex.h — bytes to hexadecimal digits and back.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    hex_decode returns false on an odd length, a foreign character or a wrong size.
 * Limits:   none.
 * Promise:  lower-case digits. */
#ifndef QQ_BASE_HEX_H
#define QQ_BASE_HEX_H

#include "common/base/str.h"

struct str hex_encode(struct arena *a, struct str bytes);
bool hex_decode(struct str hex, void *out_bytes, size_t size);

#endif
