#include "central/intake/intake.h"

#include "central/store/finding_store.h"
#include "common/base/check.h"
#include "tests/unit/central/hub_fixture.h"

#include <string.h>

#define WANG "citizen_id=11010519491231002X;name=王芳"
#define LI "citizen_id=440524188001010014;name=李明"
#define PAY "batch_no=P1;programme=低保;month=2024-05;amount=300;township=T1;"

struct fixture {
    struct hub_fixture hub; /* first member */
    struct intake intake;
    uint64_t seq;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(&f->hub);
    intake_init(&f->intake, f->hub.store, f->hub.link, &f->hub.clock.clock, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

/* As the link does it: one transaction a batch. */
static void apply(struct fixture *f, const char *site, uint64_t kind, struct str body)
{
    struct message_item item = {kind, body};
    struct link_batch batch = {
        .peer = str_of(site), .epoch = 1, .seq = ++f->seq, .items = &item, .item_count = 1};
    assert_int_equal(db_begin(f->hub.db), OK);
    assert_int_equal(f->intake.applier.apply(&f->intake.applier, f->hub.a, &batch), OK);
    assert_int_equal(db_commit(f->hub.db), OK);
}

static void file_end(struct fixture *f, const char *site, const char *import_id, uint64_t accepted,
                     int64_t sum_fen)
{
    struct buf out;
    buf_init(&out, f->hub.a);
    message_file_end_put(&out, &(struct message_file_end){.import_id = str_of(import_id),
                                                          .file_name = STR("f.csv"),
                                                          .dataset = STR("benefit_pay"),
                                                          .rows = accepted,
                                                          .accepted = accepted,
                                                          .sum_fen = sum_fen,
                                                          .imported_ms = HUB_FIXTURE_NOW_MS});
    apply(f, site, MESSAGE_FILE_END, buf_str(&out));
}

/* The newest item of that kind in the outbox to a site. */
static struct str put_last(struct fixture *f, const char *site, enum message_kind kind)
{
    struct str sql = str_format(f->hub.a,
                                "SELECT body FROM spool_item WHERE peer = '%s' AND kind = %d ORDER "
                                "BY item DESC LIMIT 1",
                                site, (int)kind);
    return hub_fixture_text(&f->hub, str_copy_z(f->hub.a, sql));
}

static void rows_are_merged_and_counted_once(void **state)
{
    struct fixture *f = *state;
    const char *rows[] = {PAY WANG, PAY LI, NULL};
    apply(f, "t01", MESSAGE_RECORDS, hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, rows));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM benefit_pay"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT merged FROM tally"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM dirty"), 2);

    file_end(f, "t01", "i1", 2, 60000);
    struct message_file_receipt receipt;
    struct str body = put_last(f, "t01", MESSAGE_FILE_RECEIPT);
    assert_int_equal(message_file_receipt_parse(f->hub.a, body, &receipt), OK);
    assert_true(receipt.is_equal);
    assert_int_equal(receipt.merged, 2);
}

static void totals_that_differ_are_said(void **state)
{
    struct fixture *f = *state;
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG)));
    file_end(f, "t01", "i1", 1, 29999);
    struct message_file_receipt receipt;
    struct str body = put_last(f, "t01", MESSAGE_FILE_RECEIPT);
    assert_int_equal(message_file_receipt_parse(f->hub.a, body, &receipt), OK);
    assert_false(receipt.is_equal);
}

static void a_correction_is_a_version_and_the_same_row_again_is_none(void **state)
{
    struct fixture *f = *state;
    const char *corrected = "batch_no=P1;programme=低保;month=2024-05;amount=301;township=T1;" WANG;
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG)));
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i2", 2, ROWS(corrected)));
    apply(f, "t02", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i3", 2, ROWS(corrected)));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM rec_benefit_pay"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT amount FROM benefit_pay"), 30100);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT version FROM benefit_pay"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(duplicate) FROM tally"), 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(conflict) FROM tally"), 0);
}

