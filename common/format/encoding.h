/* encoding.h — bytes of any encoding a county uses become valid UTF-8; other encodings die here.
 *
 * Owns:     the conversion handle of the C library.
 * Threads:  one at a time.
 * Fails:    never: bytes that do not fit become U+FFFD, which the reader reports with row and
 * column. Limits:   none; works block by block. Promise:  what comes out is valid UTF-8; a
 * character cut by the end of a block is kept for the next. */
#ifndef QQ_FORMAT_ENCODING_H
#define QQ_FORMAT_ENCODING_H

#include "common/base/str.h"

enum encoding {
    ENCODING_UNDECIDED, /* nothing but ASCII so far */
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
};

/* Largest growth from a block to UTF-8 (UTF-16 and GB18030 pairs: 2 bytes become 3; a bad byte
 * becomes 3), plus a kept character. */
#define ENCODING_GROWTH 3
#define ENCODING_KEPT_BYTES_MAX 8

struct arena;
struct decoder;

const char *encoding_name(enum encoding e); /* "UTF-8" */
/* From the head of a file; *out_bom_bytes is how many to skip. */
enum encoding encoding_guess(struct str head, size_t *out_bom_bytes);

struct decoder *encoding_decoder_new(struct arena *a, enum encoding e);
void encoding_decoder_free(struct decoder *d); /* the C library's handle; NULL is legal */
enum encoding encoding_of(const struct decoder *d);
/* Decodes a block into `out`, which has room for (block.len + ENCODING_KEPT_BYTES_MAX) ×
 * ENCODING_GROWTH bytes. `is_last`: a character still incomplete is bad. Returns the bytes written.
 */
size_t encoding_decode(struct decoder *d, struct str block, bool is_last, char *out);

#endif
