/* Findings about things beside those about persons, and what came before there were any. */
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "common/base/check.h"
#include "common/base/thing.h"
#include "common/db/migrate.h"
#include "tests/unit/central/hub_fixture.h"

extern const struct embed_file hub_migrations[];

#define BEFORE_THINGS 12

static const char *const old_rows =
    "INSERT INTO person(id, id18, name, name_key, birth) VALUES (7, 'x', 'n', 'n', 0);"
    "INSERT INTO finding(id, rule, rule_version, rule_hash, subject, episode, life, decision, "
    "status, level, points, tier, amount_fen, site, result, say_zh, say_en, today, first_ms, "
    "last_ms) VALUES (3, 'H01', 1, x'00', 7, 'e', 'new', 'confirmed', 'live', 4, 9, 1, 100, 't01', "
    "x'00', '', '', 20261124, 1, 2);"
    "INSERT INTO evidence VALUES (3, 0, 'left', 'death', 1, 1, x'00');"
    "INSERT INTO finding_event(finding, at_ms, kind, by, note) VALUES (3, 1, 'found', '', '');"
    "INSERT INTO matter(id, document_id, finding, type, site, state, title_zh, title_en, due, "
    "sent_ms) VALUES (5, 'F3-1', 3, 'verify_benefit', 't01', 'sent', '', '', 20261204, 1);"
    "INSERT INTO matter_answer VALUES (5, 0, 'verdict', 'confirmed')";

static int64_t number(struct db *db, const char *sql)
{
    struct db_stmt *stmt;
    bool has_row = false;
    assert_int_equal(db_prepare(db, str_of(sql), &stmt), OK);
    assert_int_equal(db_step(stmt, &has_row), OK);
    int64_t n = has_row ? db_column_int(stmt, 0) : -1;
    db_done(stmt);
    return n;
}

static void findings_from_before_are_kept_with_all_that_hangs_on_them(void **state)
{
    (void)state;
    struct embed_file first[BEFORE_THINGS + 1] = {0};
    struct arena *a = arena_new((size_t)16 << 20);
    struct catalog *catalog = fixture_catalog(a);
    struct store *store;
    struct db *db;
    for (size_t i = 0; i < BEFORE_THINGS; i++)
        first[i] = hub_migrations[i];
    assert_int_equal(db_open(STR("sqlite::memory:"), 1000, &db), OK);
    assert_int_equal(migrate_apply(db, STR("hub"), first), OK);
    assert_int_equal(db_exec(db, str_of(old_rows)), OK);
    assert_int_equal(store_open(db, catalog, &store), OK);
    assert_int_equal(number(db, "SELECT count(*) FROM finding AS f JOIN evidence AS e ON e.finding "
                                "= f.id JOIN finding_event AS v ON v.finding = f.id JOIN matter AS "
                                "m ON m.finding = f.id JOIN matter_answer AS x ON x.matter = m.id "
                                "WHERE f.id = 3 AND f.subject = 7 AND f.kind = ''"),
                     1);
    assert_int_equal(number(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(number(db, "SELECT findings FROM decision_count WHERE rule = 'H01'"), 1);
    assert_int_equal(db_exec(db, STR("UPDATE finding SET decision = 'refuted' WHERE id = 3")), OK);
    assert_int_equal(number(db, "SELECT findings FROM decision_count WHERE decision = 'refuted'"),
                     1);
    assert_true(db_exec(db, STR("DELETE FROM finding")) != OK); /* its evidence holds it */
    store_close(store);
    db_close(db);
    catalog_free(catalog);
    arena_free(a);
}

static void a_thing_goes_by_its_name_or_its_key(void **state)
{
    (void)state;
    struct finding_row person = {.name = STR("王芳"), .id18 = STR("x")};
    struct finding_row lot = {.kind = STR("lot"), .key = STR("L1"), .called = STR("食堂")};
    struct finding_row unit = {.kind = STR("unit"), .key = STR("U1")};
    assert_true(str_equal(finding_store_name(&person), STR("王芳")));
    assert_true(str_equal(finding_store_name(&lot), STR("食堂")));
    assert_true(str_equal(finding_store_name(&unit), STR("U1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_from_before_are_kept_with_all_that_hangs_on_them),
        cmocka_unit_test(a_thing_goes_by_its_name_or_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
