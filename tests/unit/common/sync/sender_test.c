#include "common/sync/sender.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct sender_update step(struct sender *s, struct sender_event e)
{
    struct sender_update u;
    sender_step(s, &e, &u);
    *s = u.next;
    return u;
}

static struct sender_update position(struct sender *s, int64_t now_ms, uint64_t acked,
                                     uint64_t sealed)
{
    return step(s, (struct sender_event){.kind = SENDER_POSITION,
                                         .now_ms = now_ms,
                                         .position = {.epoch = 1,
                                                      .acked_seq = acked,
                                                      .sealed_seq = sealed,
                                                      .credit = SENDER_WINDOW}});
}

static struct sender_update sent(struct sender *s, int64_t now_ms, uint64_t seq)
{
    return step(s, (struct sender_event){.kind = SENDER_SENT, .now_ms = now_ms, .seq = seq});
}

static struct sender_update turn(struct sender *s, int64_t now_ms)
{
    return step(s, (struct sender_event){.kind = SENDER_TURN, .now_ms = now_ms});
}

static void assert_sends(struct sender_update u, uint64_t from, uint64_t to)
{
    assert_int_equal(u.send_from, from);
    assert_int_equal(u.send_to, to);
}

static void assert_sends_nothing(struct sender_update u)
{
    assert_true(u.send_from > u.send_to);
}

static struct sender fresh(void)
{
    return (struct sender){.resend_at_ms = SENDER_NEVER};
}

static void fills_the_window_and_no_more(void **state)
{
    (void)state;
    struct sender s = fresh();
    struct sender_update u = position(&s, 0, 0, 0);
    assert_sends_nothing(u);
    assert_int_equal(u.seal_max, SENDER_WINDOW);
    assert_int_equal(u.wake_at_ms, SENDER_NEVER);
    u = position(&s, 0, 0, SENDER_WINDOW);
    assert_sends(u, 1, SENDER_WINDOW);
    assert_int_equal(u.seal_max, 0);
    u = sent(&s, 0, SENDER_WINDOW);
    assert_sends_nothing(u);
    assert_true(u.wake_at_ms > 0);
    u = position(&s, 10, 3, SENDER_WINDOW);
    assert_sends_nothing(u);
    assert_int_equal(u.seal_max, 3);
}

static void honours_the_credit_and_probes_with_none(void **state)
{
    (void)state;
    static const struct {
        uint64_t credit, window;
    } rows[] = {{0, 1}, {1, 1}, {5, 5}, {16, 16}, {1000, 16}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sender s = fresh();
        struct sender_update u = step(
            &s, (struct sender_event){
                    .kind = SENDER_POSITION,
                    .position = {
                        .epoch = 1, .acked_seq = 4, .sealed_seq = 4, .credit = rows[i].credit}});
        assert_int_equal(u.seal_max, rows[i].window);
        u = step(&s, (struct sender_event){.kind = SENDER_POSITION,
                                           .position = {.epoch = 1,
                                                        .acked_seq = 4,
                                                        .sealed_seq = 30,
                                                        .credit = rows[i].credit}});
        assert_sends(u, 5, 4 + rows[i].window);
    }
}

static void after_a_silence_probes_with_one_and_grows_with_each_answer(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 16);
    struct sender_update u = sent(&s, 0, 16);
    assert_sends_nothing(turn(&s, u.wake_at_ms - 1));
    u = turn(&s, u.wake_at_ms);
    assert_sends(u, 1, 1);
    assert_int_equal(u.seal_max, 0);
    sent(&s, 5000, 1);
    assert_sends(position(&s, 5100, 1, 16), 2, 3);
    sent(&s, 5100, 3);
    assert_sends(position(&s, 5200, 3, 16), 4, 7);
    sent(&s, 5200, 7);
    assert_sends(position(&s, 5300, 7, 16), 8, 15);
    sent(&s, 5300, 15);
    u = position(&s, 5400, 16, 16); /* held there and acknowledged beyond what was sent again */
    assert_sends_nothing(u);
    assert_int_equal(u.wake_at_ms, SENDER_NEVER);
    assert_int_equal(u.seal_max, SENDER_WINDOW);
}

static void waits_double_without_an_answer(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 1);
    struct sender_update u = sent(&s, 0, 1);
    int64_t now = 0, last = 0;
    for (int i = 0; i < 20; i++) {
        int64_t wait = u.wake_at_ms - now;
        assert_true(wait >= last);
        assert_true(wait <= SENDER_WAIT_MAX_MS);
        last = wait;
        now = u.wake_at_ms;
        assert_sends(turn(&s, now), 1, 1);
        u = sent(&s, now, 1);
    }
    assert_int_equal(last, SENDER_WAIT_MAX_MS / 2);
    u = position(&s, now, 1, 2); /* an answer makes it forget */
    u = sent(&s, now, 2);
    assert_true(u.wake_at_ms - now <= 2 * SENDER_WAIT_FIRST_MS);
}

