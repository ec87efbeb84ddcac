#include "common/base/check.h"
#include "common/model/citizen.h"
#include "common/model/uscc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void numbers_are_judged_as_gb_11643_says(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum citizen_verdict verdict;
        int32_t birth;
        int sex;
    } cases[] = {
        {"11010519491231002X", CITIZEN_FINE, 19491231, 2}, /* annex of the standard */
        {"11010519491231002x", CITIZEN_FINE, 19491231, 2},
        {"440524188001010014", CITIZEN_FINE, 18800101, 1},
        {"231282196001010013", CITIZEN_FINE, 19600101, 1},
        {"231282600101001", CITIZEN_FINE, 19600101, 1},
        {"231282600230002", CITIZEN_DOUBT_BIRTH, 19600230, 2},
        {"231282196002300012", CITIZEN_DOUBT_BIRTH, 19600230, 1},
        {"231282184901010010", CITIZEN_DOUBT_BIRTH, 18490101, 1},
        {"99128219600101001X", CITIZEN_DOUBT_REGION, 19600101, 1},
        {"11010519491231002", CITIZEN_BAD_LENGTH, 0, 0},
        {"1101051949123100200", CITIZEN_BAD_LENGTH, 0, 0},
        {"", CITIZEN_BAD_LENGTH, 0, 0},
        {"1101051949123100X2", CITIZEN_BAD_ALPHABET, 19491231, 0},
        {"11010519491231002A", CITIZEN_BAD_ALPHABET, 19491231, 2},
        {"23128260010100X", CITIZEN_BAD_ALPHABET, 19600101, 0},
        {"110105194912310021", CITIZEN_BAD_CHECK, 19491231, 2},
        {"110105194912310821", CITIZEN_BAD_CHECK, 19491231, 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str id = str_of(cases[i].id);
        if (citizen_check(id) != cases[i].verdict || citizen_birth(id) != cases[i].birth ||
            citizen_sex(id) != cases[i].sex)
            fail_msg("case %zu: %d %d %d", i, citizen_check(id), citizen_birth(id),
                     citizen_sex(id));
    }
}

/* MOD 11-2 finds every single wrong digit and every swap of neighbours. */
static void one_slip_of_the_pen_is_always_found(void **state)
{
    (void)state;
    char id[] = "440524188001010014";
    struct str s = str_of(id);
    for (size_t i = 0; i < 18; i++) {
        char kept = id[i];
        for (char c = '0'; c <= '9'; c++) {
            id[i] = c;
            assert_int_equal(citizen_check(s) == CITIZEN_BAD_CHECK, c != kept);
        }
        id[i] = kept;
        if (i == 0 || id[i] == id[i - 1])
            continue;
        id[i] = id[i - 1];
        id[i - 1] = kept;
        assert_int_equal(citizen_check(s), CITIZEN_BAD_CHECK);
        id[i - 1] = id[i];
        id[i] = kept;
    }
}

static void old_numbers_become_new_ones(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"231282750615002", "231282197506150024"},
        {"232301550505123", "232301195505051234"},
        {"110105491231002", "11010519491231002X"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        char id[CITIZEN_LENGTH];
        citizen_upgrade(str_of(pairs[i][0]), id);
        assert_memory_equal(id, pairs[i][1], CITIZEN_LENGTH);
        assert_int_equal(citizen_check(str_make(id, sizeof id)), CITIZEN_FINE);
    }
}

static void credit_codes_are_judged_as_gb_32100_says(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum uscc_verdict verdict;
    } cases[] = {
        {"91350100M000100Y43", USCC_FINE},
        {"91231282MA18WX1K0E", USCC_FINE},
        {"11231282001234562D", USCC_FINE},
        {"N1232313MF12345678", USCC_FINE}, /* rural collectives */
        {"N2232313MF7654327L", USCC_FINE},
        {"N3232313MF0000013L", USCC_FINE},
        {"22231282MA18WX1K0J", USCC_DOUBT_CLASS},
        {"91231282MA18WX1K1H", USCC_DOUBT_ORGANISATION},
        {"91350100M000100Y4", USCC_BAD_LENGTH},
        {"91350100M000100Y4O", USCC_BAD_ALPHABET},
        {"91350100m000100y43", USCC_BAD_ALPHABET},
        {"91350100M000100Y44", USCC_BAD_CHECK},
        {"91350100M000010Y43", USCC_BAD_CHECK},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (uscc_check(str_of(cases[i].code)) != cases[i].verdict)
            fail_msg("case %zu: %d", i, uscc_check(str_of(cases[i].code)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_judged_as_gb_11643_says),
        cmocka_unit_test(one_slip_of_the_pen_is_always_found),
        cmocka_unit_test(old_numbers_become_new_ones),
        cmocka_unit_test(credit_codes_are_judged_as_gb_32100_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
