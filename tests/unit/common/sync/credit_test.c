#include "common/sync/credit.h"

#include "common/sync/sender.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void less_is_granted_the_more_has_come(void **state)
{
    (void)state;
    struct credit before = credit_grant(0, false);
    assert_int_equal(before.envelopes, SENDER_WINDOW);
    assert_int_equal(before.busy_ms, 0);
    for (unsigned load = 1; load <= 1200; load++) {
        struct credit c = credit_grant(load, false);
        assert_true(c.envelopes >= 1 && c.envelopes <= before.envelopes);
        assert_true(c.busy_ms >= before.busy_ms && c.busy_ms <= CREDIT_BUSY_MAX_MS);
        before = c;
    }
    assert_int_equal(credit_grant(249, false).envelopes, CREDIT_MOST);
    assert_int_equal(credit_grant(500, false).envelopes, 8);
    assert_int_equal(credit_grant(749, false).busy_ms, 0);
    assert_int_equal(credit_grant(750, false).envelopes, 1);
    assert_int_equal(credit_grant(750, false).busy_ms, CREDIT_BUSY_MIN_MS);
    assert_int_equal(credit_grant(1000, false).busy_ms, 10 * CREDIT_BUSY_MIN_MS);
}

static void without_room_everybody_waits_long(void **state)
{
    (void)state;
    assert_int_equal(credit_grant(0, true).envelopes, 1);
    assert_int_equal(credit_grant(0, true).busy_ms, CREDIT_BUSY_MAX_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(less_is_granted_the_more_has_come),
        cmocka_unit_test(without_room_everybody_waits_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