static void two_sites_that_disagree_are_a_conflict_that_is_counted(void **state)
{
    struct fixture *f = *state;
    const char *other = "batch_no=P1;programme=低保;month=2024-05;amount=299;township=T1;" WANG;
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG)));
    apply(f, "t02", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i2", 2, ROWS(other)));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT conflict FROM tally WHERE site = 't02'"),
                     1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT amount FROM benefit_pay"), 29900);
}

/* After a new epoch a site offers again what the hub may lack. What the hub has must not count
 * twice, nor bring an older version back. */
static void a_chunk_that_was_applied_changes_nothing_when_it_is_offered_again(void **state)
{
    struct fixture *f = *state;
    const char *corrected = "batch_no=P1;programme=低保;month=2024-05;amount=301;township=T1;" WANG;
    struct str first = hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG));
    struct str second = hub_fixture_chunk(&f->hub, "benefit_pay", "i2", 2, ROWS(corrected));
    apply(f, "t01", MESSAGE_RECORDS, first);
    apply(f, "t01", MESSAGE_RECORDS, second);
    apply(f, "t01", MESSAGE_RECORDS, first);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT amount FROM benefit_pay"), 30100);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM rec_benefit_pay"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(merged + duplicate) FROM tally"), 2);
}

static void a_row_that_is_not_valid_here_goes_to_quarantine_and_its_site_is_told(void **state)
{
    struct fixture *f = *state;
    const char *bad = "batch_no=P1;programme=低保;month=2024-05;township=T1;" LI; /* no amount */
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG, bad)));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT merged FROM tally"), 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT quarantined FROM tally"), 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT rows FROM quarantine"), 1);
    struct message_nack nack;
    assert_int_equal(message_nack_parse(f->hub.a, put_last(f, "t01", MESSAGE_NACK), &nack), OK);
    assert_int_equal(nack.row_count, 1);
    assert_int_equal(nack.rows[0], 3);
    assert_true(nack.sentence_zh.len > 0);
    assert_true(nack.sentence_en.len > 0);
}

static struct str rename_dataset(struct fixture *f, struct str body, const char *from,
                                 const char *to)
{
    struct columns_chunk c;
    struct buf out;
    assert_int_equal(columns_parse(f->hub.a, body, &c), OK);
    for (size_t i = 0; i < c.field_count; i++)
        if (str_equal(c.field_ids[i], str_of(from)))
            c.field_ids[i] = str_of(to);
    if (str_equal(c.dataset, str_of(from)))
        c.dataset = str_of(to);
    buf_init(&out, f->hub.a);
    columns_put(&out, &c);
    return buf_str(&out);
}

static void what_the_catalog_does_not_know_is_kept_whole(void **state)
{
    struct fixture *f = *state;
    struct str known = hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG, PAY LI));
    struct str dataset = rename_dataset(f, known, "benefit_pay", "benefit_new");
    struct str field = rename_dataset(f, known, "handler", "handler_new");
    apply(f, "t01", MESSAGE_RECORDS, dataset);
    apply(f, "t02", MESSAGE_RECORDS, field);
    apply(f, "t03", MESSAGE_RECORDS, STR("no chunk at all"));
    apply(f, "t04", 77, STR("of a later version"));
    apply(f, "t05", 0, STR("does not parse"));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM rec_benefit_pay"), 0);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM quarantine"), 5);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM spool_item WHERE kind = 4"),
                     5);
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT quarantined FROM tally WHERE site = 't01'"), 2);
    struct str kept = hub_fixture_text(&f->hub, "SELECT body FROM quarantine WHERE site = 't01'");
    assert_true(str_equal(kept, dataset));
}

/* The hub learns the column, the operator replays: rows move from quarantine to their table, the
 * ledger stays equal, and the second replay finds nothing. */
