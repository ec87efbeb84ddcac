/* Persons who may be one: who is asked about, and clusters that follow decisions and come back. */
#include "central/store/identity_store.h"
#include "common/model/citizen.h"
#include "tests/unit/central/hub_fixture.h"

#define POST ";category=公务员;unit_code=U1;post_from=2015-01-01"
#define WANG "citizen_id=11010519491231002X;name=王芳"
#define TWIN "citizen_id=110105194912310038;name=王芳"
#define PAID ";programme=居民养老;month=2024-03;amount=100;township=T1"

static const struct identity_word word = {STR_INIT("zhao"), STR_INIT("looked"), 7};

static int set_up(void **state)
{
    struct hub_fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    hub_fixture_close(*state);
    free(*state);
    return 0;
}

static void text_is(struct hub_fixture *f, const char *sql, const char *expected)
{
    struct str is = hub_fixture_text(f, sql);
    if (!str_equal(is, str_of(expected)))
        fail_msg("%s: " STR_FMT, sql, STR_ARG(is));
}

#define PAIRS                                                                                      \
    "SELECT group_concat(person || '-' || other || ' ' || kind || ' T' || tier || CASE is_asked "  \
    "WHEN 1 THEN '' ELSE ' noted' END, '; ') FROM identity_pair"

static enum err decide(struct hub_fixture *f, int64_t pair, const char *decision, int64_t *out)
{
    assert_int_equal(db_begin(f->db), OK);
    return db_end(f->db, identity_store_decide(f->store, f->a, pair, str_of(decision), &word, out));
}

static enum err split(struct hub_fixture *f, int64_t cluster, size_t way, int64_t *out)
{
    assert_int_equal(db_begin(f->db), OK);
    return db_end(f->db, identity_store_split(f->store, f->a, cluster, way, &word, out));
}

static enum err undo(struct hub_fixture *f, int64_t event)
{
    assert_int_equal(db_begin(f->db), OK);
    return db_end(f->db, identity_store_undo(f->store, f->a, event, &word));
}

static void two_numbers_with_one_phone_are_asked_about_at_t3(void **state)
{
    struct hub_fixture *f = *state;
    hub_fixture_merge(f, "u1", "official", false, ROWS(WANG POST ";phone=138 0000 1234"));
    hub_fixture_merge(f, "u2", "official", false,
                      ROWS("citizen_id=440524194912310035;name=王 芳" POST ";phone=+86 13800001234",
                           "citizen_id=440524188001010014;name=李明" POST ";phone=13800001234"));
    text_is(f, PAIRS, "1-2 same_birth T3");
    text_is(f, "SELECT explanation FROM identity_pair",
            "number differ; name agree; birth agree; phone agree; address missing; account "
            "missing; unit missing");
    /* what rules read is as it was */
    assert_int_equal(hub_fixture_number(f, "SELECT max(citizen_id_tier) FROM official"), 1);
    assert_int_equal(
        hub_fixture_number(f, "SELECT count(DISTINCT citizen_id_person) FROM official"), 3);
}

static void evidence_that_comes_later_makes_a_question_better(void **state)
{
    struct hub_fixture *f = *state;
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(WANG ";batch_no=P1;account=6210150001" PAID,
                           TWIN ";batch_no=P2;account=6210150002" PAID));
    text_is(f, PAIRS, "1-2 same_birth T4");
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(TWIN ";batch_no=P3;account=6210 1500 01" PAID));
    text_is(f, PAIRS, "1-2 same_birth T3");
}

static void a_name_alone_and_a_name_with_a_unit_ask_nobody(void **state)
{
    struct hub_fixture *f = *state;
    hub_fixture_merge(f, "u1", "official", false, ROWS(WANG POST ";employer=财政局"));
    hub_fixture_merge(f, "u2", "expert", false,
                      ROWS("expert_no=E1;lot_no=L1;name=王芳;employer=财 政局",
                           "expert_no=E2;lot_no=L1;name=王芳;employer=林业局",
                           "expert_no=E3;lot_no=L1;name=王芳"));
    text_is(f, PAIRS, "1-2 written T4 noted");
    text_is(f,
            "SELECT group_concat(coalesce(citizen_id_person, 'nobody') || ' T' || "
            "coalesce(citizen_id_tier, 0), '; ') FROM (SELECT * FROM expert ORDER BY rid)",
            "2 T4; 3 T4; nobody T0");
    struct identity_pair *pairs;
    size_t count;
    int64_t total, next;
    assert_int_equal(identity_store_list(f->store, f->a, &(struct identity_filter){0}, &pairs,
                                         &count, &total, &next),
                     OK);
    assert_int_equal(total, 0);
}

