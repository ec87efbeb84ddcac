#include "central/store/identity_store.h"
#include "central/store/record_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#define PAGE_ROWS 2000
#define PAGE_BYTES_MAX ((size_t)64 << 20)

struct again {
    struct store *store;
    struct arena *arena; /* of a page */
    struct person_batch people;
    int64_t rows, moved;
};

struct place { /* a row and whom it named */
    int64_t rid, person, tier;
};

static enum err look(struct again *x, const struct dataset *d, size_t field, const struct place *p)
{
    struct value values[DATASET_FIELDS_MAX];
    struct written written;
    struct str site;
    int64_t person;
    int tier;
    TRY(record_store_read(x->store, d, p->rid, x->arena, values, &site));
    if (!written_read(d, field, values, &written))
        return OK;
    TRY(person_store_resolve(&x->people, &written, &person, &tier));
    x->rows++;
    if (person == p->person && tier == p->tier)
        return OK;
    x->moved++;
    TRY(record_store_set_person(x->store, x->arena, &(struct record_place){d, field, p->rid},
                                person, tier));
    if (p->person)
        TRY(person_store_mark_dirty(&x->people, p->person));
    return person_store_mark_dirty(&x->people, person);
}

static enum err read_page(struct again *x, const struct dataset *d, size_t field, int64_t after,
                          struct place *out, size_t *out_count)
{
    struct db_stmt *stmt;
    bool has_row;
    struct str id = d->fields[field].id;
    TRY(db_prepare(x->store->db,
                   str_format(x->arena,
                              "SELECT rid, " STR_FMT "_person, " STR_FMT "_tier FROM " STR_FMT
                              " WHERE rid > ?1 ORDER BY rid LIMIT ?2",
                              STR_ARG(id), STR_ARG(id), STR_ARG(d->id)),
                   &stmt));
    db_bind_int(stmt, 1, after);
    db_bind_int(stmt, 2, PAGE_ROWS);
    enum err e = db_step(stmt, &has_row);
    *out_count = 0;
    while (e == OK && has_row) {
        out[(*out_count)++] =
            (struct place){db_column_int(stmt, 0), db_column_int(stmt, 1), db_column_int(stmt, 2)};
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

/* Intake goes on between the pages. */
static enum err look_at_page(struct again *x, const struct dataset *d, size_t field, int64_t now_ms,
                             int64_t *after, bool *out_is_last)
{
    struct place *places = NEW_ARRAY(x->arena, struct place, PAGE_ROWS);
    size_t count = 0;
    TRY(db_begin(x->store->db));
    person_store_begin(&x->people, x->store, x->arena, now_ms);
    enum err e = read_page(x, d, field, *after, places, &count);
    for (size_t i = 0; i < count && e == OK; i++)
        e = look(x, d, field, &places[i]);
    e = db_end(x->store->db, e);
    if (e != OK) {
        person_store_forget(x->store);
        return e;
    }
    *out_is_last = count < PAGE_ROWS;
    *after = count ? places[count - 1].rid : *after;
    arena_reset(x->arena);
    return OK;
}

static enum err look_at_field(struct again *x, const struct dataset *d, size_t field,
                              int64_t now_ms)
{
    int64_t after = 0;
    bool is_last = false;
    while (!is_last)
        TRY(look_at_page(x, d, field, now_ms, &after, &is_last));
    return OK;
}

enum err identity_store_look_again(struct store *s, int64_t now_ms, int64_t *out_rows,
                                   int64_t *out_moved)
{
    struct again x = {.store = s, .arena = arena_new(PAGE_BYTES_MAX)};
    enum err e = OK;
    for (size_t i = 0; i < s->catalog->dataset_count; i++) {
        const struct dataset *d = &s->catalog->datasets[i];
        for (size_t f = 0; f < d->field_count && e == OK; f++)
            if (dataset_field_has_person(&d->fields[f]))
                e = look_at_field(&x, d, f, now_ms);
    }
    arena_free(x.arena);
    *out_rows = x.rows;
    *out_moved = x.moved;
    return e;
}