static void quarantine_is_replayed_once_the_catalog_knows_it(void **state)
{
    struct fixture *f = *state;
    struct str known = hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG, PAY LI));
    size_t replayed;
    apply(f, "t01", MESSAGE_RECORDS, rename_dataset(f, known, "handler", "handler_new"));
    assert_int_equal(db_begin(f->hub.db), OK);
    struct db_stmt *stmt; /* as if the catalog had been mended: the body now fits */
    assert_int_equal(db_prepare(f->hub.db, STR("UPDATE quarantine SET body = ?1"), &stmt), OK);
    db_bind_blob(stmt, 1, known);
    assert_int_equal(db_run(stmt), OK);
    assert_int_equal(db_commit(f->hub.db), OK);

    assert_int_equal(intake_replay_quarantine(&f->intake, false, &replayed), OK);
    assert_int_equal(replayed, 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM benefit_pay"), 2);
    /* they came with the first batch and are there since the last */
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT max(batch_id) FROM benefit_pay"), 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT min(valid_from) FROM benefit_pay"),
                     hub_fixture_number(&f->hub, "SELECT max(id) FROM batch"));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT max(id) FROM batch"), 2);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(quarantined) FROM tally"), 0);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(merged) FROM tally"), 2);
    assert_int_equal(intake_replay_quarantine(&f->intake, false, &replayed), OK);
    assert_int_equal(replayed, 0);
}

/* A hub with another catalog tries again by itself, once; under the same catalog it does not. */
static void another_catalog_is_another_try(void **state)
{
    struct fixture *f = *state;
    struct str known = hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG, PAY LI));
    size_t replayed;
    apply(f, "t01", MESSAGE_RECORDS, rename_dataset(f, known, "handler", "handler_new"));
    assert_int_equal(intake_replay_quarantine(&f->intake, true, &replayed), OK);
    assert_int_equal(replayed, 0);
    assert_int_equal(db_exec(f->hub.db, STR("UPDATE quarantine SET catalog = x'00'")), OK);
    assert_int_equal(intake_replay_quarantine(&f->intake, true, &replayed), OK);
    assert_int_equal(replayed, 1); /* set aside again, now under the present catalog */
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT count(*) FROM quarantine WHERE replayed_ms IS NULL"),
        1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT sum(quarantined) FROM tally"), 2);
    assert_int_equal(intake_replay_quarantine(&f->intake, true, &replayed), OK);
    assert_int_equal(replayed, 0);
}

static void two_numbers_of_one_person_meet_and_one_number_of_two_does_not(void **state)
{
    struct fixture *f = *state;
    /* 110105491231002 is 11010519491231002X as it was written before 1999 */
    apply(f, "t01", MESSAGE_RECORDS,
          hub_fixture_chunk(&f->hub, "benefit_pay", "i1", 2, ROWS(PAY WANG)));
    apply(f, "d01", MESSAGE_RECORDS,
          hub_fixture_chunk(
              &f->hub, "death", "i2", 2,
              ROWS("citizen_id=110105491231002;name=王 芳;died_on=2023-1-2;source=police",
                   "citizen_id=11010519491231002X;name=赵铁柱;died_on=2023-1-2;source=health")));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM person"), 2);
    assert_int_equal(hub_fixture_number(&f->hub,
                                        "SELECT count(*) FROM death AS d JOIN benefit_pay AS p ON "
                                        "p.citizen_id_person = d.citizen_id_person"),
                     1);
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT citizen_id_tier FROM death WHERE source = 'police'"),
        2);
}

/* analysis.md 1: every link keeps its tier, explanation, decider and time. */
static void every_way_a_person_is_written_is_explained(void **state)
{
    struct fixture *f = *state;
    apply(f, "d01", MESSAGE_RECORDS,
          hub_fixture_chunk(
              &f->hub, "death", "i2", 2,
              ROWS("citizen_id=11010519491231002X;name=王芳;died_on=2023-1-2;source=police",
                   "citizen_id=110105491231002;name=王芳;died_on=2023-1-2;source=health",
                   "citizen_id=11010519491231002X;name=王方;died_on=2023-1-2;source=civil")));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM person"), 1);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM person_link"), 3);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM person_link WHERE tier = 2"),
                     2);
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT count(DISTINCT explanation) FROM person_link"), 3);
}

static void heartbeats_show_at_their_site(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, f->hub.a);
    message_heartbeat_put(&out, &(struct message_heartbeat){.program_version = STR("0.1.0"),
                                                            .at_ms = 1,
                                                            .waiting_rows = 12});
    assert_int_equal(db_exec(f->hub.db, STR("INSERT INTO site(id, unit_code, name, kind) VALUES "
                                            "('t01', 'u', 'n', 'k')")),
                     OK);
    apply(f, "t01", MESSAGE_HEARTBEAT, buf_str(&out));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT waiting_rows FROM site"), 12);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT heartbeat_ms FROM site"),
                     HUB_FIXTURE_NOW_MS);
}

