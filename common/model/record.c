#include "common/model/record.h"

#include "common/base/buf.h"

static void put_value(struct buf *out, const struct value *v)
{
    char bytes[9];
    bytes[0] = (char)v->kind;
    if (v->kind == VALUE_NULL) {
        buf_put_bytes(out, bytes, 1);
        return;
    }
    uint64_t n = v->kind == VALUE_INT ? (uint64_t)v->number : v->text.len;
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (char)(n >> (56 - 8 * i));
    if (v->kind == VALUE_INT) {
        buf_put_bytes(out, bytes, 9);
        return;
    }
    bytes[4] = bytes[0]; /* the length is 4 bytes: kind and the lower half */
    buf_put_bytes(out, bytes + 4, 5);
    buf_put(out, v->text);
}

struct str record_canonical(struct arena *a, const struct record *r)
{
    struct buf out;
    size_t count = r->dataset->field_count;
    while (count > 0 && r->values[count - 1].kind == VALUE_NULL)
        count--;
    buf_init(&out, a);
    buf_reserve(&out, 256);
    for (size_t i = 0; i < count; i++)
        put_value(&out, &r->values[i]);
    return buf_str(&out);
}

/* Hashes without building the canonical form: two of these per row are on the path of every import.
 */
static void add_value(struct sha256 *s, const struct value *v, char *piece, size_t *used,
                      size_t size)
{
    char head[9];
    size_t head_len = 1;
    head[0] = (char)v->kind;
    uint64_t n = v->kind == VALUE_INT ? (uint64_t)v->number : v->text.len;
    size_t width = v->kind == VALUE_INT ? 8 : v->kind == VALUE_TEXT ? 4 : 0;
    for (size_t i = 0; i < width; i++)
        head[head_len++] = (char)(n >> (8 * (width - 1 - i)));
    struct str parts[2] = {{head, head_len}, v->kind == VALUE_TEXT ? v->text : STR_NONE};
    for (size_t p = 0; p < 2; p++) {
        if (*used + parts[p].len > size) {
            sha256_add(s, str_make(piece, *used));
            *used = 0;
        }
        if (parts[p].len > size) {
            sha256_add(s, parts[p]);
        } else if (parts[p].len) {
            __builtin_memcpy(piece + *used, parts[p].ptr, parts[p].len);
            *used += parts[p].len;
        }
    }
}

struct hash record_hash(const struct record *r)
{
    struct sha256 s;
    char piece[1024];
    size_t used = 0;
    size_t count = r->dataset->field_count;
    while (count > 0 && r->values[count - 1].kind == VALUE_NULL)
        count--;
    sha256_init(&s);
    for (size_t i = 0; i < count; i++)
        add_value(&s, &r->values[i], piece, &used, sizeof piece);
    sha256_add(&s, str_make(piece, used));
    return sha256_done(&s);
}

#define PLACE_BYTES 3
#define SERIAL_DIGITS 3 /* so many keys in a row lie together */

static void put_place(unsigned char *bytes, struct str text)
{
    uint64_t h = str_hash(text);
    for (size_t i = 0; i < PLACE_BYTES; i++, h >>= 8)
        bytes[i] = (unsigned char)(h ^ h >> 40);
}

/* What is written together shares the first bytes; the other 26 keep keys apart. */
static void put_neighbourhood(struct hash *h, struct str first)
{
    put_place(h->bytes,
              str_slice(first, 0, first.len > SERIAL_DIGITS ? first.len - SERIAL_DIGITS : 0));
    put_place(h->bytes + PLACE_BYTES, first);
}

struct hash record_key_hash(const struct record *r)
{
    struct sha256 s;
    char piece[512];
    size_t used = 0;
    struct value id = value_text(r->dataset->id);
    const struct value *first = &r->values[r->dataset->key[0]];
    sha256_init(&s);
    add_value(&s, &id, piece, &used, sizeof piece);
    for (size_t i = 0; i < r->dataset->key_count; i++)
        add_value(&s, &r->values[r->dataset->key[i]], piece, &used, sizeof piece);
    sha256_add(&s, str_make(piece, used));
    struct hash h = sha256_done(&s);
    if (first->kind == VALUE_TEXT)
        put_neighbourhood(&h, first->text);
    return h;
}