static void waits_longer_on_a_slow_line(void **state)
{
    (void)state;
    struct sender s = fresh();
    uint64_t seq = 0;
    int64_t now = 0;
    for (int i = 0; i < 50; i++, now += 60000) {
        position(&s, now, seq, seq + 1);
        sent(&s, now, ++seq);
        position(&s, now + 60000, seq, seq);
    }
    assert_int_equal(s.smoothed_ms, 60000);
    position(&s, now, seq, seq + 1);
    assert_true(sent(&s, now, seq + 1).wake_at_ms - now > 60000);
    s = fresh(); /* on a quick one the least wait holds */
    position(&s, 0, 0, 1);
    sent(&s, 0, 1);
    position(&s, 0, 1, 2);
    assert_int_equal(s.smoothed_ms, 1);
    assert_true(sent(&s, 0, 2).wake_at_ms >= SENDER_WAIT_MIN_MS);
    s = fresh(); /* and an absurd measure is bounded */
    s.smoothed_ms = INT64_MAX / 4;
    position(&s, 0, 0, 1);
    assert_true(sent(&s, 0, 1).wake_at_ms <= SENDER_WAIT_MAX_MS);
}

static void does_not_measure_what_was_sent_twice(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 1);
    struct sender_update u = sent(&s, 0, 1);
    turn(&s, u.wake_at_ms);
    sent(&s, u.wake_at_ms, 1);
    position(&s, u.wake_at_ms + 5, 1, 1);
    assert_int_equal(s.smoothed_ms, 0);
    position(&s, 10000, 1, 3); /* the one timed is not acknowledged yet */
    sent(&s, 10000, 2);
    sent(&s, 10001, 3);
    assert_int_equal(s.timed_seq, 2);
    position(&s, 10002, 1, 3);
    assert_int_equal(s.smoothed_ms, 0);
    position(&s, 10300, 3, 3);
    assert_int_equal(s.smoothed_ms, 300);
}

static void sends_again_what_is_asked_for(void **state)
{
    (void)state;
    static const struct {
        uint64_t asked, from;
    } rows[] = {{3, 11}, {4, 4}, {5, 5}, {10, 10}, {11, 11}, {0, 11}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sender s = fresh();
        position(&s, 0, 3, 10);
        sent(&s, 0, 10);
        struct sender_update u = step(
            &s, (struct sender_event){.kind = SENDER_ASKED, .now_ms = 1, .seq = rows[i].asked});
        assert_sends(u, rows[i].from, 10);
    }
}

/* Found by the simulator: the request was for what the slow pace did not allow yet, and nothing was
 * left to end the silence. */
static void a_request_after_a_silence_is_answered(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 2);
    struct sender_update u = sent(&s, 0, 2);
    u = turn(&s, u.wake_at_ms);
    sent(&s, 5000, 1);
    u = step(&s, (struct sender_event){.kind = SENDER_ASKED, .now_ms = 5001, .seq = 2});
    assert_sends(u, 2, 2);
    assert_true(u.wake_at_ms < SENDER_NEVER);
}

static void a_new_connection_sends_all_that_is_open(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 3, 10);
    sent(&s, 0, 10);
    s.tries = 9;
    assert_sends(step(&s, (struct sender_event){.kind = SENDER_RECONNECTED}), 4, 10);
    assert_int_equal(s.tries, 0);
    assert_sends(turn(&s, 1), 4, 10); /* handed to nobody yet: still to be sent */
}

static void a_rewound_peer_gets_its_history_again(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 16);
    sent(&s, 0, 16);
    position(&s, 1, 16, 16);
    struct sender_update u = position(&s, 2, 5, 16);
    assert_sends(u, 6, 16);
    assert_int_equal(u.seal_max, 5);
}

static void a_new_epoch_starts_at_its_first(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 3, 10);
    sent(&s, 0, 10);
    struct sender_update u =
        step(&s, (struct sender_event){.kind = SENDER_POSITION,
                                       .position = {.epoch = 2, .sealed_seq = 2, .credit = 16}});
    assert_sends(u, 1, 2);
    assert_int_equal(u.wake_at_ms, SENDER_NEVER);
}

static void a_diverged_stream_is_silent(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 3, 10);
    struct sender_update u = step(
        &s,
        (struct sender_event){
            .kind = SENDER_POSITION,
            .position = {
                .epoch = 1, .acked_seq = 3, .sealed_seq = 10, .credit = 16, .is_diverged = true}});
    assert_sends_nothing(u);
    assert_int_equal(u.seal_max, 0);
    assert_int_equal(u.wake_at_ms, SENDER_NEVER);
    assert_sends_nothing(turn(&s, 1 << 30));
}

static void a_busy_peer_is_left_alone_and_then_probed(void **state)
{
    (void)state;
    struct sender s = fresh();
    position(&s, 0, 0, 4);
    sent(&s, 0, 2);
    struct sender_event busy = {
        .kind = SENDER_POSITION,
        .now_ms = 100,
        .position = {
            .epoch = 1, .acked_seq = 1, .sealed_seq = 4, .credit = 16, .paused_ms = 30000}};
    struct sender_update u = step(&s, busy);
    assert_sends_nothing(u);
    assert_int_equal(u.wake_at_ms, 30100);
    assert_sends_nothing(turn(&s, 30099)); /* its answer is overdue, and still nothing is sent */
    assert_sends(turn(&s, 30100), 2, 2);   /* then one envelope, as after any silence */
    busy.position.paused_ms = 0;
    busy.now_ms = 30200;
    step(&s, busy);
    position(&s, 30300, 2, 4);
    assert_true(turn(&s, 30300).send_to > 2);
}

