#include "common/base/thing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* SHA-256 of "abc" begins ba7816bf8f01cfea (FIPS 180-4, example). */
static void a_number_is_made_of_the_key(void **state)
{
    (void)state;
    assert_true(thing_id(STR("abc")) == -(int64_t)(UINT64_C(0xba7816bf8f01cfea) >> 2) - 1);
    assert_true(thing_id(STR("")) < 0);
    assert_true(thing_id(STR("a")) != thing_id(STR("b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_made_of_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
