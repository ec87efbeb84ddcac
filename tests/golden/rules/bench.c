#include "tests/golden/rules/bench.h"

#include "central/lab/given.h"
#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/db/db.h"
#include "common/model/ddl.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define STEPS_MAX 100000000

static void must(enum err e)
{
    if (e != OK)
        fail_msg("%s: %s", err_name(e), err_note());
}

struct bench *bench_open(void)
{
    struct arena *a = arena_new((size_t)512 << 20); /* the SQL of every step of every rule */
    struct bench *b = NEW(a, struct bench);
    struct problem_list problems;
    b->arena = a;
    b->catalog = fixture_catalog(a);
    problem_list_init(&problems, a, 10);
    bool is_fine = rule_load_all(a, b->catalog, &problems, &b->rules, &b->rule_count);
    for (size_t i = 0; i < problems.items.count; i++)
        print_error(STR_FMT "\n", STR_ARG(problem_format(a, &problems.items.at[i])));
    assert_true(is_fine);
    must(db_open(STR("sqlite::memory:"), 0, &b->db));
    db_set_workdays(b->db, b->catalog->workdays);
    for (size_t i = 0; i < b->catalog->dataset_count; i++)
        must(db_exec(b->db, ddl_create(a, &b->catalog->datasets[i], DDL_SQLITE)));
    must(db_exec(b->db, STR("CREATE TABLE dirty_subject(subject INTEGER PRIMARY KEY, key TEXT);"
                            "CREATE TABLE hit_subject(subject INTEGER PRIMARY KEY, key TEXT);"
                            "CREATE TABLE dirty_person(person INTEGER PRIMARY KEY);"
                            "CREATE TABLE dirty_key(key TEXT PRIMARY KEY)")));
    return b;
}

void bench_close(struct bench *b)
{
    db_close(b->db);
    catalog_free(b->catalog);
    arena_free(b->arena);
}

