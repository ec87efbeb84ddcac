#include "central/store/person_store.h"

#include "common/base/arena.h"

void person_store_begin(struct person_batch *b, struct store *s, struct arena *a)
{
    *b = (struct person_batch){.store = s, .arena = a};
    map_init(&b->by_text, a);
}

static enum err read_candidates(struct person_batch *b, struct str id18,
                                struct resolve_candidate *out, size_t *out_count)
{
    struct db_stmt *stmt;
    bool has_row;
    size_t n = 0;
    TRY(db_prepare(b->store->db, STR("SELECT id, name_key FROM person WHERE id18 = ?1 ORDER BY id"),
                   &stmt));
    db_bind_text(stmt, 1, id18);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row && n < PERSON_CANDIDATES_MAX) {
        out[n++] =
            (struct resolve_candidate){db_column_int(stmt, 0), db_column_copy(stmt, 1, b->arena)};
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_count = n;
    return e;
}

static enum err add_person(struct store *s, struct str id18, struct str name, struct str name_key,
                           int64_t *out_person)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("INSERT INTO person(id18, name, name_key) VALUES (?1, ?2, ?3)"),
                   &stmt));
    db_bind_text(stmt, 1, id18);
    db_bind_text(stmt, 2, name);
    db_bind_text(stmt, 3, name_key);
    TRY(db_run(stmt));
    *out_person = db_last_id(s->db);
    return OK;
}

enum err person_store_resolve(struct person_batch *b, struct str id, struct str name,
                              int64_t *out_person, int *out_tier)
{
    struct str text = str_format(b->arena, STR_FMT "|" STR_FMT, STR_ARG(id), STR_ARG(name));
    const struct resolve_answer *known = map_get(&b->by_text, text);
    if (!known) {
        struct resolve_candidate candidates[PERSON_CANDIDATES_MAX];
        struct resolve_answer *answer = NEW(b->arena, struct resolve_answer);
        size_t count;
        bool was_15 = id.len == CITIZEN_LENGTH_OLD;
        char upgraded[CITIZEN_LENGTH];
        if (was_15)
            citizen_upgrade(id, upgraded);
        struct str id18 = was_15 ? str_copy(b->arena, str_make(upgraded, sizeof upgraded)) : id;
        struct str name_key = name_normalise(b->arena, name);
        TRY(read_candidates(b, id18, candidates, &count));
        *answer = resolve_person(name_key, was_15, candidates, count);
        if (answer->person == 0)
            TRY(add_person(b->store, id18, name, name_key, &answer->person));
        map_put(&b->by_text, text, answer);
        known = answer;
    }
    *out_person = known->person;
    *out_tier = known->tier;
    return OK;
}

enum err person_store_mark_dirty(struct store *s, int64_t person)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR("INSERT OR IGNORE INTO dirty(person) VALUES (?1)"), &stmt));
    db_bind_int(stmt, 1, person);
    return db_run(stmt);
}

enum err person_store_get(struct store *s, int64_t person, struct arena *a, struct str *out_id18,
                          struct str *out_name)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT id18, name FROM person WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, person);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such person");
    if (e == OK) {
        *out_id18 = db_column_copy(stmt, 0, a);
        *out_name = db_column_copy(stmt, 1, a);
    }
    db_done(stmt);
    return e;
}

enum err person_store_take_dirty(struct store *s, size_t *out_count)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_begin(s->db));
    enum err e = db_exec(
        s->db,
        STR("INSERT OR IGNORE INTO dirty_taken SELECT person FROM dirty; DELETE FROM dirty"));
    if (e != OK) {
        db_rollback(s->db);
        return e;
    }
    TRY(db_commit(s->db));
    TRY(db_prepare(s->db, STR("SELECT count(*) FROM dirty_taken"), &stmt));
    e = db_step(stmt, &has_row);
    if (e == OK)
        *out_count = (size_t)db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

enum err person_store_forget_taken(struct store *s)
{
    return db_exec(s->db, STR("DELETE FROM dirty_taken"));
}

enum err person_store_count_dirty(struct store *s, int64_t *out_count)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT (SELECT count(*) FROM dirty) + (SELECT count(*) FROM dirty_taken)"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_count = db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}
