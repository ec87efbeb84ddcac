#include "common/model/type_parts.h"

#include "common/base/check.h"
#include "common/base/date.h"

#include <string.h>

#define WAN_FEN INT64_C(1000000) /* of 万元 */
#define DIGITS_MAX 17
/* Day 0 of spreadsheets is 1899-12-30, in days since 1970: right from March 1900 on. */
#define SERIAL_ZERO_DAYS (-25569)

/* A decimal as offices write it: sign, digits with separators, a point. Value × 10^scale. */
struct decimal {
    int64_t digits;
    int scale;
    bool is_negative;
};

/* Three digits and then none: "1,234". "1,5" may mean one and a half, so it is not taken. */
static bool is_group(struct str s)
{
    size_t n = 0;
    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        n++;
    return n == 3;
}

static bool parse_decimal(struct str s, struct decimal *out)
{
    struct decimal d = {0};
    int count = 0;
    bool has_point = false;
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        d.is_negative = s.ptr[0] == '-';
        s = str_skip(s, 1);
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c >= '0' && c <= '9') {
            if (++count > DIGITS_MAX)
                return false;
            d.digits = d.digits * 10 + (c - '0');
            d.scale += has_point;
        } else if (c == '.' && !has_point) {
            has_point = true;
        } else if (c != ',' || has_point || count == 0 || !is_group(str_skip(s, i + 1))) {
            return false;
        }
    }
    *out = d;
    return count > 0;
}

/* digits × 10^-scale × factor as an integer; false when it does not come out even or is too large.
 */
static bool scaled(struct decimal d, int64_t factor, int64_t *out)
{
    int64_t value = d.digits;
    while (d.scale > 0 && factor % 10 == 0) {
        factor /= 10;
        d.scale--;
    }
    while (d.scale > 0 && value % 10 == 0) {
        value /= 10;
        d.scale--;
    }
    if (d.scale > 0 || __builtin_mul_overflow(value, factor, &value))
        return false;
    *out = d.is_negative ? -value : value;
    return true;
}

static struct str strip_unit(struct str s, const struct str *units, size_t count,
                             bool *out_is_found)
{
    *out_is_found = false;
    for (size_t i = 0; i < count; i++)
        if (str_ends(s, units[i])) {
            *out_is_found = true;
            return str_trim(str_slice(s, 0, s.len - units[i].len));
        }
    return s;
}

enum type_verdict type_parse_int(struct arena *a, const struct field *f, struct str cell,
                                 struct value *out, struct type_fault *out_fault)
{
    (void)a;
    (void)f;
    struct decimal d;
    int64_t value;
    if (!parse_decimal(cell, &d) || !scaled(d, 1, &value))
        return type_bad(out_fault, "int.shape", STR("应为整数，例如 12"),
                        STR("expected a whole number such as 12"));
    *out = value_int(value);
    return TYPE_FINE;
}

enum type_verdict type_parse_money(struct arena *a, const struct field *f, struct str cell,
                                   struct value *out, struct type_fault *out_fault)
{
    static const struct str yi[] = {STR_INIT("亿元"), STR_INIT("亿")};
    static const struct str wan[] = {STR_INIT("万元"), STR_INIT("万")};
    static const struct str yuan[] = {STR_INIT("元")};
    static const struct str signs[] = {STR_INIT("¥"), STR_INIT("￥"), STR_INIT("RMB")};
    (void)a;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (str_starts(cell, signs[i]))
            cell = str_trim(str_skip(cell, signs[i].len));
    bool is_found;
    int64_t factor = f->unit_factor ? f->unit_factor : 100;
    struct str rest = strip_unit(cell, yi, COUNT_OF(yi), &is_found);
    if (is_found) {
        factor = INT64_C(10000000000);
    } else {
        rest = strip_unit(cell, wan, COUNT_OF(wan), &is_found);
        if (is_found)
            factor = WAN_FEN;
        else {
            rest = strip_unit(cell, yuan, COUNT_OF(yuan), &is_found);
            factor = is_found ? 100 : factor;
        }
    }
    struct decimal d;
    int64_t fen;
    if (!parse_decimal(rest, &d))
        return type_bad(out_fault, "money.shape", STR("应为金额，例如 1234.50、1,234.50 或 1.2万"),
                        STR("expected an amount such as 1234.50, 1,234.50 or 1.2万"));
    if (!scaled(d, factor, &fen))
        return type_bad(out_fault, "money.precision", STR("金额最多精确到分(0.01 元),且不得过大"),
                        STR("an amount has at most two decimals of a yuan, and a bounded size"));
    *out = value_int(fen);
    return TYPE_FINE;
}

