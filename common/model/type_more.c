#include "common/model/type_parts.h"

#include "common/base/date.h"
#include "common/model/citizen.h"
#include "common/model/uscc.h"

/* Two digits behind ':' or at the start; -1 when they are not there or too large. */
static int two_digits(struct str *rest, bool with_colon, int most)
{
    struct str s = *rest;
    if (with_colon) {
        if (!str_starts(s, STR(":")))
            return -1;
        s = str_skip(s, 1);
    }
    size_t n = 0;
    int value = 0;
    while (n < s.len && n < 2 && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        value = value * 10 + (s.ptr[n++] - '0');
    if (n == 0 || value > most)
        return -1;
    *rest = str_skip(s, n);
    return value;
}

/* " 9:30", "T09:30:05"; nothing stands for midnight. False: no time of day. */
static bool time_of_day(struct str rest, int64_t *out_hms)
{
    *out_hms = 0;
    rest = str_trim(str_starts(rest, STR("T")) ? str_skip(rest, 1) : rest);
    if (rest.len == 0)
        return true;
    int hour = two_digits(&rest, false, 23);
    int minute = hour < 0 ? -1 : two_digits(&rest, true, 59);
    int second = rest.len ? two_digits(&rest, true, 59) : 0;
    *out_hms = (int64_t)hour * 10000 + minute * 100 + second;
    return hour >= 0 && minute >= 0 && second >= 0 && rest.len == 0;
}

enum type_verdict type_parse_datetime(struct arena *a, const struct field *f, struct str cell,
                                      struct value *out, struct type_fault *out_fault)
{
    size_t end = 0;
    int64_t hms;
    while (end < cell.len && cell.ptr[end] != ' ' && cell.ptr[end] != 'T')
        end++;
    enum type_verdict verdict = type_parse_date(a, f, str_slice(cell, 0, end), out, out_fault);
    if (verdict == TYPE_BAD)
        return verdict;
    if (!time_of_day(str_skip(cell, end), &hms))
        return type_bad(out_fault, "time.shape", STR("日期之后应为时间，例如 2022-04-03 09:30"),
                        STR("a time of day is expected behind the date, such as 2022-04-03 09:30"));
    *out = value_int(out->number * 1000000 + hms);
    return verdict;
}

struct str type_format_datetime(struct arena *a, const struct field *f, const struct value *v)
{
    struct value day = value_int(v->number / 1000000);
    int hms = (int)(v->number % 1000000);
    struct str date = type_format_date(a, f, &day);
    return str_format(a, STR_FMT " %02d:%02d:%02d", STR_ARG(date), hms / 10000, hms / 100 % 100,
                      hms % 100);
}

/* As areas, without their units: four decimals. */
enum type_verdict type_parse_quantity(struct arena *a, const struct field *f, struct str cell,
                                      struct value *out, struct type_fault *out_fault)
{
    static const struct field plain = {.unit_factor = 10000};
    bool is_number = cell.len && (cell.ptr[cell.len - 1] >= '0' && cell.ptr[cell.len - 1] <= '9');
    (void)f;
    if (is_number && type_parse_area(a, &plain, cell, out, out_fault) != TYPE_BAD)
        return TYPE_FINE;
    return type_bad(out_fault, "quantity.shape", STR("应为数量，例如 12.5，最多四位小数，不带单位"),
                    STR("expected a quantity such as 12.5, at most four decimals, without unit"));
}

/* 12.5, 12.5% : hundredths of a per cent. */
enum type_verdict type_parse_percent(struct arena *a, const struct field *f, struct str cell,
                                     struct value *out, struct type_fault *out_fault)
{
    struct field plain = {.unit_factor = 100};
    struct str number =
        str_ends(cell, STR("%")) ? str_trim(str_slice(cell, 0, cell.len - 1)) : cell;
    bool is_number =
        number.len && number.ptr[number.len - 1] >= '0' && number.ptr[number.len - 1] <= '9';
    (void)f;
    if (is_number && type_parse_money(a, &plain, number, out, out_fault) == TYPE_FINE)
        return TYPE_FINE;
    return type_bad(out_fault, "percent.shape", STR("应为百分数，例如 12.5 或 12.5%"),
                    STR("expected a percentage such as 12.5 or 12.5%"));
}

/* One in 31 wrong last digits of a person's number is right for a credit code, of a class that
 * nobody knows; the birthday in it tells what it was meant to be. */
static bool is_mistyped_person(struct str cell, const struct type_fault *fault)
{
    return str_equal(str_of(fault->code), STR("id.checksum")) && date_is_valid(citizen_birth(cell));
}

/* One in eleven wrong last digits of a firm's code is right for a person's number, with a birthday
 * that cannot be and a region that is none; the organisation code in it tells what it was meant to
 * be. */
static bool is_mistyped_firm(struct str cell, const struct type_fault *fault)
{
    return str_equal(str_of(fault->code), STR("id.birth")) && cell.ptr[0] == '9' &&
           uscc_has_organisation(cell);
}

/* A person's identity number or an organisation's credit code, told apart by what checks. */
enum type_verdict type_parse_party(struct arena *a, const struct field *f, struct str cell,
                                   struct value *out, struct type_fault *out_fault)
{
    struct type_fault other;
    struct value code;
    enum type_verdict person = type_of(FIELD_CITIZEN)->parse(a, f, cell, out, out_fault);
    if (person == TYPE_FINE ||
        (person == TYPE_BAD && str_equal(str_of(out_fault->code), STR("id.scientific"))))
        return person;
    bool is_firm = person == TYPE_DOUBT && is_mistyped_firm(cell, out_fault);
    enum type_verdict organisation = type_of(FIELD_USCC)->parse(a, f, cell, &code, &other);
    if (organisation == TYPE_FINE || person == TYPE_BAD || is_firm) {
        *out = code;
        if (organisation == TYPE_FINE ||
            (organisation == TYPE_DOUBT && !is_mistyped_person(cell, out_fault))) {
            *out_fault = other;
            return organisation;
        }
        return type_bad(out_fault, "party.shape",
                        STR("应为 18 位身份证号或 18 位统一社会信用代码，此处校验不符"),
                        STR("expected an identity number or a credit code; neither checks"));
    }
    return person;
}