const struct rule *bench_rule(const struct bench *b, const char *id)
{
    for (size_t i = 0; i < b->rule_count; i++)
        if (str_equal(b->rules[i]->id, str_of(id)))
            return b->rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

void bench_clear(struct bench *b)
{
    for (size_t i = 0; i < b->catalog->dataset_count; i++)
        must(db_exec(b->db, str_format(b->arena, "DELETE FROM rec_" STR_FMT,
                                       STR_ARG(b->catalog->datasets[i].id))));
}

static void close_before(struct bench *b, struct arena *a, const struct bench_row *row)
{
    struct db_stmt *s;
    must(db_prepare(b->db,
                    str_format(a,
                               "UPDATE rec_" STR_FMT
                               " SET valid_to = ?1 WHERE key_hash = ?2 AND valid_to IS NULL",
                               STR_ARG(row->dataset->id)),
                    &s));
    db_bind_int(s, 1, b->rows);
    db_bind_blob(s, 2, str_make(&row->key, sizeof row->key));
    must(db_run(s));
}

static void bind_value(struct db_stmt *s, int index, const struct value *v)
{
    if (v->kind == VALUE_INT)
        db_bind_int(s, index, v->number);
    else if (v->kind == VALUE_TEXT)
        db_bind_text(s, index, v->text);
}

void bench_put(struct bench *b, const struct bench_row *row)
{
    const struct dataset *d = row->dataset;
    struct arena *a = arena_new((size_t)1 << 20);
    struct db_stmt *s;
    b->rows++;
    close_before(b, a, row);
    must(db_prepare(b->db, ddl_insert(a, d), &s));
    int64_t hash = b->rows * 1000003;
    db_bind_blob(s, DDL_KEY_HASH, str_make(&row->key, sizeof row->key));
    db_bind_blob(s, DDL_ROW_HASH, str_make(&hash, sizeof hash));
    for (int i = DDL_VERSION; i < DDL_FIRST_FIELD; i++)
        db_bind_int(s, i, b->rows);
    db_bind_int(s, DDL_RECORDED_HUB, row->recorded_ms);
    db_bind_text(s, DDL_OP, str_of(row->op));
    db_bind_text(s, DDL_SITE, row->site);
    for (size_t i = 0; i < d->field_count; i++)
        bind_value(s, DDL_FIRST_FIELD + (int)i, &row->values[i]);
    int index = DDL_FIRST_FIELD + (int)d->field_count;
    for (size_t i = 0; i < d->field_count; i++) {
        if (!dataset_field_has_person(&d->fields[i]))
            continue;
        if (row->persons[i]) {
            db_bind_int(s, index, row->persons[i]);
            db_bind_int(s, index + 1, row->tiers[i]);
        }
        index += 2;
    }
    must(db_run(s));
    if (row->rid)
        must(db_exec(b->db, str_format(a, "UPDATE rec_" STR_FMT " SET rid = %lld WHERE rid = %lld",
                                       STR_ARG(d->id), (long long)row->rid,
                                       (long long)db_last_id(b->db))));
    arena_free(a);
}

static void run(struct bench *b, struct str sql, const struct str *text, int64_t number)
{
    struct db_stmt *s;
    must(db_prepare(b->db, sql, &s));
    if (text)
        db_bind_text(s, 1, *text);
    else
        db_bind_int(s, 1, number);
    must(db_run(s));
}

void bench_set_subjects(struct bench *b, const struct rule *r, const char *table,
                        const struct str *subjects, size_t count)
{
    const char *values = rule_is_of_persons(r) ? "CAST(?1 AS INTEGER), NULL" : "qq_thing(?1), ?1";
    must(db_exec(b->db, str_format(b->arena, "DELETE FROM %s", table)));
    for (size_t i = 0; i < count; i++)
        run(b, str_format(b->arena, "INSERT OR IGNORE INTO %s SELECT %s", table, values),
            &subjects[i], 0);
}

void bench_changed_person(struct bench *b, int64_t person)
{
    if (person)
        run(b, STR("INSERT OR IGNORE INTO dirty_person VALUES (?1)"), NULL, person);
}

void bench_changed_key(struct bench *b, struct str key)
{
    run(b, STR("INSERT OR IGNORE INTO dirty_key VALUES (?1)"), &key, 0);
}

void bench_forget_changes(struct bench *b)
{
    must(db_exec(b->db, STR("DELETE FROM dirty_person; DELETE FROM dirty_key")));
}

void bench_fill_dirty(struct bench *b, const struct rule *r)
{
    bool is_of_persons = rule_is_of_persons(r);
    struct str touches = emit_touches(b->arena, r, b->catalog, DDL_SQLITE);
    struct str more =
        touches.len ? str_format(b->arena, " UNION SELECT * FROM (" STR_FMT ")", STR_ARG(touches))
                    : STR_NONE;
    must(db_exec(b->db, STR("DELETE FROM dirty_subject")));
    must(db_exec(b->db,
                 str_format(b->arena,
                            "INSERT OR IGNORE INTO dirty_subject(subject, key) SELECT %s FROM "
                            "(SELECT %s AS x FROM %s" STR_FMT ") WHERE x IS NOT NULL",
                            is_of_persons ? "x, NULL" : "qq_thing(x), x",
                            is_of_persons ? "person" : "key",
                            is_of_persons ? "dirty_person" : "dirty_key", STR_ARG(more))));
}

bool bench_is_dirty(struct bench *b, int64_t subject)
{
    struct db_stmt *s;
    bool has_row;
    must(db_prepare(b->db, STR("SELECT 1 FROM dirty_subject WHERE subject = ?1"), &s));
    db_bind_int(s, 1, subject);
    must(db_step(s, &has_row));
    db_done(s);
    return has_row;
}

static struct value read_value(struct db_stmt *s, int column, struct arena *a)
{
    if (db_column_is_null(s, column))
        return value_null();
    return db_column_is_text(s, column) ? value_text(db_column_copy(s, column, a))
                                        : value_int(db_column_int(s, column));
}

size_t bench_evaluate(struct bench *b, struct arena *a, const struct rule *r, enum emit_scope scope,
                      int32_t today, struct bench_hit **out_hits)
{
    VEC(struct bench_hit) hits = {0};
    struct db_stmt *s;
    bool has_row;
    db_guard_begin(b->db, STEPS_MAX);
    must(db_prepare(b->db, emit_findings(a, r, b->catalog, scope, DDL_SQLITE), &s));
    db_bind_int(s, 1, today);
    for (;;) {
        must(db_step(s, &has_row));
        if (!has_row)
            break;
        if (db_column_int(s, EMIT_KEPT) == 0 || db_column_is_null(s, EMIT_LEVEL))
            continue; /* excused */
        struct value *values = NEW_ARRAY(a, struct value, r->let_count + 1);
        struct bench_hit h = {.values = values,
                              .site = db_column_copy(s, EMIT_SITE, a),
                              .key = db_column_copy(s, EMIT_KEY, a),
                              .called = db_column_copy(s, EMIT_CALLED, a)};
        h.hit.subject = db_column_int(s, EMIT_SUBJECT);
        h.hit.episode = db_column_copy(s, EMIT_EPISODE, a);
        h.hit.tier = (int)db_column_int(s, EMIT_TIER);
        h.hit.level = (int)db_column_int(s, EMIT_LEVEL);
        h.hit.amount_fen = db_column_int(s, EMIT_AMOUNT);
        for (size_t i = 0; i < r->let_count; i++)
            values[i] = read_value(s, EMIT_FIRST_LET + (int)i, a);
        h.hit.result = finding_result_hash(&r->hash, h.hit.episode, h.hit.subject, h.hit.level,
                                           h.hit.amount_fen, values, r->let_count);
        VEC_PUSH(&hits, a, h);
    }
    db_done(s);
    db_guard_end(b->db);
    *out_hits = hits.at;
    return hits.count;
}

static void wake(struct bench *b, const struct rule *r, enum emit_kind kind, int32_t from,
                 int32_t to)
{
    struct str sql = emit_wake(b->arena, r, b->catalog, kind, DDL_SQLITE);
    struct db_stmt *s;
    if (sql.len == 0)
        return;
    must(db_prepare(b->db,
                    str_format(b->arena, "INSERT OR IGNORE INTO %s " STR_FMT,
                               kind == EMIT_PERSONS ? "dirty_person" : "dirty_key", STR_ARG(sql)),
                    &s));
    db_bind_int(s, 1, from);
    db_bind_int(s, 2, to);
    must(db_run(s));
}

void bench_wake(struct bench *b, const struct rule *r, int32_t from, int32_t to)
{
    wake(b, r, EMIT_PERSONS, from, to);
    wake(b, r, EMIT_KEYS, from, to);
}

void bench_read(struct bench *b, const struct rule *r, struct bench_row **out_rows,
                size_t *out_count)
{
    struct given_row *given;
    struct problem_list problems;
    struct str folder =
        str_format(b->arena, SOURCE_DIR "/tests/golden/rules/" STR_FMT, STR_ARG(r->id));
    problem_list_init(&problems, b->arena, 10);
    must(given_rows(b->arena, b->catalog, folder.ptr, &problems, &given, out_count));
    if (problems.errors)
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(r->id),
                 STR_ARG(problem_format(b->arena, &problems.items.at[0])));
    struct bench_row *rows = NEW_ARRAY(b->arena, struct bench_row, *out_count + 1);
    for (size_t i = 0; i < *out_count; i++)
        rows[i] = (struct bench_row){.dataset = given[i].dataset,
                                     .values = given[i].values,
                                     .persons = given[i].persons,
                                     .tiers = given[i].tiers,
                                     .key = (int64_t)i + 1,
                                     .rid = (int64_t)given[i].line,
                                     .recorded_ms = given[i].recorded_ms,
                                     .op = "new",
                                     .site = given[i].site};
    *out_rows = rows;
}

void bench_load(struct bench *b, const struct rule *r)
{
    struct bench_row *rows;
    size_t count;
    bench_clear(b);
    bench_read(b, r, &rows, &count);
    for (size_t i = 0; i < count; i++)
        bench_put(b, &rows[i]);
}
