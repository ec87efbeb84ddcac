#include "edge-agent/selfcheck/own_row.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/thing.h"
#include "common/base/vec.h"
#include "common/model/citizen.h"
#include "common/model/ddl.h"

#define OWN_BYTES_MAX ((size_t)4 << 20)

struct kept {
    const struct dataset *dataset;
    struct str insert, remove;
};

struct own_rows {
    struct arena *arena;
    struct db *db;
    int64_t rows_max;
    struct kept *kept;
    size_t count;
    /* of the chunk that is being kept */
    const struct kept *at;
    struct own_dataset now;
    int64_t import;
    uint64_t turns;
};

static enum err read_columns(struct own_rows *o, const struct dataset *d, struct str **out_columns,
                             size_t *out_count)
{
    VEC(struct str) columns = {0};
    struct db_stmt *stmt;
    struct str table = str_format(o->arena, "rec_" STR_FMT, STR_ARG(d->id));
    bool has_row = true;
    TRY(db_prepare(o->db, STR("SELECT name FROM pragma_table_info(?1)"), &stmt));
    db_bind_text(stmt, 1, table);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&columns, o->arena, db_column_copy(stmt, 0, o->arena));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_columns = columns.at;
    *out_count = columns.count;
    return e;
}

static enum err make_table(struct own_rows *o, const struct dataset *d)
{
    struct str *columns;
    size_t count;
    TRY(read_columns(o, d, &columns, &count));
    struct str sql = count ? ddl_migrate(o->arena, d, DDL_SQLITE, columns, count)
                           : ddl_create(o->arena, d, DDL_SQLITE);
    return sql.len ? db_exec(o->db, sql) : OK;
}

static enum err make_tables(struct own_rows *o)
{
    TRY(db_begin(o->db));
    enum err e = OK;
    for (size_t i = 0; i < o->count && e == OK; i++)
        e = wrap(make_table(o, o->kept[i].dataset), "table of " STR_FMT,
                 STR_ARG(o->kept[i].dataset->id));
    return db_end(o->db, e);
}

enum err own_row_open(struct db *db, const struct dataset *const *datasets, size_t count,
                      int64_t rows_max, struct own_rows **out)
{
    struct arena *a = arena_new(OWN_BYTES_MAX);
    struct own_rows *o = NEW(a, struct own_rows);
    *o = (struct own_rows){.arena = a, .db = db, .rows_max = rows_max, .count = count};
    o->kept = NEW_ARRAY(a, struct kept, count + 1);
    for (size_t i = 0; i < count; i++)
        o->kept[i] = (struct kept){.dataset = datasets[i],
                                   .insert = ddl_insert(a, datasets[i]),
                                   .remove = str_format(a,
                                                        "DELETE FROM rec_" STR_FMT
                                                        " WHERE key_hash = ?1 AND valid_to IS NULL",
                                                        STR_ARG(datasets[i]->id))};
    enum err e = make_tables(o);
    if (e != OK) {
        arena_free(a);
        return e;
    }
    *out = o;
    return OK;
}

void own_row_close(struct own_rows *o)
{
    if (o)
        arena_free(o->arena);
}

enum err own_row_state(struct own_rows *o, const struct dataset *d, struct own_dataset *out)
{
    struct db_stmt *stmt;
    bool has_row = false;
    TRY(db_prepare(o->db, STR("SELECT changes, rows, left_out FROM own_dataset WHERE dataset = ?1"),
                   &stmt));
    db_bind_text(stmt, 1, d->id);
    enum err e = db_step(stmt, &has_row);
    *out = (struct own_dataset){0};
    if (e == OK && has_row)
        *out = (struct own_dataset){db_column_int(stmt, 0), db_column_int(stmt, 1),
                                    db_column_int(stmt, 2)};
    db_done(stmt);
    return e;
}

