#include "central/identity/chinese.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define ROOM (CHINESE_CHARS_MAX * 8) /* a character may become a syllable of six letters */

enum table { TABLE_USUAL, TABLE_SOUND, TABLE_COUNT };

/* Opening one reads its rules (some 50 ms); a converter may not be used by two threads at once. */
static UTransliterator *converter(enum table table)
{
    static const UChar *const ids[TABLE_COUNT] = {u"Traditional-Simplified",
                                                  u"Han-Latin; Latin-ASCII; Lower"};
    static _Thread_local UTransliterator *open[TABLE_COUNT];
    UErrorCode e = U_ZERO_ERROR;
    if (!open[table])
        open[table] = utrans_openU(ids[table], -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    ASSERT(U_SUCCESS(e)); /* they come with the library */
    return open[table];
}

static struct str convert(struct arena *a, struct str text, enum table table)
{
    UChar raw[CHINESE_CHARS_MAX];
    UChar wide[ROOM];
    UErrorCode e = U_ZERO_ERROR;
    int32_t raw_len = 0;
    u_strFromUTF8(raw, COUNT_OF(raw), &raw_len, text.ptr ? text.ptr : "", (int32_t)text.len, &e);
    int32_t len = unorm2_normalize(unorm2_getNFKCInstance(&e), raw, raw_len, wide, ROOM, &e);
    int32_t limit = len;
    if (U_SUCCESS(e))
        utrans_transUChars(converter(table), wide, &len, ROOM, 0, &limit, &e);
    if (U_FAILURE(e))
        return text;
    char *out = arena_take_raw(a, (size_t)len * 3 + 1);
    int32_t out_len = 0;
    u_strToUTF8(out, len * 3 + 1, &out_len, wide, len, &e);
    return U_SUCCESS(e) ? str_make(out, (size_t)out_len) : text;
}

/* Numbers and Latin letters are in their usual form: most accounts and phones. */
static bool is_ascii(struct str text)
{
    size_t i = 0;
    while (i < text.len && (unsigned char)text.ptr[i] < 0x80)
        i++;
    return i == text.len;
}

struct str chinese_usual(struct arena *a, struct str text)
{
    return is_ascii(text) ? text : convert(a, text, TABLE_USUAL);
}

struct str chinese_sound(struct arena *a, struct str text)
{
    struct buf out;
    struct str spoken = convert(a, text, TABLE_SOUND);
    buf_init(&out, a);
    for (size_t i = 0; i < spoken.len; i++)
        if (spoken.ptr[i] != ' ')
            buf_put_char(&out, spoken.ptr[i]);
    return buf_str(&out);
}
