/* buf.h — bytes that grow inside an arena.
 *
 * Owns:     nothing; the bytes are the arena's.
 * Threads:  one at a time.
 * Fails:    as the arena: over its limit the process stops.
 * Limits:   the arena's.
 * Promise:  buf_str() is valid until the next write to the same buffer. */
#ifndef QQ_BASE_BUF_H
#define QQ_BASE_BUF_H

#include "common/base/str.h"

struct arena;

struct buf {
    struct arena *arena;
    char *ptr;
    size_t len;
    size_t capacity;
};

void buf_init(struct buf *b, struct arena *a);
void buf_clear(struct buf *b);
void buf_reserve(struct buf *b, size_t more); /* room for `more` bytes behind len */
void buf_put(struct buf *b, struct str s);
void buf_put_z(struct buf *b, const char *text);
void buf_put_bytes(struct buf *b, const void *bytes, size_t len);
void buf_put_char(struct buf *b, char c);
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The shortest decimal that reads back as the same number: 1.0, 0.05, 1e+300. Finite. */
void buf_put_real(struct buf *b, double value);
struct str buf_str(const struct buf *b);

#endif
