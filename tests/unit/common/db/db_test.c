#include "common/base/arena.h"
#include "common/db/db.h"
#include "common/db/migrate.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    char folder[32];
    struct str url;
    struct db *db;
};

static int set_up(void **state)
{
    static struct fixture f;
    f.arena = arena_new(1 << 20);
    strcpy(f.folder, "db_test_XXXXXX");
    if (!mkdtemp(f.folder))
        return 1;
    f.url = str_format(f.arena, "sqlite:%s/a.db", f.folder);
    *state = &f;
    if (db_open(f.url, 2000, &f.db) != OK)
        return 1;
    return db_exec(f.db, STR("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b BLOB, n INTEGER);"
                             "CREATE TABLE child(t INTEGER NOT NULL REFERENCES t(id))")) == OK
               ? 0
               : 1;
}

static int tear_down(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct fixture *f = *state;
    db_close(f->db);
    for (size_t i = 0; i < 3; i++)
        unlink(str_copy_z(f->arena, str_format(f->arena, "%s/a.db%s", f->folder, endings[i])));
    rmdir(f->folder);
    arena_free(f->arena);
    return 0;
}

static enum err insert(struct db *db, int64_t n)
{
    struct db_stmt *s;
    TRY(db_prepare(db, STR("INSERT INTO t(n) VALUES (?1)"), &s));
    db_bind_int(s, 1, n);
    return db_run(s);
}

static int64_t ask(struct db *db, struct str sql)
{
    struct db_stmt *s;
    bool has_row;
    assert_int_equal(db_prepare(db, sql, &s), OK);
    assert_int_equal(db_step(s, &has_row), OK);
    assert_true(has_row);
    int64_t value = db_column_int(s, 0);
    db_done(s);
    return value;
}

static int64_t count(struct db *db)
{
    return ask(db, STR("SELECT count(*) FROM t"));
}

static void values_come_back_as_they_went_in(void **state)
{
    struct fixture *f = *state;
    struct db_stmt *s;
    bool has_row;
    assert_int_equal(db_prepare(f->db, STR("INSERT INTO t(a, b, n) VALUES (?1, ?2, ?3)"), &s), OK);
    db_bind_text(s, 1, STR("清渠"));
    db_bind_blob(s, 2, STR("\0\xff"));
    db_bind_int(s, 3, INT64_MIN);
    assert_int_equal(db_run(s), OK);
    assert_int_equal(db_last_id(f->db), 1);
    assert_int_equal(db_changes(f->db), 1);
    /* The same text again: no value of before is left. */
    assert_int_equal(db_prepare(f->db, STR("INSERT INTO t(a, b, n) VALUES (?1, ?2, ?3)"), &s), OK);
    db_bind_text(s, 1, STR_NONE);
    db_bind_null(s, 3);
    assert_int_equal(db_run(s), OK);
    assert_int_equal(db_prepare(f->db, STR("SELECT a, b, n AS many FROM t ORDER BY id"), &s), OK);
    assert_int_equal(db_step(s, &has_row), OK);
    assert_int_equal(db_column_count(s), 3);
    assert_true(str_equal(db_column_name(s, 2), STR("many")));
    assert_true(db_column_is_text(s, 0));
    assert_false(db_column_is_text(s, 1));
    assert_true(str_equal(db_column_bytes(s, 1), STR("\0\xff")));
    assert_true(db_column_int(s, 2) == INT64_MIN);
    struct str kept = db_column_copy(s, 0, f->arena);
    assert_int_equal(db_step(s, &has_row), OK);
    assert_true(str_equal(kept, STR("清渠")));
    assert_true(db_column_is_text(s, 0));
    assert_int_equal(db_column_bytes(s, 0).len, 0);
    assert_true(db_column_is_null(s, 1) && db_column_is_null(s, 2));
    assert_int_equal(db_step(s, &has_row), OK);
    assert_false(has_row);
    db_done(s);
}