enum type_verdict type_parse_area(struct arena *a, const struct field *f, struct str cell,
                                  struct value *out, struct type_fault *out_fault)
{
    static const struct str mu[] = {STR_INIT("亩")};
    static const struct str shang[] = {STR_INIT("垧"),
                                       STR_INIT("公顷")}; /* both 15 mu (north-eastern 垧) */
    (void)a;
    /* 1 mu is 2,000/3 square metres, so a square metre is 15 of the units exactly */
    static const struct str metres[] = {STR_INIT("平方米"), STR_INIT("㎡"), STR_INIT("m2")};
    bool is_shang;
    bool is_mu;
    bool is_metres;
    struct str rest = strip_unit(cell, shang, COUNT_OF(shang), &is_shang);
    rest = strip_unit(rest, metres, COUNT_OF(metres), &is_metres);
    rest = strip_unit(rest, mu, COUNT_OF(mu), &is_mu);
    struct decimal d;
    int64_t area;
    if (!parse_decimal(rest, &d) || !scaled(d,
                                            is_shang         ? 150000
                                            : is_metres      ? 15
                                            : is_mu          ? 10000
                                            : f->unit_factor ? f->unit_factor
                                                             : 10000,
                                            &area))
        return type_bad(out_fault, "area.shape", STR("应为面积，例如 12.5(亩，最多四位小数)"),
                        STR("expected an area such as 12.5 (mu, at most four decimals)"));
    *out = value_int(area);
    return TYPE_FINE;
}

static int64_t digits_at(struct str s, size_t *at, size_t most)
{
    int64_t n = -1;
    size_t from = *at;
    while (*at < s.len && *at - from < most && s.ptr[*at] >= '0' && s.ptr[*at] <= '9') {
        n = (n < 0 ? 0 : n) * 10 + (s.ptr[*at] - '0');
        (*at)++;
    }
    return n;
}

/* Skips one separator of a date: - . / or 年 月. */
static bool skip_separator(struct str s, size_t *at)
{
    static const struct str separators[] = {STR_INIT("-"), STR_INIT("."), STR_INIT("/"),
                                            STR_INIT("年"), STR_INIT("月")};
    for (size_t i = 0; i < COUNT_OF(separators); i++)
        if (str_starts(str_skip(s, *at), separators[i])) {
            *at += separators[i].len;
            return true;
        }
    return false;
}

static bool ends_well(struct str s, size_t at, struct str suffix)
{
    struct str rest = str_skip(s, at);
    if (str_starts(rest, suffix))
        rest = str_skip(rest, suffix.len);
    /* a time of day behind the date is no part of a civil date */
    return rest.len == 0 || ((rest.ptr[0] == ' ' || rest.ptr[0] == 'T') && rest.len > 1 &&
                             rest.ptr[1] >= '0' && rest.ptr[1] <= '9');
}

enum type_verdict type_parse_date(struct arena *a, const struct field *f, struct str cell,
                                  struct value *out, struct type_fault *out_fault)
{
    size_t at = 0;
    int64_t year = digits_at(cell, &at, 8);
    int32_t ymd = 0;
    bool is_serial = at == 5 && at == cell.len && year >= 10000;
    if (is_serial) {
        ymd = date_from_days(year + SERIAL_ZERO_DAYS);
    } else if (at == 8) {
        ymd = ends_well(cell, at, STR_NONE) ? (int32_t)year : 0;
    } else if (at == 4 && skip_separator(cell, &at)) {
        int64_t month = digits_at(cell, &at, 2);
        bool has_second = skip_separator(cell, &at);
        int64_t day = digits_at(cell, &at, 2);
        if (month >= 0 && has_second && day >= 0 && ends_well(cell, at, STR("日")))
            ymd = date_make((int)year, (int)month, (int)day);
    }
    if (ymd == 0)
        return type_bad(
            out_fault, "date.shape",
            STR("应为日期，例如 2022-04-03、2022.4.3、20220403 或 2022年4月3日"),
            STR("expected a date such as 2022-04-03, 2022.4.3, 20220403 or 2022年4月3日"));
    if (!date_is_valid(ymd))
        return type_bad(out_fault, "date.impossible", STR("没有这一天，请核对年、月、日"),
                        STR("there is no such day"));
    if (ymd < 19000101 || ymd > 21001231)
        return type_bad(out_fault, "date.range", STR("日期应在 1900 年至 2100 年之间"),
                        STR("a date lies between 1900 and 2100"));
    *out = value_int(ymd);
    if (!is_serial)
        return TYPE_FINE;
    struct str read = type_format_date(a, f, out);
    return type_doubt(
        out_fault, "date.serial",
        str_format(a, "这是表格软件的日期序号，已读作 " STR_FMT ",请核对", STR_ARG(read)),
        str_format(a, "a spreadsheet's day number, read as " STR_FMT, STR_ARG(read)));
}

