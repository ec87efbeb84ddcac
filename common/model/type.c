#include "common/model/type.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/citizen.h"
#include "common/model/nearest.h"
#include "common/model/type_parts.h"
#include "common/model/uscc.h"

#define TEXT_CHARS_MAX 4000

enum type_verdict type_bad(struct type_fault *out_fault, const char *code, struct str zh,
                           struct str en)
{
    *out_fault = (struct type_fault){code, zh, en};
    return TYPE_BAD;
}

enum type_verdict type_doubt(struct type_fault *out_fault, const char *code, struct str zh,
                             struct str en)
{
    *out_fault = (struct type_fault){code, zh, en};
    return TYPE_DOUBT;
}

/* 2.31282E+17: what a spreadsheet makes of a long number. The digits are gone, no cure at our end.
 */
static bool is_scientific(struct str s)
{
    bool has_e = false;
    if (str_find(s, '.') == s.len && str_find(s, '+') == s.len)
        return false; /* E alone is a legal character of a credit code */
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if ((c == 'e' || c == 'E') && i > 0 && !has_e)
            has_e = true;
        else if ((c < '0' || c > '9') && c != '.' && c != '+')
            return false;
    }
    return has_e && s.len > 3;
}

static enum type_verdict bad_scientific(struct type_fault *out_fault)
{
    return type_bad(
        out_fault, "id.scientific",
        STR("号码变成了科学计数法，后几位已丢失；请把该列设为“文本”格式，从原系统重新导出"),
        STR("the number was turned into scientific notation and its digits are lost; format the "
            "column as text and "
            "export again"));
}

static struct str upper(struct arena *a, struct str s)
{
    size_t i = 0;
    while (i < s.len && (s.ptr[i] < 'a' || s.ptr[i] > 'z'))
        i++;
    if (i == s.len)
        return s;
    char *out = arena_take_raw(a, s.len);
    for (i = 0; i < s.len; i++)
        out[i] = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i];
    return str_make(out, s.len);
}

static bool is_one_of(struct str set, char c)
{
    for (size_t i = 0; i < set.len; i++)
        if (set.ptr[i] == c)
            return true;
    return false;
}

/* Leading apostrophes come from spreadsheets that kept a number as text; spaces and hyphens from
 * print. */
static struct str strip(struct arena *a, struct str s, struct str dropped)
{
    size_t i = 0;
    while (i < s.len && !is_one_of(dropped, s.ptr[i]))
        i++;
    if (i == s.len)
        return s;
    char *out = arena_take_raw(a, s.len);
    size_t len = 0;
    for (i = 0; i < s.len; i++)
        if (!is_one_of(dropped, s.ptr[i]))
            out[len++] = s.ptr[i];
    return str_make(out, len);
}

static enum type_verdict parse_text(struct arena *a, const struct field *f, struct str cell,
                                    struct value *out, struct type_fault *out_fault)
{
    size_t most = f->length_max ? f->length_max : TEXT_CHARS_MAX;
    if (cell.len > most && utf8_count(cell) > most)
        return type_bad(out_fault, "length", str_format(a, "最多 %zu 个字", most),
                        str_format(a, "at most %zu characters", most));
    *out = value_text(cell);
    return TYPE_FINE;
}

static enum type_verdict parse_bool(struct arena *a, const struct field *f, struct str cell,
                                    struct value *out, struct type_fault *out_fault)
{
    static const struct str yes[] = {STR_INIT("是"),  STR_INIT("1"), STR_INIT("Y"),
                                     STR_INIT("YES"), STR_INIT("√"), STR_INIT("有"),
                                     STR_INIT("TRUE")};
    static const struct str no[] = {STR_INIT("否"),   STR_INIT("0"), STR_INIT("N"),
                                    STR_INIT("NO"),   STR_INIT("×"), STR_INIT("无"),
                                    STR_INIT("FALSE")};
    (void)a;
    (void)f;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (str_equal_fold(cell, yes[i]) || str_equal_fold(cell, no[i])) {
            *out = value_int(str_equal_fold(cell, yes[i]));
            return TYPE_FINE;
        }
    return type_bad(out_fault, "bool.shape", STR("应填“是”或“否”"),
                    STR("expected 是 or 否 (yes or no)"));
}

