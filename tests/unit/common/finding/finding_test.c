#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/finding/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* "7a1+" is subject 7, episode a, result 1, and + new, . continuing, - ended, s superseded,
 * w withdrawn. */
static size_t read_hits(const char *text, struct finding_hit *out)
{
    size_t count = 0;
    for (; text[0]; text += text[4] ? 5 : 4, count++) {
        static const char lives[] = {'+', '.', '-', 's', 'w'};
        out[count] = (struct finding_hit){.subject = text[0] - '0', .episode = {text + 1, 1}};
        out[count].result.bytes[0] = (unsigned char)text[2];
        while (lives[out[count].life] != text[3])
            out[count].life++;
    }
    return count;
}

static void put_side(struct buf *out, const struct finding_hit *h)
{
    if (h)
        buf_format(out, "%d" STR_FMT "%c", (int)h->subject, STR_ARG(h->episode),
                   h->result.bytes[0]);
    else
        buf_put_z(out, "-");
}

static void yesterday_meets_today(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *changes; /* kind, before>after */
    } cases[] = {
        {"", "", ""},
        {"", "1a1+ 2a1+", "A->1a1 A->2a1 "},
        {"1a1+", "1a1+", "S1a1>1a1 "},
        {"1a1.", "1a2+", "C1a1>1a2 "},
        {"1a1+ 2a1.", "", "D1a1>- D2a1>- "},
        {"1a1-", "", ""},              /* had ended, stays away */
        {"1a1-", "1a1+", "A1a1>1a1 "}, /* is back, as the same finding */
        {"1a1s", "1a1+", "A1a1>1a1 "},
        {"1a1w", "1a2+", ""}, /* a person withdrew it: no evaluation brings it back */
        {"1a1w", "", ""},
        {"1a1+ 1c1+ 3a1+", "1b1+ 1c2+ 2a1+", "D1a1>- A->1b1 C1c1>1c2 A->2a1 D3a1>- "},
        {"1a1. 1b1- 2a1w 3a1.", "1a1+ 1b1+ 2a1+ 3b1+", "S1a1>1a1 A1b1>1b1 D3a1>- A->3b1 "},
    };
    struct arena *a = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        static const char kinds[] = {'A', 'C', 'S', 'D'};
        struct finding_hit before[8];
        struct finding_hit after[8];
        struct finding_change changes[16];
        size_t before_count = read_hits(cases[i].before, before);
        size_t after_count = read_hits(cases[i].after, after);
        size_t n = finding_reconcile(before, before_count, after, after_count, changes);
        struct buf out;
        buf_init(&out, a);
        for (size_t k = 0; k < n; k++) {
            buf_put_char(&out, kinds[changes[k].kind]);
            put_side(&out, changes[k].before);
            buf_put_char(&out, '>');
            put_side(&out, changes[k].after);
            buf_put_char(&out, ' ');
        }
        if (!str_equal(buf_str(&out), str_of(cases[i].changes)))
            fail_msg("case %zu: " STR_FMT, i, STR_ARG(buf_str(&out)));
    }
    arena_free(a);
}

static void every_part_of_a_result_is_in_its_hash(void **state)
{
    (void)state;
    const struct hash rule = sha256_of(STR("rule 1"));
    const struct hash other = sha256_of(STR("rule 2"));
    const struct value values[] = {value_int(3), value_text(STR("ab"))};
    const struct value split[] = {value_text(STR("a")), value_text(STR("b"))};
    const struct value joined[] = {value_text(STR("ab")), value_text(STR(""))};
    const struct value absent[] = {value_null(), value_int(0)};
    const struct value zeros[] = {value_int(0), value_null()};
    const struct hash all[] = {
        finding_result_hash(&rule, STR("e"), 7, 3, 100, values, 2),
        finding_result_hash(&other, STR("e"), 7, 3, 100, values, 2),
        finding_result_hash(&rule, STR("f"), 7, 3, 100, values, 2),
        finding_result_hash(&rule, STR("e"), 8, 3, 100, values, 2),
        finding_result_hash(&rule, STR("e"), 7, 4, 100, values, 2),
        finding_result_hash(&rule, STR("e"), 7, 3, 101, values, 2),
        finding_result_hash(&rule, STR("e"), 7, 3, 100, values, 1),
        finding_result_hash(&rule, STR("e"), 7, 3, 100, split, 2),
        finding_result_hash(&rule, STR("e"), 7, 3, 100, joined, 2),
        finding_result_hash(&rule, STR("e"), 7, 3, 100, absent, 2),
        finding_result_hash(&rule, STR("e"), 7, 3, 100, zeros, 2),
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        for (size_t k = 0; k < i; k++)
            assert_false(hash_equal(&all[i], &all[k]));
    struct hash again = finding_result_hash(&rule, STR("e"), 7, 3, 100, values, 2);
    assert_true(hash_equal(&all[0], &again));
}

static void the_life_and_the_judgment_move_only_as_their_tables_say(void **state)
{
    (void)state;
    assert_true(fsm_allows(&finding_lives, FINDING_ENDED, FINDING_NEW));
    assert_false(fsm_allows(&finding_lives, FINDING_ENDED, FINDING_CONTINUING));
    for (size_t i = 0; i < finding_lives.count; i++)
        assert_false(fsm_allows(&finding_lives, FINDING_WITHDRAWN, i));
    for (size_t i = 0; i < finding_decisions.count; i++) {
        assert_false(fsm_allows(&finding_decisions, i, FINDING_TO_VERIFY));
        if (finding_decisions.states[i].is_final) /* a late word of a site reopens nothing */
            assert_false(fsm_allows(&finding_decisions, i, FINDING_SITE_ANSWERED));
    }
    assert_true(fsm_allows(&finding_decisions, FINDING_CONFIRMED, FINDING_REFUTED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yesterday_meets_today),
        cmocka_unit_test(every_part_of_a_result_is_in_its_hash),
        cmocka_unit_test(the_life_and_the_judgment_move_only_as_their_tables_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
