#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A number when accepted as one, a text otherwise; or the code of the fault. A doubt has both. */
struct parse_case {
    const char *cell;
    int64_t number;
    const char *text, *fault;
};

static const struct vocab_code colours[] = {
    {STR_INIT("red"), STR_INIT("红色"), STR_INIT("Red"), (const struct str[]){STR_INIT("红")}, 1},
    {STR_INIT("green"), STR_INIT("绿色"), STR_INIT("Green"), NULL, 0},
};
static const struct vocab colour = {
    STR_INIT("colour"), STR_INIT("颜色"), STR_INIT("Colour"), 1, colours, 2};

static void run(const struct field *f, const struct parse_case *cases, size_t count)
{
    struct arena *a = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < count; i++) {
        struct str cell = str_trim(utf8_fold_width(a, str_of(cases[i].cell)));
        struct value v = value_null();
        struct type_fault fault = {"", STR_NONE, STR_NONE};
        enum type_verdict verdict = type_parse(a, f, cell, &v, &fault);
        struct str expected = str_of(cases[i].fault);
        bool is_read = cases[i].number || cases[i].text;
        bool is_fine = str_equal(str_of(fault.code), expected) &&
                       (verdict == TYPE_FINE) == (expected.len == 0) &&
                       (verdict == TYPE_DOUBT) == (expected.len && is_read);
        if (verdict != TYPE_BAD && cases[i].text)
            is_fine = is_fine && v.kind == VALUE_TEXT && str_equal(v.text, str_of(cases[i].text));
        else if (verdict != TYPE_BAD)
            is_fine = is_fine && v.kind == VALUE_INT && v.number == cases[i].number;
        if (!is_fine)
            fail_msg("%s: verdict %d, %s, %lld, " STR_FMT, cases[i].cell, verdict, fault.code,
                     (long long)v.number, STR_ARG(v.text));
        assert_true(verdict == TYPE_FINE || (fault.zh.len && fault.en.len));
        /* What a person reads is read back to the same. */
        struct value again;
        struct field plain = *f;
        plain.unit_factor = 0;
        if (verdict != TYPE_BAD) {
            assert_true(type_parse(a, &plain, type_format(a, &plain, &v), &again, &fault) !=
                        TYPE_BAD);
            assert_true(value_equal(&v, &again));
        }
    }
    arena_free(a);
}

static void dates_come_in_many_shapes(void **state)
{
    (void)state;
    static const struct parse_case cases[] = {
        {"2022-4-3", 20220403, NULL, NULL},
        {"2022-04-03", 20220403, NULL, NULL},
        {"2022.04.03", 20220403, NULL, NULL},
        {"2022/4/3", 20220403, NULL, NULL},
        {"20220403", 20220403, NULL, NULL},
        {"2022年4月3日", 20220403, NULL, NULL},
        {"\uFF12\uFF10\uFF12\uFF12\uFF0D\uFF10\uFF14\uFF0D\uFF10\uFF13", 20220403, NULL, NULL},
        {"2022-04-03 12:30:00", 20220403, NULL, NULL},
        {"2022-04-03T00:00:00", 20220403, NULL, NULL},
        {"2022/4/3 0:00", 20220403, NULL, NULL},
        {"2024-2-29", 20240229, NULL, NULL},
        {"44654", 20220403, NULL, "date.serial"},
        {"36526", 20000101, NULL, "date.serial"},
        {"73415", 21001231, NULL, "date.serial"},
        {"73416", 0, NULL, "date.range"},
        {"9999", 0, NULL, "date.shape"},
        {"2023-2-29", 0, NULL, "date.impossible"},
        {"2022-13-01", 0, NULL, "date.impossible"},
        {"1022-04-03", 0, NULL, "date.range"},
        {"22-4-3", 0, NULL, "date.shape"},
        {"2022-04", 0, NULL, "date.shape"},
        {"2022-04-", 0, NULL, "date.shape"},
        {"2022-4-3x", 0, NULL, "date.shape"},
        {"202204031", 0, NULL, "date.shape"},
        {"不详", 0, NULL, "date.shape"},
    };
    run(&(struct field){.kind = FIELD_DATE}, cases, COUNT_OF(cases));
}