static void a_transaction_is_whole_or_nothing(void **state)
{
    struct fixture *f = *state;
    struct db *other;
    int64_t before;
    int64_t after;
    assert_int_equal(db_open(f->url, 0, &other), OK);
    assert_int_equal(db_data_version(other, &before), OK);
    assert_int_equal(db_begin(f->db), OK);
    assert_true(db_in_transaction(f->db));
    assert_int_equal(insert(f->db, 1), OK);
    assert_int_equal(db_begin(other), ERR_BUSY);
    assert_int_equal(count(other), 0);
    assert_int_equal(db_commit(f->db), OK);
    assert_false(db_in_transaction(f->db));
    assert_int_equal(count(other), 1);
    assert_int_equal(db_data_version(other, &after), OK);
    assert_true(after != before);
    assert_int_equal(db_begin(f->db), OK);
    assert_int_equal(insert(f->db, 2), OK);
    db_rollback(f->db);
    db_rollback(f->db);
    assert_int_equal(count(f->db), 1);
    db_close(other);
}

static void what_is_wrong_has_its_code(void **state)
{
    struct fixture *f = *state;
    struct db_stmt *s;
    struct db *db = NULL;
    assert_int_equal(db_exec(f->db, STR("INSERT INTO child(t) VALUES (7)")), ERR_EXISTS);
    assert_int_equal(db_exec(f->db, STR("INSERT INTO t(id) VALUES (1), (1)")), ERR_EXISTS);
    assert_int_equal(db_prepare(f->db, STR("SELECT nothing FROM t"), &s), ERR_IO);
    assert_int_equal(db_prepare(f->db, STR(" "), &s), ERR_INVALID);
    assert_int_equal(db_prepare(f->db, STR("SELECT 1; SELECT 2"), &s), ERR_INVALID);
    assert_int_equal(db_open(STR("other:x"), 0, &db), ERR_INVALID);
    assert_int_equal(db_open(STR("sqlite:/no/such/folder/a.db"), 0, &db), ERR_IO);
    assert_null(db);
    assert_int_equal(db_exec(f->db, STR("PRAGMA max_page_count=30")), OK);
    enum err e = OK;
    for (int i = 0; i < 100 && e == OK; i++)
        e = db_exec(f->db, STR("INSERT INTO t(b) VALUES (zeroblob(4096))"));
    assert_int_equal(e, ERR_FULL);
    assert_int_equal(count(f->db) > 0, true); /* still readable */
    struct str path = str_format(f->arena, "%s/text", f->folder);
    FILE *file = fopen(str_copy_z(f->arena, path), "w");
    assert_non_null(file);
    for (int i = 0; i < 100; i++)
        fputs("this is no database\n", file);
    fclose(file);
    assert_int_equal(db_open(str_format(f->arena, "sqlite:" STR_FMT, STR_ARG(path)), 0, &db),
                     ERR_MALFORMED);
    unlink(str_copy_z(f->arena, path));
}

static void the_cache_keeps_the_ones_in_use(void **state)
{
    struct fixture *f = *state;
    struct db_stmt *held;
    struct db_stmt *s;
    bool has_row;
    assert_int_equal(db_prepare(f->db, STR("SELECT 42"), &held), OK);
    assert_int_equal(db_step(held, &has_row), OK);
    for (int i = 0; i < 2 * DB_STATEMENTS_MAX; i++) {
        struct str sql = str_format(f->arena, "SELECT %d", 1000 + i);
        assert_int_equal(ask(f->db, sql), 1000 + i);
    }
    assert_int_equal(db_column_int(held, 0), 42);
    db_done(held);
    assert_int_equal(db_prepare(f->db, STR("SELECT 42"), &s), OK);
    assert_ptr_equal(s, held);
    db_done(s);
}