/* The newest run of a rule counts, also when an older word of it comes later. */
static void a_site_says_which_of_its_own_rules_ran(void **state)
{
    struct fixture *f = *state;
    static const struct {
        int64_t at_ms, hits;
        uint64_t says;
    } cases[] = {{100, 3, 3}, {200, 0, 0}, {150, 0, 9}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out;
        buf_init(&out, f->hub.a);
        message_self_check_put(&out, &(struct message_self_check){.rule = STR("X05"),
                                                                  .version = 1,
                                                                  .hits = cases[i].says,
                                                                  .why = STR(""),
                                                                  .at_ms = cases[i].at_ms});
        apply(f, "t01", MESSAGE_SELF_CHECK, buf_str(&out));
        assert_int_equal(hub_fixture_number(&f->hub, "SELECT hits FROM self_check"), cases[i].hits);
    }
}

static void a_file_says_of_which_days_its_rows_speak(void **state)
{
    struct fixture *f = *state;
    apply(
        f, "t01", MESSAGE_RECORDS,
        hub_fixture_chunk(&f->hub, "benefit_pay", "imp", 2,
                          ROWS("citizen_id=11010519491231002X;name=王芳;batch_no=P;programme=低保;"
                               "month=2024-04;amount=1;township=T1",
                               "citizen_id=11010519491231002X;name=王芳;batch_no=P;programme=低保;"
                               "month=2024-02;amount=1;township=T1")));
    apply(
        f, "t01", MESSAGE_RECORDS,
        hub_fixture_chunk(&f->hub, "benefit_pay", "imp", 4,
                          ROWS("citizen_id=11010519491231002X;name=王芳;batch_no=P;programme=低保;"
                               "month=2024-03;amount=1;township=T1")));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT first_day FROM tally"), 20240201);
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT last_day FROM tally"), 20240430);
}

static void a_site_may_say_that_it_has_nothing(void **state)
{
    struct fixture *f = *state;
    struct message_nothing nothing = {.dataset = STR("penalty"),
                                      .first = 20261001,
                                      .last = 20261031,
                                      .by = STR("王某"),
                                      .at_ms = HUB_FIXTURE_NOW_MS};
    for (int i = 0; i < 2; i++) { /* offered again: the same */
        struct buf out;
        buf_init(&out, f->hub.a);
        message_nothing_put(&out, &nothing);
        apply(f, "t01", MESSAGE_NOTHING, buf_str(&out));
    }
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM no_data"), 1);
    struct buf backwards;
    buf_init(&backwards, f->hub.a);
    nothing.last = 20260931;
    message_nothing_put(&backwards, &nothing);
    apply(f, "t01", MESSAGE_NOTHING, buf_str(&backwards));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM no_data"), 1);
    assert_int_equal(
        hub_fixture_number(&f->hub, "SELECT count(*) FROM quarantine WHERE code = 'malformed'"), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(rows_are_merged_and_counted_once),
        CASE(totals_that_differ_are_said),
        CASE(a_correction_is_a_version_and_the_same_row_again_is_none),
        CASE(two_sites_that_disagree_are_a_conflict_that_is_counted),
        CASE(a_chunk_that_was_applied_changes_nothing_when_it_is_offered_again),
        CASE(a_row_that_is_not_valid_here_goes_to_quarantine_and_its_site_is_told),
        CASE(what_the_catalog_does_not_know_is_kept_whole),
        CASE(quarantine_is_replayed_once_the_catalog_knows_it),
        CASE(another_catalog_is_another_try),
        CASE(two_numbers_of_one_person_meet_and_one_number_of_two_does_not),
        CASE(every_way_a_person_is_written_is_explained),
        CASE(heartbeats_show_at_their_site),
        CASE(a_site_says_which_of_its_own_rules_ran),
        CASE(a_file_says_of_which_days_its_rows_speak),
        CASE(a_site_may_say_that_it_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
