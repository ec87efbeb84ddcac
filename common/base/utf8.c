#include "common/base/utf8.h"

#include "common/base/buf.h"
#include "common/base/check.h"

#include <string.h>

static uint32_t bad(struct str *rest)
{
    *rest = str_skip(*rest, 1);
    return UTF8_BAD;
}

uint32_t utf8_next(struct str *rest)
{
    ASSERT(rest->len > 0);
    const unsigned char *p = (const unsigned char *)rest->ptr;
    if (p[0] < 0x80) {
        *rest = str_skip(*rest, 1);
        return p[0];
    }
    size_t more = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
    if (p[0] < 0xC2 || p[0] > 0xF4 || rest->len <= more)
        return bad(rest);
    uint32_t code = p[0] & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return bad(rest);
        code = code << 6 | (p[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return bad(rest);
    *rest = str_skip(*rest, more + 1);
    return code;
}

/* Numbers and codes are most of what is looked at: eight plain bytes at a time. */
static struct str skip_plain(struct str s)
{
    uint64_t word;
    while (s.len >= sizeof word) {
        memcpy(&word, s.ptr, sizeof word);
        if (word & 0x8080808080808080)
            break;
        s = str_skip(s, sizeof word);
    }
    return s;
}

bool utf8_is_valid(struct str s)
{
    for (s = skip_plain(s); s.len; s = skip_plain(s))
        if (utf8_next(&s) == UTF8_BAD)
            return false;
    return true;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (; s.len; n++)
        utf8_next(&s);
    return n;
}

void utf8_put(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_put_char(out, (char)c);
    } else if (c < 0x800) {
        buf_put_char(out, (char)(0xC0 | c >> 6));
        buf_put_char(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        buf_put_char(out, (char)(0xE0 | c >> 12));
        buf_put_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_put_char(out, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_put_char(out, (char)(0xF0 | c >> 18));
        buf_put_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
        buf_put_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_put_char(out, (char)(0x80 | (c & 0x3F)));
    }
}

static uint32_t fold_width(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + '!';
    if (c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F)
        return ' ';
    if (c == 0xFEFF || (c >= 0x200B && c <= 0x200D) || c == 0x2060)
        return 0;
    return c;
}

/* Whether what folds may be in it: all of that begins with one of four bytes, and Chinese names
 * and words hardly ever do. */
static bool may_fold(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == 0xC2 || c == 0xE2 || c == 0xE3 || c == 0xEF)
            return true;
    }
    return false;
}

struct str utf8_fold_width(struct arena *a, struct str s)
{
    struct str scan = s;
    bool is_same = true;
    if (!may_fold(s))
        return s;
    while (scan.len && is_same) {
        uint32_t c = utf8_next(&scan);
        is_same = fold_width(c) == c;
    }
    if (is_same)
        return s;
    struct buf out;
    buf_init(&out, a);
    while (s.len) {
        struct str before = s;
        uint32_t c = utf8_next(&s);
        if (c == UTF8_BAD)
            buf_put(&out, str_slice(before, 0, 1));
        else if (fold_width(c) != 0)
            utf8_put(&out, fold_width(c));
    }
    return buf_str(&out);
}
