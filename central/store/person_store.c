#include "central/store/person_store.h"

#include "central/identity/name.h"
#include "central/identity/resolve.h"
#include "central/store/identity_store.h"
#include "common/base/arena.h"
#include "common/base/thing.h"
#include "common/model/citizen.h"

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

struct known { /* what is remembered of a way of writing */
    struct resolve_answer answer;
    int64_t home;         /* the person before any merge */
    uint64_t fingerprint; /* of the evidence last seen beside it; 0: none yet */
};

/* Decisions are taken in another process: what was remembered before them is wrong. */
static enum err forget_decided(struct person_batch *b)
{
    struct store *s = b->store;
    int64_t generation;
    TRY(store_note_get(s, STR(IDENTITY_GENERATION), 0, &generation));
    if (!s->people || generation != s->people_generation)
        person_store_forget(s);
    s->people_generation = generation;
    b->is_current = true;
    return OK;
}

/* *out_is_merged: one of them stands for another. */
static enum err read_candidates(struct person_batch *b, struct str id18,
                                struct resolve_candidate *out, size_t *out_count,
                                bool *out_is_merged)
{
    struct db_stmt *stmt;
    bool has_row;
    size_t n = 0;
    *out_is_merged = false;
    TRY(db_prepare(b->store->db,
                   STR("SELECT id, name_key, cluster FROM person WHERE id18 = ?1 ORDER BY id"),
                   &stmt));
    db_bind_text(stmt, 1, id18);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row && n < PERSON_CANDIDATES_MAX) {
        /* normalised again: an earlier program may have known fewer forms */
        out[n++] = (struct resolve_candidate){db_column_int(stmt, 0),
                                              name_normalise(b->arena, db_column_bytes(stmt, 1))};
        *out_is_merged = *out_is_merged || !db_column_is_null(stmt, 2);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_count = n;
    return e;
}

enum err person_store_add(struct store *s, struct str id18, struct str name, struct str name_key,
                          int32_t birth, int64_t *out_person)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO person(id18, name, name_key, birth) VALUES (?1, ?2, ?3, ?4)"),
                   &stmt));
    db_bind_text(stmt, 1, id18);
    db_bind_text(stmt, 2, name);
    db_bind_text(stmt, 3, name_key);
    db_bind_int(stmt, 4, birth);
    TRY(db_run(stmt));
    *out_person = db_last_id(s->db);
    return OK;
}

enum err person_store_read_link(struct store *s, struct str key, struct str name,
                                struct person_link *out_link, bool *out_is_known)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("SELECT home, person, tier FROM person_way WHERE number = ?1 AND name = ?2"),
                   &stmt));
    db_bind_text(stmt, 1, key);
    db_bind_text(stmt, 2, name);
    enum err e = db_step(stmt, out_is_known);
    if (e == OK && *out_is_known)
        *out_link = (struct person_link){db_column_int(stmt, 0), db_column_int(stmt, 1),
                                         (int)db_column_int(stmt, 2)};
    db_done(stmt);
    return e;
}

static enum err keep_link(struct person_batch *b, struct str key, struct str name, int64_t person,
                          int tier, struct str explanation)
{
    struct db_stmt *stmt;
    TRY(db_prepare(b->store->db,
                   STR("INSERT INTO person_link(number, name, person, tier, explanation, "
                       "decided_by, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, 'program', ?6)"),
                   &stmt));
    db_bind_text(stmt, 1, key);
    db_bind_text(stmt, 2, name);
    db_bind_int(stmt, 3, person);
    db_bind_int(stmt, 4, tier);
    db_bind_text(stmt, 5, explanation);
    db_bind_int(stmt, 6, b->now_ms);
    return db_run(stmt);
}