enum type_verdict type_parse_month(struct arena *a, const struct field *f, struct str cell,
                                   struct value *out, struct type_fault *out_fault)
{
    (void)a;
    (void)f;
    size_t at = 0;
    int64_t first = digits_at(cell, &at, 8);
    int32_t ym = 0;
    if (at == 6 && at == cell.len) {
        ym = (int32_t)first;
    } else if (at == 8 && at == cell.len) {
        ym = (int32_t)(first / 100); /* a whole date stands for its month */
    } else if (at == 4 && skip_separator(cell, &at)) {
        int64_t month = digits_at(cell, &at, 2);
        struct str rest = str_skip(cell, at);
        if (month >= 0 &&
            (rest.len == 0 || str_equal(rest, STR("月")) || str_equal(rest, STR("月份"))))
            ym = (int32_t)(first * 100 + month);
        else if (month >= 0 && skip_separator(cell, &at) && digits_at(cell, &at, 2) > 0 &&
                 ends_well(cell, at, STR("日")))
            ym = (int32_t)(first * 100 + month);
    }
    if (!date_month_is_valid(ym) || ym < 190001 || ym > 210012)
        return type_bad(out_fault, "month.shape",
                        STR("应为月份，例如 202204、2022-04 或 2022年4月"),
                        STR("expected a month such as 202204, 2022-04 or 2022年4月"));
    *out = value_int(ym);
    if (cell.len == 6 && cell.ptr[4] == '.' && cell.ptr[5] == '1')
        return type_doubt(
            out_fault, "month.cut",
            STR("已读作 1 月；如原为 10 月，是表格软件去掉了末尾的 0,请改为 202210 的写法"),
            STR("read as January; if it was October, a spreadsheet dropped the zero"));
    return TYPE_FINE;
}

struct str type_format_int(struct arena *a, const struct field *f, const struct value *v)
{
    (void)f;
    return str_format(a, "%lld", (long long)v->number);
}

/* In the column's unit: whoever sees 3000 under a header in 万元 sees ten thousand times the sum.
 */
struct str type_format_money(struct arena *a, const struct field *f, const struct value *v)
{
    uint64_t n = v->number < 0 ? (uint64_t)0 - (uint64_t)v->number : (uint64_t)v->number;
    const char *sign = v->number < 0 ? "-" : "";
    if (f->unit_factor != WAN_FEN)
        return str_format(a, "%s%llu.%02llu", sign, (unsigned long long)(n / 100),
                          (unsigned long long)(n % 100));
    struct str text = str_format(a, "%s%llu.%06llu", sign, (unsigned long long)(n / WAN_FEN),
                                 (unsigned long long)(n % WAN_FEN));
    for (int spare = 4; spare > 0 && text.ptr[text.len - 1] == '0'; spare--)
        text.len--;
    return text;
}

struct str type_format_area(struct arena *a, const struct field *f, const struct value *v)
{
    (void)f;
    uint64_t n = v->number < 0 ? (uint64_t)0 - (uint64_t)v->number : (uint64_t)v->number;
    return str_format(a, "%s%llu.%04llu", v->number < 0 ? "-" : "", (unsigned long long)(n / 10000),
                      (unsigned long long)(n % 10000));
}

struct str type_format_date(struct arena *a, const struct field *f, const struct value *v)
{
    (void)f;
    int n = (int)v->number;
    return str_format(a, "%04d-%02d-%02d", n / 10000, n / 100 % 100, n % 100);
}

struct str type_format_month(struct arena *a, const struct field *f, const struct value *v)
{
    (void)f;
    return str_format(a, "%04d-%02d", (int)v->number / 100, (int)v->number % 100);
}
