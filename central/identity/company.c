#include "central/identity/company.h"

#include "central/identity/name.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"

static bool is_bracket(uint32_t c)
{
    return c == '(' || c == ')' || c == '[' || c == ']' || c == 0x3010 || c == 0x3011 ||
           c == 0x3014 || c == 0x3015; /* 【】〔〕 */
}

struct str company_normalise(struct arena *a, struct str name)
{
    static const struct str whole = STR_INIT("有限责任公司");
    static const struct str usual = STR_INIT("有限公司");
    struct buf out;
    struct str rest = name_normalise(a, name);
    buf_init(&out, a);
    while (rest.len) {
        if (str_starts(rest, whole)) {
            buf_put(&out, usual);
            rest = str_skip(rest, whole.len);
            continue;
        }
        uint32_t c = utf8_next(&rest);
        if (!is_bracket(c))
            utf8_put(&out, c);
    }
    return buf_str(&out);
}

struct str company_head(struct str normalised)
{
    static const struct str firm = STR_INIT("公司");
    static const struct str ends[] = {STR_INIT("分公司"), STR_INIT("营业部"), STR_INIT("分店"),
                                      STR_INIT("门市部"), STR_INIT("办事处"), STR_INIT("项目部")};
    size_t at = 0;
    while (at < normalised.len && !str_starts(str_skip(normalised, at), firm))
        at++;
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (at > 0 && at + firm.len < normalised.len && str_ends(normalised, ends[i]))
            return str_slice(normalised, 0, at + firm.len);
    return STR_NONE;
}
