#include "common/format/encoding.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define GUESS_GOOD_PER_BAD 4 /* a UTF-8 file with a few broken rows is still UTF-8 */

struct decoder {
    enum encoding encoding;
    iconv_t handle; /* (iconv_t)-1: none open */
    char kept[ENCODING_KEPT_BYTES_MAX];
    size_t kept_len;
};

static const char replacement[] = "\xEF\xBF\xBD";
#define REPLACEMENT_BYTES 3

const char *encoding_name(enum encoding e)
{
    switch (e) {
    case ENCODING_UNDECIDED:
        return "ASCII";
    case ENCODING_UTF8:
        return "UTF-8";
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_UTF16LE:
        return "UTF-16LE";
    case ENCODING_UTF16BE:
        return "UTF-16BE";
    }
    return "";
}

/* How many bytes a UTF-8 sequence beginning with `lead` wants; 0: not a lead byte. */
static size_t utf8_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    return lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

static enum encoding guess_by_validity(struct str head)
{
    size_t good = 0, bad = 0;
    while (head.len) {
        unsigned char lead = (unsigned char)head.ptr[0];
        if (lead < 0x80) {
            head = str_skip(head, 1);
            continue;
        }
        if (utf8_length(lead) > head.len)
            break; /* cut by the end of the head */
        if (utf8_next(&head) == UTF8_BAD)
            bad++;
        else
            good++;
    }
    if (good == 0 && bad == 0)
        return ENCODING_UNDECIDED;
    return good >= bad * GUESS_GOOD_PER_BAD ? ENCODING_UTF8 : ENCODING_GB18030;
}

/* Without a byte order mark UTF-16 shows by its ASCII characters: every other byte is NUL. */
static enum encoding guess_utf16(struct str head)
{
    size_t even = 0, odd = 0, pairs = head.len / 2;
    for (size_t i = 0; i + 1 < head.len; i += 2) {
        even += head.ptr[i] == '\0';
        odd += head.ptr[i + 1] == '\0';
    }
    if (pairs >= 4 && odd * 4 >= pairs && even * 20 <= odd)
        return ENCODING_UTF16LE;
    if (pairs >= 4 && even * 4 >= pairs && odd * 20 <= even)
        return ENCODING_UTF16BE;
    return ENCODING_UNDECIDED;
}

enum encoding encoding_guess(struct str head, size_t *out_bom_bytes)
{
    static const struct {
        struct str mark;
        enum encoding encoding;
    } marks[] = {
        {STR_INIT("\xEF\xBB\xBF"), ENCODING_UTF8},
        {STR_INIT("\xFF\xFE"), ENCODING_UTF16LE},
        {STR_INIT("\xFE\xFF"), ENCODING_UTF16BE},
        {STR_INIT("\x84\x31\x95\x33"), ENCODING_GB18030},
    };
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_starts(head, marks[i].mark)) {
            *out_bom_bytes = marks[i].mark.len;
            return marks[i].encoding;
        }
    *out_bom_bytes = 0;
    enum encoding e = guess_utf16(head);
    return e != ENCODING_UNDECIDED ? e : guess_by_validity(head);
}

struct decoder *encoding_decoder_new(struct arena *a, enum encoding e)
{
    struct decoder *d = NEW(a, struct decoder);
    d->encoding = e;
    d->handle = (iconv_t)-1;
    if (e != ENCODING_UNDECIDED && e != ENCODING_UTF8) {
        d->handle = iconv_open("UTF-8", encoding_name(e));
        ASSERT(d->handle != (iconv_t)-1); /* the C library always has these three */
    }
    return d;
}

void encoding_decoder_free(struct decoder *d)
{
    if (d && d->handle != (iconv_t)-1) {
        iconv_close(d->handle);
        d->handle = (iconv_t)-1;
    }
}

enum encoding encoding_of(const struct decoder *d)
{
    return d->encoding;
}

static size_t put_replacement(char *out)
{
    memcpy(out, replacement, REPLACEMENT_BYTES);
    return REPLACEMENT_BYTES;
}

