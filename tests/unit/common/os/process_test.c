#include "common/os/clock.h"
#include "common/os/loop.h"
#include "common/os/process.h"
#include "common/os/random.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int wait_for(int64_t pid)
{
    bool has_ended = false;
    int status = -1;
    for (int i = 0; i < 500 && !has_ended; i++) {
        assert_int_equal(process_has_ended(pid, &has_ended, &status), OK);
        if (!has_ended)
            usleep(10000);
    }
    assert_true(has_ended);
    return status;
}

static void a_child_gives_its_status(void **state)
{
    (void)state;
    int64_t pid;
    bool has_ended = true;
    int status;
    const char *const seven[] = {"sh", "-c", "exit 7", NULL};
    const char *const sleeper[] = {"sleep", "60", NULL};
    assert_int_equal(process_start("/bin/sh", seven, &pid), OK);
    assert_int_equal(wait_for(pid), 7);
    assert_int_equal(process_start("/no/such/program", seven, &pid), OK);
    assert_int_equal(wait_for(pid), 127);
    assert_int_equal(process_start("/bin/sleep", sleeper, &pid), OK);
    assert_int_equal(process_has_ended(pid, &has_ended, &status), OK);
    assert_false(has_ended);
    process_terminate(pid);
    assert_int_equal(wait_for(pid), 128 + SIGTERM);
    assert_int_equal(process_start("/bin/sleep", sleeper, &pid), OK);
    process_kill(pid);
    assert_int_equal(wait_for(pid), 128 + SIGKILL);
}

static void a_child_dies_with_its_parent(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t parent = fork();
    if (parent == 0) {
        int64_t pid = 0;
        const char *const sleeper[] = {"sleep", "60", NULL};
        if (process_start("/bin/sleep", sleeper, &pid) != OK ||
            write(ends[1], &pid, sizeof pid) != sizeof pid)
            _exit(1);
        usleep(300000); /* until the child has set its death signal */
        raise(SIGKILL);
    }
    int64_t pid = 0;
    close(ends[1]);
    assert_int_equal(read(ends[0], &pid, sizeof pid), sizeof pid);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    /* The pipe's other end is in the grandchild too: it is closed when that has ended. */
    assert_int_equal(read(ends[0], &pid, 1), 0);
    close(ends[0]);
}

static void a_lock_keeps_the_second_one_out(void **state)
{
    (void)state;
    char path[] = "process_test_XXXXXX";
    int file = mkstemp(path);
    int first;
    int second = -1;
    assert_true(file >= 0);
    close(file);
    assert_int_equal(process_lock(path, &first), OK);
    assert_int_equal(process_lock(path, &second), ERR_EXISTS);
    assert_int_equal(second, -1);
    close(first);
    assert_int_equal(process_lock(path, &second), OK);
    close(second);
    unlink(path);
    assert_int_equal(process_lock("/no/such/folder/lock", &first), ERR_IO);
}

static void the_loop_wakes_by_descriptor_time_and_signal(void **state)
{
    (void)state;
    struct loop *l;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(loop_new(&l), OK);
    assert_int_equal(loop_watch(l, ends[0]), OK);
    assert_int_equal(loop_watch(l, ends[0]), OK);
    int64_t before_us = clock_monotonic_us();
    assert_int_equal(loop_wait(l, 30), OK);
    assert_in_range(clock_monotonic_us() - before_us, 29000, 5000000);
    assert_int_equal(write(ends[1], "x", 1), 1);
    before_us = clock_monotonic_us();
    assert_int_equal(loop_wait(l, 10000), OK);
    assert_in_range(clock_monotonic_us() - before_us, 0, 5000000);
    loop_forget(l, ends[0]);
    before_us = clock_monotonic_us();
    assert_int_equal(loop_wait(l, 30), OK);
    assert_in_range(clock_monotonic_us() - before_us, 29000, 5000000);
    assert_false(loop_is_stopping(l));
    assert_int_equal(kill(getpid(), SIGTERM), 0); /* comes before the wait and is not lost */
    assert_int_equal(loop_wait(l, 10000), OK);
    assert_true(loop_is_stopping(l));
    loop_free(l);
    close(ends[0]);
    close(ends[1]);
}

static void the_real_world_is_real(void **state)
{
    (void)state;
    unsigned char first[32] = {0};
    unsigned char second[32] = {0};
    char path[256];
    assert_true(clock_wall_ms(clock_real()) > INT64_C(1600000000000));
    int64_t before_ms = clock_monotonic_ms(clock_real());
    assert_true(clock_monotonic_ms(clock_real()) >= before_ms);
    random_real()->fill(random_real(), first, sizeof first);
    random_real()->fill(random_real(), second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
    assert_int_equal(process_self(path, sizeof path), OK);
    assert_non_null(strstr(path, "process_test"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_gives_its_status),
        cmocka_unit_test(a_child_dies_with_its_parent),
        cmocka_unit_test(a_lock_keeps_the_second_one_out),
        cmocka_unit_test(the_loop_wakes_by_descriptor_time_and_signal),
        cmocka_unit_test(the_real_world_is_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
