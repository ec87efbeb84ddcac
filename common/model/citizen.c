#include "common/model/citizen.h"

#include "common/base/check.h"
#include "common/base/date.h"

#include <string.h>

/* GB 11643-1999, 3.4: the weights are 2^(18-i) mod 11, the check character makes the weighted sum ≡
 * 1 (mod 11). */
char citizen_check_character(struct str first17)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char characters[] = "10X98765432";
    int sum = 0;
    ASSERT(first17.len >= 17);
    for (size_t i = 0; i < 17; i++)
        sum += weights[i] * (first17.ptr[i] - '0');
    return characters[sum % 11];
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return true;
}

static int number(struct str s, size_t from, size_t len)
{
    int n = 0;
    for (size_t i = from; i < from + len; i++)
        n = n * 10 + (s.ptr[i] - '0');
    return n;
}

/* The provinces of GB/T 2260 by their first two digits; 83 stands on residence permits of Taiwan
 * residents. */
static bool is_province(int code)
{
    static const struct {
        int from, to;
    } ranges[] = {{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}};
    for (size_t i = 0; i < COUNT_OF(ranges); i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return true;
    return false;
}

int32_t citizen_birth(struct str id)
{
    if (id.len == CITIZEN_LENGTH && is_digits(str_slice(id, 6, 14)))
        return number(id, 6, 8);
    if (id.len == CITIZEN_LENGTH_OLD && is_digits(str_slice(id, 6, 12)))
        return 19000000 + number(id, 6, 6);
    return 0;
}

int citizen_sex(struct str id)
{
    size_t at = id.len == CITIZEN_LENGTH ? 16 : id.len == CITIZEN_LENGTH_OLD ? 14 : 0;
    if (at == 0 || id.ptr[at] < '0' || id.ptr[at] > '9')
        return 0;
    return (id.ptr[at] - '0') % 2 ? 1 : 2;
}

enum citizen_verdict citizen_check(struct str id)
{
    if (id.len != CITIZEN_LENGTH && id.len != CITIZEN_LENGTH_OLD)
        return CITIZEN_BAD_LENGTH;
    if (!is_digits(str_slice(id, 0, id.len == CITIZEN_LENGTH ? 17 : 15)))
        return CITIZEN_BAD_ALPHABET;
    if (id.len == CITIZEN_LENGTH) {
        char last = id.ptr[17] == 'x' ? 'X' : id.ptr[17];
        if (last != 'X' && (last < '0' || last > '9'))
            return CITIZEN_BAD_ALPHABET;
        if (last != citizen_check_character(id))
            return CITIZEN_BAD_CHECK;
    }
    int32_t birth = citizen_birth(id);
    if (!date_is_valid(birth) || birth < 18500101)
        return CITIZEN_DOUBT_BIRTH;
    if (!is_province(number(id, 0, 2)))
        return CITIZEN_DOUBT_REGION;
    return CITIZEN_FINE;
}

void citizen_upgrade(struct str id15, char out[CITIZEN_LENGTH])
{
    ASSERT(id15.len == CITIZEN_LENGTH_OLD);
    memcpy(out, id15.ptr, 6);
    memcpy(out + 6, "19", 2);
    memcpy(out + 8, id15.ptr + 6, 9);
    out[17] = citizen_check_character(str_make(out, 17));
}
