/* Which rules are in force: the catalog's, and what was published beside and above them. */
#include "central/lab/library.h"

#include "central/lab/proposal.h"
#include "tests/unit/central/lab/lab_fixture.h"

#define TODAY 20261124

struct fixture {
    struct lab_fixture lab; /* first member */
    struct library library;
};

static const struct rule_word zhao = {STR_INIT("zhao"), TODAY, 1000};
static const struct rule_word sun = {STR_INIT("sun"), TODAY + 1, 2000};

static int set_up(void **state)
{
    void *lab;
    bool is_other;
    assert_int_equal(lab_fixture_set_up(&lab), 0);
    struct fixture *f = calloc(1, sizeof *f);
    f->lab = *(struct lab_fixture *)lab;
    free(lab);
    library_init(&f->library, f->lab.hub.store, f->lab.rules, f->lab.rule_count);
    assert_int_equal(library_refresh(&f->library, &is_other), OK);
    assert_true(is_other);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    library_done(&f->library);
    return lab_fixture_tear_down(state);
}

static bool refresh(struct fixture *f)
{
    bool is_other;
    assert_int_equal(library_refresh(&f->library, &is_other), OK);
    return is_other;
}

static int64_t propose(struct fixture *f, struct str text)
{
    struct lab_fixture *l = &f->lab;
    struct catalog_file file = {STR("x.decl"), text};
    struct proposal p;
    bool is_sound;
    int64_t id = 0;
    assert_int_equal(
        proposal_look(&f->library, l->hub.a, &file, TODAY, &l->problems, &is_sound, &p), OK);
    assert_true(is_sound);
    assert_int_equal(proposal_make(&f->library, &p, text, &zhao, &id), OK);
    return id;
}

static enum err publish(struct fixture *f, int64_t id, const struct rule_word *word)
{
    assert_int_equal(db_begin(f->lab.hub.db), OK);
    return db_end(f->lab.hub.db, rule_store_publish(f->lab.hub.store, f->lab.hub.a, id, word));
}

/* As people let it in: looked at again first. */
static bool approve(struct fixture *f, int64_t id)
{
    bool is_let_in = false;
    assert_int_equal(
        proposal_approve(&f->library, f->lab.hub.a, id, &sun, &f->lab.problems, &is_let_in), OK);
    return is_let_in;
}

static struct str version(struct fixture *f, const char *rule, const char *number)
{
    return fixture_changed(f->lab.hub.a, lab_fixture_text(&f->lab, rule), "version 1", number);
}

static int64_t version_in_force(struct fixture *f, const char *rule)
{
    const struct rule *r = library_rule(&f->library, str_of(rule));
    return r ? r->version : 0;
}

static void without_publications_the_catalog_is_in_force(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(f->library.count, f->lab.rule_count);
    assert_false(refresh(f));
}

