#include "central/indicators/indicator_store.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/db/db.h"

#include <stdlib.h>

#define STORE_ARENA_BYTES_MAX ((size_t)64 << 20)
#define STEPS_MAX INT64_MAX /* of a SELECT: the operator may stop the command */

struct indicator_store {
    struct db *db;
    struct arena *arena; /* texts of statements */
    const struct indicators *all;
    struct str inserts[LAYOUT_TABLES_MAX], deletes[LAYOUT_TABLES_MAX];
    int64_t process; /* being laid */
};

/* Of no use behind a crash, so nothing is kept for one. What a statement sorts goes to the disk as
 * well. Names of our own begin with _, which no declared one does. */
static const char own_tables[] =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
    "CREATE TABLE _process(process INTEGER PRIMARY KEY, ocid TEXT NOT NULL UNIQUE,"
    " start INTEGER NOT NULL, len INTEGER NOT NULL, number INTEGER NOT NULL);"
    "CREATE TABLE _later(process INTEGER NOT NULL, start INTEGER NOT NULL, len INTEGER NOT NULL,"
    " number INTEGER NOT NULL);"
    "CREATE TABLE _option(indicator TEXT NOT NULL, name TEXT NOT NULL, item TEXT, value REAL);"
    "CREATE TABLE _flag(place INTEGER NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL,"
    " value REAL NOT NULL, PRIMARY KEY(place, id, code)) WITHOUT ROWID;"
    "CREATE TABLE _group(place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "INSERT INTO _group VALUES (1, 'OCID'), (2, 'Buyer'), (3, 'ProcuringEntity'), (4, 'Tenderer')";

static enum err make_tables(struct indicator_store *s)
{
    const struct layout *l = &s->all->layout;
    for (size_t i = 0; i < l->table_count; i++) {
        const struct layout_table *t = &l->tables[i];
        struct buf create, insert;
        buf_init(&create, s->arena);
        buf_init(&insert, s->arena);
        buf_format(&create, "CREATE TABLE " STR_FMT "(process INTEGER", STR_ARG(t->id));
        buf_format(&insert, "INSERT INTO " STR_FMT " VALUES (?1", STR_ARG(t->id));
        for (size_t c = 0; c < t->column_count; c++) {
            buf_format(&create, ", " STR_FMT, STR_ARG(t->columns[c].id));
            buf_format(&insert, ", ?%zu", c + 2);
        }
        buf_put_z(&create, ")");
        buf_put_z(&insert, ")");
        s->inserts[i] = buf_str(&insert);
        s->deletes[i] =
            str_format(s->arena, "DELETE FROM " STR_FMT " WHERE process = ?1", STR_ARG(t->id));
        TRY(db_exec(s->db, buf_str(&create)));
    }
    return OK;
}

static enum err put_knobs(struct indicator_store *s, struct str whose, const struct knobs *knobs)
{
    struct db_stmt *stmt;
    for (size_t i = 0; i < knobs->count; i++)
        for (size_t k = 0; k < knobs->at[i].items.count; k++) {
            const struct knob_item *item = &knobs->at[i].items.at[k];
            bool has_word = knobs->at[i].kind != KNOB_NUMBER;
            TRY(db_prepare(s->db, STR("INSERT INTO _option VALUES (?1, ?2, ?3, ?4)"), &stmt));
            db_bind_text(stmt, 1, whose);
            db_bind_text(stmt, 2, knobs->at[i].id);
            if (has_word)
                db_bind_text(stmt, 3, item->word);
            if (knobs->at[i].kind == KNOB_NUMBER || knobs->at[i].kind == KNOB_TABLE)
                db_bind_real(stmt, 4, item->number);
            TRY(db_run(stmt));
        }
    return OK;
}

static enum err prepare(struct indicator_store *s)
{
    TRY(db_open(STR("sqlite:"), 0, &s->db)); /* no name: private, and gone with its handle */
    TRY(db_exec(s->db, str_of(own_tables)));
    TRY(make_tables(s));
    TRY(db_begin(s->db));
    TRY(put_knobs(s, STR_NONE, &s->all->layout.knobs));
    for (size_t i = 0; i < s->all->count; i++)
        TRY(put_knobs(s, s->all->at[i].id, &s->all->at[i].knobs));
    return OK;
}

