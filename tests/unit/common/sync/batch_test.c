#include "common/sync/batch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void takes_until_a_limit_is_reached(void **state)
{
    (void)state;
    static const struct {
        struct batch before;
        size_t bytes;
        uint64_t rows;
        bool goes;
    } cases[] = {
        {{0, 0, 0}, 10, 1, true},
        {{1, 10, 1}, BATCH_BYTES_MAX - 10, 1, true},
        {{1, 11, 1}, BATCH_BYTES_MAX - 10, 1, false},
        {{1, 10, 1}, BATCH_BYTES_MAX + 1, 1, false},
        {{1, 10, 4000}, 1, 1000, true},
        {{1, 10, 4000}, 1, 1001, false},
        {{1, 10, 1}, 1, BATCH_ROWS_MAX + 1, false},
        {{BATCH_ITEMS_MAX, 10, 0}, 1, 0, false},
        {{BATCH_ITEMS_MAX - 1, 10, 0}, 1, 0, true},
        {{1, 10, 5000}, 1, 0, true},
        /* alone, whatever its size: nothing may be stuck for ever */
        {{0, 0, 0}, BATCH_BYTES_MAX * 2, 1, true},
        {{0, 0, 0}, 1, UINT64_MAX, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct batch b = cases[i].before;
        assert_int_equal(batch_take(&b, cases[i].bytes, cases[i].rows), cases[i].goes);
        assert_int_equal(b.items, cases[i].before.items + cases[i].goes);
        assert_int_equal(b.bytes, cases[i].before.bytes + (cases[i].goes ? cases[i].bytes : 0));
        assert_int_equal(b.rows, cases[i].before.rows + (cases[i].goes ? cases[i].rows : 0));
    }
}

static void nothing_joins_an_item_that_is_too_large(void **state)
{
    (void)state;
    struct batch b = {0};
    assert_true(batch_take(&b, BATCH_BYTES_MAX + 5, 1));
    assert_false(batch_take(&b, 1, 1));
    struct batch many = {0};
    assert_true(batch_take(&many, 1, BATCH_ROWS_MAX + 5));
    assert_false(batch_take(&many, 1, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_until_a_limit_is_reached),
        cmocka_unit_test(nothing_joins_an_item_that_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
