/* What another version of a rule would change on rows that are there. */
#include "central/lab/effect.h"

#include "tests/unit/central/lab/lab_fixture.h"

#define TODAY 20261124
#define WANG "citizen_id=11010519491231002X;name=王芳;"
#define LI "citizen_id=440524188001010014;name=李明;"
#define DIED "died_on=2024-01-10;source=公安"
#define PAID(who, month)                                                                           \
    who "batch_no=P" month ";programme=居民养老;month=" month ";amount=100;township=T1"

/* H01 gives Wang three months (L3) and Li one (L1). */
static void fill(struct lab_fixture *f)
{
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(WANG DIED, LI DIED));
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(PAID(WANG, "2024-03"), PAID(WANG, "2024-04"), PAID(WANG, "2024-05"),
                           PAID(LI, "2024-03")));
}

static const struct rule *changed(struct lab_fixture *f, const char *from, const char *to)
{
    const struct rule *r =
        lab_fixture_read(f, fixture_changed(f->hub.a, lab_fixture_text(f, "H/H01"), from, to));
    assert_non_null(r);
    return r;
}

static struct effect weigh(struct lab_fixture *f, const struct rule *older,
                           const struct rule *newer)
{
    struct effect e;
    assert_int_equal(effect_weigh(f->hub.store, f->hub.a, older, newer, TODAY, &e), OK);
    return e;
}

static void is(const struct effect *e, size_t appear, size_t disappear, size_t change, size_t stay)
{
    assert_int_equal(e->appear, appear);
    assert_int_equal(e->disappear, disappear);
    assert_int_equal(e->change, change);
    assert_int_equal(e->stay, stay);
    assert_int_equal(e->count, appear + disappear + change);
    assert_int_equal(e->before, disappear + change + stay);
    assert_int_equal(e->after, appear + change + stay);
}

static void each_hit_appears_disappears_changes_or_stays(void **state)
{
    struct lab_fixture *f = *state;
    fill(f);
    const struct rule *old = changed(f, "version 1", "version 1");
    const struct rule *patient = changed(f, "grace months 1", "grace months 2");
    const struct rule *milder = changed(f, "level 3 when", "level 2 when");
    struct effect e = weigh(f, NULL, old);
    is(&e, 2, 0, 0, 0);
    e = weigh(f, old, old);
    is(&e, 0, 0, 0, 2);
    e = weigh(f, old, patient); /* Li has no month left, Wang one less */
    is(&e, 0, 1, 1, 0);
    e = weigh(f, patient, old);
    is(&e, 1, 0, 1, 0);
    e = weigh(f, old, milder);
    is(&e, 0, 0, 1, 1);
    assert_int_equal(e.changes[0].kind, FINDING_CHANGES);
    assert_int_equal(e.changes[0].before->hit.level, 3);
    assert_int_equal(e.changes[0].after->hit.level, 2);
}

static void wording_and_number_of_the_version_change_nothing(void **state)
{
    struct lab_fixture *f = *state;
    fill(f);
    const struct rule *old = changed(f, "version 1", "version 1");
    const struct rule *reworded = changed(f, "死亡日期 {died_on}。", "{died_on} 已去世。");
    const struct rule *numbered = changed(f, "version 1", "version 2");
    const struct rule *fewer_values = changed(f, "    let first_month = min(pay.month)\n", "");
    struct effect e = weigh(f, old, reworded);
    is(&e, 0, 0, 0, 2);
    e = weigh(f, old, numbered);
    is(&e, 0, 0, 0, 2);
    e = weigh(f, old, fewer_values);
    is(&e, 0, 0, 0, 2);
}

static void a_change_names_the_finding_that_is_stored(void **state)
{
    struct lab_fixture *f = *state;
    struct finding_evaluation found;
    int64_t id;
    const struct rule *old = changed(f, "version 1", "version 1");
    const struct rule *patient = changed(f, "grace months 1", "grace months 12");
    fill(f);
    assert_int_equal(finding_store_evaluate(f->hub.store, f->hub.a, old, EMIT_ALL, TODAY, &found),
                     OK);
    assert_int_equal(finding_store_put(f->hub.store, old, &found.found[1], 0, FINDING_NEW, TODAY,
                                       HUB_FIXTURE_NOW_MS, &id),
                     OK);
    struct effect e = weigh(f, old, patient);
    is(&e, 0, 2, 0, 0);
    assert_int_equal(e.changes[0].finding, 0);
    assert_int_equal(e.changes[1].finding, id);
}

/* What asks for more than the machine gives must still be replaceable by something cheaper. */
static void an_older_version_that_cannot_be_computed_counts_as_none(void **state)
{
    struct lab_fixture *f = *state;
    const struct rule *sound = changed(f, "version 1", "version 1");
    struct rule dead = *sound;
    struct rule_query missing = {.sql = STR("SELECT 1 FROM nowhere"), .alias = STR("q")};
    struct effect e;
    fill(f);
    dead.query = &missing;
    assert_true(effect_weigh(f->hub.store, f->hub.a, NULL, &dead, TODAY, &e) != OK);
    e = weigh(f, &dead, sound);
    assert_true(e.is_older_dead);
    is(&e, 2, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_CASE(each_hit_appears_disappears_changes_or_stays),
        LAB_CASE(wording_and_number_of_the_version_change_nothing),
        LAB_CASE(a_change_names_the_finding_that_is_stored),
        LAB_CASE(an_older_version_that_cannot_be_computed_counts_as_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
