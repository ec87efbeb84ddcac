/* Walks tests/golden/rules/<id>: given rows, the findings they must give, and the SQL behind. */
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/db/db.h"
#include "common/model/type.h"
#include "common/os/file.h"
#include "common/rules/explain.h"
#include "tests/golden/rules/bench.h"
#include "tests/support/bless.h"
#include "tests/support/fixture.h"
#include "tests/support/plain_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TODAY 20240630
#define CASES_MAX 64

static struct str path_in(struct arena *a, const struct rule *r, const char *name)
{
    return str_format(a, "tests/golden/rules/" STR_FMT "/%s", STR_ARG(r->id), name);
}

static void put_hit(struct arena *a, struct buf *out, const struct rule *r,
                    const struct bench_hit *h)
{
    if (h->called.len)
        buf_format(out, "  " STR_FMT "\n", STR_ARG(h->called));
    buf_format(out,
               "  [" STR_FMT "] level %d, tier %d, %lld.%02lld yuan, %d points, asks " STR_FMT "\n",
               STR_ARG(h->hit.episode), h->hit.level, h->hit.tier,
               (long long)(h->hit.amount_fen / 100), (long long)(h->hit.amount_fen % 100),
               explain_points(h->hit.level, h->hit.amount_fen), STR_ARG(h->site));
    buf_format(out, "  " STR_FMT "\n  " STR_FMT "\n",
               STR_ARG(explain_say(a, r, EXPLAIN_ZH, h->values, h->hit.amount_fen)),
               STR_ARG(explain_say(a, r, EXPLAIN_EN, h->values, h->hit.amount_fen)));
}

/* "evidence [episode] alias 2 3": lines of the files. */
static void put_evidence(struct bench *b, struct buf *out, const struct rule *r, struct str subject)
{
    struct db_stmt *s;
    bool has_row;
    bench_set_subjects(b, r, "hit_subject", &subject, 1);
    db_guard_begin(b->db, 10000000);
    assert_int_equal(db_prepare(b->db, emit_evidence(b->arena, r, b->catalog, DDL_SQLITE), &s), OK);
    db_bind_int(s, 1, TODAY);
    for (;;) {
        assert_int_equal(db_step(s, &has_row), OK);
        if (!has_row)
            break;
        buf_format(out, "  evidence [" STR_FMT "] " STR_FMT " %lld\n",
                   STR_ARG(db_column_bytes(s, EMIT_E_EPISODE)),
                   STR_ARG(r->sources[db_column_int(s, EMIT_E_SOURCE)].alias),
                   (long long)db_column_int(s, EMIT_E_RID));
    }
    db_done(s);
    db_guard_end(b->db);
}

static bool is_about(const struct rule *r, const struct bench_hit *h, struct str subject)
{
    int64_t person;
    if (!rule_is_of_persons(r))
        return str_equal(h->key, subject);
    return str_to_i64(subject, &person) && h->hit.subject == person;
}

static struct str claims_of(struct bench *b, const struct rule *r, const struct plain_table *cases,
                            enum emit_scope scope)
{
    struct bench_hit *hits;
    struct buf out;
    struct str subjects[CASES_MAX];
    buf_init(&out, b->arena);
    assert_true(cases->count <= CASES_MAX);
    for (size_t i = 1; i < cases->count; i++)
        subjects[i - 1] = cases->rows[i].cells[0];
    bench_set_subjects(b, r, "dirty_subject", subjects, cases->count - 1);
    size_t count = bench_evaluate(b, b->arena, r, scope, TODAY, &hits);
    size_t seen = 0;
    for (size_t i = 0; i + 1 < cases->count; i++) {
        struct str claim = cases->rows[i + 1].cells[1];
        bool is_hit = false;
        buf_format(&out, STR_FMT " " STR_FMT "\n", STR_ARG(subjects[i]), STR_ARG(claim));
        for (size_t k = 0; k < count; k++)
            if (is_about(r, &hits[k], subjects[i])) {
                put_hit(b->arena, &out, r, &hits[k]);
                is_hit = true;
                seen++;
            }
        if (is_hit != str_starts(claim, STR("hit: ")))
            fail_msg(STR_FMT " " STR_FMT " " STR_FMT ": %s", STR_ARG(r->id), STR_ARG(subjects[i]),
                     STR_ARG(claim), is_hit ? "found" : "not found");
        if (is_hit)
            put_evidence(b, &out, r, subjects[i]);
    }
    for (size_t k = 0; seen != count && k < count; k++)
        print_message(STR_FMT ": [" STR_FMT "] of %lld " STR_FMT "\n", STR_ARG(r->id),
                      STR_ARG(hits[k].hit.episode), (long long)hits[k].hit.subject,
                      STR_ARG(hits[k].key));
    assert_int_equal(seen, count); /* nobody else is hit */
    return buf_str(&out);
}