static enum type_verdict parse_citizen(struct arena *a, const struct field *f, struct str cell,
                                       struct value *out, struct type_fault *out_fault)
{
    (void)f;
    if (is_scientific(cell))
        return bad_scientific(out_fault);
    cell = upper(a, strip(a, cell, STR(" '-")));
    *out = value_text(cell);
    switch (citizen_check(cell)) {
    case CITIZEN_FINE:
        return TYPE_FINE;
    case CITIZEN_DOUBT_BIRTH:
        return type_doubt(out_fault, "id.birth", STR("身份证号中的出生日期不可能存在，请核对"),
                          STR("the birth date inside the identity number cannot be"));
    case CITIZEN_DOUBT_REGION:
        return type_doubt(out_fault, "id.region", STR("身份证号的地区码不认识，请核对"),
                          STR("the region inside the identity number is unknown"));
    case CITIZEN_BAD_LENGTH:
        return type_bad(
            out_fault, "id.length",
            str_format(a, "身份证号应为 18 位(或旧 15 位),此处有 %zu 位；请核对原件",
                       utf8_count(cell)),
            str_format(a, "an identity number has 18 characters (or 15 old ones), this has %zu",
                       utf8_count(cell)));
    case CITIZEN_BAD_ALPHABET:
        return type_bad(out_fault, "id.alphabet", STR("身份证号只能有数字，最后一位可为 X"),
                        STR("an identity number has digits only, the last may be X"));
    case CITIZEN_BAD_CHECK:
        return type_bad(out_fault, "id.checksum",
                        STR("身份证号校验位不符，有一位或几位录错；请核对原件"),
                        STR("the check character does not fit: some digit is wrong"));
    }
    return TYPE_BAD;
}

static enum type_verdict parse_uscc(struct arena *a, const struct field *f, struct str cell,
                                    struct value *out, struct type_fault *out_fault)
{
    (void)f;
    if (is_scientific(cell))
        return bad_scientific(out_fault);
    cell = upper(a, strip(a, cell, STR(" '-")));
    *out = value_text(cell);
    switch (uscc_check(cell)) {
    case USCC_FINE:
        return TYPE_FINE;
    case USCC_DOUBT_CLASS:
        return type_doubt(out_fault, "uscc.class",
                          STR("信用代码前两位不是已知的登记机关和机构类别"),
                          STR("the first two characters are no known authority and class"));
    case USCC_DOUBT_ORGANISATION:
        return type_doubt(out_fault, "uscc.organisation", STR("信用代码中的组织机构代码校验不符"),
                          STR("the organisation code inside does not check"));
    case USCC_BAD_LENGTH:
        return type_bad(out_fault, "uscc.length", STR("统一社会信用代码应为 18 位"),
                        STR("a credit code has 18 characters"));
    case USCC_BAD_ALPHABET:
        return type_bad(out_fault, "uscc.alphabet",
                        STR("统一社会信用代码只用数字和大写字母(不含 I、O、S、V、Z)"),
                        STR("a credit code has digits and capitals other than I, O, S, V, Z"));
    case USCC_BAD_CHECK:
        return type_bad(out_fault, "uscc.checksum", STR("统一社会信用代码校验位不符，请核对"),
                        STR("the check character of the credit code does not fit"));
    }
    return TYPE_BAD;
}

static bool is_of_code(const struct vocab_code *c, struct str cell)
{
    if (str_equal(cell, c->zh) || str_equal(cell, c->code) || str_equal_fold(cell, c->en))
        return true;
    for (size_t i = 0; i < c->alias_count; i++)
        if (str_equal(cell, c->aliases[i]))
            return true;
    return false;
}

