#include "common/sync/receiver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Envelope n of a chain hashes to n repeated; `chain` tells two chains apart. */
static struct hash hash_of(unsigned chain, uint64_t seq)
{
    struct hash h = {{0}};
    if (seq > 0) {
        h.bytes[0] = (unsigned char)(chain + 1);
        h.bytes[1] = (unsigned char)seq;
        h.bytes[2] = (unsigned char)(seq >> 8);
    }
    return h;
}

static enum receiver_decision take(struct receiver *r, uint64_t epoch, uint64_t seq, unsigned chain)
{
    struct envelope_header h = {.epoch = epoch, .seq = seq, .prev = hash_of(chain, seq - 1)};
    struct hash whole = hash_of(chain, seq);
    struct receiver before = *r, next;
    enum receiver_decision d = receiver_step(r, &h, &whole, &next);
    if (d == RECEIVER_APPLY || d == RECEIVER_NEW_EPOCH) {
        assert_int_equal(next.epoch, epoch);
        assert_int_equal(next.up_to_seq, seq);
        struct hash last = receiver_last(&next);
        assert_true(hash_equal(&last, &whole));
    } else {
        assert_memory_equal(&next, &before, sizeof next);
    }
    *r = next;
    return d;
}

static struct receiver at(uint64_t epoch, uint64_t up_to_seq)
{
    struct receiver r = {0};
    for (uint64_t seq = 1; seq <= up_to_seq; seq++)
        take(&r, epoch, seq, 0);
    assert_int_equal(r.up_to_seq, up_to_seq);
    return r;
}

static void decides_by_table(void **state)
{
    (void)state;
    static const struct {
        uint64_t epoch, up_to, in_epoch, in_seq;
        unsigned chain;
        enum receiver_decision decision;
    } rows[] = {
        {1, 0, 1, 1, 0, RECEIVER_NEW_EPOCH}, /* first contact */
        {1, 5, 1, 6, 0, RECEIVER_APPLY},
        {1, 5, 1, 5, 0, RECEIVER_DUPLICATE},
        {1, 5, 1, 1, 0, RECEIVER_DUPLICATE},
        {1, 20, 1, 5, 0, RECEIVER_DUPLICATE}, /* within the window */
        {1, 20, 1, 4, 0, RECEIVER_DUPLICATE}, /* its hash is forgotten */
        {1, 20, 1, 4, 1, RECEIVER_DUPLICATE}, /* the same, whatever it is */
        {1, 20, 1, 5, 1, RECEIVER_BEHIND},
        {1, 5, 1, 5, 1, RECEIVER_BEHIND},
        {1, 5, 1, 6, 1, RECEIVER_FORK},
        {1, 5, 1, 7, 0, RECEIVER_HOLD},
        {1, 5, 1, 5 + RECEIVER_WINDOW, 0, RECEIVER_HOLD},
        {1, 5, 1, 6 + RECEIVER_WINDOW, 0, RECEIVER_GAP},
        {1, 5, 1, INT64_MAX, 0, RECEIVER_GAP},
        {2, 5, 1, 6, 0, RECEIVER_OLD_EPOCH},
        {1, 5, 2, 1, 0, RECEIVER_NEW_EPOCH},
        {1, 5, 7, 1, 1, RECEIVER_NEW_EPOCH},
        {1, 5, 2, 2, 0, RECEIVER_HOLD},
        {1, 5, 2, RECEIVER_WINDOW, 0, RECEIVER_HOLD},
        {1, 5, 2, RECEIVER_WINDOW + 1, 0, RECEIVER_GAP},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct receiver r = at(rows[i].epoch, rows[i].up_to);
        assert_int_equal(take(&r, rows[i].in_epoch, rows[i].in_seq, rows[i].chain),
                         rows[i].decision);
    }
}

static void an_epoch_begins_with_an_empty_chain(void **state)
{
    (void)state;
    struct receiver r = at(1, 3), next;
    struct envelope_header h = {.epoch = 2, .seq = 1, .prev = hash_of(0, 3)};
    struct hash whole = hash_of(1, 1);
    assert_int_equal(receiver_step(&r, &h, &whole, &next), RECEIVER_FORK);
    assert_memory_equal(&r, &next, sizeof r);
}

static void a_second_chain_is_refused_and_the_first_goes_on(void **state)
{
    (void)state;
    struct receiver r = at(1, 3);
    assert_int_equal(take(&r, 1, 4, 1), RECEIVER_FORK);
    assert_int_equal(take(&r, 1, 4, 0), RECEIVER_APPLY);
    assert_int_equal(take(&r, 1, 4, 1), RECEIVER_BEHIND);
    assert_int_equal(take(&r, 1, 5, 0), RECEIVER_APPLY);
}

static void a_chain_longer_than_the_window_stays_whole(void **state)
{
    (void)state;
    struct receiver r = at(3, 100);
    for (uint64_t seq = 100; seq > 100 - RECEIVER_WINDOW; seq--)
        assert_int_equal(take(&r, 3, seq, 0), RECEIVER_DUPLICATE);
    assert_int_equal(take(&r, 3, 101, 0), RECEIVER_APPLY);
}

static void nothing_received_has_no_last(void **state)
{
    (void)state;
    struct receiver fresh = {0};
    struct hash none = receiver_last(&fresh);
    assert_true(hash_equal(&none, &(struct hash){{0}}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decides_by_table),
        cmocka_unit_test(an_epoch_begins_with_an_empty_chain),
        cmocka_unit_test(a_second_chain_is_refused_and_the_first_goes_on),
        cmocka_unit_test(a_chain_longer_than_the_window_stays_whole),
        cmocka_unit_test(nothing_received_has_no_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
