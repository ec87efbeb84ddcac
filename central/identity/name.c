#include "central/identity/name.h"

#include "central/identity/chinese.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/nearest.h"

static bool is_dropped(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x00B7 || c == 0x2022 || c == 0x30FB || c == 0xFF0E ||
           c == '.' || c == UTF8_BAD;
}

struct str name_normalise(struct arena *a, struct str name)
{
    struct buf out;
    struct str rest = chinese_usual(a, name);
    buf_init(&out, a);
    while (rest.len) {
        uint32_t c = utf8_next(&rest);
        if (!is_dropped(c))
            utf8_put(&out, c);
    }
    return buf_str(&out);
}

static bool sound_alike(struct str a, struct str b)
{
    struct arena *work = arena_new((size_t)8 << 10);
    bool is_same = str_equal(chinese_sound(work, a), chinese_sound(work, b));
    arena_free(work);
    return is_same;
}

enum name_match name_compare(struct str a, struct str b)
{
    if (str_equal(a, b))
        return NAME_EQUAL;
    if (utf8_count(a) < 2 || utf8_count(b) < 2)
        return NAME_OTHER;
    return nearest_distance(a, b) == 1 || sound_alike(a, b) ? NAME_NEAR : NAME_OTHER;
}