static void months_come_in_many_shapes(void **state)
{
    (void)state;
    static const struct parse_case cases[] = {
        {"202204", 202204, NULL, NULL},        {"2022-04", 202204, NULL, NULL},
        {"2022-4", 202204, NULL, NULL},        {"2022.4", 202204, NULL, NULL},
        {"2022.10", 202210, NULL, NULL},       {"2022/04", 202204, NULL, NULL},
        {"2022年4月", 202204, NULL, NULL},     {"2022年4月份", 202204, NULL, NULL},
        {"2022-04-03", 202204, NULL, NULL},    {"20220403", 202204, NULL, NULL},
        {"2022.1", 202201, NULL, "month.cut"}, {"2022-1", 202201, NULL, NULL},
        {"2022.01", 202201, NULL, NULL},       {"202213", 0, NULL, "month.shape"},
        {"4月", 0, NULL, "month.shape"},       {"22.4", 0, NULL, "month.shape"},
        {"189912", 0, NULL, "month.shape"},
    };
    run(&(struct field){.kind = FIELD_MONTH}, cases, COUNT_OF(cases));
}

static void money_is_counted_in_fen_without_rounding(void **state)
{
    (void)state;
    static const struct parse_case cases[] = {
        {"1234.5", 123450, NULL, NULL},
        {"1,234.50", 123450, NULL, NULL},
        {"1,234,567", 123456700, NULL, NULL},
        {"1.2万", 1200000, NULL, NULL},
        {"1.2345万元", 1234500, NULL, NULL},
        {"1.5亿", 15000000000, NULL, NULL},
        {"\u00A5 300", 30000, NULL, NULL},
        {"\uFFE5300", 30000, NULL, NULL},
        {"300元", 30000, NULL, NULL},
        {"\uFF11\uFF12\uFF0E\uFF15", 1250, NULL, NULL},
        {"-3.20", -320, NULL, NULL},
        {"0.01", 1, NULL, NULL},
        {"3.100", 310, NULL, NULL},
        {"1,5", 0, NULL, "money.shape"}, /* one and a half, or fifteen? */
        {"1,23,456", 0, NULL, "money.shape"},
        {"1.234,50", 0, NULL, "money.shape"},
        {",500", 0, NULL, "money.shape"},
        {"0.001", 0, NULL, "money.precision"},
        {"1.23456789万", 0, NULL, "money.precision"},
        {"99999999999999999万", 0, NULL, "money.precision"},
        {"1.2E+5", 0, NULL, "money.shape"},
        {"三百", 0, NULL, "money.shape"},
        {"-", 0, NULL, "money.shape"},
        {"1.2.3", 0, NULL, "money.shape"},
    };
    run(&(struct field){.kind = FIELD_MONEY, .unit_factor = 100}, cases, COUNT_OF(cases));
    static const struct parse_case in_wan[] = {
        {"1.2", 1200000, NULL, NULL},
        {"0.000001", 1, NULL, NULL},
        {"500元", 50000, NULL, NULL},
        {"2万", 2000000, NULL, NULL},
        {"0.0000001", 0, NULL, "money.precision"},
    };
    run(&(struct field){.kind = FIELD_MONEY, .unit_factor = 1000000}, in_wan, COUNT_OF(in_wan));
}

static void numbers_and_areas_come_out_even(void **state)
{
    (void)state;
    static const struct parse_case ints[] = {
        {"12", 12, NULL, NULL},         {"1,200", 1200, NULL, NULL},
        {"12.0", 12, NULL, NULL},       {"-3", -3, NULL, NULL},
        {"12.5", 0, NULL, "int.shape"}, {"12人", 0, NULL, "int.shape"},
        {"1e3", 0, NULL, "int.shape"},  {"31", 0, NULL, "range"},
        {"-4", 0, NULL, "range"},
    };
    const struct field limited = {.kind = FIELD_INT, .has_range = true, .least = -3, .most = 1200};
    const struct field small = {.kind = FIELD_INT, .has_range = true, .least = -3, .most = 30};
    run(&limited, ints, 7);
    run(&small, ints + 7, 2);
    static const struct parse_case areas[] = {
        {"12.5", 125000, NULL, NULL},  {"12.5亩", 125000, NULL, NULL},
        {"0.0001", 1, NULL, NULL},     {"2垧", 300000, NULL, NULL},
        {"1公顷", 150000, NULL, NULL}, {"0.00001", 0, NULL, "area.shape"},
    };
    const struct field area = {.kind = FIELD_AREA};
    run(&area, areas, COUNT_OF(areas));
    struct arena *a = arena_new((size_t)1 << 20);
    const struct value less = value_int(-5001);
    assert_true(str_equal(type_format(a, &area, &less), STR("-0.5001")));
    /* under a header in 万元 stands what stood there in the file */
    struct field wan = {.kind = FIELD_MONEY, .unit_factor = 1000000};
    struct value fine = value_int(300000);
    struct value odd = value_int(-12345678);
    assert_true(str_equal(type_format(a, &wan, &fine), STR("0.30")));
    assert_true(str_equal(type_format(a, &wan, &odd), STR("-12.345678")));
    arena_free(a);
}

