/* compress.h — zlib with a limit: a few bytes never become more than was promised.
 *
 * Owns:     nothing; results and the library's working memory are the arena's.
 * Threads:  any.
 * Fails:    compress_expand: ERR_MALFORMED for a damaged stream, or one that is not exactly as long
 * as promised. Limits:   `plain_len` bytes out. Promise:  compress_expand(compress_pack(x)) = x. */
#ifndef QQ_SEAL_COMPRESS_H
#define QQ_SEAL_COMPRESS_H

#include "common/base/err.h"
#include "common/base/str.h"

struct arena;

struct str compress_pack(struct arena *a, struct str plain);
MUST_USE enum err compress_expand(struct arena *a, struct str packed, size_t plain_len,
                                  struct str *out_plain);

#endif
