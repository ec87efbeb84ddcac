/* Writes for each rule RULE.sql, which loads its golden rows into PostgreSQL and runs the rule's
 * own text there, and RULE.expected, what SQLite says to the same; and functions.sql with its
 * expected for the functions that rules may call. tests/golden/rules/postgres.py compares.
 *
 *     golden_rules_postgres FOLDER
 */
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/db/db.h"
#include "common/os/file.h"
#include "tests/golden/rules/bench.h"
#include "tests/golden/rules/postgres_functions.h"
#include "tests/support/fixture.h"
#include "tests/support/plain_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define TODAY 20240630

struct script {
    struct bench *bench;
    const struct rule *rule;
    struct buf sql, expected;
};

static void must(enum err e)
{
    if (e != OK)
        fail_msg("%s: %s", err_name(e), err_note());
}

static void put_literal(struct script *s, struct db_stmt *row, int column)
{
    bool is_hash = str_ends(db_column_name(row, column), STR("_hash"));
    if (db_column_is_null(row, column))
        buf_put_z(&s->sql, "NULL");
    else if (is_hash)
        buf_format(&s->sql, "'\\x" STR_FMT "'",
                   STR_ARG(hex_encode(s->bench->arena, db_column_bytes(row, column))));
    else if (!db_column_is_text(row, column))
        buf_format(&s->sql, "%lld", (long long)db_column_int(row, column));
    else {
        struct str text = db_column_bytes(row, column);
        buf_put_char(&s->sql, '\'');
        for (size_t i = 0; i < text.len; i++)
            buf_format(&s->sql, text.ptr[i] == '\'' ? "''" : "%c", text.ptr[i]);
        buf_put_char(&s->sql, '\'');
    }
}

/* The table as it is, names of columns included: PostgreSQL's need not stand in the same order. */
static void put_table(struct script *s, const struct dataset *d)
{
    struct db_stmt *row;
    bool has_row;
    must(db_prepare(s->bench->db,
                    str_format(s->bench->arena, "SELECT * FROM rec_" STR_FMT, STR_ARG(d->id)),
                    &row));
    for (;;) {
        must(db_step(row, &has_row));
        if (!has_row)
            break;
        buf_format(&s->sql, "INSERT INTO rec_" STR_FMT "(", STR_ARG(d->id));
        for (int i = 0; i < db_column_count(row); i++)
            buf_format(&s->sql, "%s" STR_FMT, i ? ", " : "", STR_ARG(db_column_name(row, i)));
        buf_put_z(&s->sql, ") VALUES (");
        for (int i = 0; i < db_column_count(row); i++) {
            buf_put_z(&s->sql, i ? ", " : "");
            put_literal(s, row, i);
        }
        buf_put_z(&s->sql, ");\n");
    }
    db_done(row);
}

/* One statement of the rule in both dialects; `columns` of it are compared, in their order when
 * none are named. */
static void ask(struct script *s, const char *name, struct str sqlite, struct str postgres,
                const char *columns, const int64_t *parameters, size_t count)
{
    struct arena *a = s->bench->arena;
    if (columns) {
        sqlite = str_format(a, "SELECT %s FROM (" STR_FMT ") AS x ORDER BY %s", columns,
                            STR_ARG(sqlite), columns);
        postgres = str_format(a, "SELECT %s FROM (" STR_FMT ") AS x ORDER BY %s", columns,
                              STR_ARG(postgres), columns);
    }
    buf_format(&s->sql, "\\echo -- %s\nPREPARE %s", name, name);
    for (size_t i = 0; i < count; i++)
        buf_format(&s->sql, "%sBIGINT%s", i ? ", " : "(", i + 1 == count ? ")" : "");
    buf_format(&s->sql, " AS " STR_FMT ";\nEXECUTE %s", STR_ARG(postgres), name);
    for (size_t i = 0; i < count; i++)
        buf_format(&s->sql, "%s%lld%s", i ? ", " : "(", (long long)parameters[i],
                   i + 1 == count ? ")" : "");
    buf_put_z(&s->sql, ";\n");
    buf_format(&s->expected, "-- %s\n", name);
    postgres_expect(&s->expected, s->bench->db, sqlite, parameters, count);
}