static void codes_are_taken_by_any_of_their_names(void **state)
{
    (void)state;
    static const struct parse_case codes[] = {
        {"red", 0, "red", NULL},
        {"红色", 0, "red", NULL},
        {"红", 0, "red", NULL},
        {"GREEN", 0, "green", NULL},
        {"绿蓝", 0, NULL, "code.unknown"},
        {"黑黑黑黑", 0, NULL, "code.unknown"},
    };
    run(&(struct field){.kind = FIELD_CODE, .vocab = &colour}, codes, COUNT_OF(codes));
    static const struct parse_case bools[] = {
        {"是", 1, NULL, NULL},
        {"y", 1, NULL, NULL},
        {"√", 1, NULL, NULL},
        {"\uFF11", 1, NULL, NULL},
        {"是否", 0, NULL, "bool.shape"},
        {"2", 0, NULL, "bool.shape"},
    };
    run(&(struct field){.kind = FIELD_BOOL}, bools, COUNT_OF(bools));
    struct arena *a = arena_new((size_t)1 << 16);
    struct value v;
    struct type_fault fault;
    static const char *const no[] = {"否", "0", "N", "no", "×", "无"};
    for (size_t i = 0; i < COUNT_OF(no); i++) {
        v = value_null();
        assert_int_equal(
            type_parse(a, &(struct field){.kind = FIELD_BOOL}, str_of(no[i]), &v, &fault),
            TYPE_FINE);
        assert_true(v.kind == VALUE_INT && v.number == 0);
    }
    type_parse(a, &(struct field){.kind = FIELD_CODE, .vocab = &colour}, STR("绿蓝"), &v, &fault);
    assert_true(str_contains(fault.zh, STR("绿色"))); /* did you mean */
    arena_free(a);
}

static void numbers_of_people_and_accounts_stay_texts(void **state)
{
    (void)state;
    static const struct parse_case ids[] = {
        {"11010519491231002x", 0, "11010519491231002X", NULL},
        {"'11010519491231002X", 0, "11010519491231002X", NULL},
        {"110105 19491231 002X", 0, "11010519491231002X", NULL},
        {"\uFF14\uFF14\uFF10\uFF15\uFF12\uFF14188001010014", 0, "440524188001010014", NULL},
        {"231282600101001", 0, "231282600101001", NULL},
        {"231282196002300012", 0, "231282196002300012", "id.birth"},
        {"99128219600101001X", 0, "99128219600101001X", "id.region"},
        {"2.31282E+17", 0, NULL, "id.scientific"},
        {"2.31282e17", 0, NULL, "id.scientific"},
        {"23128219600101", 0, NULL, "id.length"},
        {"护照E12345678901234", 0, NULL, "id.length"},
        {"1101051949123100ZX", 0, NULL, "id.alphabet"},
        {"110105194912310021", 0, NULL, "id.checksum"},
    };
    run(&(struct field){.kind = FIELD_CITIZEN}, ids, COUNT_OF(ids));
    static const struct parse_case usccs[] = {
        {"91350100m000100y43", 0, "91350100M000100Y43", NULL},
        {"91350100-M000100Y43", 0, "91350100M000100Y43", NULL},
        {"N1232313MF12345678", 0, "N1232313MF12345678", NULL},
        {"22231282MA18WX1K0J", 0, "22231282MA18WX1K0J", "uscc.class"},
        {"91231282MA18WX1K1H", 0, "91231282MA18WX1K1H", "uscc.organisation"},
        {"9.13501E+17", 0, NULL, "id.scientific"},
        {"91350100", 0, NULL, "uscc.length"},
        {"91350100M000100Y4O", 0, NULL, "uscc.alphabet"},
        {"91350100M000100Y44", 0, NULL, "uscc.checksum"},
    };
    run(&(struct field){.kind = FIELD_USCC}, usccs, COUNT_OF(usccs));
    static const struct parse_case divisions[] = {
        {"231282", 0, "231282", NULL},
        {"231282101", 0, "231282101", NULL},
        {"231282101203", 0, "231282101203", NULL},
        {"2312821", 0, NULL, "division.shape"},
        {"23128A", 0, NULL, "division.shape"},
        {"2.31282E+11", 0, NULL, "id.scientific"},
    };
    run(&(struct field){.kind = FIELD_DIVISION}, divisions, COUNT_OF(divisions));
    static const struct parse_case accounts[] = {
        {"6228 4800 1234 5678 901", 0, "6228480012345678901", NULL},
        {"6228-4800-1234", 0, "622848001234", NULL},
        {"6.22848E+18", 0, NULL, "id.scientific"},
        {"1234567", 0, NULL, "account.shape"},
        {"62284800账号", 0, NULL, "account.shape"},
    };
    run(&(struct field){.kind = FIELD_ACCOUNT}, accounts, COUNT_OF(accounts));
}

