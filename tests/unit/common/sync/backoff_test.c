#include "common/sync/backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void doubles_up_to_the_maximum(void **state)
{
    (void)state;
    static const struct {
        unsigned tries;
        int64_t wait;
    } rows[] = {{0, 1000}, {1, 2000}, {2, 4000}, {3, 8000}, {4, 10000}, {63, 10000}, {~0u, 10000}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t half = rows[i].wait / 2;
        assert_int_equal(backoff_ms(1000, 10000, rows[i].tries, 0), half);
        /* the largest jitter gives the whole wait, one more wraps round */
        assert_int_equal(backoff_ms(1000, 10000, rows[i].tries, (uint64_t)(rows[i].wait - half)),
                         rows[i].wait);
        assert_int_equal(
            backoff_ms(1000, 10000, rows[i].tries, (uint64_t)(rows[i].wait - half) + 1), half);
    }
}

static void does_not_overflow(void **state)
{
    (void)state;
    assert_true(backoff_ms(1, INT64_MAX, 200, UINT64_MAX) >= INT64_MAX / 2);
    assert_int_equal(backoff_ms(5, 5, 9, 0), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_up_to_the_maximum),
        cmocka_unit_test(does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
