#include "common/base/buf.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <float.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAIN_EXPONENT_MIN (-5) /* of ten; beyond them a number is written with its exponent */
#define PLAIN_EXPONENT_MAX 15

void buf_init(struct buf *b, struct arena *a)
{
    *b = (struct buf){.arena = a};
}

void buf_clear(struct buf *b)
{
    b->len = 0;
}

void buf_reserve(struct buf *b, size_t more)
{
    if (b->capacity - b->len >= more)
        return;
    size_t capacity = b->capacity ? b->capacity * 2 : 256;
    while (capacity - b->len < more)
        capacity *= 2;
    b->ptr = arena_grow(b->arena, b->ptr, b->capacity, capacity);
    b->capacity = capacity;
}

void buf_put_bytes(struct buf *b, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    buf_reserve(b, len);
    memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
}

void buf_put(struct buf *b, struct str s)
{
    buf_put_bytes(b, s.ptr, s.len);
}

void buf_put_z(struct buf *b, const char *text)
{
    buf_put_bytes(b, text, strlen(text));
}

void buf_put_char(struct buf *b, char c)
{
    buf_put_bytes(b, &c, 1);
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    ASSERT(len >= 0);
    buf_reserve(b, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(b->ptr + b->len, (size_t)len + 1, format, args);
    va_end(args);
    b->len += (size_t)len;
}

void buf_put_real(struct buf *b, double value)
{
    char text[32];
    int digits = 0;
    ASSERT(value - value == 0); /* neither infinite nor no number */
    do
        snprintf(text, sizeof text, "%.*e", digits, value);
    while (strtod(text, NULL) != value && ++digits < DBL_DECIMAL_DIG);
    long exponent = strtol(strchr(text, 'e') + 1, NULL, 10);
    if (exponent < PLAIN_EXPONENT_MIN || exponent > PLAIN_EXPONENT_MAX)
        buf_put_z(b, text);
    else
        buf_format(b, "%.*f", digits - exponent > 1 ? (int)(digits - exponent) : 1, value);
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->ptr, b->len};
}