#define WHO                                                                                        \
    "SELECT group_concat(citizen_id_person || ' T' || citizen_id_tier, '; ') FROM (SELECT * FROM " \
    "benefit_pay ORDER BY rid)"

static void rows_follow_a_decision_and_come_back(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event;
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(WANG ";batch_no=P1" PAID, TWIN ";batch_no=P2" PAID));
    text_is(f, WHO, "1 T1; 2 T1");
    assert_int_equal(db_exec(f->db, STR("DELETE FROM dirty")), OK);
    assert_int_equal(decide(f, 1, "same", &event), OK);
    text_is(f, WHO, "1 T1; 1 T2");
    assert_int_equal(hub_fixture_number(f, "SELECT count(*) FROM dirty"), 2);
    /* the store remembers how they are written, and forgets it */
    hub_fixture_merge(f, "t1", "benefit_pay", false, ROWS(TWIN ";batch_no=P3" PAID));
    text_is(f, WHO, "1 T1; 1 T2; 1 T2");
    /* and a way of writing that is new goes with its number */
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS("citizen_id=110105194912310038;name=王方;batch_no=P4" PAID));
    text_is(f, WHO, "1 T1; 1 T2; 1 T2; 1 T2");
    assert_int_equal(decide(f, 1, "different", &event), ERR_INVALID);
    assert_int_equal(undo(f, event), OK);
    text_is(f, WHO, "1 T1; 2 T1; 2 T1; 2 T2");
    assert_int_equal(undo(f, event), ERR_MISSING);
    text_is(f, "SELECT kind || ' ' || by || ' ' || reason || ' ' || undone_by FROM identity_event",
            "same zhao looked zhao");
}

static void what_was_decided_is_not_asked_again_and_binds(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event;
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(WANG ";batch_no=P1;account=6210150001" PAID, TWIN ";batch_no=P2" PAID,
                           "citizen_id=110105194912310054;name=王芳;batch_no=P3" PAID));
    text_is(f, PAIRS, "1-2 same_birth T4; 1-3 same_birth T4; 2-3 same_birth T4");
    assert_int_equal(decide(f, 1, "different", &event), OK);
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(TWIN ";batch_no=P4;account=6210150001" PAID));
    text_is(f, "SELECT tier || decision FROM identity_pair WHERE id = 1", "4different");
    assert_int_equal(decide(f, 2, "same", &event), OK);
    /* 1 and 3 are one, 1 and 2 are two: so are 2 and 3, and nobody is asked */
    text_is(f, "SELECT decision || event FROM identity_pair WHERE id = 3", "different2");
    assert_int_equal(decide(f, 3, "same", &event), ERR_INVALID);
    assert_int_equal(undo(f, 1), ERR_INVALID);
    assert_int_equal(undo(f, 2), OK);
    text_is(f, "SELECT group_concat(decision || event) FROM identity_pair", "different1,0,0");
    assert_int_equal(decide(f, 9, "same", &event), ERR_MISSING);
}

/* Two are one, so that what is asked of either is asked of both, and once. */
static void one_answer_is_for_all_of_a_cluster(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event;
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(WANG ";batch_no=P1" PAID, TWIN ";batch_no=P2" PAID,
                           "citizen_id=110105194912310054;name=王芳;batch_no=P3" PAID));
    assert_int_equal(decide(f, 1, "same", &event), OK);
    assert_int_equal(decide(f, 2, "unclear", &event), OK);
    text_is(f, "SELECT group_concat(decision) FROM identity_pair", "same,unclear,unclear");
    assert_int_equal(undo(f, event), OK);
    text_is(f, "SELECT group_concat(decision) FROM identity_pair", "same,,");
}

