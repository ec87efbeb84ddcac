#include "common/base/arena.h"
#include "common/os/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PUTTERS 4
#define EACH 5000

static bool is_ringing(const struct mailbox *m)
{
    struct pollfd p = {.fd = mailbox_descriptor(m), .events = POLLIN};
    return poll(&p, 1, 0) == 1;
}

static void what_is_put_comes_out_in_order(void **state)
{
    (void)state;
    struct mailbox *m;
    struct str label;
    struct str bytes;
    struct arena *a = arena_new(1 << 16);
    assert_int_equal(mailbox_new(4, &m), OK);
    assert_false(is_ringing(m));
    assert_false(mailbox_take(m, a, &label, &bytes));
    assert_true(mailbox_put(m, STR("a"), STR("first")));
    assert_true(mailbox_put(m, STR("bb"), STR("")));
    assert_true(is_ringing(m));
    assert_true(mailbox_take(m, a, &label, &bytes));
    assert_true(str_equal(label, STR("a")) && str_equal(bytes, STR("first")));
    assert_true(is_ringing(m));
    assert_true(mailbox_take(m, a, &label, &bytes));
    assert_true(str_equal(label, STR("bb")) && bytes.len == 0);
    assert_false(is_ringing(m));
    mailbox_free(m);
    arena_free(a);
}

static void bytes_have_a_limit_of_their_own(void **state)
{
    (void)state;
    struct mailbox *m;
    struct str label;
    struct str bytes;
    struct arena *a = arena_new(1 << 16);
    assert_int_equal(mailbox_new(1000, &m), OK);
    assert_int_equal(mailbox_load(m), 0);
    mailbox_limit(m, 100);
    assert_true(mailbox_put(m, STR("12345"),
                            STR("1234567890123456789012345678901234567890"
                                "12345")));
    assert_int_equal(mailbox_load(m), 500);
    assert_true(mailbox_put(m, STR("12345"),
                            STR("1234567890123456789012345678901234567890"
                                "12345")));
    assert_false(mailbox_put(m, STR(""), STR("x")));
    assert_int_equal(mailbox_dropped(m), 1);
    assert_true(mailbox_take(m, a, &label, &bytes));
    assert_true(mailbox_put(m, STR(""), STR("x")));
    assert_true(mailbox_take(m, a, &label, &bytes) && mailbox_take(m, a, &label, &bytes));
    assert_int_equal(mailbox_load(m), 0);
    mailbox_free(m);
    arena_free(a);
}

static void a_full_one_drops_and_counts(void **state)
{
    (void)state;
    struct mailbox *m;
    struct str label;
    struct str bytes;
    struct arena *a = arena_new(1 << 16);
    assert_int_equal(mailbox_new(2, &m), OK);
    assert_true(mailbox_put(m, STR("1"), STR_NONE));
    assert_true(mailbox_put(m, STR("2"), STR_NONE));
    assert_false(mailbox_put(m, STR("3"), STR_NONE));
    assert_int_equal(mailbox_dropped(m), 1);
    assert_true(mailbox_take(m, a, &label, &bytes));
    assert_true(str_equal(label, STR("1")));
    assert_true(mailbox_put(m, STR("4"), STR_NONE));
    assert_int_equal(mailbox_dropped(m), 1);
    mailbox_free(m); /* with letters inside */
    arena_free(a);
}

struct putter {
    struct mailbox *mailbox;
    char name;
};

static void *put_all(void *context)
{
    const struct putter *p = context;
    for (int i = 0; i < EACH; i++)
        while (!mailbox_put(p->mailbox, str_make(&p->name, 1), str_make(&i, sizeof i)))
            ;
    return NULL;
}

static void threads_lose_nothing_and_keep_their_order(void **state)
{
    (void)state;
    struct mailbox *m;
    pthread_t threads[PUTTERS];
    struct putter putters[PUTTERS];
    int next[PUTTERS] = {0};
    struct arena *a = arena_new(1 << 16);
    assert_int_equal(mailbox_new(100, &m), OK);
    for (int i = 0; i < PUTTERS; i++) {
        putters[i] = (struct putter){m, (char)i};
        assert_int_equal(pthread_create(&threads[i], NULL, put_all, &putters[i]), 0);
    }
    for (int taken = 0; taken < PUTTERS * EACH;) {
        struct pollfd p = {.fd = mailbox_descriptor(m), .events = POLLIN};
        struct str label;
        struct str bytes;
        assert_int_equal(poll(&p, 1, 10000), 1);
        while (mailbox_take(m, a, &label, &bytes)) {
            int number;
            assert_int_equal(bytes.len, sizeof number);
            memcpy(&number, bytes.ptr, sizeof number);
            assert_int_equal(number, next[(int)label.ptr[0]]++);
            arena_reset(a);
            taken++;
        }
    }
    for (int i = 0; i < PUTTERS; i++)
        pthread_join(threads[i], NULL);
    mailbox_free(m);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_out_in_order),
        cmocka_unit_test(a_full_one_drops_and_counts),
        cmocka_unit_test(bytes_have_a_limit_of_their_own),
        cmocka_unit_test(threads_lose_nothing_and_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
