#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/model/ddl.h"
#include "common/model/record.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "dataset gift \"礼品\" { version 1\n key id, day\n"
#define FIELDS                                                                                     \
    " field id citizen required person name \"证件\"\n field name text \"姓名\"\n"             \
    " field day date required \"日期\"\n field worth money \"价值\"\n"

static struct record record_of(const struct dataset *d, const struct value *values)
{
    return (struct record){.dataset = d, .values = values};
}

static void equal_values_have_equal_hashes_and_others_not(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct catalog *c = declare(HEAD FIELDS "}");
    char longer[3000];
    memset(longer, 'x', sizeof longer);
    const struct value rows[][4] = {
        {value_text(STR("1")), value_text(STR("甲")), value_int(20240101), value_int(5)},
        {value_text(STR("1")), value_text(STR("甲")), value_int(20240101), value_int(-5)},
        {value_text(STR("1")), value_text(STR("甲")), value_int(20240101), value_null()},
        {value_text(STR("1")), value_null(), value_int(20240101), value_int(5)},
        {value_text(STR("1")), value_text(STR("")), value_int(20240101), value_int(5)},
        {value_text(STR("1\xE7\x94")), value_text(STR("\xB2")), value_int(20240101), value_int(5)},
        {value_text(STR("1")), value_text(str_make(longer, 3000)), value_int(1), value_int(5)},
        {value_text(STR("1")), value_text(str_make(longer, 1020)), value_int(1), value_int(5)},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (size_t k = 0; k < COUNT_OF(rows); k++) {
            struct record x = record_of(&c->datasets[0], rows[i]);
            struct record y = record_of(&c->datasets[0], rows[k]);
            struct hash hx = record_hash(&x);
            struct hash hy = record_hash(&y);
            assert_int_equal(hash_equal(&hx, &hy), i == k);
            struct hash canonical = sha256_of(record_canonical(a, &x));
            assert_true(hash_equal(&hx, &canonical));
        }
    catalog_free(c);
    arena_free(a);
}

static void a_field_added_later_leaves_old_hashes_alone(void **state)
{
    (void)state;
    struct catalog *old = declare(HEAD FIELDS "}");
    struct catalog *new = declare(HEAD FIELDS " field note text \"备注\"\n field n int \"数\" }");
    const struct value values[] = {value_text(STR("1")), value_text(STR("甲")), value_int(20240101),
                                   value_null(),         value_null(),          value_null()};
    struct record before = record_of(&old->datasets[0], values);
    struct record after = record_of(&new->datasets[0], values);
    struct hash x = record_hash(&before);
    struct hash y = record_hash(&after);
    assert_true(hash_equal(&x, &y));
    x = record_key_hash(&before);
    y = record_key_hash(&after);
    assert_true(hash_equal(&x, &y));
    catalog_free(old);
    catalog_free(new);
}

static void the_key_is_of_the_dataset_and_its_key_fields_alone(void **state)
{
    (void)state;
    struct catalog *c = declare(HEAD FIELDS "}");
    struct catalog *other = declare("dataset loan \"借款\" { version 1\n key id, day\n" FIELDS "}");
    struct value values[] = {value_text(STR("1")), value_text(STR("甲")), value_int(20240101),
                             value_int(5)};
    struct value changed[] = {values[0], value_text(STR("乙")), values[2], value_null()};
    struct value moved[] = {values[0], values[1], value_int(20240102), values[3]};
    struct record r[] = {record_of(&c->datasets[0], values), record_of(&c->datasets[0], changed),
                         record_of(&c->datasets[0], moved), record_of(&other->datasets[0], values)};
    struct hash h[COUNT_OF(r)];
    for (size_t i = 0; i < COUNT_OF(r); i++)
        h[i] = record_key_hash(&r[i]);
    assert_true(hash_equal(&h[0], &h[1]));
    assert_false(hash_equal(&h[0], &h[2]));
    assert_false(hash_equal(&h[0], &h[3]));
    catalog_free(c);
    catalog_free(other);
}

/* What an office writes together must lie together in the index of keys. */
static void keys_written_together_share_their_first_bytes(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct catalog *c = declare(HEAD FIELDS "}");
    static const char *const ids[] = {"2026000123", "2026000124", "2027000123"};
    struct hash keys[COUNT_OF(ids)];
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        struct value values[DATASET_FIELDS_MAX] = {value_text(str_of(ids[i]))};
        keys[i] = record_key_hash(&(struct record){&c->datasets[0], values, 2, 0});
    }
    assert_memory_equal(keys[0].bytes, keys[1].bytes, 3);
    assert_memory_not_equal(keys[0].bytes, keys[1].bytes, 6);
    assert_memory_not_equal(keys[0].bytes, keys[2].bytes, 3);
    assert_memory_not_equal(keys[0].bytes + 6, keys[1].bytes + 6, 26);
    catalog_free(c);
    arena_free(a);
}