enum err indicator_store_open(const struct indicators *all, struct indicator_store **out)
{
    struct arena *a = arena_new(STORE_ARENA_BYTES_MAX);
    struct indicator_store *s = NEW(a, struct indicator_store);
    s->arena = a;
    s->all = all;
    enum err e = prepare(s);
    if (e != OK)
        indicator_store_close(s);
    else
        *out = s;
    return wrap(e, "tables of indicators");
}

void indicator_store_close(struct indicator_store *s)
{
    if (!s)
        return;
    db_close(s->db);
    arena_free(s->arena);
}

static void bind_place(struct db_stmt *stmt, int index, struct indicator_place p)
{
    db_bind_int(stmt, index, p.start);
    db_bind_int(stmt, index + 1, p.len);
    db_bind_int(stmt, index + 2, p.number);
}

static enum err find_process(struct indicator_store *s, struct str ocid, int64_t *out)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT process FROM _process WHERE ocid = ?1"), &stmt));
    db_bind_text(stmt, 1, ocid);
    enum err e = db_step(stmt, &has_row);
    *out = e == OK && has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return e;
}

enum err indicator_store_note(struct indicator_store *s, struct str ocid,
                              struct indicator_place place, int64_t *out_process,
                              bool *out_is_first)
{
    struct db_stmt *stmt;
    int64_t process;
    TRY(find_process(s, ocid, &process));
    *out_is_first = process == 0;
    if (process) {
        TRY(db_prepare(s->db, STR("INSERT INTO _later VALUES (?1, ?2, ?3, ?4)"), &stmt));
        db_bind_int(stmt, 1, process);
        bind_place(stmt, 2, place);
    } else {
        TRY(db_prepare(
            s->db, STR("INSERT INTO _process(ocid, start, len, number) VALUES (?1, ?2, ?3, ?4)"),
            &stmt));
        db_bind_text(stmt, 1, ocid);
        bind_place(stmt, 2, place);
    }
    TRY(db_run(stmt));
    *out_process = process ? process : db_last_id(s->db);
    return OK;
}

