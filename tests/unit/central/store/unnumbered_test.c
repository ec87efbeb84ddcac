/* Rows that name somebody without a number, of a dataset that only this test knows: its declaration
 * says what speaks of a person, and no C does. */
#include "central/store/identity_store.h"
#include "tests/support/declare.h"
#include "tests/unit/central/hub_fixture.h"

#define VISITS                                                                                     \
    "dataset visit \"来访\" { version 1\n key no\n field no text required \"编号\"\n"          \
    " field id citizen secret person name with born as birth, phone \"证件\"\n"                  \
    " field name text required secret \"姓名\"\n field born date \"出生日期\"\n"             \
    " field phone text secret \"电话\" }"
#define NUMBERED "no=N;id=11010519491231002X;name=王芳;phone=13800001234"
#define UNNUMBERED(no, phone) "no=" no ";name=王 芳;born=1949-12-31;phone=" phone

static const struct identity_word word = {STR_INIT("zhao"), STR_INIT("looked"), 7};

static int set_up(void **state)
{
    struct hub_fixture *f = calloc(1, sizeof *f);
    hub_fixture_open_with(f, declare(VISITS));
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

#define WHO                                                                                        \
    "SELECT group_concat(no || ' ' || coalesce(id_person, 'nobody') || ' T' || coalesce(id_tier, " \
    "0), '; ') FROM (SELECT * FROM visit ORDER BY no)"
#define PAIRS                                                                                      \
    "SELECT group_concat(person || '-' || other || ' ' || kind || ' T' || tier || ' ' || "         \
    "is_asked, '; ') FROM identity_pair"

static void name_birth_date_and_phone_are_asked_about_and_flag_nobody(void **state)
{
    struct hub_fixture *f = *state;
    hub_fixture_merge(f, "s", "visit", false, ROWS(NUMBERED));
    hub_fixture_merge(f, "s", "visit", false,
                      ROWS(UNNUMBERED("A", "+86 138 0000 1234"), UNNUMBERED("B", "13800001234"),
                           UNNUMBERED("C", "13900009999"), "no=D;name=王芳;phone=13800001234",
                           "no=E;name=王芳"));
    text_is(f, WHO, "A 2 T3; B 2 T3; C 3 T3; D 4 T4; E nobody T0; N 1 T1");
    text_is(f, PAIRS, "1-2 written T3 1; 1-4 written T4 0; 2-4 written T4 0");
}

static void a_number_that_comes_later_is_asked_about_as_well(void **state)
{
    struct hub_fixture *f = *state;
    hub_fixture_merge(f, "s", "visit", false, ROWS(UNNUMBERED("A", "13800001234")));
    assert_int_equal(hub_fixture_number(f, "SELECT count(*) FROM identity_pair"), 0);
    hub_fixture_merge(f, "s", "visit", false, ROWS(NUMBERED));
    text_is(f, PAIRS, "1-2 written T3 1");
}

/* The one with a number is kept though it is the younger; its rows stay as sure as they were. */
static void by_a_persons_word_it_is_the_one_with_the_number(void **state)
{
    struct hub_fixture *f = *state;
    int64_t event;
    hub_fixture_merge(f, "s", "visit", false, ROWS(UNNUMBERED("A", "13800001234")));
    hub_fixture_merge(f, "s", "visit", false, ROWS(NUMBERED));
    assert_int_equal(db_begin(f->db), OK);
    assert_int_equal(
        db_end(f->db, identity_store_decide(f->store, f->a, 1, STR("same"), &word, &event)), OK);
    text_is(f, WHO, "A 2 T2; N 2 T1");
    hub_fixture_merge(f, "s", "visit", false, ROWS(UNNUMBERED("B", "138 0000 1234")));
    text_is(f, WHO, "A 2 T2; B 2 T2; N 2 T1");
    assert_int_equal(db_begin(f->db), OK);
    assert_int_equal(db_end(f->db, identity_store_undo(f->store, f->a, event, &word)), OK);
    text_is(f, WHO, "A 1 T3; B 1 T3; N 2 T1");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(name_birth_date_and_phone_are_asked_about_and_flag_nobody),
        CASE(a_number_that_comes_later_is_asked_about_as_well),
        CASE(by_a_persons_word_it_is_the_one_with_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
