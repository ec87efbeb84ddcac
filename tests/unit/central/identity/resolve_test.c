#include "central/identity/resolve.h"

#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Persons 7 and 9 share one number: two people, by a typing error of an office. */
static const struct resolve_candidate both[] = {{7, STR_INIT("王芳")}, {9, STR_INIT("赵铁柱")}};

static void a_row_names_the_person_whose_number_and_name_fit(void **state)
{
    static const struct {
        const char *words, *name;
        bool was_15;
        size_t candidates;
        int64_t person;
        int tier;
    } cases[] = {
        {"nobody has the number: a new person", "王芳", false, 0, 0, 1},
        {"a new person by an old number stays T2", "王芳", true, 0, 0, 2},
        {"18 digits and an equal name are T1", "王芳", false, 2, 7, 1},
        {"15 digits and an equal name are T2", "王芳", true, 2, 7, 2},
        {"18 digits and a name one character apart are T2", "王方", false, 2, 7, 2},
        {"15 digits and a name one character apart are nobody", "王方", true, 2, 0, 2},
        {"an equal number with another name never links", "李明", false, 2, 0, 1},
        {"the fitting one of two with the same number", "赵铁柱", false, 2, 9, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct resolve_answer r =
            resolve_person(str_of(cases[i].name), cases[i].was_15, both, cases[i].candidates);
        if (r.person != cases[i].person || r.tier != cases[i].tier)
            fail_msg("%s: got person %d tier %d", cases[i].words, (int)r.person, r.tier);
    }
}

static void an_equal_name_goes_before_an_older_near_one(void **state)
{
    static const struct resolve_candidate near_first[] = {{3, STR_INIT("王方")},
                                                          {4, STR_INIT("王芳")}};
    (void)state;
    struct resolve_answer r = resolve_person(STR("王芳"), false, near_first, 2);
    assert_int_equal(r.person, 4);
    assert_int_equal(r.tier, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_names_the_person_whose_number_and_name_fit),
        cmocka_unit_test(an_equal_name_goes_before_an_older_near_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