static void the_guard_lets_only_short_reading_through(void **state)
{
    struct fixture *f = *state;
    struct db_stmt *s;
    bool has_row;
    struct str insertion = STR("INSERT INTO t(n) VALUES (5)");
    struct str endless = STR(
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");
    assert_int_equal(db_prepare(f->db, insertion, &s), OK);
    assert_int_equal(db_run(s), OK);
    assert_int_equal(count(f->db), 1);
    db_guard_begin(f->db, 100000);
    assert_int_equal(db_prepare(f->db, insertion, &s), ERR_DENIED); /* also from the cache */
    assert_int_equal(db_prepare(f->db, STR("DELETE FROM t"), &s), ERR_DENIED);
    assert_int_equal(db_prepare(f->db, STR("ATTACH 'x' AS x"), &s), ERR_DENIED);
    assert_int_equal(db_prepare(f->db, STR("PRAGMA foreign_keys=OFF"), &s), ERR_DENIED);
    assert_int_equal(db_prepare(f->db, STR("COMMIT"), &s), ERR_DENIED);
    assert_int_equal(ask(f->db, STR("SELECT qq_days(max(n) + 19700097) FROM t")), 1);
    assert_int_equal(count(f->db), 1);
    for (int i = 0; i < 2; i++) { /* each statement has the whole budget */
        assert_int_equal(db_prepare(f->db, endless, &s), OK);
        assert_int_equal(db_step(s, &has_row), ERR_STOPPED);
        db_done(s);
        assert_int_equal(count(f->db), 1);
    }
    db_guard_end(f->db);
    assert_int_equal(insert(f->db, 2), OK);
    assert_int_equal(count(f->db), 2);
}

struct fault {
    int calls, fails_at;
};

static enum err fail_at(void *context)
{
    struct fault *f = context;
    return ++f->calls == f->fails_at ? ERR_FULL : OK;
}

static enum err two_rows(struct db *db)
{
    TRY(db_begin(db));
    enum err e = insert(db, 1);
    if (e == OK)
        e = insert(db, 2);
    if (e == OK)
        return db_commit(db);
    db_rollback(db);
    return e;
}

static void a_fault_at_any_step_leaves_nothing_behind(void **state)
{
    struct fixture *f = *state;
    for (int at = 1; at <= 3; at++) {
        struct fault fault = {0, at};
        db_set_fault(f->db, fail_at, &fault);
        assert_int_equal(two_rows(f->db), ERR_FULL);
        assert_int_equal(count(f->db), 0); /* reading is not counted */
        assert_int_equal(fault.calls, at);
        assert_false(db_in_transaction(f->db));
    }
    db_set_fault(f->db, NULL, NULL);
    assert_int_equal(two_rows(f->db), OK);
    assert_int_equal(count(f->db), 2);
}

static void what_is_committed_survives_a_kill(void **state)
{
    struct fixture *f = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct db *db;
        if (db_open(f->url, 2000, &db) != OK || two_rows(db) != OK || db_begin(db) != OK ||
            insert(db, 3) != OK)
            _exit(1);
        if (write(ends[1], "x", 1) != 1)
            _exit(1);
        pause();
    }
    char c;
    assert_int_equal(read(ends[0], &c, 1), 1);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(count(f->db), 2);
    assert_int_equal(two_rows(f->db), OK); /* the dead one's lock is gone */
}

static void programs_may_make_the_same_file_at_once(void **state)
{
    struct fixture *f = *state;
    pid_t pids[6];
    struct str url = str_format(f->arena, "sqlite:%s/new.db", f->folder);
    static const struct embed_file files[] = {{"0001_t.sql", "CREATE TABLE t(n)", 17},
                                              {NULL, NULL, 0}};
    for (size_t i = 0; i < 6; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            struct db *db;
            bool is_good = db_open(url, 5000, &db) == OK &&
                           migrate_apply(db, STR("t"), files) == OK && insert(db, 1) == OK;
            if (!is_good)
                fprintf(stderr, "%s\n", err_note());
            _exit(is_good ? 0 : 1);
        }
    }
    for (size_t i = 0; i < 6; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    struct db *db;
    assert_int_equal(db_open(url, 0, &db), OK);
    assert_int_equal(count(db), 6);
    db_close(db);
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++)
        unlink(str_copy_z(f->arena, str_format(f->arena, "%s/new.db%s", f->folder, endings[i])));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(values_come_back_as_they_went_in),
        CASE(a_transaction_is_whole_or_nothing),
        CASE(what_is_wrong_has_its_code),
        CASE(the_cache_keeps_the_ones_in_use),
        CASE(the_guard_lets_only_short_reading_through),
        CASE(a_fault_at_any_step_leaves_nothing_behind),
        CASE(what_is_committed_survives_a_kill),
        CASE(programs_may_make_the_same_file_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