static enum type_verdict parse_code(struct arena *a, const struct field *f, struct str cell,
                                    struct value *out, struct type_fault *out_fault)
{
    for (size_t i = 0; i < f->vocab->code_count; i++)
        if (is_of_code(&f->vocab->codes[i], cell)) {
            *out = value_text(f->vocab->codes[i].code);
            return TYPE_FINE;
        }
    struct nearest n;
    nearest_init(&n, cell);
    for (size_t i = 0; i < f->vocab->code_count; i++)
        nearest_offer(&n, f->vocab->codes[i].zh);
    struct str best = nearest_best(&n);
    if (best.len)
        return type_bad(out_fault, "code.unknown",
                        str_format(a, "“" STR_FMT "”中没有这一项；是不是“" STR_FMT "”?",
                                   STR_ARG(f->vocab->zh), STR_ARG(best)),
                        str_format(a, "not a code of " STR_FMT "; did you mean " STR_FMT "?",
                                   STR_ARG(f->vocab->id), STR_ARG(best)));
    return type_bad(out_fault, "code.unknown",
                    str_format(a, "“" STR_FMT "”中没有这一项，例如应为“" STR_FMT "”",
                               STR_ARG(f->vocab->zh), STR_ARG(f->vocab->codes[0].zh)),
                    str_format(a, "not a code of " STR_FMT ", such as " STR_FMT,
                               STR_ARG(f->vocab->id), STR_ARG(f->vocab->codes[0].zh)));
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

static enum type_verdict parse_division(struct arena *a, const struct field *f, struct str cell,
                                        struct value *out, struct type_fault *out_fault)
{
    (void)f;
    if (is_scientific(cell))
        return bad_scientific(out_fault);
    cell = strip(a, cell, STR(" '"));
    if (!is_digits(cell) || (cell.len != 6 && cell.len != 9 && cell.len != 12))
        return type_bad(out_fault, "division.shape", STR("区划代码应为 6、9 或 12 位数字"),
                        STR("a division code has 6, 9 or 12 digits"));
    *out = value_text(cell);
    return TYPE_FINE;
}

static enum type_verdict parse_account(struct arena *a, const struct field *f, struct str cell,
                                       struct value *out, struct type_fault *out_fault)
{
    (void)f;
    if (is_scientific(cell))
        return bad_scientific(out_fault);
    cell = strip(a, cell, STR(" '-"));
    if (!is_digits(cell) || cell.len < 8 || cell.len > 32)
        return type_bad(out_fault, "account.shape", STR("银行账号应为 8 至 32 位数字"),
                        STR("an account has 8 to 32 digits"));
    *out = value_text(cell);
    return TYPE_FINE;
}

static struct str format_text(struct arena *a, const struct field *f, const struct value *v)
{
    (void)a;
    (void)f;
    return v->text;
}

static struct str format_bool(struct arena *a, const struct field *f, const struct value *v)
{
    (void)a;
    (void)f;
    return v->number ? STR("是") : STR("否");
}

static struct str format_code(struct arena *a, const struct field *f, const struct value *v)
{
    (void)a;
    for (size_t i = 0; i < f->vocab->code_count; i++)
        if (str_equal(f->vocab->codes[i].code, v->text))
            return f->vocab->codes[i].zh;
    return v->text;
}

#define INT_SQL "INTEGER", "BIGINT"
#define TEXT_SQL "TEXT", "TEXT"

static const struct type types[] = {
    {"text", FIELD_TEXT, VALUE_TEXT, TEXT_SQL, "文字", "text", parse_text, format_text},
    {"int", FIELD_INT, VALUE_INT, INT_SQL, "整数", "whole number", type_parse_int, type_format_int},
    {"money", FIELD_MONEY, VALUE_INT, INT_SQL, "金额", "amount in yuan, stored in fen",
     type_parse_money, type_format_money},
    {"area", FIELD_AREA, VALUE_INT, INT_SQL, "面积(亩)", "area in mu, stored in 1/10,000",
     type_parse_area, type_format_area},
    {"date", FIELD_DATE, VALUE_INT, INT_SQL, "日期", "date, stored as YYYYMMDD", type_parse_date,
     type_format_date},
    {"month", FIELD_MONTH, VALUE_INT, INT_SQL, "月份", "month, stored as YYYYMM", type_parse_month,
     type_format_month},
    {"bool", FIELD_BOOL, VALUE_INT, INT_SQL, "是或否", "yes or no", parse_bool, format_bool},
    {"citizen", FIELD_CITIZEN, VALUE_TEXT, TEXT_SQL, "公民身份号码", "identity number (GB 11643)",
     parse_citizen, format_text},
    {"uscc", FIELD_USCC, VALUE_TEXT, TEXT_SQL, "统一社会信用代码", "credit code (GB 32100)",
     parse_uscc, format_text},
    {"code", FIELD_CODE, VALUE_TEXT, TEXT_SQL, "代码项", "code of a vocabulary", parse_code,
     format_code},
    {"division", FIELD_DIVISION, VALUE_TEXT, TEXT_SQL, "区划代码", "division code (GB/T 2260)",
     parse_division, format_text},
    {"account", FIELD_ACCOUNT, VALUE_TEXT, TEXT_SQL, "银行账号", "bank account", parse_account,
     format_text},
    {"datetime", FIELD_DATETIME, VALUE_INT, INT_SQL, "日期和时间",
     "date and time, stored as YYYYMMDDhhmmss", type_parse_datetime, type_format_datetime},
    {"quantity", FIELD_QUANTITY, VALUE_INT, INT_SQL, "数量", "quantity, stored in 1/10,000",
     type_parse_quantity, type_format_area},
    {"percent", FIELD_PERCENT, VALUE_INT, INT_SQL, "百分数", "percentage, stored in 1/100 of it",
     type_parse_percent, type_format_money},
    {"party", FIELD_PARTY, VALUE_TEXT, TEXT_SQL, "身份证号或统一社会信用代码",
     "identity number or credit code", type_parse_party, format_text},
};

const struct type *type_of(enum field_kind kind)
{
    ASSERT(types[kind].kind == kind);
    return &types[kind];
}

const struct type *type_named(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_equal(word, str_of(types[i].word)))
            return &types[i];
    return NULL;
}

enum type_verdict type_parse(struct arena *a, const struct field *f, struct str cell,
                             struct value *out, struct type_fault *out_fault)
{
    const struct type *type = type_of(f->kind);
    enum type_verdict verdict = type->parse(a, f, cell, out, out_fault);
    if (verdict == TYPE_BAD || !f->has_range || (out->number >= f->least && out->number <= f->most))
        return verdict;
    struct value least = value_int(f->least);
    struct value most = value_int(f->most);
    struct str from = type->format(a, f, &least);
    struct str to = type->format(a, f, &most);
    return type_bad(
        out_fault, "range",
        str_format(a, "应在 " STR_FMT " 至 " STR_FMT " 之间", STR_ARG(from), STR_ARG(to)),
        str_format(a, "expected between " STR_FMT " and " STR_FMT, STR_ARG(from), STR_ARG(to)));
}

struct str type_format(struct arena *a, const struct field *f, const struct value *v)
{
    return v->kind == VALUE_NULL ? STR_NONE : type_of(f->kind)->format(a, f, v);
}
