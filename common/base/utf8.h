/* utf8.h — UTF-8 as RFC 3629 wants it: validate, step, count, write, and the width folding that
 * Chinese forms need.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    utf8_next returns UTF8_BAD on a byte that does not fit and steps over that byte alone.
 * Limits:   none.
 * Promise:  over-long forms, surrogates and code points past U+10FFFF are refused. */
#ifndef QQ_BASE_UTF8_H
#define QQ_BASE_UTF8_H

#include "common/base/str.h"

#define UTF8_BAD UINT32_MAX

struct buf;

uint32_t
utf8_next(struct str *rest); /* takes one code point off the front; rest must not be empty */
bool utf8_is_valid(struct str s);
size_t utf8_count(struct str s); /* code points; a bad byte counts as one */
void utf8_put(struct buf *out, uint32_t code_point);
/* Full-width ASCII (U+FF01–FF5E) and the ideographic space become their half-width twins, other
 * white space (no-break, thin, zero-width, BOM) a space or nothing. Returns s itself when nothing
 * has to change. */
struct str utf8_fold_width(struct arena *a, struct str s);

#endif
