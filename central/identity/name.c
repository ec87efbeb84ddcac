#include "central/identity/name.h"

#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/nearest.h"

/* Variants that stand in names of older registers, as pairs: traditional or variant form, usual
 * form. */
static const struct {
    uint32_t from, to;
} variants[] = {
    {0x5F35, 0x5F20}, {0x9673, 0x9648}, {0x5289, 0x5218}, {0x8D99, 0x8D75}, {0x99AC, 0x9A6C},
    {0x5433, 0x5434}, {0x5442, 0x5415}, {0x8449, 0x53F6}, {0x570B, 0x56FD}, {0x6771, 0x4E1C},
    {0x83EF, 0x534E}, {0x9F8D, 0x9F99}, {0x9CF3, 0x51E4}, {0x862D, 0x5170}, {0x96F2, 0x4E91},
    {0x5049, 0x4F1F}, {0x7D05, 0x7EA2}, {0x9EC3, 0x9EC4}, {0x694A, 0x6768}, {0x5B6B, 0x5B59},
    {0x97D3, 0x97E9}, {0x99AE, 0x51AF}, {0x9127, 0x9093}, {0x8B1D, 0x8C22}, {0x856D, 0x8427},
    {0x8607, 0x82CF}, {0x76E7, 0x5362}, {0x8523, 0x848B}, {0x95BB, 0x960E}, {0x9322, 0x94B1},
    {0x9418, 0x949F}, {0x9E97, 0x4E3D}, {0x5B78, 0x5B66}, {0x8208, 0x5174}, {0x5EE3, 0x5E7F},
    {0x6176, 0x5E86}, {0x6A39, 0x6811}, {0x5BF6, 0x5B9D}, {0x8CB4, 0x8D35}, {0x6F54, 0x6D01},
};

static uint32_t usual(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(variants); i++)
        if (variants[i].from == c)
            return variants[i].to;
    return c;
}

static bool is_dropped(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x00B7 || c == 0x2022 || c == 0x30FB || c == 0xFF0E ||
           c == '.' || c == UTF8_BAD;
}

struct str name_normalise(struct arena *a, struct str name)
{
    struct buf out;
    struct str rest = utf8_fold_width(a, name);
    buf_init(&out, a);
    while (rest.len) {
        uint32_t c = utf8_next(&rest);
        if (!is_dropped(c))
            utf8_put(&out, usual(c));
    }
    return buf_str(&out);
}

enum name_match name_compare(struct str a, struct str b)
{
    if (str_equal(a, b))
        return NAME_EQUAL;
    if (utf8_count(a) < 2 || utf8_count(b) < 2)
        return NAME_OTHER;
    return nearest_distance(a, b) == 1 ? NAME_NEAR : NAME_OTHER;
}
