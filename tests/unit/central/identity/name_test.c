#include "central/identity/name.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void names_are_compared_as_a_clerk_would(void **state)
{
    static const struct {
        const char *a, *b;
        enum name_match match;
    } cases[] = {
        {"王芳", "王芳", NAME_EQUAL},
        {"王 芳", "王芳", NAME_EQUAL},
        {"王\xe3\x80\x80芳", "王芳", NAME_EQUAL},           /* ideographic space */
        {"阿依古丽·买买提", "阿依古丽•买买提", NAME_EQUAL}, /* two middle dots */
        {"阿依古丽.买买提", "阿依古丽买买提", NAME_EQUAL},
        {"張國華", "张国华", NAME_EQUAL}, /* traditional forms */
        {"ＷＡＮＧ", "WANG", NAME_EQUAL}, /* full width */
        {"王芳", "王方", NAME_NEAR},
        {"王小芳", "王芳", NAME_NEAR},
        {"欧阳娜娜", "欧阳那那", NAME_NEAR}, /* two characters, the same sound */
        {"刘䶮", "劉䶮", NAME_EQUAL},        /* rare, and half of it traditional */
        {"王芳", "李明", NAME_OTHER},
        {"王芳芳", "李明明", NAME_OTHER},
        {"王", "李", NAME_OTHER}, /* one character proves nothing */
        {"王", "王芳", NAME_OTHER},
        {"", "王", NAME_OTHER},
    };
    struct arena *a = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str left = name_normalise(a, str_of(cases[i].a));
        struct str right = name_normalise(a, str_of(cases[i].b));
        if (name_compare(left, right) != cases[i].match ||
            name_compare(right, left) != cases[i].match)
            fail_msg("%s and %s: got %d", cases[i].a, cases[i].b, (int)name_compare(left, right));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_as_a_clerk_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