static void a_draft_waits_for_another_person(void **state)
{
    struct fixture *f = *state;
    int64_t id = propose(f, version(f, "H/H01", "version 2"));
    assert_false(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 1);
    assert_int_equal(publish(f, id, &zhao), ERR_DENIED);
    assert_false(refresh(f));
    assert_int_equal(publish(f, id, &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 2);
    assert_int_equal(f->library.count, f->lab.rule_count);
    assert_int_equal(publish(f, id, &sun), ERR_INVALID);
}

static void the_schema_itself_refuses_one_person_alone(void **state)
{
    struct fixture *f = *state;
    propose(f, version(f, "H/H01", "version 2"));
    assert_true(db_exec(f->lab.hub.db, STR("UPDATE rule_version SET status = 'published', "
                                           "decided_by = 'zhao'")) != OK);
    assert_true(db_exec(f->lab.hub.db, STR("UPDATE rule_version SET status = 'published'")) != OK);
}

static void a_successor_retires_what_was_before_and_validity_is_kept(void **state)
{
    struct fixture *f = *state;
    struct rule_version *rows;
    size_t count;
    assert_int_equal(publish(f, propose(f, version(f, "H/H01", "version 2")), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(publish(f, propose(f, version(f, "H/H01", "version 3")), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 3);
    assert_int_equal(rule_store_list(f->lab.hub.store, f->lab.hub.a, STR("H01"), &rows, &count),
                     OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].version, 3);
    assert_int_equal(rows[0].status, RULE_VERSION_PUBLISHED);
    assert_int_equal(rows[0].valid_from, TODAY + 1);
    assert_int_equal(rows[0].valid_to, 0);
    assert_int_equal(rows[1].status, RULE_VERSION_RETIRED);
    assert_int_equal(rows[1].valid_to, TODAY + 1);
    assert_true(str_equal(rows[1].proposed_by, STR("zhao")));
    assert_true(str_equal(rows[1].decided_by, STR("sun")));
    assert_true(str_equal(rows[1].retired_by, STR("sun")));
}

static void what_was_taken_out_takes_the_catalogs_older_version_with_it(void **state)
{
    struct fixture *f = *state;
    const struct rule **every;
    size_t count;
    assert_int_equal(rule_store_retire(f->lab.hub.store, STR("H01"), &sun), ERR_MISSING);
    assert_int_equal(publish(f, propose(f, version(f, "H/H01", "version 2")), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(rule_store_retire(f->lab.hub.store, STR("H01"), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 0);
    assert_int_equal(f->library.count, f->lab.rule_count - 1);
    /* past findings can still be found again */
    assert_int_equal(library_every(&f->library, f->lab.hub.a, &every, &count), OK);
    assert_int_equal(count, f->lab.rule_count + 1);
    /* and it may come back as a newer one */
    assert_int_equal(publish(f, propose(f, version(f, "H/H01", "version 3")), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 3);
}

static void a_rule_that_the_catalog_never_had_stands_among_the_others(void **state)
{
    struct fixture *f = *state;
    struct str text =
        fixture_changed(f->lab.hub.a, version(f, "H/H01", "version 1"), "rule H01", "rule H99");
    assert_int_equal(publish(f, propose(f, text), &sun), OK);
    assert_true(refresh(f));
    assert_int_equal(f->library.count, f->lab.rule_count + 1);
    for (size_t i = 1; i < f->library.count; i++)
        assert_true(str_compare(f->library.rules[i - 1]->id, f->library.rules[i]->id) < 0);
    assert_int_equal(version_in_force(f, "H99"), 1);
}

static void a_version_that_no_longer_loads_is_left_out_alone(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(publish(f, propose(f, version(f, "H/H01", "version 2")), &sun), OK);
    assert_int_equal(db_exec(f->lab.hub.db, STR("UPDATE rule_version SET text = 'rule H01 \"x\" { "
                                                "}', status = status")),
                     OK);
    assert_true(refresh(f));
    assert_int_equal(version_in_force(f, "H01"), 0);
    assert_int_equal(f->library.count, f->lab.rule_count - 1);
}

static void a_refused_number_is_free_again_and_others_only_rise(void **state)
{
    struct fixture *f = *state;
    struct lab_fixture *l = &f->lab;
    struct catalog_file same = {STR("x.decl"), lab_fixture_text(l, "H/H01")};
    struct proposal p;
    bool is_sound = true;
    assert_int_equal(
        proposal_look(&f->library, l->hub.a, &same, TODAY, &l->problems, &is_sound, &p), OK);
    assert_false(is_sound);
    lab_fixture_has_fault(l, "rule.version", 3); /* 1 is in force */
    int64_t id = propose(f, version(f, "H/H01", "version 2"));
    same.text = version(f, "H/H01", "version 2");
    assert_int_equal(
        proposal_look(&f->library, l->hub.a, &same, TODAY, &l->problems, &is_sound, &p), OK);
    assert_false(is_sound);
    lab_fixture_has_fault(l, "rule.version", 3); /* 2 waits */
    assert_int_equal(rule_store_refuse(l->hub.store, l->hub.a, id, &zhao), OK);
    assert_int_equal(publish(f, id, &sun), ERR_INVALID);
    propose(f, version(f, "H/H01", "version 2"));
}

/* It would take the rule out: of two texts the later one counts. */
static void an_older_draft_is_not_let_in_over_a_newer_one(void **state)
{
    struct fixture *f = *state;
    int64_t second = propose(f, version(f, "H/H01", "version 2"));
    int64_t third = propose(f, version(f, "H/H01", "version 3"));
    assert_true(approve(f, third));
    assert_true(refresh(f));
    assert_false(approve(f, second));
    lab_fixture_has_fault(&f->lab, "rule.version", 3);
    assert_int_equal(publish(f, second, &sun), ERR_INVALID);
    assert_int_equal(version_in_force(f, "H01"), 3);
    assert_int_equal(rule_store_retire(f->lab.hub.store, STR("H01"), &sun), OK);
    assert_int_equal(publish(f, second, &sun), ERR_INVALID);
}

static void a_draft_that_no_longer_fits_is_not_let_in(void **state)
{
    struct fixture *f = *state;
    int64_t id = propose(f, version(f, "H/H01", "version 2"));
    assert_int_equal(db_exec(f->lab.hub.db, STR("UPDATE rule_version SET text = replace(text, "
                                                "'needs death', 'needs deth')")),
                     OK);
    assert_false(approve(f, id));
    lab_fixture_has_fault(&f->lab, "rule.dataset", 33);
    assert_false(refresh(f));
}

static void a_text_without_end_is_not_read(void **state)
{
    struct fixture *f = *state;
    struct lab_fixture *l = &f->lab;
    char *room = NEW_ARRAY(l->hub.a, char, PROPOSAL_TEXT_BYTES_MAX + 1);
    struct catalog_file file = {STR("x.decl"), {room, PROPOSAL_TEXT_BYTES_MAX + 1}};
    struct proposal p;
    bool is_sound = true;
    memset(room, 'a', PROPOSAL_TEXT_BYTES_MAX + 1);
    assert_int_equal(
        proposal_look(&f->library, l->hub.a, &file, TODAY, &l->problems, &is_sound, &p), OK);
    assert_false(is_sound);
    lab_fixture_has_fault(l, "rule.long", 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(without_publications_the_catalog_is_in_force),
        CASE(a_draft_waits_for_another_person),
        CASE(the_schema_itself_refuses_one_person_alone),
        CASE(a_successor_retires_what_was_before_and_validity_is_kept),
        CASE(what_was_taken_out_takes_the_catalogs_older_version_with_it),
        CASE(a_rule_that_the_catalog_never_had_stands_among_the_others),
        CASE(a_version_that_no_longer_loads_is_left_out_alone),
        CASE(an_older_draft_is_not_let_in_over_a_newer_one),
        CASE(a_draft_that_no_longer_fits_is_not_let_in),
        CASE(a_text_without_end_is_not_read),
        CASE(a_refused_number_is_free_again_and_others_only_rise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
