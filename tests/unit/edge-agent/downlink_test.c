#include "edge-agent/downlink.h"
#include "edge-agent/intake/inbox.h"
#include "tests/unit/edge-agent/fixture.h"

static int make(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    site_make(s, SOURCE_DIR, 3);
    *state = s;
    return 0;
}

static int drop(void **state)
{
    site_remove(*state);
    free(*state);
    return 0;
}

/* As the link does it: inside a transaction, rolled back when the applier fails. */
static enum err deliver(struct site *s, const struct message_item *items, size_t count)
{
    struct downlink d;
    const struct link_batch batch = {
        .peer = STR("hub"), .epoch = 1, .seq = 1, .items = items, .item_count = count};
    downlink_init(&d, s->db, s->ledger, s->link, &s->clock.clock);
    site_fine(db_begin(s->db));
    enum err e = d.applier.apply(&d.applier, s->arena, &batch);
    if (e == OK)
        site_fine(db_commit(s->db));
    else
        db_rollback(s->db);
    return e;
}

static struct message_item document(struct site *s, const char *id)
{
    struct buf b;
    buf_init(&b, s->arena);
    message_document_put(&b, &(struct message_document){.document_id = str_of(id),
                                                        .type = STR("verify_benefit"),
                                                        .title_zh = STR("请核实一笔发放"),
                                                        .title_en = STR("Please verify"),
                                                        .body_zh = STR("正文"),
                                                        .body_en = STR("Body"),
                                                        .colour = STR("orange"),
                                                        .due = 20260930,
                                                        .created_ms = SITE_NOW,
                                                        .facts_json = STR("[]")});
    return (struct message_item){MESSAGE_DOCUMENT, buf_str(&b)};
}

static void stores_a_document_and_says_it_was_delivered(void **state)
{
    struct site *s = *state;
    struct inbox_document d;
    const struct message_item items[] = {document(s, "D-1"), document(s, "D-1")};
    site_fine(deliver(s, items, 2));
    site_fine(inbox_find(s->db, STR("D-1"), s->arena, &d));
    assert_true(str_equal(d.title_zh, STR("请核实一笔发放")));
    assert_int_equal(d.due, 20260930);
    assert_int_equal(d.received_ms, SITE_NOW);
    assert_string_equal(site_outbox(s), "receipt D-1 1 ; "); /* once, though it came twice */
}

static enum err refuse_all(void *context)
{
    (void)context;
    return ERR_IO;
}

static void stores_nothing_when_the_receipt_cannot_be_put(void **state)
{
    struct site *s = *state;
    struct inbox_document d;
    const struct message_item item = document(s, "D-1");
    struct downlink down;
    downlink_init(&down, s->db, s->ledger, s->link, &s->clock.clock);
    const struct link_batch batch = {.peer = STR("hub"), .items = &item, .item_count = 1};
    site_fine(db_begin(s->db));
    db_set_fault(s->db, refuse_all, NULL);
    assert_int_equal(down.applier.apply(&down.applier, s->arena, &batch), ERR_IO);
    db_set_fault(s->db, NULL, NULL);
    db_rollback(s->db);
    assert_int_equal(inbox_find(s->db, STR("D-1"), s->arena, &d), ERR_MISSING);
}

static void withdraws_a_document(void **state)
{
    struct site *s = *state;
    struct buf b;
    struct inbox_document d;
    buf_init(&b, s->arena);
    message_withdraw_put(&b, &(struct message_withdraw){.document_id = STR("D-1"),
                                                        .reason_zh = STR("重复下发"),
                                                        .reason_en = STR("sent twice")});
    const struct message_item items[] = {document(s, "D-1"), {MESSAGE_WITHDRAW, buf_str(&b)}};
    uint64_t open = 1;
    site_fine(deliver(s, items, 2));
    site_fine(inbox_find(s->db, STR("D-1"), s->arena, &d));
    assert_int_equal(d.withdrawn_ms, SITE_NOW);
    assert_true(str_equal(d.withdrawn_zh, STR("重复下发")));
    site_fine(inbox_count_open(s->db, &open));
    assert_int_equal(open, 0);
}

static void keeps_what_the_hub_says_of_a_file(void **state)
{
    struct site *s = *state;
    struct buf receipt, nack;
    struct import_entry e = {.id = STR("0123"), .name = STR("a.csv"), .state = IMPORT_ARCHIVED};
    const uint64_t rows[] = {4, 9};
    struct ledger_nack *nacks;
    size_t count = 0;
    site_fine(ledger_save(s->ledger, &e));
    buf_init(&receipt, s->arena);
    buf_init(&nack, s->arena);
    message_file_receipt_put(&receipt, &(struct message_file_receipt){.import_id = e.id,
                                                                      .merged = 7,
                                                                      .duplicate = 2,
                                                                      .quarantined = 1,
                                                                      .sum_fen = 123,
                                                                      .is_equal = true,
                                                                      .hub_ms = 99});
    message_nack_put(&nack, &(struct message_nack){.epoch = 1,
                                                   .seq = 1,
                                                   .import_id = e.id,
                                                   .dataset = STR("death"),
                                                   .code = STR("schema"),
                                                   .sentence_zh = STR("数据目录过旧"),
                                                   .sentence_en = STR("old catalog"),
                                                   .rows = rows,
                                                   .row_count = 2});
    const struct message_item items[] = {{MESSAGE_FILE_RECEIPT, buf_str(&receipt)},
                                         {MESSAGE_NACK, buf_str(&nack)}};
    site_fine(deliver(s, items, 2));
    site_fine(ledger_find(s->ledger, e.id, s->arena, &e));
    assert_int_equal(e.hub_ms, 99);
    assert_int_equal(e.hub_merged, 7);
    assert_int_equal(e.hub_duplicate, 2);
    assert_int_equal(e.hub_quarantined, 1);
    assert_true(e.is_hub_equal);
    site_fine(ledger_nacks(s->ledger, e.id, 10, s->arena, &nacks, &count));
    assert_int_equal(count, 1);
    assert_true(str_equal(nacks[0].rows, STR("4,9")));
}

static void sets_aside_what_it_does_not_understand(void **state)
{
    struct site *s = *state;
    struct ledger_totals totals = {0};
    const struct message_item items[] = {
        {99, STR("from the future")}, {MESSAGE_DOCUMENT, STR("\xFF\xFF\xFF")}, document(s, "D-2")};
    site_fine(deliver(s, items, 3));
    site_fine(ledger_totals(s->ledger, &totals));
    assert_int_equal(totals.unreadable, 2);
    assert_string_equal(site_outbox(s), "receipt D-2 1 ; ");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)
    const struct CMUnitTest tests[] = {
        CASE(stores_a_document_and_says_it_was_delivered),
        CASE(stores_nothing_when_the_receipt_cannot_be_put),
        CASE(withdraws_a_document),
        CASE(keeps_what_the_hub_says_of_a_file),
        CASE(sets_aside_what_it_does_not_understand),
    };
    return cmocka_run_group_tests_name("downlink", tests, NULL, NULL);
}