static bool has_claim(const struct plain_table *cases, struct str start)
{
    for (size_t i = 1; i < cases->count; i++)
        if (str_starts(cases->rows[i].cells[1], start))
            return true;
    return false;
}

static void run_rule(struct bench *b, const struct rule *r)
{
    struct arena *a = b->arena;
    struct plain_table cases = plain_csv(a, fixture_read(a, path_in(a, r, "cases.csv").ptr));
    assert_true(has_claim(&cases, STR("hit: ")));
    assert_true(has_claim(&cases, STR("clear: ")));
    assert_true(has_claim(&cases, STR("near miss: ")));
    for (size_t i = 0; i < r->unless_count; i++)
        if (!has_claim(&cases, str_format(a, "unless " STR_FMT ": ", STR_ARG(r->unless[i].id))))
            fail_msg(STR_FMT ": no case for unless " STR_FMT, STR_ARG(r->id),
                     STR_ARG(r->unless[i].id));
    bench_load(b, r);
    struct str all = claims_of(b, r, &cases, EMIT_ALL);
    bless_compare(a, path_in(a, r, "expected.txt"), all);
    struct str dirty = claims_of(b, r, &cases, EMIT_DIRTY);
    assert_true(str_equal(all, dirty));
}

static struct str statements(struct bench *b, const struct rule *r, enum ddl_dialect dialect)
{
    struct buf out;
    buf_init(&out, b->arena);
    buf_format(&out, "-- findings\n" STR_FMT "\n\n-- findings of the dirty\n" STR_FMT "\n",
               STR_ARG(emit_findings(b->arena, r, b->catalog, EMIT_ALL, dialect)),
               STR_ARG(emit_findings(b->arena, r, b->catalog, EMIT_DIRTY, dialect)));
    buf_format(&out, "\n-- evidence\n" STR_FMT "\n",
               STR_ARG(emit_evidence(b->arena, r, b->catalog, dialect)));
    const struct {
        const char *name;
        struct str sql;
    } more[] = {{"wake persons", emit_wake(b->arena, r, b->catalog, EMIT_PERSONS, dialect)},
                {"wake keys", emit_wake(b->arena, r, b->catalog, EMIT_KEYS, dialect)},
                {"touches", emit_touches(b->arena, r, b->catalog, dialect)}};
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (more[i].sql.len)
            buf_format(&out, "\n-- %s\n" STR_FMT "\n", more[i].name, STR_ARG(more[i].sql));
    for (size_t i = 0; i < r->need_count; i++)
        buf_format(&out, "\n-- need\n" STR_FMT "\n", STR_ARG(emit_need(b->arena, r, i)));
    return buf_str(&out);
}

static void each_rule_finds_what_its_folder_says(void **state)
{
    struct bench *b = *state;
    const char *only = getenv("RULE"); /* one of them, while it is written */
    for (size_t i = 0; i < b->rule_count; i++)
        if (!only || str_equal(b->rules[i]->id, str_of(only)))
            run_rule(b, b->rules[i]);
}

static void each_rule_says_it_in_both_dialects(void **state)
{
    struct bench *b = *state;
    const char *only = getenv("RULE");
    for (size_t i = 0; i < b->rule_count; i++) {
        const struct rule *r = b->rules[i];
        if (only && !str_equal(r->id, str_of(only)))
            continue;
        bless_compare(b->arena, path_in(b->arena, r, "sqlite.sql"), statements(b, r, DDL_SQLITE));
        bless_compare(b->arena, path_in(b->arena, r, "postgres.sql"),
                      statements(b, r, DDL_POSTGRES));
        for (size_t k = 0; k < r->need_count; k++) {
            struct db_stmt *s;
            bool has_row;
            assert_int_equal(db_prepare(b->db, emit_need(b->arena, r, k), &s), OK);
            assert_int_equal(db_step(s, &has_row), OK);
            assert_true(has_row);
            db_done(s);
        }
    }
}

static int set_up(void **state)
{
    *state = bench_open();
    return 0;
}

static int tear_down(void **state)
{
    bench_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_its_folder_says),
        cmocka_unit_test(each_rule_says_it_in_both_dialects),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
