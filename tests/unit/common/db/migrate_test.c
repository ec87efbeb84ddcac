#include "common/db/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define FILE_OF(name, text)                                                                        \
    {                                                                                              \
        name, text, sizeof(text) - 1                                                               \
    }

static const struct embed_file first_version[] = {
    FILE_OF("0001_t.sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1);"),
    {NULL, NULL, 0},
};
static const struct embed_file second_version[] = {
    FILE_OF("0001_t.sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1);"),
    FILE_OF("0002_more.sql", "INSERT INTO t VALUES (2);"),
    {NULL, NULL, 0},
};
static const struct embed_file faulty[] = {
    FILE_OF("0001_t.sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1);"),
    FILE_OF("0002_more.sql", "INSERT INTO t VALUES (2);"),
    FILE_OF("0003_wrong.sql", "INSERT INTO t VALUES (3); INSERT INTO nowhere VALUES (4);"),
    {NULL, NULL, 0},
};
static const struct embed_file nameless[] = {FILE_OF("t.sql", "SELECT 1"), {NULL, NULL, 0}};

static int64_t sum(struct db *db)
{
    struct db_stmt *s;
    bool has_row;
    assert_int_equal(db_prepare(db, STR("SELECT sum(a) FROM t"), &s), OK);
    assert_int_equal(db_step(s, &has_row), OK);
    int64_t value = db_column_int(s, 0);
    db_done(s);
    return value;
}

static void each_file_is_applied_once(void **state)
{
    (void)state;
    struct db *db;
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &db), OK);
    assert_int_equal(migrate_apply(db, STR("x"), first_version), OK);
    assert_int_equal(migrate_apply(db, STR("x"), first_version), OK);
    assert_int_equal(sum(db), 1);
    assert_int_equal(migrate_apply(db, STR("x"), second_version), OK);
    assert_int_equal(sum(db), 3);
    db_close(db);
}

static void a_fault_changes_nothing(void **state)
{
    (void)state;
    struct db *db;
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &db), OK);
    assert_int_equal(migrate_apply(db, STR("x"), first_version), OK);
    assert_int_equal(migrate_apply(db, STR("x"), faulty), ERR_IO);
    assert_non_null(strstr(err_note(), "0003_wrong.sql"));
    assert_int_equal(sum(db), 1);
    assert_false(db_in_transaction(db));
    assert_int_equal(migrate_apply(db, STR("x"), second_version), OK);
    assert_int_equal(sum(db), 3);
    assert_int_equal(migrate_apply(db, STR("y"), nameless), ERR_INVALID);
    db_close(db);
}

static void a_newer_database_is_refused(void **state)
{
    (void)state;
    struct db *db;
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &db), OK);
    assert_int_equal(migrate_apply(db, STR("x"), second_version), OK);
    assert_int_equal(migrate_apply(db, STR("x"), first_version), ERR_INVALID);
    assert_int_equal(sum(db), 3);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_is_applied_once),
        cmocka_unit_test(a_fault_changes_nothing),
        cmocka_unit_test(a_newer_database_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