static size_t ascii_run(struct str s)
{
    size_t n = 0;
    uint64_t word;
    while (n + sizeof word <= s.len) {
        memcpy(&word, s.ptr + n, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
        n += sizeof word;
    }
    while (n < s.len && (unsigned char)s.ptr[n] < 0x80)
        n++;
    return n;
}

/* Chinese is U+3000 to U+9FFF but for a few: leads E3 to E9 need no look at over-long forms or
 * surrogates. */
static size_t three_byte_run(struct str s)
{
    size_t n = 0;
    const unsigned char *p = (const unsigned char *)s.ptr;
    while (n + 3 <= s.len && p[n] >= 0xE3 && p[n] <= 0xE9 && (p[n + 1] & 0xC0) == 0x80 &&
           (p[n + 2] & 0xC0) == 0x80)
        n += 3;
    return n;
}

/* Copies what is valid; returns the bytes written, *rest is what must wait for more. */
static size_t copy_utf8(struct str *rest, bool is_last, char *out)
{
    size_t written = 0;
    while (rest->len) {
        size_t run = ascii_run(*rest);
        memcpy(out + written, rest->ptr, run);
        written += run;
        *rest = str_skip(*rest, run);
        if (rest->len == 0)
            break;
        if (!is_last && utf8_length((unsigned char)rest->ptr[0]) > rest->len)
            break;
        size_t chinese = three_byte_run(*rest);
        memcpy(out + written, rest->ptr, chinese);
        written += chinese;
        *rest = str_skip(*rest, chinese);
        if (chinese)
            continue;
        struct str before = *rest;
        if (utf8_next(rest) == UTF8_BAD) {
            written += put_replacement(out + written);
        } else {
            size_t len = before.len - rest->len;
            memcpy(out + written, before.ptr, len);
            written += len;
        }
    }
    return written;
}

static size_t convert(struct decoder *d, struct str *rest, bool is_last, char *out, size_t room)
{
    char *in = (char *)(uintptr_t)rest->ptr; /* iconv does not write there */
    size_t in_left = rest->len, out_left = room;
    char *to = out;
    while (in_left) {
        if (iconv(d->handle, &in, &in_left, &to, &out_left) != (size_t)-1)
            continue;
        ASSERT(errno != E2BIG); /* the caller gives room for the worst case */
        if (errno == EINVAL && !is_last)
            break;
        size_t unit = d->encoding == ENCODING_GB18030 || in_left < 2 ? 1 : 2;
        in += unit;
        in_left -= unit;
        ASSERT(out_left >= REPLACEMENT_BYTES);
        to += put_replacement(to);
        out_left -= REPLACEMENT_BYTES;
    }
    *rest = str_make(in, in_left);
    return (size_t)(to - out);
}

static size_t decode(struct decoder *d, struct str *rest, bool is_last, char *out)
{
    if (d->handle == (iconv_t)-1)
        return copy_utf8(rest, is_last, out);
    return convert(d, rest, is_last, out, rest->len * ENCODING_GROWTH);
}

/* Completes the character kept from the block before, byte by byte; returns the bytes written. */
static size_t finish_kept(struct decoder *d, struct str *block, bool is_last, char *out)
{
    size_t written = 0;
    while (d->kept_len && (block->len || is_last)) {
        if (block->len && d->kept_len < sizeof d->kept) {
            d->kept[d->kept_len++] = block->ptr[0];
            *block = str_skip(*block, 1);
        }
        struct str rest = str_make(d->kept, d->kept_len);
        written += decode(d, &rest, is_last && block->len == 0, out + written);
        memmove(d->kept, rest.ptr, rest.len);
        d->kept_len = rest.len;
    }
    return written;
}

size_t encoding_decode(struct decoder *d, struct str block, bool is_last, char *out)
{
    size_t written = finish_kept(d, &block, is_last, out);
    written += decode(d, &block, is_last, out + written);
    if (d->kept_len == 0) {
        ASSERT(block.len <= sizeof d->kept);
        memcpy(d->kept, block.ptr, block.len);
        d->kept_len = block.len;
    }
    return written;
}
