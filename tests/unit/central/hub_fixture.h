/* hub_fixture.h — the hub's database in memory with the project's own catalog, and rows for it in
 * one line of text each.
 *
 * Owns:     everything in it, until hub_fixture_close.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   HUB_FIXTURE_ROWS_MAX rows a chunk.
 * Promise:  real store, real outbox, no network; a cranked clock. */
#ifndef QQ_TESTS_UNIT_CENTRAL_HUB_FIXTURE_H
#define QQ_TESTS_UNIT_CENTRAL_HUB_FIXTURE_H

#include "central/store/record_store.h"
#include "central/store/store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/world.h"
#include "common/model/type.h"
#include "common/spool/link.h"
#include "common/wire/columns.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HUB_FIXTURE_ROWS_MAX 100
#define HUB_FIXTURE_NOW_MS INT64_C(1795478400000) /* 2026-11-24 08:00 in China */

struct hub_fixture {
    struct arena *a;
    struct catalog *catalog;
    struct db *db;
    struct crank_clock clock;
    struct seeded_random random;
    struct link *link;
    struct store *store;
};

/* NULL: with the project's own catalog. */
static inline void hub_fixture_open_with(struct hub_fixture *f, struct catalog *catalog)
{
    *f = (struct hub_fixture){.a = arena_new((size_t)256 << 20)};
    f->catalog = catalog ? catalog : fixture_catalog(f->a);
    crank_clock_init(&f->clock, HUB_FIXTURE_NOW_MS);
    seeded_random_init(&f->random, 5);
    assert_int_equal(db_open(STR("sqlite::memory:"), 1000, &f->db), OK);
    struct link_options options = {.db = f->db,
                                   .self = STR("hub"),
                                   .county = STR("231282"),
                                   .clock = &f->clock.clock,
                                   .random = &f->random.random};
    assert_int_equal(link_open(&options, &f->link), OK);
    assert_int_equal(store_open(f->db, f->catalog, &f->store), OK);
}

static inline void hub_fixture_open(struct hub_fixture *f)
{
    hub_fixture_open_with(f, NULL);
}

static inline void hub_fixture_close(struct hub_fixture *f)
{
    store_close(f->store);
    link_close(f->link);
    db_close(f->db);
    catalog_free(f->catalog);
    arena_free(f->a);
}

/* One number of a query. */
static inline int64_t hub_fixture_number(struct hub_fixture *f, const char *sql)
{
    struct db_stmt *stmt;
    bool has_row = false;
    assert_int_equal(db_prepare(f->db, str_of(sql), &stmt), OK);
    assert_int_equal(db_step(stmt, &has_row), OK);
    assert_true(has_row);
    int64_t n = db_column_int(stmt, 0);
    db_done(stmt);
    return n;
}

static inline struct str hub_fixture_text(struct hub_fixture *f, const char *sql)
{
    struct db_stmt *stmt;
    bool has_row = false;
    assert_int_equal(db_prepare(f->db, str_of(sql), &stmt), OK);
    assert_int_equal(db_step(stmt, &has_row), OK);
    struct str text = has_row ? db_column_copy(stmt, 0, f->a) : STR("(none)");
    db_done(stmt);
    return text;
}

/* "citizen_id=…;name=…": each value as an office would write it. */
static inline struct value *hub_fixture_values(struct hub_fixture *f, const struct dataset *d,
                                               const char *row)
{
    struct value *values = NEW_ARRAY(f->a, struct value, DATASET_FIELDS_MAX);
    for (size_t i = 0; i < d->field_count; i++)
        values[i] = value_null();
    struct str rest = str_of(row);
    while (rest.len) {
        struct str value = str_cut(&rest, ';');
        struct str id = str_cut(&value, '=');
        struct type_fault fault;
        int field = dataset_field(d, id);
        if (field < 0 ||
            type_parse(f->a, &d->fields[field], value, &values[field], &fault) == TYPE_BAD)
            fail_msg("%s: no value for " STR_FMT, row, STR_ARG(id));
    }
    return values;
}

/* A chunk of `dataset`; rows end with NULL and are numbered from `first_row`. */
static inline struct str hub_fixture_chunk(struct hub_fixture *f, const char *dataset,
                                           const char *import_id, uint64_t first_row,
                                           const char *const *rows)
{
    const struct dataset *d = catalog_dataset(f->catalog, str_of(dataset));
    struct columns_chunk c = {.dataset = str_of(dataset),
                              .dataset_version = (uint64_t)d->version,
                              .import_id = str_of(import_id),
                              .op = COLUMNS_PUT,
                              .recorded_ms = HUB_FIXTURE_NOW_MS - 1000,
                              .field_count = d->field_count};
    c.field_ids = NEW_ARRAY(f->a, struct str, d->field_count);
    c.rows = NEW_ARRAY(f->a, uint64_t, HUB_FIXTURE_ROWS_MAX);
    c.doubts = NEW_ARRAY(f->a, uint64_t, HUB_FIXTURE_ROWS_MAX);
    c.cells = NEW_ARRAY(f->a, struct value, HUB_FIXTURE_ROWS_MAX * d->field_count);
    for (size_t i = 0; i < d->field_count; i++)
        c.field_ids[i] = d->fields[i].id;
    for (; rows[c.row_count]; c.row_count++) {
        struct value *values = hub_fixture_values(f, d, rows[c.row_count]);
        c.rows[c.row_count] = first_row + c.row_count;
        for (size_t i = 0; i < d->field_count; i++)
            c.cells[c.row_count * d->field_count + i] = values[i];
    }
    struct buf out;
    buf_init(&out, f->a);
    columns_put(&out, &c);
    return buf_str(&out);
}

/* Merges rows as intake would, each call a batch of its own. */
static inline void hub_fixture_merge(struct hub_fixture *f, const char *site, const char *dataset,
                                     bool is_deletion, const char *const *rows)
{
    const struct dataset *d = catalog_dataset(f->catalog, str_of(dataset));
    struct person_batch people;
    struct record_tally tally = {0};
    struct record_source source = {.site = str_of(site),
                                   .import_id = STR("i"),
                                   .recorded_edge_ms = HUB_FIXTURE_NOW_MS,
                                   .recorded_hub_ms = HUB_FIXTURE_NOW_MS};
    assert_int_equal(db_begin(f->db), OK);
    struct record_batch batch = {
        .site = str_of(site),
        .epoch = 1,
        .seq = (uint64_t)hub_fixture_number(f, "SELECT count(*) + 1 FROM batch")};
    assert_int_equal(record_store_begin_batch(f->store, &batch, &source.batch_id), OK);
    person_store_begin(&people, f->store, f->a, HUB_FIXTURE_NOW_MS);
    for (size_t i = 0; rows[i]; i++) {
        struct record r = {d, hub_fixture_values(f, d, rows[i]), i + 2, 0};
        assert_int_equal(record_store_merge(f->store, &people, &source, &r, is_deletion, &tally),
                         OK);
    }
    assert_int_equal(record_store_note_freshness(f->store, d->id, f->clock.now_ms), OK);
    assert_int_equal(db_commit(f->db), OK);
}

#define ROWS(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