static void a_split_gives_what_goes_a_new_id_and_can_be_undone(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event, merge;
    hub_fixture_merge(f, "t1", "benefit_pay", false,
                      ROWS(WANG ";batch_no=P1" PAID,
                           "citizen_id=11010519491231002X;name=王方;batch_no=P2" PAID,
                           TWIN ";batch_no=P3" PAID));
    text_is(f, WHO, "1 T1; 1 T2; 2 T1");
    assert_int_equal(decide(f, 1, "same", &merge), OK);
    assert_int_equal(split(f, 1, 9, &event), ERR_MISSING);
    /* ways: …002X 王方, …002X 王芳, …0038 王芳 */
    assert_int_equal(split(f, 1, 0, &event), OK);
    text_is(f, WHO, "1 T1; 3 T2; 1 T2");
    assert_int_equal(undo(f, merge), ERR_INVALID);
    assert_int_equal(undo(f, event), OK);
    text_is(f, WHO, "1 T1; 1 T2; 1 T2");
    assert_int_equal(undo(f, merge), OK);
    text_is(f, WHO, "1 T1; 1 T2; 2 T1");
    assert_int_equal(split(f, 2, 0, &event), ERR_INVALID);
}

/* Rows, tiers and what is still to be asked. */
static struct str picture(struct hub_fixture *f)
{
    return hub_fixture_text(f, "SELECT (" WHO
                               ") || (SELECT group_concat(id || decision) FROM (SELECT * FROM "
                               "identity_pair WHERE kind <> 'split' ORDER BY id))");
}

/* Looking at all rows again finds nothing to move. */
static void nothing_is_to_be_moved(struct hub_fixture *f)
{
    int64_t rows, moved;
    assert_int_equal(identity_store_look_again(f->store, 1, &rows, &moved), OK);
    assert_true(rows > 0);
    assert_int_equal(moved, 0);
}

/* Incremental is full: each current row stands where its link says, whatever led there. */
static void rows_stand_where_their_links_say(struct hub_fixture *f)
{
    assert_int_equal(
        hub_fixture_number(
            f, "SELECT count(*) FROM benefit_pay AS r LEFT JOIN person_way AS w ON w.number = "
               "r.citizen_id AND w.name = r.name WHERE r.citizen_id_person IS NOT w.person OR "
               "r.citizen_id_tier IS NOT w.tier"),
        0);
    assert_int_equal(
        hub_fixture_number(f, "SELECT count(*) FROM person AS p LEFT JOIN person AS m ON m.id = "
                              "p.merged_into WHERE p.cluster IS NOT coalesce(m.cluster, m.id)"),
        0);
}

static void put_somebody(struct hub_fixture *f, size_t row)
{
    static const char *const names[] = {"王芳", "王方", "欧阳铁柱"};
    struct random *r = &f->random.random;
    char first17[32];
    snprintf(first17, sizeof first17, "11010519491231%03d", (int)random_below(r, 6) * 2 + 2);
    struct str text =
        str_format(f->a, "citizen_id=%s%c;name=%s;batch_no=P%zu;account=621015000%d%s", first17,
                   citizen_check_character(str_of(first17)), names[random_below(r, 3)], row,
                   (int)random_below(r, 3), PAID);
    hub_fixture_merge(f, "t1", "benefit_pay", false, ROWS(text.ptr));
}

/* True: something was done that can be undone, *out_event. */
static bool do_something(struct hub_fixture *f, int64_t *out_event)
{
    static const char *const decisions[] = {"same", "same", "same", "different", "unclear"};
    struct random *r = &f->random.random;
    if (random_below(r, 3) == 0) {
        int64_t persons = hub_fixture_number(f, "SELECT max(id) FROM person");
        return split(f, 1 + (int64_t)random_below(r, (uint64_t)persons), (size_t)random_below(r, 3),
                     out_event) == OK;
    }
    int64_t pairs = hub_fixture_number(f, "SELECT coalesce(max(id), 0) FROM identity_pair");
    return pairs && decide(f, 1 + (int64_t)random_below(r, (uint64_t)pairs),
                           decisions[random_below(r, 5)], out_event) == OK;
}

/* Random rows and decisions; now and then one is undone at once, and at last all of them, the
 * newest first: with the rows that came meanwhile taken for read, all is as it was before. */
