#include "central/store/key_form.h"

#include "central/store/record_store.h"
#include "common/base/arena.h"

#define KEY_FORM 2 /* 2: record.h's neighbourhood in front; counts up when the hash changes */

static enum err write_key(struct store *s, const struct dataset *d, int64_t rid, struct arena *a)
{
    struct value values[DATASET_FIELDS_MAX];
    struct str site;
    struct db_stmt *stmt;
    TRY(record_store_read(s, d, rid, a, values, &site));
    struct record r = {.dataset = d, .values = values};
    struct hash key = record_key_hash(&r);
    TRY(db_prepare(
        s->db,
        str_format(a, "UPDATE rec_" STR_FMT " SET key_hash = ?2 WHERE rid = ?1", STR_ARG(d->id)),
        &stmt));
    db_bind_int(stmt, 1, rid);
    db_bind_blob(stmt, 2, hash_str(&key));
    return db_run(stmt);
}

/* Ids of the next rows behind `after`. */
static enum err next_rows(struct store *s, const struct dataset *d, int64_t after, struct arena *a,
                          int64_t *rids, size_t *out_count)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        str_format(a, "SELECT rid FROM rec_" STR_FMT " WHERE rid > ?1 ORDER BY rid LIMIT ?2",
                   STR_ARG(d->id)),
        &stmt));
    db_bind_int(stmt, 1, after);
    db_bind_int(stmt, 2, KEY_FORM_PAGE);
    *out_count = 0;
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        rids[(*out_count)++] = db_column_int(stmt, 0);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

static enum err update_dataset(struct store *s, const struct dataset *d, struct arena *a)
{
    int64_t rids[KEY_FORM_PAGE];
    size_t count = 0;
    int64_t after = 0;
    do {
        arena_reset(a);
        TRY(next_rows(s, d, after, a, rids, &count));
        for (size_t i = 0; i < count; i++)
            TRY(write_key(s, d, after = rids[i], a));
    } while (count == KEY_FORM_PAGE);
    return OK;
}

static enum err update_all(struct store *s, struct arena *a)
{
    int64_t form;
    TRY(store_note_get(s, STR("key_form"), 1, &form)); /* another role may have been first */
    if (form >= KEY_FORM)
        return OK;
    for (size_t i = 0; i < s->catalog->dataset_count; i++)
        TRY(wrap(update_dataset(s, &s->catalog->datasets[i], a), "keys of " STR_FMT,
                 STR_ARG(s->catalog->datasets[i].id)));
    return store_note_set(s, STR("key_form"), KEY_FORM);
}

enum err key_form_update(struct store *s)
{
    int64_t form;
    TRY(store_note_get(s, STR("key_form"), 1, &form));
    if (form >= KEY_FORM)
        return OK;
    struct arena *a = arena_new((size_t)16 << 20);
    enum err e = db_begin(s->db);
    if (e == OK)
        e = db_end(s->db, update_all(s, a));
    arena_free(a);
    return e;
}
