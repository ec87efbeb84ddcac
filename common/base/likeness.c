#include "common/base/likeness.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/utf8.h"

#include <stdlib.h>

static struct str first_characters(struct str text, size_t most)
{
    struct str rest = text;
    while (rest.len && most--)
        utf8_next(&rest);
    return str_slice(text, 0, text.len - rest.len);
}

/* Blanks and punctuation: of ASCII, of Latin-1, the general and the Chinese block (々 and 〇 are
 * written in names and stay). */
static bool is_left_out(uint32_t c)
{
    if (c < 0x80)
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
    return (c >= 0x80 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x303F && c != 0x3005 && c != 0x3007) || c == 0x30FB ||
           c == 0xFEFF || c == UTF8_BAD;
}

struct str likeness_plain(struct arena *a, struct str text)
{
    struct buf out;
    buf_init(&out, a);
    text = utf8_fold_width(a, first_characters(text, LIKENESS_CHARS_MAX));
    while (text.len) {
        uint32_t c = utf8_next(&text);
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        if (!is_left_out(c))
            utf8_put(&out, c);
    }
    return buf_str(&out);
}

static int by_pair(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t pairs_of(struct arena *a, struct str text, uint64_t **out_pairs)
{
    uint64_t *pairs = NEW_ARRAY(a, uint64_t, text.len + 1);
    uint64_t last = utf8_next(&text);
    size_t count = 0;
    while (text.len) {
        uint64_t next = utf8_next(&text);
        pairs[count++] = last << 32 | next;
        last = next;
    }
    qsort(pairs, count, sizeof *pairs, by_pair);
    *out_pairs = pairs;
    return count;
}

int likeness_percent(struct arena *a, struct str x, struct str y)
{
    uint64_t *of_x;
    uint64_t *of_y;
    if (x.len == 0 || y.len == 0)
        return -1;
    size_t n = pairs_of(a, x, &of_x);
    size_t m = pairs_of(a, y, &of_y);
    size_t shared = 0;
    if (n == 0 || m == 0)
        return str_equal(x, y) ? 100 : 0;
    for (size_t i = 0, j = 0; i < n && j < m;) {
        shared += of_x[i] == of_y[j];
        uint64_t pair = of_x[i];
        i += pair <= of_y[j];
        j += pair >= of_y[j];
    }
    return (int)(200 * shared / (n + m));
}