static const struct sender_position mid = {
    .epoch = 3, .acked_seq = 5, .sealed_seq = 9, .credit = 16};

static void judges_acknowledgements(void **state)
{
    (void)state;
    static const struct hash a = {{1}}, b = {{2}};
    static const struct {
        uint64_t epoch, up_to, credit;
        const struct hash *ours;
        enum sender_verdict verdict;
    } rows[] = {
        {3, 6, 16, &a, SENDER_ADVANCE},   {3, 9, 16, &a, SENDER_ADVANCE},
        {3, 10, 16, NULL, SENDER_BEHIND}, {3, 5, 16, &a, SENDER_STALE},
        {3, 5, 4, &a, SENDER_ADVANCE},    {3, 4, 4, &a, SENDER_STALE},
        {3, 4, 16, &b, SENDER_FORK},      {3, 6, 16, &b, SENDER_FORK},
        {3, 2, 16, NULL, SENDER_STALE},   {3, 0, 16, NULL, SENDER_STALE},
        {2, 99, 16, NULL, SENDER_STALE},  {4, 1, 16, NULL, SENDER_OLD_EPOCH},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct message_ack ack = {.epoch = rows[i].epoch,
                                  .up_to_seq = rows[i].up_to,
                                  .credit = rows[i].credit,
                                  .last = a};
        assert_int_equal(sender_judge_ack(&mid, rows[i].ours, &ack), rows[i].verdict);
    }
}

static void judges_requests(void **state)
{
    (void)state;
    static const struct {
        uint64_t epoch, from;
        enum sender_verdict verdict;
    } rows[] = {
        {3, 6, SENDER_ASK},         {3, 9, SENDER_ASK},         {3, 10, SENDER_STALE},
        {3, 11, SENDER_BEHIND},     {3, 5, SENDER_REWIND},      {3, 1, SENDER_REWIND},
        {3, 0, SENDER_STALE},       {2, 1, SENDER_OLD_REQUEST}, {4, 1, SENDER_OLD_EPOCH},
        {0, 1, SENDER_OLD_REQUEST},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct message_resend request = {.epoch = rows[i].epoch, .from_seq = rows[i].from};
        assert_int_equal(sender_judge_resend(&mid, &request), rows[i].verdict);
    }
}

static void judges_reports_of_divergence(void **state)
{
    (void)state;
    static const struct {
        uint64_t epoch;
        struct str reason;
        enum sender_verdict verdict;
        struct str words;
    } rows[] = {
        {3, STR_INIT("behind"), SENDER_BEHIND, STR_INIT("behind")},
        {3, STR_INIT("fork"), SENDER_FORK, STR_INIT("fork")},
        {3, STR_INIT("old-epoch"), SENDER_STALE, STR_INIT("")},
        {3, STR_INIT("something newer"), SENDER_BEHIND, STR_INIT("behind")},
        {2, STR_INIT("fork"), SENDER_STALE, STR_INIT("")},
        {4, STR_INIT("old-epoch"), SENDER_OLD_EPOCH, STR_INIT("old-epoch")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct message_diverged report = {.epoch = rows[i].epoch, .reason = rows[i].reason};
        enum sender_verdict verdict = sender_judge_diverged(&mid, &report);
        assert_int_equal(verdict, rows[i].verdict);
        assert_true(str_equal(sender_reason(verdict), rows[i].words));
    }
    assert_int_equal(sender_reason(SENDER_ADVANCE).len, 0);
    assert_int_equal(sender_reason(SENDER_ASK).len, 0);
    assert_int_equal(sender_reason(SENDER_REWIND).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_the_window_and_no_more),
        cmocka_unit_test(honours_the_credit_and_probes_with_none),
        cmocka_unit_test(after_a_silence_probes_with_one_and_grows_with_each_answer),
        cmocka_unit_test(waits_double_without_an_answer),
        cmocka_unit_test(waits_longer_on_a_slow_line),
        cmocka_unit_test(does_not_measure_what_was_sent_twice),
        cmocka_unit_test(sends_again_what_is_asked_for),
        cmocka_unit_test(a_request_after_a_silence_is_answered),
        cmocka_unit_test(a_new_connection_sends_all_that_is_open),
        cmocka_unit_test(a_rewound_peer_gets_its_history_again),
        cmocka_unit_test(a_new_epoch_starts_at_its_first),
        cmocka_unit_test(a_diverged_stream_is_silent),
        cmocka_unit_test(a_busy_peer_is_left_alone_and_then_probed),
        cmocka_unit_test(judges_acknowledgements),
        cmocka_unit_test(judges_requests),
        cmocka_unit_test(judges_reports_of_divergence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