/* Who is written like this for the first time. */
static enum err decide(struct person_batch *b, const struct written *w, struct person_link *out)
{
    struct resolve_candidate candidates[PERSON_CANDIDATES_MAX];
    size_t count;
    bool is_merged;
    bool was_15 = w->number.len == CITIZEN_LENGTH_OLD;
    char upgraded[CITIZEN_LENGTH];
    if (was_15)
        citizen_upgrade(w->number, upgraded);
    struct str id18 = was_15 ? str_copy(b->arena, str_make(upgraded, sizeof upgraded)) : w->number;
    struct str name_key = name_normalise(b->arena, w->name);
    TRY(read_candidates(b, id18, candidates, &count, &is_merged));
    struct resolve_answer answer = resolve_person(name_key, was_15, candidates, count);
    struct str explanation = answer.person == 0 ? STR("first")
                             : was_15           ? STR("upgraded")
                             : answer.tier == 1 ? STR("equal")
                                                : STR("near");
    *out = (struct person_link){answer.person, answer.person, answer.tier};
    bool is_new = answer.person == 0;
    if (is_new)
        TRY(person_store_add(b->store, id18, w->name, name_key, written_birth(w), &out->home));
    out->person = out->home;
    TRY(keep_link(b, w->number, w->name, out->home, out->tier, explanation));
    for (size_t i = 0; i < count && is_new; i++)
        TRY(identity_store_ask(b->store, b->arena, candidates[i].person, out->home, b->now_ms));
    return is_merged ? person_store_read_link(b->store, w->number, w->name, out, &is_merged) : OK;
}

/* A person without a number is nobody's equal until somebody says so. */
static enum err decide_unnumbered(struct person_batch *b, const struct written *w, struct str key,
                                  struct person_link *out)
{
    *out = (struct person_link){.tier = written_tier(b->arena, w)};
    TRY(person_store_add(b->store, STR(""), w->name, name_normalise(b->arena, w->name),
                         written_birth(w), &out->home));
    out->person = out->home;
    return keep_link(b, key, w->name, out->home, out->tier, STR("unnumbered"));
}

static enum err put_evidence(struct person_batch *b, const struct written *w, int64_t home,
                             bool *out_is_new)
{
    struct db_stmt *stmt;
    for (size_t i = 0; i < w->field->evidence_count; i++) {
        enum evidence_kind kind = w->field->evidence[i].kind;
        struct str value = written_evidence(b->arena, w, kind);
        if (value.len == 0)
            continue;
        TRY(db_prepare(
            b->store->db,
            STR("INSERT OR IGNORE INTO person_evidence(person, kind, key) VALUES (?1, ?2, ?3)"),
            &stmt));
        db_bind_int(stmt, 1, home);
        db_bind_int(stmt, 2, kind);
        db_bind_int(stmt, 3, thing_id(value));
        TRY(db_run(stmt));
        *out_is_new = *out_is_new || db_changes(b->store->db) == 1;
    }
    return OK;
}

static struct str both(struct arena *a, struct str id, struct str name)
{
    char *text = arena_take_raw(a, id.len + 1 + name.len);
    memcpy(text, id.ptr, id.len);
    text[id.len] = '|';
    memcpy(text + id.len + 1, name.ptr, name.len);
    return str_make(text, id.len + 1 + name.len);
}

static enum err find_known(struct person_batch *b, const struct written *w, struct str key,
                           struct known *out, bool *out_is_new)
{
    struct person_link link;
    bool is_known;
    TRY(person_store_read_link(b->store, key, w->name, &link, &is_known));
    if (!is_known)
        TRY(w->number.len ? decide(b, w, &link) : decide_unnumbered(b, w, key, &link));
    *out = (struct known){.answer = {link.person, link.tier, 0}, .home = link.home};
    *out_is_new = !is_known;
    return OK;
}

enum err person_store_resolve(struct person_batch *b, const struct written *w, int64_t *out_person,
                              int *out_tier)
{
    struct store *s = b->store;
    bool is_new = false;
    if (!b->is_current)
        TRY(forget_decided(b));
    if (arena_used(s->people) > PERSON_MEMORY_BYTES)
        person_store_forget(s);
    struct str key = written_key(b->arena, w);
    struct str text = both(b->arena, key, w->name);
    struct known *known = (struct known *)map_get(&s->person_of, text);
    if (!known) {
        known = NEW(s->people, struct known);
        TRY(find_known(b, w, key, known, &is_new));
        map_put(&s->person_of, str_copy(s->people, text), known);
    }
    uint64_t print = written_fingerprint(w);
    if (print != known->fingerprint) {
        known->fingerprint = print;
        TRY(put_evidence(b, w, known->home, &is_new));
    }
    if (is_new)
        TRY(identity_store_seek(s, b->arena, known->home, written_birth(w) != 0, b->now_ms));
    *out_person = known->answer.person;
    *out_tier = known->answer.tier;
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
