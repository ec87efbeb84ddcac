#include "central/merge/merge.h"

#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct hash hash_with(unsigned char first)
{
    return (struct hash){{first}};
}

static void what_a_row_means_beside_the_current_version(void **state)
{
    static const struct {
        const char *words;
        bool is_there, is_deleted, is_deletion, is_equal, is_same_site;
        enum merge_kind kind;
        bool is_conflict;
    } cases[] = {
        {"a key never seen is new", false, false, false, false, true, MERGE_NEW, false},
        {"equal content is the same", true, false, false, true, true, MERGE_SAME, false},
        {"equal content of another site is no conflict", true, false, false, true, false,
         MERGE_SAME, false},
        {"other content is a change", true, false, false, false, true, MERGE_CHANGE, false},
        {"other content of another site is a conflict", true, false, false, false, false,
         MERGE_CHANGE, true},
        {"a deleted key is new again", true, true, false, true, true, MERGE_NEW, false},
        {"a deletion leaves a tombstone", true, false, true, true, true, MERGE_DELETE, false},
        {"a deletion by another site is a conflict", true, false, true, true, false, MERGE_DELETE,
         true},
        {"a deletion of what is not there is nothing", false, false, true, false, true,
         MERGE_ABSENT, false},
        {"a second deletion is nothing", true, true, true, true, true, MERGE_ABSENT, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct merge_current current = {cases[i].is_there, cases[i].is_deleted, hash_with(1),
                                        STR("t01")};
        struct hash incoming = hash_with(cases[i].is_equal ? 1 : 2);
        struct merge_decision d = merge_decide(&current, cases[i].is_deletion, &incoming,
                                               cases[i].is_same_site ? STR("t01") : STR("t02"));
        if (d.kind != cases[i].kind || d.is_conflict != cases[i].is_conflict)
            fail_msg("%s: got %d, conflict %d", cases[i].words, (int)d.kind, d.is_conflict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_row_means_beside_the_current_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
