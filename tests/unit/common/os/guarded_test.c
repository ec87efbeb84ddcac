/* What a guarded child does to itself does not reach its parent. */
#include "common/os/process.h"

#include "common/base/check.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int answer(void *context)
{
    *(int *)context = 1; /* its own copy */
    return 7;
}

static int crash(void *context)
{
    (void)context;
    raise(SIGSEGV);
    return 0;
}

static int spin(void *context)
{
    volatile int *n = context;
    while (*n >= 0)
        *n = (*n + 1) % 1000;
    return 0;
}

static int sleep_on(void *context)
{
    volatile int *n = context;
    while (*n >= 0)
        pause();
    return 0;
}

static int grow(void *context)
{
    (void)context;
    for (int i = 0; i < 64; i++) {
        char *p = malloc((size_t)16 << 20);
        if (!p)
            return 3;
        memset(p, 1, (size_t)16 << 20);
    }
    return 0;
}

static int status_of(int (*work)(void *))
{
    static const struct process_limits limits = {1, (uint64_t)256 << 20};
    int status = -1;
    int mine = 0;
    assert_int_equal(process_run_guarded(work, &mine, &limits, &status), OK);
    assert_int_equal(mine, 0);
    return status;
}

static void its_answer_comes_back_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(status_of(answer), 7);
}

static void a_crash_is_its_own(void **state)
{
    (void)state;
    assert_true(status_of(crash) != 0);
}

static void it_neither_spins_nor_sleeps_for_ever(void **state)
{
    (void)state;
    assert_true(status_of(spin) > 128);
    assert_true(status_of(sleep_on) > 128);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
static void it_does_not_grow_without_end(void **state)
{
    (void)state;
    assert_int_equal(status_of(grow), 3);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_answer_comes_back_and_nothing_else),
        cmocka_unit_test(a_crash_is_its_own),
        cmocka_unit_test(it_neither_spins_nor_sleeps_for_ever),
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        cmocka_unit_test(it_does_not_grow_without_end),
#endif
    };
    (void)grow;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
