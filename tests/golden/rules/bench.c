#include "tests/golden/rules/bench.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/db/db.h"
#include "common/model/ddl.h"
#include "common/model/type.h"
#include "common/os/file.h"
#include "tests/support/fixture.h"
#include "tests/support/plain_csv.h"

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
    struct arena *a = arena_new((size_t)64 << 20);
    struct bench *b = NEW(a, struct bench);
    struct problem_list problems;
    b->arena = a;
    b->catalog = fixture_catalog(a);
    problem_list_init(&problems, a, 10);
    assert_true(rule_load_all(a, b->catalog, &problems, &b->rules, &b->rule_count));
    must(db_open(STR("sqlite::memory:"), 0, &b->db));
    for (size_t i = 0; i < b->catalog->dataset_count; i++)
        must(db_exec(b->db, ddl_create(a, &b->catalog->datasets[i], DDL_SQLITE)));
    must(db_exec(b->db, STR("CREATE TABLE dirty_subject(subject INTEGER PRIMARY KEY);"
                            "CREATE TABLE hit_subject(subject INTEGER PRIMARY KEY)")));
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
    db_bind_text(s, DDL_OP, str_of(row->op));
    db_bind_text(s, DDL_SITE, row->site);
    for (size_t i = 0; i < d->field_count; i++)
        bind_value(s, DDL_FIRST_FIELD + (int)i, &row->values[i]);
    for (size_t i = 0; row->person && i < ddl_person_count(d); i++) {
        db_bind_int(s, DDL_FIRST_FIELD + (int)(d->field_count + 2 * i), row->person);
        db_bind_int(s, DDL_FIRST_FIELD + (int)(d->field_count + 2 * i) + 1, row->tier);
    }
    must(db_run(s));
    if (row->rid)
        must(db_exec(b->db, str_format(a, "UPDATE rec_" STR_FMT " SET rid = %lld WHERE rid = %lld",
                                       STR_ARG(d->id), (long long)row->rid,
                                       (long long)db_last_id(b->db))));
    arena_free(a);
}

void bench_set_subjects(struct bench *b, const char *table, const int64_t *subjects, size_t count)
{
    struct arena *a = arena_new((size_t)1 << 20);
    must(db_exec(b->db, str_format(a, "DELETE FROM %s", table)));
    for (size_t i = 0; i < count; i++)
        must(db_exec(b->db, str_format(a, "INSERT OR IGNORE INTO %s VALUES (%lld)", table,
                                       (long long)subjects[i])));
    arena_free(a);
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
        struct bench_hit h = {.values = values, .site = db_column_copy(s, EMIT_SITE, a)};
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

size_t bench_wake(struct bench *b, struct arena *a, const struct rule *r, int32_t from, int32_t to,
                  int64_t *out_persons, size_t most)
{
    struct str sql = emit_wake(a, r, b->catalog, DDL_SQLITE);
    struct db_stmt *s;
    bool has_row = true;
    size_t count = 0;
    if (sql.len == 0)
        return 0;
    db_guard_begin(b->db, STEPS_MAX);
    must(db_prepare(b->db, sql, &s));
    db_bind_int(s, 1, from);
    db_bind_int(s, 2, to);
    while (count < most) {
        must(db_step(s, &has_row));
        if (!has_row)
            break;
        out_persons[count++] = db_column_int(s, 0);
    }
    db_done(s);
    db_guard_end(b->db);
    return count;
}

static int64_t number_at(const struct plain_row *row, size_t column, int64_t otherwise)
{
    int64_t n = otherwise;
    if (column < row->count && row->cells[column].len)
        assert_true(str_to_i64(row->cells[column], &n));
    return n;
}

/* person, tier, site, then fields by id; the row's line in the file is its rid. */
static void put_row(struct bench *b, const struct dataset *d, const struct plain_table *t,
                    size_t line)
{
    const struct plain_row *row = &t->rows[line];
    struct value *values = NEW_ARRAY(b->arena, struct value, d->field_count);
    for (size_t i = 3; i < t->rows[0].count; i++) {
        int f = dataset_field(d, t->rows[0].cells[i]);
        struct type_fault fault;
        if (f < 0)
            fail_msg(STR_FMT " has no field " STR_FMT, STR_ARG(d->id),
                     STR_ARG(t->rows[0].cells[i]));
        struct field plain = d->fields[f];
        plain.unit_factor = 100;
        if (i < row->count && row->cells[i].len &&
            type_parse(b->arena, &plain, row->cells[i], &values[f], &fault) != TYPE_FINE)
            fail_msg(STR_FMT ".csv:%zu: " STR_FMT, STR_ARG(d->id), line + 1, STR_ARG(fault.en));
    }
    bench_put(b, &(struct bench_row){.dataset = d,
                                     .values = values,
                                     .person = number_at(row, 0, 0),
                                     .tier = number_at(row, 1, 1),
                                     .key = (int64_t)line,
                                     .rid = (int64_t)line + 1,
                                     .op = "new",
                                     .site = row->cells[2]});
}

void bench_load(struct bench *b, const struct rule *r)
{
    bench_clear(b);
    for (size_t i = 0; i < b->catalog->dataset_count; i++) {
        const struct dataset *d = &b->catalog->datasets[i];
        struct str path = str_format(b->arena, "tests/golden/rules/" STR_FMT "/" STR_FMT ".csv",
                                     STR_ARG(r->id), STR_ARG(d->id));
        struct file_info info;
        if (file_stat(str_format(b->arena, SOURCE_DIR "/" STR_FMT, STR_ARG(path)).ptr, &info) != OK)
            continue;
        struct plain_table t = plain_csv(b->arena, fixture_read(b->arena, path.ptr));
        for (size_t line = 1; line < t.count; line++)
            put_row(b, d, &t, line);
    }
}
