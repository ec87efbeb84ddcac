#include "common/model/uscc.h"

#include "common/base/check.h"

static int value_of(char c)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (int i = 0; alphabet[i]; i++)
        if (alphabet[i] == c)
            return i;
    return -1;
}

/* GB 32100-2015, 5: weights 3^(i-1) mod 31, check = (31 − Σ mod 31) mod 31. */
static int check_value(struct str code)
{
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    for (size_t i = 0; i < COUNT_OF(weights); i++)
        sum += weights[i] * value_of(code.ptr[i]);
    return (31 - sum % 31) % 31;
}

/* GB 11714-1997: eight characters (letters count from A = 10) and a check character, 11 − Σ mod 11.
 */
static bool organisation_checks(struct str nine)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < COUNT_OF(weights); i++) {
        char c = nine.ptr[i];
        sum += weights[i] * (c >= 'A' ? c - 'A' + 10 : c - '0');
    }
    int check = 11 - sum % 11;
    char expected = check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
    return nine.ptr[8] == expected;
}

/* Registering authority and class of organisation, GB 32100-2015 table 1 and its amendment. */
static bool is_known_class(char authority, char class_of)
{
    static const struct {
        char authority;
        struct str classes;
    } known[] = {
        {'1', STR_INIT("1239")}, {'2', STR_INIT("19")},   {'3', STR_INIT("123459")},
        {'4', STR_INIT("19")},   {'5', STR_INIT("1239")}, {'6', STR_INIT("129")},
        {'7', STR_INIT("129")},  {'8', STR_INIT("19")},   {'9', STR_INIT("123")},
        {'A', STR_INIT("19")},   {'N', STR_INIT("1239")}, {'Y', STR_INIT("1")},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (known[i].authority == authority)
            return str_contains(known[i].classes, str_make(&class_of, 1));
    return false;
}

enum uscc_verdict uscc_check(struct str code)
{
    if (code.len != USCC_LENGTH)
        return USCC_BAD_LENGTH;
    for (size_t i = 0; i < code.len; i++)
        if (value_of(code.ptr[i]) < 0)
            return USCC_BAD_ALPHABET;
    if (value_of(code.ptr[17]) != check_value(code))
        return USCC_BAD_CHECK;
    if (!is_known_class(code.ptr[0], code.ptr[1]))
        return USCC_DOUBT_CLASS;
    return organisation_checks(str_slice(code, 8, 17)) ? USCC_FINE : USCC_DOUBT_ORGANISATION;
}

bool uscc_has_organisation(struct str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (value_of(code.ptr[i]) < 0)
            return false;
    return code.len == USCC_LENGTH && is_known_class(code.ptr[0], code.ptr[1]) &&
           organisation_checks(str_slice(code, 8, 17));
}
