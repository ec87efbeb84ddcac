#include "central/identity/clue.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void name_and_birth_date_need_one_thing_more_to_be_asked_about(void **state)
{
    static const struct {
        const char *clues;
        int tier, score;
    } cases[] = {
        {"name agree; birth agree; phone agree", 3, 15},
        {"name agree; birth agree; address agree", 3, 14},
        {"name agree; birth agree; account agree; number differ", 3, 10},
        {"name agree; birth agree", 4, 9},
        {"name agree; unit agree", 4, 7},
        {"name agree; phone agree", 4, 10},
        {"name near; birth agree; phone agree", 4, 13},
        {"number agree; name differ; birth agree", 4, 7},
        {"", 4, 0},
        {"shoe agree; name loud", 4, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct clue_set c = clue_parse(str_of(cases[i].clues));
        if (clue_tier(&c) != cases[i].tier || clue_score(&c) != cases[i].score)
            fail_msg("%s: tier %d, score %d", cases[i].clues, clue_tier(&c), clue_score(&c));
    }
}

static void clues_are_said_in_both_languages_and_kept_as_words(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct clue_set c = clue_parse(STR("number near; name agree; birth agree; unit differ"));
    (void)state;
    assert_true(
        str_equal(clue_say_zh(a, &c), STR("相同：姓名、出生日期。相近：证件号码。不同：单位。")));
    assert_true(str_equal(
        clue_say_en(a, &c),
        STR("The same: name, birth date. Nearly the same: identity number. Different: unit.")));
    struct clue_set again = clue_parse(clue_format(a, &c));
    assert_memory_equal(&again, &c, sizeof c);
    arena_free(a);
}

static void values_are_compared_as_one_writer_would_write_them(void **state)
{
    static const struct {
        enum evidence_kind kind;
        const char *written, *expected;
    } cases[] = {
        {EVIDENCE_PHONE, "138 0000-1234", "13800001234"},
        {EVIDENCE_PHONE, "+86 13800001234", "13800001234"},
        {EVIDENCE_PHONE, "008613800001234", "13800001234"},
        {EVIDENCE_PHONE, "１３８００００１２３４", "13800001234"},
        {EVIDENCE_PHONE, "0455-8610086", "04558610086"},
        {EVIDENCE_PHONE, "无", ""},
        {EVIDENCE_ACCOUNT, "６２１０ 1500-00", "6210150000"},
        {EVIDENCE_ADDRESS, "城關鎮 3號", "城关镇3号"},
        {EVIDENCE_UNIT, "财 政 局", "财政局"},
        {EVIDENCE_UNIT, "甲（清河）建设有限责任公司", "甲清河建设有限公司"},
    };
    struct arena *a = arena_new((size_t)1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str is = clue_normalise(a, cases[i].kind, str_of(cases[i].written));
        if (!str_equal(is, str_of(cases[i].expected)))
            fail_msg("%s: " STR_FMT, cases[i].written, STR_ARG(is));
    }
    arena_free(a);
}

static void numbers_and_births_agree_or_are_near_or_missing(void **state)
{
    (void)state;
    assert_int_equal(clue_numbers(STR("11010519491231002X"), STR("110105194912310038")),
                     LINKAGE_NEAR);
    assert_int_equal(clue_numbers(STR("11010519491231002X"), STR("440524188001010014")),
                     LINKAGE_DIFFER);
    assert_int_equal(clue_numbers(STR("11010519491231002X"), STR("11010519491231002X")),
                     LINKAGE_AGREE);
    assert_int_equal(clue_numbers(STR(""), STR("11010519491231002X")), LINKAGE_MISSING);
    assert_int_equal(clue_births(19491231, 0), LINKAGE_MISSING);
    assert_int_equal(clue_births(19491231, 19491230), LINKAGE_DIFFER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_and_birth_date_need_one_thing_more_to_be_asked_about),
        cmocka_unit_test(clues_are_said_in_both_languages_and_kept_as_words),
        cmocka_unit_test(values_are_compared_as_one_writer_would_write_them),
        cmocka_unit_test(numbers_and_births_agree_or_are_near_or_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
