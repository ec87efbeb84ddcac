#include "central/store/edge_store.h"
#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/site_store.h"
#include "tests/unit/central/hub_fixture.h"

#include <unistd.h>

static int set_up(void **state)
{
    struct hub_fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(f);
    assert_int_equal(db_exec(f->db, STR("INSERT INTO person(id, id18, name, name_key) VALUES (1, "
                                        "'11010519491231002X', '王芳', '王芳')")),
                     OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    hub_fixture_close(*state);
    free(*state);
    return 0;
}

static void put_findings(struct hub_fixture *f, int count)
{
    for (int i = 0; i < count; i++) {
        struct str sql = str_format(
            f->a,
            "INSERT INTO finding(rule, rule_version, rule_hash, subject, episode, life, decision, "
            "status, level, points, tier, amount_fen, site, result, say_zh, say_en, today, "
            "first_ms, last_ms) VALUES ('%s', 1, x'00', 1, 'e%d', 'new', 'to_verify', 'live', %d, "
            "%d, 1, 0, 't01', x'00', '', '', 20261124, 1, 1)",
            i % 2 ? "H01" : "H10", i, 1 + i % 5, 10 * (i % 7));
        assert_int_equal(db_exec(f->db, sql), OK);
    }
}

static void pages_hold_every_finding_once_worst_first(void **state)
{
    struct hub_fixture *f = *state;
    struct finding_filter filter = {.limit = 7};
    int64_t seen = 0, pages = 0, total = 0, level = 6;
    put_findings(f, 40);
    do {
        struct finding_row *rows;
        size_t count;
        assert_int_equal(
            finding_store_list(f->store, f->a, &filter, &rows, &count, &total, &filter.cursor), OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(rows[i].level <= level);
            level = rows[i].level;
        }
        seen += (int64_t)count;
        pages++;
    } while (filter.cursor);
    assert_int_equal(seen, 40);
    assert_int_equal(total, 40);
    assert_int_equal(pages, 6);
}

static void filters_meet(void **state)
{
    struct hub_fixture *f = *state;
    struct finding_filter filter = {.rule = STR("H01"), .level = 4};
    struct finding_row *rows;
    size_t count;
    int64_t total, next;
    put_findings(f, 40);
    assert_int_equal(finding_store_list(f->store, f->a, &filter, &rows, &count, &total, &next), OK);
    assert_int_equal(total, 4);
    assert_int_equal(count, 4);
    filter.decision = STR("confirmed");
    assert_int_equal(finding_store_list(f->store, f->a, &filter, &rows, &count, &total, &next), OK);
    assert_int_equal(total, 0);
}

static void a_decision_follows_its_table_and_leaves_its_trace(void **state)
{
    struct hub_fixture *f = *state;
    put_findings(f, 1);
    assert_int_equal(
        finding_store_decide(f->store, 1, FINDING_CONFIRMED, 9, STR("wang"), STR("seen")), OK);
    assert_int_equal(
        finding_store_decide(f->store, 1, FINDING_SITE_ANSWERED, 10, STR("site"), STR("")),
        ERR_INVALID);
    assert_int_equal(finding_store_decide(f->store, 7, FINDING_CONFIRMED, 9, STR("wang"), STR("")),
                     ERR_MISSING);
    struct finding_event_row *events;
    size_t count;
    assert_int_equal(finding_store_events(f->store, f->a, 1, &events, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_equal(events[0].by, STR("wang")));
}

static void open_matter(struct hub_fixture *f)
{
    struct message_document d = {.document_id = STR("F1"),
                                 .type = STR("verify_benefit"),
                                 .title_zh = STR("核实"),
                                 .title_en = STR("verify"),
                                 .due = 20261204};
    put_findings(f, 1);
    assert_int_equal(matter_store_open(f->store, &d, 1, STR("t01"), 100), OK);
}

static struct matter_row matter(struct hub_fixture *f)
{
    struct matter_row m;
    assert_int_equal(matter_store_of_finding(f->store, f->a, 1, &m), OK);
    return m;
}

static enum err receipt(struct hub_fixture *f, const char *site, uint64_t step, int64_t now_ms)
{
    struct message_receipt m = {.document_id = STR("F1"), .state = step, .by = STR("officer")};
    return matter_store_receipt(f->store, str_of(site), &m, now_ms);
}

static void receipts_only_go_forward_and_keep_their_first_time(void **state)
{
    struct hub_fixture *f = *state;
    open_matter(f);
    assert_int_equal(receipt(f, "t01", RECEIPT_DELIVERED, 110), OK);
    assert_int_equal(receipt(f, "t01", RECEIPT_SIGNED, 130), OK);
    assert_int_equal(receipt(f, "t01", RECEIPT_READ, 140), OK);
    assert_int_equal(receipt(f, "t01", RECEIPT_DELIVERED, 150), OK);
    struct matter_row m = matter(f);
    assert_true(str_equal(m.state, STR("signed")));
    assert_true(str_equal(m.signed_by, STR("officer")));
    assert_int_equal(m.delivered_ms, 110);
    assert_int_equal(m.read_ms, 140);
    assert_int_equal(m.signed_ms, 130);
}

static void a_site_moves_only_what_it_was_asked(void **state)
{
    struct hub_fixture *f = *state;
    open_matter(f);
    assert_int_equal(receipt(f, "t02", RECEIPT_SIGNED, 110), ERR_MISSING);
    assert_int_equal(receipt(f, "t01", 9, 110), ERR_MISSING);
    assert_true(str_equal(matter(f).state, STR("sent")));
}

static void an_answer_is_kept_in_the_order_of_the_form(void **state)
{
    struct hub_fixture *f = *state;
    struct message_answer_field fields[] = {{STR("verdict"), STR("confirmed")},
                                            {STR("note"), STR("看过")}};
    struct message_answer m = {
        .document_id = STR("F1"), .by = STR("officer"), .fields = fields, .field_count = 2};
    struct matter_answer *answers;
    size_t count;
    int64_t finding;
    open_matter(f);
    assert_int_equal(matter_store_answer(f->store, STR("t01"), &m, 200, &finding), OK);
    assert_int_equal(matter_store_answer(f->store, STR("t01"), &m, 300, &finding), OK);
    assert_int_equal(finding, 1);
    assert_int_equal(matter_store_answers(f->store, f->a, matter(f).id, &answers, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_equal(answers[0].field, STR("verdict")));
    assert_true(str_equal(answers[1].value, STR("看过")));
}

static void a_user_is_replaced_under_the_same_name(void **state)
{
    struct hub_fixture *f = *state;
    struct str password, role;
    assert_int_equal(site_store_put_user(f->store, STR("wang"), STR("p1"), STR("analyst")), OK);
    assert_int_equal(site_store_put_user(f->store, STR("wang"), STR("p2"), STR("approver")), OK);
    assert_int_equal(site_store_get_user(f->store, f->a, STR("wang"), &password, &role), OK);
    assert_true(str_equal(password, STR("p2")));
    assert_true(str_equal(role, STR("approver")));
    assert_int_equal(site_store_get_user(f->store, f->a, STR("li"), &password, &role), ERR_MISSING);
    assert_int_equal(site_store_put_user(f->store, STR("x"), STR("p"), STR("king")), ERR_EXISTS);
}

/* The judge of the ledger reads the agents' own databases, so it must know the agent's table as it
 * is. */
static void the_ledger_compares_with_an_agents_own_database(void **state)
{
    struct hub_fixture *f = *state;
    struct db *edge;
    struct edge_import *imports;
    size_t count;
    struct str path = str_format(f->a, "%s/store-test-%d.db", BINARY_DIR, (int)getpid());
    struct record_tally tally = {.merged = 3, .duplicate = 1, .quarantined = 1, .sum_fen = 500};
    assert_int_equal(edge_store_compare(f->store, str_copy_z(f->a, path), f->a, &imports, &count),
                     ERR_MISSING);
    assert_int_equal(db_open(str_format(f->a, "sqlite:" STR_FMT, STR_ARG(path)), 100, &edge), OK);
    assert_int_equal(db_exec(edge, fixture_read(f->a, "edge-agent/intake/0001_edge.sql")), OK);
    assert_int_equal(
        db_exec(edge, STR("INSERT INTO import(id, name, file_hash, size_bytes, state, dataset, "
                          "encoding, position, rows, accepted, rejected, warned, skipped, listed, "
                          "header_changed, sum_fen, started_ms, finished_ms, archive, note_zh, "
                          "note_en) VALUES ('i1', 'f', x'', 1, 'archived', 'benefit_pay', 'utf-8', "
                          "0, 6, 5, 1, 0, 0, 0, 0, 500, 1, 2, '', '', '')")),
        OK);
    db_close(edge);
    assert_int_equal(
        site_store_put(f->store, &(struct site_entry){STR("t01"), STR("u"), STR("n"), STR("k")}),
        OK);
    assert_int_equal(
        record_store_add_tally(f->store, STR("t01"), STR("i1"), STR("benefit_pay"), &tally), OK);
    assert_int_equal(edge_store_compare(f->store, str_copy_z(f->a, path), f->a, &imports, &count),
                     OK);
    assert_int_equal(count, 1);
    assert_int_equal(imports[0].accepted, 5);
    assert_int_equal(imports[0].merged + imports[0].duplicate + imports[0].quarantined, 5);
    assert_int_equal(imports[0].hub_fen, 500);
    unlink(str_copy_z(f->a, path));
    unlink(str_copy_z(f->a, str_format(f->a, STR_FMT "-wal", STR_ARG(path))));
    unlink(str_copy_z(f->a, str_format(f->a, STR_FMT "-shm", STR_ARG(path))));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(pages_hold_every_finding_once_worst_first),
        CASE(filters_meet),
        CASE(a_decision_follows_its_table_and_leaves_its_trace),
        CASE(receipts_only_go_forward_and_keep_their_first_time),
        CASE(a_site_moves_only_what_it_was_asked),
        CASE(an_answer_is_kept_in_the_order_of_the_form),
        CASE(a_user_is_replaced_under_the_same_name),
        CASE(the_ledger_compares_with_an_agents_own_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
