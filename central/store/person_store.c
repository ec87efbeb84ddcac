#include "central/store/person_store.h"

#include "common/base/arena.h"

#include <string.h>

void person_store_begin(struct person_batch *b, struct store *s, struct arena *a, int64_t now_ms)
{
    *b = (struct person_batch){.store = s, .arena = a, .now_ms = now_ms};
}

void person_store_forget(struct store *s)
{
    if (!s->people)
        s->people = arena_new(PERSON_MEMORY_BYTES * 3);
    arena_reset(s->people);
    map_init(&s->person_of, s->people);
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
        /* normalised again: an earlier program may have known fewer forms */
        out[n++] = (struct resolve_candidate){db_column_int(stmt, 0),
                                              name_normalise(b->arena, db_column_bytes(stmt, 1))};
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

static enum err read_link(struct person_batch *b, struct str id, struct str name,
                          struct resolve_answer *out_answer, bool *out_is_known)
{
    struct db_stmt *stmt;
    TRY(db_prepare(b->store->db,
                   STR("SELECT person, tier FROM person_link WHERE number = ?1 AND name = ?2"),
                   &stmt));
    db_bind_text(stmt, 1, id);
    db_bind_text(stmt, 2, name);
    enum err e = db_step(stmt, out_is_known);
    if (e == OK && *out_is_known)
        *out_answer =
            (struct resolve_answer){db_column_int(stmt, 0), (int)db_column_int(stmt, 1), 0};
    db_done(stmt);
    return e;
}

static enum err keep_link(struct person_batch *b, struct str id, struct str name,
                          const struct resolve_answer *answer, struct str explanation)
{
    struct db_stmt *stmt;
    TRY(db_prepare(b->store->db,
                   STR("INSERT INTO person_link(number, name, person, tier, explanation, "
                       "decided_by, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, 'program', ?6)"),
                   &stmt));
    db_bind_text(stmt, 1, id);
    db_bind_text(stmt, 2, name);
    db_bind_int(stmt, 3, answer->person);
    db_bind_int(stmt, 4, answer->tier);
    db_bind_text(stmt, 5, explanation);
    db_bind_int(stmt, 6, b->now_ms);
    return db_run(stmt);
}

/* Who is written like this for the first time. */
static enum err decide(struct person_batch *b, struct str id, struct str name,
                       struct resolve_answer *out_answer)
{
    struct resolve_candidate candidates[PERSON_CANDIDATES_MAX];
    size_t count;
    bool was_15 = id.len == CITIZEN_LENGTH_OLD;
    char upgraded[CITIZEN_LENGTH];
    if (was_15)
        citizen_upgrade(id, upgraded);
    struct str id18 = was_15 ? str_copy(b->arena, str_make(upgraded, sizeof upgraded)) : id;
    struct str name_key = name_normalise(b->arena, name);
    TRY(read_candidates(b, id18, candidates, &count));
    *out_answer = resolve_person(name_key, was_15, candidates, count);
    struct str explanation = out_answer->person == 0 ? STR("first")
                             : was_15                ? STR("upgraded")
                             : out_answer->tier == 1 ? STR("equal")
                                                     : STR("near");
    if (out_answer->person == 0)
        TRY(add_person(b->store, id18, name, name_key, &out_answer->person));
    return keep_link(b, id, name, out_answer, explanation);
}

static struct str both(struct arena *a, struct str id, struct str name)
{
    char *text = arena_take_raw(a, id.len + 1 + name.len);
    memcpy(text, id.ptr, id.len);
    text[id.len] = '|';
    memcpy(text + id.len + 1, name.ptr, name.len);
    return str_make(text, id.len + 1 + name.len);
}

enum err person_store_resolve(struct person_batch *b, struct str id, struct str name,
                              int64_t *out_person, int *out_tier)
{
    struct store *s = b->store;
    if (!s->people || arena_used(s->people) > PERSON_MEMORY_BYTES)
        person_store_forget(s);
    struct str text = both(b->arena, id, name);
    const struct resolve_answer *known = map_get(&s->person_of, text);
    if (!known) {
        struct resolve_answer *answer = NEW(s->people, struct resolve_answer);
        bool is_known;
        TRY(read_link(b, id, name, answer, &is_known));
        if (!is_known)
            TRY(decide(b, id, name, answer));
        map_put(&s->person_of, str_copy(s->people, text), answer);
        known = answer;
    }
    *out_person = known->person;
    *out_tier = known->tier;
    return OK;
}

enum err person_store_mark_dirty(struct person_batch *b, int64_t person)
{
    struct db_stmt *stmt;
    if (person == b->dirty_last)
        return OK;
    b->dirty_last = person;
    TRY(db_prepare(b->store->db, STR("INSERT OR IGNORE INTO dirty(person) VALUES (?1)"), &stmt));
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
    TRY(db_end(s->db, e));
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
