#include "common/rules/explain.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/rules/emit.h"

struct str explain_value(struct arena *a, enum rule_type type, const struct vocab *vocab,
                         enum explain_language language, const struct value *v)
{
    if (v->kind == VALUE_NULL)
        return STR("—");
    int n = (int)v->number;
    switch (type) {
    case RULE_INT:
        return str_format(a, "%lld", (long long)v->number);
    case RULE_MONEY:
        return str_format(a, "%lld.%02lld", (long long)(v->number / 100),
                          (long long)(v->number % 100));
    case RULE_AREA:
        return str_format(a, "%lld.%04lld", (long long)(v->number / 10000),
                          (long long)(v->number % 10000));
    case RULE_DATE:
        return str_format(a, "%04d-%02d-%02d", n / 10000, n / 100 % 100, n % 100);
    case RULE_MONTH:
        return str_format(a, "%04d-%02d", n / 100, n % 100);
    case RULE_BOOL:
        return language == EXPLAIN_ZH ? (v->number ? STR("是") : STR("否"))
                                      : (v->number ? STR("yes") : STR("no"));
    case RULE_TEXT:
        for (size_t i = 0; vocab && i < vocab->code_count; i++)
            if (str_equal(vocab->codes[i].code, v->text))
                return language == EXPLAIN_ZH ? vocab->codes[i].zh : vocab->codes[i].en;
        return v->text;
    }
    return STR_NONE;
}

static bool put_value(struct buf *out, struct arena *a, const struct rule *r,
                      enum explain_language language, const struct value *values,
                      int64_t amount_fen, struct str name)
{
    struct value amount = value_int(amount_fen);
    if (str_equal(name, STR("amount"))) {
        buf_put(out, explain_value(a, RULE_MONEY, NULL, language, &amount));
        return true;
    }
    for (size_t i = 0; i < r->let_count; i++)
        if (str_equal(r->lets[i].id, name)) {
            buf_put(out, explain_value(a, r->lets[i].type, r->lets[i].vocab, language, &values[i]));
            return true;
        }
    for (size_t i = 0; i < r->param_count; i++)
        if (str_equal(r->params[i].id, name)) {
            struct value v = value_int(r->params[i].value);
            buf_put(out, explain_value(a, r->params[i].type, NULL, language, &v));
            return true;
        }
    return false;
}

struct str explain_say(struct arena *a, const struct rule *r, enum explain_language language,
                       const struct value *values, int64_t amount_fen)
{
    struct str rest = language == EXPLAIN_ZH ? r->say_zh : r->say_en;
    struct buf out;
    buf_init(&out, a);
    while (rest.len) {
        size_t open = str_find(rest, '{');
        buf_put(&out, str_slice(rest, 0, open));
        rest = str_skip(rest, open);
        size_t close = str_find(rest, '}');
        if (rest.len == 0 || close == rest.len)
            break;
        if (!put_value(&out, a, r, language, values, amount_fen, str_slice(rest, 1, close)))
            buf_put(&out, str_slice(rest, 0, close + 1));
        rest = str_skip(rest, close + 1);
    }
    buf_put(&out, rest);
    return buf_str(&out);
}

int explain_points(int level, int64_t amount_fen)
{
    static const int base[] = {0, 10, 30, 50, 70, 90};
    ASSERT(level >= 1 && level <= 5);
    int tenths = amount_fen >= 10000000  ? 16
                 : amount_fen >= 1000000 ? 14
                 : amount_fen >= 100000  ? 12
                                         : 10;
    int points = base[level] * tenths / 10;
    return points > 100 ? 100 : points;
}

struct str explain_rule(struct arena *a, const struct rule *r, const struct catalog *c)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, STR_FMT " " STR_FMT " / " STR_FMT " (version %lld, %s)\n", STR_ARG(r->id),
               STR_ARG(r->zh), STR_ARG(r->en), (long long)r->version, rule_status_name(r->status));
    if (r->is_edge)
        buf_put_z(&out, "edge:    sites run it, too, over their own rows\n");
    buf_format(&out, "says:    " STR_FMT "\n         " STR_FMT "\n", STR_ARG(r->say_zh),
               STR_ARG(r->say_en));
    buf_format(&out, "by hand: " STR_FMT "\nbasis:   " STR_FMT "\n", STR_ARG(r->check_zh),
               STR_ARG(r->basis));
    for (size_t i = 0; i < r->param_count; i++)
        buf_format(&out, "param:   " STR_FMT " = %lld  " STR_FMT "\n", STR_ARG(r->params[i].id),
                   (long long)r->params[i].value, STR_ARG(r->params[i].zh));
    for (size_t i = 0; i < r->unless_count; i++)
        buf_format(&out, "unless:  " STR_FMT "  " STR_FMT " / " STR_FMT "\n",
                   STR_ARG(r->unless[i].id), STR_ARG(r->unless[i].zh), STR_ARG(r->unless[i].en));
    buf_format(&out, "indexes: " STR_FMT "\n\n", STR_ARG(emit_indexes(a, r)));
    buf_format(&out, STR_FMT "\n\n-- evidence\n" STR_FMT "\n",
               STR_ARG(emit_findings(a, r, c, EMIT_DIRTY, DDL_SQLITE)),
               STR_ARG(emit_evidence(a, r, c, DDL_SQLITE)));
    return buf_str(&out);
}