/* A number for the import: the rows' table has one where the hub has its batch. */
static enum err number_import(struct own_rows *o, struct str import_id)
{
    struct db_stmt *stmt;
    bool has_row = false;
    TRY(db_prepare(o->db, STR("INSERT OR IGNORE INTO own_import (import_id) VALUES (?1)"), &stmt));
    db_bind_text(stmt, 1, import_id);
    TRY(db_run(stmt));
    TRY(db_prepare(o->db, STR("SELECT number FROM own_import WHERE import_id = ?1"), &stmt));
    db_bind_text(stmt, 1, import_id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        o->import = db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

enum err own_row_begin(struct own_rows *o, const struct dataset *d, struct str import_id,
                       bool *out_is_kept)
{
    ASSERT(db_in_transaction(o->db));
    o->at = NULL;
    for (size_t i = 0; i < o->count; i++)
        if (o->kept[i].dataset == d)
            o->at = &o->kept[i];
    *out_is_kept = o->at != NULL;
    if (!o->at)
        return OK;
    TRY(own_row_state(o, d, &o->now));
    return number_import(o, import_id);
}

/* 0: no person, or a number that cannot be anybody's. */
static int64_t person_of(const struct field *f, const struct value *v)
{
    char whole[CITIZEN_LENGTH];
    if (v->kind != VALUE_TEXT ||
        (f->kind != FIELD_CITIZEN && citizen_check(v->text) != CITIZEN_FINE))
        return 0;
    struct str number = v->text;
    if (number.len == CITIZEN_LENGTH_OLD) {
        citizen_upgrade(number, whole);
        number = str_make(whole, sizeof whole);
    }
    return -thing_id(number); /* things are below zero, persons above */
}

static void bind_fields(struct db_stmt *stmt, const struct record *r)
{
    int index = DDL_FIRST_FIELD;
    for (size_t i = 0; i < r->dataset->field_count; i++, index++) {
        const struct value *v = &r->values[i];
        if (v->kind == VALUE_INT)
            db_bind_int(stmt, index, v->number);
        else if (v->kind == VALUE_TEXT)
            db_bind_text(stmt, index, v->text);
    }
    for (size_t i = 0; i < r->dataset->field_count; i++) {
        const struct field *f = &r->dataset->fields[i];
        if (!dataset_field_has_person(f))
            continue;
        int64_t person = person_of(f, &r->values[i]);
        if (person) {
            db_bind_int(stmt, index, person);
            db_bind_int(stmt, index + 1, 1);
        }
        index += 2;
    }
}

enum err own_row_delete(struct own_rows *o, const struct record *r)
{
    struct db_stmt *stmt;
    struct hash key = record_key_hash(r);
    TRY(db_prepare(o->db, o->at->remove, &stmt));
    db_bind_blob(stmt, 1, hash_str(&key));
    TRY(wrap(db_run(stmt), "let an own row go"));
    o->now.rows -= db_changes(o->db);
    return OK;
}

enum err own_row_put(struct own_rows *o, const struct record *r)
{
    struct db_stmt *stmt;
    struct hash key = record_key_hash(r), hash = record_hash(r);
    TRY(own_row_delete(o, r));
    if (o->now.rows >= o->rows_max) {
        o->now.left_out++;
        return OK;
    }
    TRY(db_prepare(o->db, o->at->insert, &stmt));
    db_bind_blob(stmt, DDL_KEY_HASH, hash_str(&key));
    db_bind_blob(stmt, DDL_ROW_HASH, hash_str(&hash));
    db_bind_int(stmt, DDL_VERSION, 1);
    db_bind_text(stmt, DDL_OP, STR("new"));
    db_bind_text(stmt, DDL_SITE, STR(""));
    db_bind_int(stmt, DDL_BATCH_ID, o->import);
    db_bind_int(stmt, DDL_ROW_NO, (int64_t)r->row);
    db_bind_int(stmt, DDL_RECORDED_EDGE, 0);
    db_bind_int(stmt, DDL_RECORDED_HUB, 0);
    db_bind_int(stmt, DDL_VALID_FROM, o->import);
    db_bind_int(stmt, DDL_QUALITY, (int64_t)r->doubts);
    bind_fields(stmt, r);
    TRY(wrap(db_run(stmt), "keep an own row"));
    o->now.rows++;
    return OK;
}

enum err own_row_end(struct own_rows *o)
{
    struct db_stmt *stmt;
    o->turns++;
    TRY(db_prepare(o->db,
                   STR("INSERT INTO own_dataset (dataset, changes, rows, left_out) VALUES (?1, 1, "
                       "?2, ?3) ON CONFLICT (dataset) DO UPDATE SET changes = changes + 1, rows = "
                       "?2, left_out = ?3"),
                   &stmt));
    db_bind_text(stmt, 1, o->at->dataset->id);
    db_bind_int(stmt, 2, o->now.rows);
    db_bind_int(stmt, 3, o->now.left_out);
    return db_run(stmt);
}

uint64_t own_row_turns(const struct own_rows *o)
{
    return o->turns;
}