static void undoing_restores_exactly_whatever_was_decided(void **state)
{
    struct hub_fixture *f = *state;
    int64_t events[400];
    struct str before[400];
    size_t count = 0;
    int done = 0, undone = 0;
    for (size_t row = 1; row <= 30; row++)
        put_somebody(f, row);
    for (size_t i = 0; i < 600; i++) {
        int64_t event;
        struct str was = picture(f);
        if (!do_something(f, &event))
            continue;
        done++;
        rows_stand_where_their_links_say(f);
        if (random_below(&f->random.random, 4)) {
            assert_int_equal(undo(f, event), OK);
            assert_true(str_equal(picture(f), was));
            undone++;
            continue;
        }
        events[count] = event;
        before[count++] = was;
    }
    if (done < 50 || undone < 35 || count < 10)
        fail_msg("too little happened: %d, %d, %zu", done, undone, count);
    while (count--) {
        assert_int_equal(undo(f, events[count]), OK);
        rows_stand_where_their_links_say(f);
        if (!str_equal(picture(f), before[count]))
            fail_msg(STR_FMT "\n" STR_FMT, STR_ARG(picture(f)), STR_ARG(before[count]));
    }
}

static void rows_that_come_between_decisions_go_where_they_belong(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event;
    for (size_t row = 1; row <= 150; row++) {
        put_somebody(f, row);
        if (do_something(f, &event) && random_below(&f->random.random, 2))
            assert_int_equal(undo(f, event), OK);
        rows_stand_where_their_links_say(f);
        int64_t events = hub_fixture_number(f, "SELECT count(*) FROM identity_event");
        if (events) /* any, and not only the newest: refused when another one rests on it */
            (void)!undo(f, 1 + (int64_t)random_below(&f->random.random, (uint64_t)events));
        rows_stand_where_their_links_say(f);
        if (row % 50 == 0)
            nothing_is_to_be_moved(f);
    }
}

/* A hub from before: rows without evidence, and one that names somebody without a number. */
static void rows_that_came_earlier_are_read_again(void **state)
{
    struct hub_fixture *f = *state;
    int64_t rows, moved;
    hub_fixture_merge(f, "u1", "official", false, ROWS(WANG POST ";phone=13800001234"));
    hub_fixture_merge(f, "u2", "official", false,
                      ROWS("citizen_id=440524194912310035;name=王芳" POST ";phone=13800001234"));
    hub_fixture_merge(f, "u3", "expert", false,
                      ROWS("expert_no=E1;lot_no=L1;name=王芳;employer=局"));
    assert_int_equal(db_exec(f->db, STR("DELETE FROM person_evidence; DELETE FROM identity_pair; "
                                        "DELETE FROM person_link WHERE number LIKE '~%'; DELETE "
                                        "FROM dirty; UPDATE rec_expert SET citizen_id_person = "
                                        "NULL, citizen_id_tier = NULL")),
                     OK);
    person_store_forget(f->store); /* as another process knows nothing */
    assert_int_equal(identity_store_look_again(f->store, 1, &rows, &moved), OK);
    assert_int_equal(rows, 3);
    assert_int_equal(moved, 1);
    text_is(f, PAIRS, "1-2 same_birth T3");
    assert_int_equal(hub_fixture_number(f, "SELECT citizen_id_tier FROM expert"), 4);
    assert_int_equal(hub_fixture_number(f, "SELECT count(*) FROM dirty"), 1);
    assert_int_equal(identity_store_look_again(f->store, 1, &rows, &moved), OK);
    assert_int_equal(moved, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(two_numbers_with_one_phone_are_asked_about_at_t3),
        CASE(evidence_that_comes_later_makes_a_question_better),
        CASE(a_name_alone_and_a_name_with_a_unit_ask_nobody),
        CASE(rows_follow_a_decision_and_come_back),
        CASE(what_was_decided_is_not_asked_again_and_binds),
        CASE(one_answer_is_for_all_of_a_cluster),
        CASE(a_split_gives_what_goes_a_new_id_and_can_be_undone),
        CASE(undoing_restores_exactly_whatever_was_decided),
        CASE(rows_that_come_between_decisions_go_where_they_belong),
        CASE(rows_that_came_earlier_are_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
