#include "common/wire/message.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(64u << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str vector(const char *name)
{
    struct str path = str_format(arena, "wire/%s.bin", name);
    return golden_read(arena, SOURCE_DIR, str_copy_z(arena, path));
}

static bool is_text(struct str s, const char *text)
{
    return str_equal(s, str_of(text));
}

/* What the independent script wrote is read and written again to the same bytes; cut short anywhere
 * it is refused; a field added by a newer end is skipped. */
#define CHECK_VECTOR(name, m)                                                                      \
    do {                                                                                           \
        struct str body = vector("message-" #name);                                                \
        struct message_##name cut;                                                                 \
        struct buf again, longer;                                                                  \
        assert_int_equal(message_##name##_parse(arena, body, (m)), OK);                            \
        buf_init(&again, arena);                                                                   \
        message_##name##_put(&again, (m));                                                         \
        assert_true(str_equal(body, buf_str(&again)));                                             \
        for (size_t len = 0; len < body.len; len++)                                                \
            assert_int_equal(message_##name##_parse(arena, str_slice(body, 0, len), &cut),         \
                             ERR_MALFORMED);                                                       \
        buf_init(&longer, arena);                                                                  \
        buf_put(&longer, body);                                                                    \
        buf_put(&longer, STR("a field of a newer version"));                                       \
        assert_int_equal(message_##name##_parse(arena, buf_str(&longer), &cut), OK);               \
    } while (0)

static void every_message_has_the_bytes_of_the_specification(void **state)
{
    (void)state;
    struct message_file_end file_end;
    struct message_file_receipt file_receipt;
    struct message_document document;
    struct message_receipt receipt;
    struct message_heartbeat heartbeat;
    struct message_withdraw withdraw;
    struct message_nothing nothing;
    struct message_quality quality;
    struct message_self_check self_check;
    struct message_ack ack;
    struct message_resend resend;
    struct message_busy busy;
    struct message_diverged diverged;
    CHECK_VECTOR(file_end, &file_end);
    assert_true(is_text(file_end.file_name, "发放.csv"));
    assert_int_equal(file_end.rejected, 10);
    assert_true(file_end.sum_fen == -123456789);
    CHECK_VECTOR(file_receipt, &file_receipt);
    assert_true(file_receipt.is_equal);
    CHECK_VECTOR(document, &document);
    assert_int_equal(document.due, 20261201);
    assert_true(is_text(document.facts_json, "[]"));
    CHECK_VECTOR(receipt, &receipt);
    assert_int_equal(receipt.state, RECEIPT_SIGNED);
    CHECK_VECTOR(heartbeat, &heartbeat);
    assert_true(heartbeat.disk_free_bytes == UINT64_MAX);
    CHECK_VECTOR(withdraw, &withdraw);
    assert_true(is_text(withdraw.reason_en, "facts changed"));
    CHECK_VECTOR(nothing, &nothing);
    assert_int_equal(nothing.last, 20261031);
    CHECK_VECTOR(quality, &quality);
    assert_int_equal(quality.fact_count, 2);
    assert_true(is_text(quality.facts[0].text, "3"));
    CHECK_VECTOR(self_check, &self_check);
    assert_true(is_text(self_check.rule, "X05"));
    assert_int_equal(self_check.hits, 3);
    CHECK_VECTOR(ack, &ack);
    assert_int_equal(ack.up_to_seq, 42);
    CHECK_VECTOR(resend, &resend);
    assert_int_equal(resend.from_seq, 17);
    CHECK_VECTOR(busy, &busy);
    assert_int_equal(busy.delay_ms, 30000);
    CHECK_VECTOR(diverged, &diverged);
    assert_true(is_text(diverged.reason, "behind"));
}

static void lists_inside_messages_come_back(void **state)
{
    (void)state;
    struct message_nack nack;
    struct message_answer answer;
    CHECK_VECTOR(nack, &nack);
    assert_int_equal(nack.row_count, 3);
    assert_int_equal(nack.rows[0], 3);
    assert_int_equal(nack.rows[1], 7);
    assert_int_equal(nack.rows[2], 5);
    CHECK_VECTOR(answer, &answer);
    assert_int_equal(answer.field_count, 2);
    assert_true(is_text(answer.fields[0].text, "属实"));
    assert_int_equal(answer.fields[1].text.len, 0);
}

static void a_batch_keeps_items_of_kinds_it_does_not_know(void **state)
{
    (void)state;
    struct str plain = vector("batch");
    struct message_item *items;
    size_t count;
    assert_int_equal(message_parse_batch(arena, plain, &items, &count), OK);
    assert_int_equal(count, 16);
    assert_int_equal(items[0].kind, MESSAGE_FILE_END);
    assert_int_equal(items[15].kind, 1000);
    assert_true(is_text(items[15].body, "later"));
    struct buf again;
    buf_init(&again, arena);
    for (size_t i = 0; i < count; i++)
        message_put_item(&again, (enum message_kind)items[i].kind, items[i].body);
    assert_true(str_equal(plain, buf_str(&again)));
    assert_int_equal(message_parse_batch(arena, STR_NONE, &items, &count), OK);
    assert_int_equal(count, 0);
}

static void a_batch_that_does_not_parse_is_refused_whole(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        struct str bytes;
    } bad[] = {
        {"no body length", STR_INIT("\x01")},
        {"body longer than the batch", STR_INIT("\x01\x05"
                                                "abc")},
        {"length of 64 bits", STR_INIT("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")},
        {"number over 64 bits", STR_INIT("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02")},
        {"number longer than it need be", STR_INIT("\x81\x00\x00")},
        {"kind 0", STR_INIT("\x00\x00")},
    };
    struct message_item *items;
    size_t count;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (message_parse_batch(arena, bad[i].bytes, &items, &count) != ERR_MALFORMED)
            fail_msg("accepted: %s", bad[i].why);
}

static void a_batch_of_too_many_items_is_refused(void **state)
{
    (void)state;
    struct buf out;
    struct message_item *items;
    size_t count;
    buf_init(&out, arena);
    for (int i = 0; i < MESSAGE_ITEMS_MAX; i++)
        message_put_item(&out, MESSAGE_HEARTBEAT, STR_NONE);
    assert_int_equal(message_parse_batch(arena, buf_str(&out), &items, &count), OK);
    message_put_item(&out, MESSAGE_HEARTBEAT, STR_NONE);
    assert_int_equal(message_parse_batch(arena, buf_str(&out), &items, &count), ERR_MALFORMED);
}

static void values_out_of_their_range_are_refused(void **state)
{
    (void)state;
    struct message_file_receipt receipt;
    struct message_answer answer;
    struct message_document document;
    /* is_equal = 2 */
    assert_int_equal(message_file_receipt_parse(arena, STR("\0\0\0\0\0\2\0"), &receipt),
                     ERR_MALFORMED);
    /* a list of 10,000 with 10,000 bytes behind it */
    struct buf out;
    buf_init(&out, arena);
    buf_put(&out, STR("\0\0\0\x90\x4e"));
    for (int i = 0; i < 20000; i++)
        buf_put_char(&out, 0);
    assert_int_equal(message_answer_parse(arena, buf_str(&out), &answer), ERR_MALFORMED);
    /* a due date over 32 bits */
    assert_int_equal(
        message_document_parse(arena, STR("\0\0\0\0\0\0\0\x80\x80\x80\x80\x10\0\0"), &document),
        ERR_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_has_the_bytes_of_the_specification),
        cmocka_unit_test(lists_inside_messages_come_back),
        cmocka_unit_test(a_batch_keeps_items_of_kinds_it_does_not_know),
        cmocka_unit_test(a_batch_that_does_not_parse_is_refused_whole),
        cmocka_unit_test(a_batch_of_too_many_items_is_refused),
        cmocka_unit_test(values_out_of_their_range_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