/* Every `step`-th subject of the cases: the statement must leave the others out. */
static void set_subjects(struct script *s, const char *table, size_t step)
{
    struct arena *a = s->bench->arena;
    struct str path =
        str_format(a, "tests/golden/rules/" STR_FMT "/cases.csv", STR_ARG(s->rule->id));
    struct plain_table cases = plain_csv(a, fixture_read(a, path.ptr));
    struct str *subjects = NEW_ARRAY(a, struct str, cases.count);
    size_t count = 0;
    bool is_of_persons = rule_is_of_persons(s->rule);
    for (size_t i = 1; i < cases.count; i += step)
        subjects[count++] = cases.rows[i].cells[0];
    bench_set_subjects(s->bench, s->rule, table, subjects, count);
    for (size_t i = 0; i < count; i++)
        buf_format(&s->sql,
                   is_of_persons ? "INSERT INTO %s VALUES (" STR_FMT ", NULL);\n"
                                 : "INSERT INTO %s SELECT qq_thing(k), k FROM (SELECT '" STR_FMT
                                   "'::TEXT AS k) AS x;\n",
                   table, STR_ARG(subjects[i]));
}

static void ask_wake(struct script *s, enum emit_kind kind)
{
    static const int64_t days[] = {20000101, TODAY};
    const struct rule *r = s->rule;
    const struct catalog *c = s->bench->catalog;
    struct arena *a = s->bench->arena;
    struct str sqlite = emit_wake(a, r, c, kind, DDL_SQLITE);
    if (sqlite.len == 0)
        return;
    ask(s, kind == EMIT_PERSONS ? "wake_persons" : "wake_keys",
        str_format(a, "WITH w(x) AS (" STR_FMT ") SELECT x FROM w ORDER BY 1", STR_ARG(sqlite)),
        str_format(a, "WITH w(x) AS (" STR_FMT ") SELECT x FROM w ORDER BY x %s",
                   STR_ARG(emit_wake(a, r, c, kind, DDL_POSTGRES)),
                   kind == EMIT_KEYS ? "COLLATE \"C\"" : ""),
        NULL, days, 2);
}

static void put_statements(struct script *s)
{
    const struct rule *r = s->rule;
    const struct catalog *c = s->bench->catalog;
    struct arena *a = s->bench->arena;
    static const int64_t today[] = {TODAY};
    ask(s, "findings", emit_findings(a, r, c, EMIT_ALL, DDL_SQLITE),
        emit_findings(a, r, c, EMIT_ALL, DDL_POSTGRES), NULL, today, 1);
    set_subjects(s, "dirty_subject", 2);
    ask(s, "dirty", emit_findings(a, r, c, EMIT_DIRTY, DDL_SQLITE),
        emit_findings(a, r, c, EMIT_DIRTY, DDL_POSTGRES), NULL, today, 1);
    set_subjects(s, "hit_subject", 1);
    ask(s, "evidence", emit_evidence(a, r, c, DDL_SQLITE), emit_evidence(a, r, c, DDL_POSTGRES),
        "subject, episode, source, rid, version", today, 1);
    ask_wake(s, EMIT_PERSONS);
    ask_wake(s, EMIT_KEYS);
    for (size_t i = 0; i < r->need_count; i++)
        ask(s, str_format(a, "need%zu", i).ptr, emit_need(a, r, i), emit_need(a, r, i), NULL, NULL,
            0);
}

static void write_rule(struct bench *b, const struct rule *r, const char *folder)
{
    struct script s = {.bench = b, .rule = r};
    buf_init(&s.sql, b->arena);
    buf_init(&s.expected, b->arena);
    bench_load(b, r);
    buf_put_z(&s.sql, "\\pset null '" POSTGRES_NOTHING "'\nBEGIN;\n");
    for (size_t i = 0; i < b->catalog->dataset_count; i++)
        put_table(&s, &b->catalog->datasets[i]);
    put_statements(&s);
    buf_put_z(&s.sql, "ROLLBACK;\n");
    must(file_replace(str_format(b->arena, "%s/" STR_FMT ".sql", folder, STR_ARG(r->id)).ptr,
                      buf_str(&s.sql), 0644));
    must(file_replace(str_format(b->arena, "%s/" STR_FMT ".expected", folder, STR_ARG(r->id)).ptr,
                      buf_str(&s.expected), 0644));
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return EXIT_FAILURE;
    struct bench *b = bench_open();
    for (size_t i = 0; i < b->rule_count; i++)
        write_rule(b, b->rules[i], argv[1]);
    postgres_write_functions(b, argv[1]);
    bench_close(b);
    return EXIT_SUCCESS;
}
