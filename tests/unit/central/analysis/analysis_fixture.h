/* analysis_fixture.h — an analysis over the hub's database in memory, with the project's own rules;
 * one person who died and was paid on.
 *
 * Owns:     everything in it, until its tear-down.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   hub_fixture.h.
 * Promise:  real store, real rules, a day that stands still unless the test moves it. */
#ifndef QQ_TESTS_UNIT_CENTRAL_ANALYSIS_FIXTURE_H
#define QQ_TESTS_UNIT_CENTRAL_ANALYSIS_FIXTURE_H

#include "central/analysis/analysis.h"
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/standing_store.h"
#include "tests/unit/central/hub_fixture.h"

#define WANG "citizen_id=11010519491231002X;name=王芳;"
#define LI "citizen_id=440524188001010014;name=李明;"
#define DEAD WANG "died_on=2024-01-10;source=公安"
#define OTHER_DEAD LI "died_on=2024-01-10;source=公安"
#define PAID(month)                                                                                \
    WANG "batch_no=P" month ";programme=居民养老;month=" month ";amount=100;township=T1"
#define FINED                                                                                          \
    "citizen_id=440524188001010014;party=李明;decision_no=K1;agency=公安局;party_kind=自然人;" \
    "offence=赌博;category=罚款;fine=0.2;offence_on=2026-10-01;decided_on=2026-10-05;status=有效"
#define IN_POST LI "category=公务员;unit_code=U1;post_from=2015-01-01"
#define OTHER_CASE                                                                                 \
    "case_no=C0;person=王芳;citizen_id=11010519491231002X;form=1;decided_on=2020-01-01"

struct analysis_fixture {
    struct hub_fixture hub; /* first member */
    const struct rule **rules;
    struct analysis an;
};

static inline int analysis_fixture_set_up(void **state)
{
    struct analysis_fixture *f = calloc(1, sizeof *f);
    struct problem_list problems;
    size_t count;
    hub_fixture_open(&f->hub);
    problem_list_init(&problems, f->hub.a, 10);
    assert_true(rule_load_all(f->hub.a, f->hub.catalog, &problems, &f->rules, &count));
    f->an = (struct analysis){.store = f->hub.store,
                              .link = f->hub.link,
                              .clock = &f->hub.clock.clock,
                              .rules = f->rules,
                              .rule_count = count,
                              .today_fixed = 20261124};
    assert_int_equal(change_store_prepare(f->hub.store, f->rules, count), OK);
    *state = f;
    return 0;
}

static inline int analysis_fixture_tear_down(void **state)
{
    struct analysis_fixture *f = *state;
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

static inline size_t analysis_fixture_look(struct analysis_fixture *f)
{
    size_t persons;
    assert_int_equal(analysis_turn(&f->an, false, &persons), OK);
    return persons;
}

static inline size_t analysis_fixture_ask(struct analysis_fixture *f)
{
    size_t asked;
    f->hub.clock.now_ms += 1000;
    assert_int_equal(analysis_ask(&f->an, INT64_MAX, &asked), OK);
    return asked;
}

static inline int64_t analysis_fixture_number(struct analysis_fixture *f, const char *sql)
{
    return hub_fixture_number(&f->hub, sql);
}

static inline void analysis_fixture_text_is(struct analysis_fixture *f, const char *sql,
                                            const char *expected)
{
    struct str is = hub_fixture_text(&f->hub, sql);
    if (!str_equal(is, str_of(expected)))
        fail_msg("%s: " STR_FMT, sql, STR_ARG(is));
}

static inline void analysis_fixture_dead_and_paid(struct analysis_fixture *f)
{
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(DEAD, OTHER_DEAD));
    hub_fixture_merge(&f->hub, "t01", "benefit_pay", false,
                      ROWS(PAID("2024-01"), PAID("2024-02"), PAID("2024-03"), PAID("2024-04")));
}

#define ANALYSIS_CASE(name)                                                                        \
    cmocka_unit_test_setup_teardown(name, analysis_fixture_set_up, analysis_fixture_tear_down)

#endif
