#include "common/base/arena.h"
#include "common/http/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct crank_clock clock;
    struct seeded_random random;
    struct session_table *sessions;
    struct arena *arena;
};

static int set_up(void **state)
{
    static struct fixture f;
    crank_clock_init(&f.clock, 1000);
    seeded_random_init(&f.random, 1);
    f.sessions = session_table_new(&f.clock.clock, &f.random.random);
    f.arena = arena_new(1 << 20);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    session_table_free(f->sessions);
    arena_free(f->arena);
    return 0;
}

static const struct session *begin(struct fixture *f)
{
    struct str cookie;
    return session_begin(f->sessions, STR("wang"), STR("analyst"), true, f->arena, &cookie);
}

static void a_session_is_found_by_its_token_alone(void **state)
{
    struct fixture *f = *state;
    const struct session *x = begin(f);
    assert_string_equal(x->user, "wang");
    assert_ptr_equal(session_of_token(f->sessions, str_of(x->token), STR_NONE, false), x);
    assert_null(session_of_token(f->sessions, STR("x"), STR_NONE, false));
    assert_null(session_of_token(f->sessions, STR_NONE, STR_NONE, false));
}

static void a_write_needs_the_second_token(void **state)
{
    struct fixture *f = *state;
    const struct session *x = begin(f);
    assert_null(session_of_token(f->sessions, str_of(x->token), STR_NONE, true));
    assert_null(session_of_token(f->sessions, str_of(x->token), str_of(x->token), true));
    assert_ptr_equal(session_of_token(f->sessions, str_of(x->token), str_of(x->csrf), true), x);
}

static void a_session_ends_when_idle_when_old_and_when_told(void **state)
{
    struct fixture *f = *state;
    const struct session *x = begin(f);
    struct str token = str_copy(f->arena, str_of(x->token));
    f->clock.now_ms += SESSION_IDLE_MS + 1;
    assert_null(session_of_token(f->sessions, token, STR_NONE, false));
    x = begin(f);
    token = str_copy(f->arena, str_of(x->token));
    for (int64_t t = 0; t <= SESSION_LIFE_MS; t += SESSION_IDLE_MS) {
        f->clock.now_ms += SESSION_IDLE_MS;
        session_of_token(f->sessions, token, STR_NONE, false);
    }
    assert_null(session_of_token(f->sessions, token, STR_NONE, false));
    x = begin(f);
    token = str_copy(f->arena, str_of(x->token));
    session_end(f->sessions, token);
    assert_null(session_of_token(f->sessions, token, STR_NONE, false));
}

static void five_failures_lock_the_name_for_a_while(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < SESSION_FAILURES_MAX; i++) {
        assert_false(session_is_locked(f->sessions, STR("li")));
        session_note_failure(f->sessions, STR("li"));
    }
    assert_true(session_is_locked(f->sessions, STR("li")));
    assert_false(session_is_locked(f->sessions, STR("wang")));
    f->clock.now_ms += SESSION_LOCK_MS;
    assert_false(session_is_locked(f->sessions, STR("li")));
    session_note_failure(f->sessions, STR("li"));
    assert_false(session_is_locked(f->sessions, STR("li")));
    session_note_success(f->sessions, STR("li"));
    assert_false(session_is_locked(f->sessions, STR("li")));
}

static void the_table_never_overflows(void **state)
{
    struct fixture *f = *state;
    const struct session *first = begin(f);
    struct str token = str_copy(f->arena, str_of(first->token));
    for (int i = 0; i < SESSION_COUNT_MAX; i++) {
        f->clock.now_ms++;
        begin(f);
    }
    assert_null(session_of_token(f->sessions, token, STR_NONE, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_session_is_found_by_its_token_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_write_needs_the_second_token, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_session_ends_when_idle_when_old_and_when_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(five_failures_lock_the_name_for_a_while, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_table_never_overflows, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