static void a_dataset_becomes_a_table_and_a_view(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct catalog *c = declare(HEAD FIELDS "}");
    const struct dataset *d = &c->datasets[0];
    struct str sqlite = ddl_create(a, d, DDL_SQLITE);
    static const char expected[] =
        "CREATE TABLE rec_gift(\n"
        "  rid INTEGER PRIMARY KEY,\n"
        "  key_hash BLOB NOT NULL,\n"
        "  row_hash BLOB NOT NULL,\n"
        "  version INTEGER NOT NULL,\n"
        "  op TEXT NOT NULL CHECK (op = 'new' OR op = 'change' OR op = 'delete'),\n"
        "  site TEXT NOT NULL,\n"
        "  batch_id INTEGER NOT NULL,\n"
        "  row_no INTEGER NOT NULL,\n"
        "  recorded_edge INTEGER NOT NULL,\n"
        "  recorded_hub INTEGER NOT NULL,\n"
        "  valid_from INTEGER NOT NULL,\n"
        "  valid_to INTEGER,\n"
        "  quality INTEGER NOT NULL,\n"
        "  id TEXT,\n"
        "  name TEXT,\n"
        "  day INTEGER,\n"
        "  worth INTEGER,\n"
        "  id_person INTEGER,\n"
        "  id_tier INTEGER\n"
        ");\n"
        "CREATE UNIQUE INDEX rec_gift_key ON rec_gift(key_hash) WHERE valid_to IS NULL;\n"
        "CREATE INDEX IF NOT EXISTS rec_gift_id_person ON rec_gift(id_person) WHERE valid_to IS "
        "NULL AND op <> 'delete';\n"
        "CREATE VIEW gift AS SELECT * FROM rec_gift WHERE valid_to IS NULL AND op <> 'delete';\n";
    if (!str_equal(sqlite, str_of(expected)))
        fail_msg(STR_FMT, STR_ARG(sqlite));
    struct str postgres = ddl_create(a, d, DDL_POSTGRES);
    assert_true(str_contains(postgres, STR("rid BIGINT GENERATED BY DEFAULT AS IDENTITY")));
    assert_true(str_contains(postgres, STR("key_hash BYTEA NOT NULL")));
    assert_false(str_contains(postgres, STR("INTEGER")));
    assert_int_equal(ddl_person_count(d), 1);
    assert_true(str_equal(
        ddl_insert(a, d),
        STR("INSERT INTO rec_gift(key_hash, row_hash, version, op, site, batch_id, row_no, "
            "recorded_edge, recorded_hub, valid_from, quality, id, name, day, worth, id_person, "
            "id_tier) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
            "?16, ?17)")));
    assert_int_equal(DDL_FIRST_FIELD, 12);
    catalog_free(c);
    arena_free(a);
}

static void only_what_is_missing_is_added(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 20);
    struct catalog *c = declare(HEAD FIELDS "}");
    const struct str all[] = {STR("rid"),   STR("id"),        STR("name"),   STR("day"),
                              STR("worth"), STR("id_person"), STR("id_tier")};
    assert_int_equal(ddl_migrate(a, &c->datasets[0], DDL_SQLITE, all, 7).len, 0);
    struct str text = ddl_migrate(a, &c->datasets[0], DDL_POSTGRES, all, 4);
    static const char expected[] =
        "DROP VIEW IF EXISTS gift;\n"
        "ALTER TABLE rec_gift ADD COLUMN id_person BIGINT;\n"
        "ALTER TABLE rec_gift ADD COLUMN id_tier BIGINT;\n"
        "CREATE INDEX IF NOT EXISTS rec_gift_id_person ON rec_gift(id_person) WHERE valid_to IS "
        "NULL AND op <> 'delete';\n"
        "ALTER TABLE rec_gift ADD COLUMN worth BIGINT;\n"
        "CREATE VIEW gift AS SELECT * FROM rec_gift WHERE valid_to IS NULL AND op <> 'delete';\n";
    if (!str_equal(text, str_of(expected)))
        fail_msg(STR_FMT, STR_ARG(text));
    catalog_free(c);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_have_equal_hashes_and_others_not),
        cmocka_unit_test(a_field_added_later_leaves_old_hashes_alone),
        cmocka_unit_test(the_key_is_of_the_dataset_and_its_key_fields_alone),
        cmocka_unit_test(keys_written_together_share_their_first_bytes),
        cmocka_unit_test(a_dataset_becomes_a_table_and_a_view),
        cmocka_unit_test(only_what_is_missing_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
