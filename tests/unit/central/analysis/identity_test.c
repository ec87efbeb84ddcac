/* Findings follow what is decided about persons: what was found of one is found of the one that is
 * kept, and incremental looking leaves what a full look would. */
#include "central/store/identity_store.h"
#include "tests/unit/central/analysis/analysis_fixture.h"

#define TWIN_PAID(month)                                                                           \
    "citizen_id=110105194912310038;name=王芳;batch_no=Q" month ";programme=居民养老;month=" month  \
    ";amount=100;township=T1"

static const struct identity_word word = {STR_INIT("zhao"), STR_INIT("looked"), 7};

static int64_t decide(struct analysis_fixture *f)
{
    int64_t event;
    assert_int_equal(db_begin(f->hub.db), OK);
    enum err e = identity_store_decide(f->hub.store, f->hub.a, 1, STR("same"), &word, &event);
    assert_int_equal(db_end(f->hub.db, e), OK);
    return event;
}

static void undo(struct analysis_fixture *f, int64_t event)
{
    assert_int_equal(db_begin(f->hub.db), OK);
    assert_int_equal(db_end(f->hub.db, identity_store_undo(f->hub.store, f->hub.a, event, &word)),
                     OK);
}

#define PRESENT                                                                                    \
    "SELECT coalesce(group_concat(rule || ' ' || subject || ' T' || tier || ' ' || amount_fen, "   \
    "'; '), 'nothing') FROM (SELECT * FROM finding WHERE life IN ('new', 'continuing') ORDER BY "  \
    "rule, subject)"

#define COUNTS                                                                                     \
    "SELECT (SELECT group_concat(source || ' ' || persons, '; ') FROM (SELECT * FROM "             \
    "member_count ORDER BY source)) || (SELECT coalesce(group_concat(rule || ' ' || state || ' ' " \
    "|| persons, '; '), '') FROM (SELECT * FROM standing_count WHERE persons > 0 ORDER BY rule, "  \
    "state))"

static void present_is(struct analysis_fixture *f, const char *expected)
{
    size_t persons;
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, PRESENT, expected);
    struct str counts = hub_fixture_text(&f->hub, COUNTS);
    assert_int_equal(analysis_turn(&f->an, true, &persons), OK); /* in full */
    analysis_fixture_text_is(f, PRESENT, expected);
    analysis_fixture_text_is(f, COUNTS, str_copy_z(f->hub.a, counts));
}

/* Wang died; somebody of her name and birthday with another number is paid on. */
static void payments_of_the_other_number_are_found_once_it_is_hers(void **state)
{
    struct analysis_fixture *f = *state;
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(DEAD, OTHER_DEAD));
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(TWIN_PAID("2024-03"), TWIN_PAID("2024-04"), TWIN_PAID("2024-05")));
    present_is(f, "nothing");
    int64_t event = decide(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM dirty"), 2);
    present_is(f, "H01 1 T2 30000");
    undo(f, event);
    present_is(f, "nothing");
    analysis_fixture_text_is(f, "SELECT life FROM finding", "ended");
}

/* What was found of the person that is given up is found of the one that is kept. */
static void a_finding_moves_to_the_person_that_is_kept(void **state)
{
    struct analysis_fixture *f = *state;
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false, ROWS(TWIN_PAID("2024-03")));
    analysis_fixture_dead_and_paid(f);
    present_is(f, "H01 2 T1 20000");
    int64_t event = decide(f);
    present_is(f, "H01 1 T2 30000");
    undo(f, event);
    present_is(f, "H01 2 T1 20000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(payments_of_the_other_number_are_found_once_it_is_hers),
        ANALYSIS_CASE(a_finding_moves_to_the_person_that_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