static void times_quantities_shares_and_parties(void **state)
{
    (void)state;
    static const struct parse_case times[] = {
        {"2022-04-03 09:30", 20220403093000, NULL, NULL},
        {"2022年4月3日 9:05:07", 20220403090507, NULL, NULL},
        {"2022-04-03T23:59:59", 20220403235959, NULL, NULL},
        {"20220403", 20220403000000, NULL, NULL},
        {"44654", 20220403000000, NULL, "date.serial"},
        {"2022-04-03 24:00", 0, NULL, "time.shape"},
        {"2022-04-03 9", 0, NULL, "time.shape"},
        {"2022-04-03 上午", 0, NULL, "time.shape"},
        {"2022-13-03 09:30", 0, NULL, "date.impossible"},
        {"9:30", 0, NULL, "date.shape"},
    };
    run(&(struct field){.kind = FIELD_DATETIME}, times, COUNT_OF(times));
    static const struct parse_case quantities[] = {
        {"12.5", 125000, NULL, NULL},
        {"1,234.0001", 12340001, NULL, NULL},
        {"12.5亩", 0, NULL, "quantity.shape"},
        {"0.00001", 0, NULL, "quantity.shape"},
    };
    run(&(struct field){.kind = FIELD_QUANTITY}, quantities, COUNT_OF(quantities));
    static const struct parse_case shares[] = {
        {"12.5", 1250, NULL, NULL},         {"12.5%", 1250, NULL, NULL},
        {"100 %", 10000, NULL, NULL},       {"0.005", 0, NULL, "percent.shape"},
        {"一半", 0, NULL, "percent.shape"}, {"5万", 0, NULL, "percent.shape"},
    };
    run(&(struct field){.kind = FIELD_PERCENT}, shares, COUNT_OF(shares));
    static const struct parse_case parties[] = {
        {"11010519491231002x", 0, "11010519491231002X", NULL},
        {"91350100m000100y43", 0, "91350100M000100Y43", NULL},
        {"N1232313MF12345678", 0, "N1232313MF12345678", NULL},
        {"231282196002300012", 0, "231282196002300012", "id.birth"},
        {"110105194912310021", 0, NULL, "party.shape"},
        {"91350100M000100Y44", 0, NULL, "party.shape"},
        /* a person's number with a wrong last digit that by chance is a credit code's */
        {"231282195708010042", 0, NULL, "party.shape"},
        /* a credit code with a wrong last character that by chance is an identity number's */
        {"932312824013021497", 0, NULL, "party.shape"},
        {"2.31282E+17", 0, NULL, "id.scientific"},
    };
    run(&(struct field){.kind = FIELD_PARTY}, parties, COUNT_OF(parties));
    static const struct parse_case areas[] = {
        {"1000平方米", 15000, NULL, NULL}, {"2㎡", 30, NULL, NULL}, {"1公顷", 150000, NULL, NULL}};
    run(&(struct field){.kind = FIELD_AREA}, areas, COUNT_OF(areas));
}

static void texts_are_counted_in_characters(void **state)
{
    (void)state;
    static const struct parse_case texts[] = {
        {"一二三", 0, "一二三", NULL},
        {"abc", 0, "abc", NULL},
        {"一二三四", 0, NULL, "length"},
    };
    run(&(struct field){.kind = FIELD_TEXT, .length_max = 3}, texts, COUNT_OF(texts));
}

static void every_kind_has_its_row(void **state)
{
    (void)state;
    for (int kind = FIELD_TEXT; kind <= FIELD_PARTY; kind++) {
        const struct type *t = type_of((enum field_kind)kind);
        assert_int_equal(t->kind, kind);
        assert_ptr_equal(type_named(str_of(t->word)), t);
        assert_non_null(t->sql_postgres);
    }
    assert_null(type_named(STR("float")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_come_in_many_shapes),
        cmocka_unit_test(months_come_in_many_shapes),
        cmocka_unit_test(money_is_counted_in_fen_without_rounding),
        cmocka_unit_test(numbers_and_areas_come_out_even),
        cmocka_unit_test(codes_are_taken_by_any_of_their_names),
        cmocka_unit_test(numbers_of_people_and_accounts_stay_texts),
        cmocka_unit_test(times_quantities_shares_and_parties),
        cmocka_unit_test(texts_are_counted_in_characters),
        cmocka_unit_test(every_kind_has_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