enum err indicator_store_each_repeated(struct indicator_store *s, indicator_place_fn take,
                                       void *context)
{
    struct db_stmt *stmt;
    bool has_row = false;
    TRY(db_prepare(s->db,
                   STR("SELECT process, start, len, number FROM _process WHERE process IN (SELECT "
                       "process FROM _later) UNION ALL SELECT process, start, len, number FROM "
                       "_later ORDER BY process, start, number"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct indicator_place p = {db_column_int(stmt, 1), db_column_int(stmt, 2),
                                    db_column_int(stmt, 3)};
        e = take(context, db_column_int(stmt, 0), p);
        if (e == OK)
            e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

static enum err lay_row(void *context, const struct layout_table *t,
                        const struct layout_cell *cells)
{
    struct indicator_store *s = context;
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, s->inserts[t - s->all->layout.tables], &stmt));
    db_bind_int(stmt, 1, s->process);
    for (size_t i = 0; i < t->column_count; i++) {
        const struct layout_cell *c = &cells[i];
        int index = (int)i + 2;
        switch (c->kind) {
        case LAYOUT_CELL_NONE:
            break;
        case LAYOUT_CELL_TEXT:
            db_bind_text(stmt, index, c->text);
            break;
        case LAYOUT_CELL_INT:
            db_bind_int(stmt, index, c->whole);
            break;
        case LAYOUT_CELL_REAL:
            db_bind_real(stmt, index, c->real);
            break;
        }
    }
    return db_run(stmt);
}

enum err indicator_store_lay(struct indicator_store *s, int64_t process, const struct json *release,
                             struct arena *a)
{
    s->process = process;
    return layout_walk(&s->all->layout, release, a, lay_row, s);
}

enum err indicator_store_clear(struct indicator_store *s, int64_t process)
{
    struct db_stmt *stmt;
    for (size_t i = 0; i < s->all->layout.table_count; i++) {
        TRY(db_prepare(s->db, s->deletes[i], &stmt));
        db_bind_int(stmt, 1, process);
        TRY(db_run(stmt));
    }
    return OK;
}

/* {name} becomes what the option is set to: a number or text that is NULL when it is not set, a
 * list for IN, or a table of item and value. */
static struct str filled(struct indicator_store *s, const struct indicator *of, struct str select)
{
    static const char *const columns[] = {"value", "item", "item", "item", "item, value"};
    struct buf out;
    struct str name, whose;
    size_t at = 0, from = 0;
    buf_init(&out, s->arena);
    while (indicator_next_hole(select, from, &at, &name)) {
        const struct knob *k = indicator_knob(s->all, of, name, &whose);
        buf_put(&out, str_slice(select, from, at));
        buf_format(&out,
                   "(SELECT %s FROM _option WHERE indicator = '" STR_FMT "' AND name = '" STR_FMT
                   "')",
                   columns[k->kind], STR_ARG(whose), STR_ARG(name));
        from = at + name.len + 2;
    }
    buf_put(&out, str_skip(select, from));
    return buf_str(&out);
}

/* That a declared text is one statement and only reads. */
static enum err check_reading(struct indicator_store *s, struct str select)
{
    struct db_stmt *stmt;
    db_guard_begin(s->db, STEPS_MAX);
    enum err e = db_prepare(s->db, select, &stmt);
    if (e == OK)
        db_done(stmt);
    db_guard_end(s->db);
    return e;
}

static enum err make_index(struct indicator_store *s, struct str table)
{
    return db_exec(s->db,
                   str_format(s->arena, "CREATE INDEX _of_" STR_FMT " ON " STR_FMT "(process)",
                              STR_ARG(table), STR_ARG(table)));
}

static enum err derive(struct indicator_store *s, const struct layout_derived *d)
{
    struct str select = filled(s, NULL, d->select);
    TRY(check_reading(s, select));
    TRY(db_exec(s->db, str_format(s->arena, "CREATE TABLE " STR_FMT " AS " STR_FMT, STR_ARG(d->id),
                                  STR_ARG(select))));
    return make_index(s, d->id);
}

static enum err count_one(struct indicator_store *s, const struct indicator *i)
{
    struct str select = filled(s, i, i->select);
    struct db_stmt *stmt;
    TRY(check_reading(s, select));
    struct str insert = str_format(
        s->arena,
        "INSERT OR REPLACE INTO _flag WITH f(name, id, value) AS (" STR_FMT
        ") SELECT (SELECT place FROM _group AS g WHERE g.name = f.name), id, ?1, value FROM f "
        "WHERE id IS NOT NULL AND abs(value) <= 1.7976931348623157e308",
        STR_ARG(select));
    TRY(db_prepare(s->db, insert, &stmt));
    db_bind_text(stmt, 1, i->id);
    return db_run(stmt);
}

static enum err is_computable(struct indicator_store *s, const struct indicator *i, bool *out)
{
    struct str select = filled(s, i, i->computable);
    struct db_stmt *stmt;
    bool has_row;
    *out = true;
    if (select.len == 0)
        return OK;
    TRY(check_reading(s, select));
    TRY(db_prepare(s->db, select, &stmt));
    enum err e = db_step(stmt, &has_row);
    *out = e == OK && has_row && db_column_int(stmt, 0) != 0;
    db_done(stmt);
    return e;
}

enum err indicator_store_count(struct indicator_store *s, indicator_tell_fn tell, void *context)
{
    const struct layout *l = &s->all->layout;
    TRY(db_commit(s->db));
    for (size_t i = 0; i < l->table_count; i++)
        TRY(make_index(s, l->tables[i].id));
    for (size_t i = 0; i < l->derived_count; i++)
        TRY(wrap(derive(s, &l->derived[i]), STR_FMT, STR_ARG(l->derived[i].id)));
    TRY(db_exec(s->db, STR("ANALYZE")));
    for (size_t i = 0; i < s->all->count; i++) {
        const struct indicator *one = &s->all->at[i];
        bool is_there;
        TRY(wrap(is_computable(s, one, &is_there), STR_FMT, STR_ARG(one->id)));
        if (is_there)
            TRY(wrap(count_one(s, one), STR_FMT, STR_ARG(one->id)));
        else
            tell(context, one);
    }
    return OK;
}

enum err indicator_store_each_flag(struct indicator_store *s, indicator_flag_fn take, void *context)
{
    struct db_stmt *stmt;
    bool has_row = false;
    TRY(db_prepare(
        s->db,
        STR("SELECT g.name, f.id, f.code, f.value FROM _flag AS f JOIN _group AS g USING "
            "(place) ORDER BY f.place, f.id, f.code"),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct indicator_flag flag = {db_column_bytes(stmt, 0), db_column_bytes(stmt, 1),
                                      db_column_bytes(stmt, 2), db_column_real(stmt, 3)};
        take(context, &flag);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}
