#include "central/store/change_store.h"

#include "central/store/finding_store.h"
#include "central/store/person_store.h"
#include "common/base/arena.h"

#define CHANGE_BYTES_MAX ((size_t)1 << 20)
#define DAY_NOTE "analysis.today"

static bool is_followed(const struct rule_key *k)
{
    return k->field >= 0 && !dataset_field_has_person(&k->dataset->fields[k->field]);
}

/* What a rule counts its subjects by is followed too. */
static size_t keys_of(const struct rule *r, struct rule_key *out)
{
    size_t n = 0;
    for (size_t i = 0; i < r->key_count; i++)
        out[n++] = r->keys[i];
    if (!rule_is_of_persons(r))
        out[n++] = (struct rule_key){r->population, r->population_field};
    return n;
}

static bool is_looked_at(const struct rule *r)
{
    return r->status == RULE_LIVE || r->status == RULE_OBSERVE;
}

/* `(valid_to)` of versions that went: few, for most rows are never changed. */
static enum err make_indexes(struct store *s, struct arena *a, const struct rule_key *k)
{
    struct str d = k->dataset->id;
    struct str sql = str_format(a,
                                "CREATE INDEX IF NOT EXISTS rec_" STR_FMT "_went ON rec_" STR_FMT
                                "(valid_to) WHERE valid_to IS NOT NULL",
                                STR_ARG(d), STR_ARG(d));
    TRY(db_exec(s->db, sql));
    if (!is_followed(k))
        return OK;
    struct str f = k->dataset->fields[k->field].id;
    return db_exec(s->db, str_format(a,
                                     "CREATE INDEX IF NOT EXISTS rec_" STR_FMT "_" STR_FMT
                                     " ON rec_" STR_FMT "(" STR_FMT
                                     ") WHERE valid_to IS NULL AND op <> 'delete'",
                                     STR_ARG(d), STR_ARG(f), STR_ARG(d), STR_ARG(f)));
}

static enum err make_all_indexes(struct store *s, struct arena *a, const struct rule *const *rules,
                                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct rule_key keys[RULE_KEYS_MAX + 1];
        size_t n = is_looked_at(rules[i]) ? keys_of(rules[i], keys) : 0;
        for (size_t k = 0; k < n; k++)
            TRY(make_indexes(s, a, &keys[k]));
    }
    return OK;
}

enum err change_store_prepare(struct store *s, const struct rule *const *rules, size_t count)
{
    TRY(db_exec(
        s->db, STR("CREATE TEMP TABLE IF NOT EXISTS dirty_person(person INTEGER PRIMARY KEY);"
                   "CREATE TEMP TABLE IF NOT EXISTS dirty_key(key TEXT PRIMARY KEY) WITHOUT ROWID;"
                   "CREATE TEMP TABLE IF NOT EXISTS dirty_subject(subject INTEGER PRIMARY KEY, key "
                   "TEXT)")));
    struct arena *a = arena_new(CHANGE_BYTES_MAX);
    enum err e = db_begin(s->db);
    if (e == OK)
        e = db_end(s->db, make_all_indexes(s, a, rules, count));
    arena_free(a);
    return e;
}

static enum err read_number(struct store *s, struct str sql, struct str parameter,
                            int64_t *out_number)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, sql, &stmt));
    if (parameter.len)
        db_bind_text(stmt, 1, parameter);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_number = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return e;
}

static struct change_dataset *find(const struct changes *c, const struct dataset *d)
{
    for (size_t i = 0; i < c->dataset_count; i++)
        if (c->datasets[i].dataset == d)
            return &c->datasets[i];
    return NULL;
}

static enum err add_dataset(struct store *s, struct arena *a, struct changes *c,
                            const struct dataset *d)
{
    if (find(c, d))
        return OK;
    struct change_dataset *at = &c->datasets[c->dataset_count++];
    *at = (struct change_dataset){.dataset = d};
    TRY(read_number(s, STR("SELECT rid FROM looked WHERE dataset = ?1"), d->id, &at->from));
    return read_number(s, str_format(a, "SELECT max(rid) FROM rec_" STR_FMT, STR_ARG(d->id)),
                       STR_NONE, &at->to);
}

static enum err add_datasets(struct store *s, struct arena *a, struct changes *c)
{
    c->datasets = NEW_ARRAY(a, struct change_dataset, s->catalog->dataset_count + 1);
    for (size_t i = 0; i < c->rule_count; i++) {
        struct rule_key keys[RULE_KEYS_MAX + 1];
        size_t n = is_looked_at(c->rules[i]) ? keys_of(c->rules[i], keys) : 0;
        for (size_t k = 0; k < n; k++)
            TRY(add_dataset(s, a, c, keys[k].dataset));
    }
    return OK;
}

/* Values of the field in rows that came, and in the versions that they replaced: a version ends in
 * the batch in which the next begins. */
static enum err take_keys(struct store *s, struct arena *a, const struct change_dataset *d,
                          int field)
{
    struct db_stmt *stmt;
    struct str f = d->dataset->fields[field].id;
    struct str rows = d->dataset->id;
    TRY(db_prepare(s->db,
                   str_format(a,
                              "INSERT OR IGNORE INTO dirty_key(key) SELECT " STR_FMT
                              " FROM rec_" STR_FMT " WHERE rid > ?1 AND " STR_FMT
                              " IS NOT NULL UNION SELECT " STR_FMT " FROM rec_" STR_FMT
                              " WHERE valid_to IS NOT NULL AND valid_to >= (SELECT "
                              "min(valid_from) FROM rec_" STR_FMT " WHERE rid > ?1) AND " STR_FMT
                              " IS NOT NULL",
                              STR_ARG(f), STR_ARG(rows), STR_ARG(f), STR_ARG(f), STR_ARG(rows),
                              STR_ARG(rows), STR_ARG(f)),
                   &stmt));
    db_bind_int(stmt, 1, d->from);
    return db_run(stmt);
}

static enum err take_all_keys(struct store *s, struct arena *a, const struct changes *c)
{
    for (size_t i = 0; i < c->rule_count; i++) {
        struct rule_key keys[RULE_KEYS_MAX + 1];
        size_t n = is_looked_at(c->rules[i]) ? keys_of(c->rules[i], keys) : 0;
        for (size_t k = 0; k < n; k++) {
            struct change_dataset *d = find(c, keys[k].dataset);
            if (is_followed(&keys[k]) && d->to > d->from && !changes_are_many(c, d->dataset))
                TRY(take_keys(s, a, d, keys[k].field));
        }
    }
    return OK;
}

static enum err take_woken(struct store *s, struct arena *a, const struct rule *r, int32_t from,
                           int32_t to, enum emit_kind kind)
{
    struct str wake = emit_wake(a, r, s->catalog, kind, DDL_SQLITE);
    struct db_stmt *stmt;
    if (wake.len == 0)
        return OK;
    TRY(db_prepare(s->db,
                   str_format(a, "INSERT OR IGNORE INTO %s " STR_FMT,
                              kind == EMIT_PERSONS ? "dirty_person(person)" : "dirty_key(key)",
                              STR_ARG(wake)),
                   &stmt));
    db_bind_int(stmt, 1, from);
    db_bind_int(stmt, 2, to);
    return wrap(db_run(stmt), "wake of " STR_FMT, STR_ARG(r->id));
}

static enum err take_due(struct store *s, struct arena *a, const struct changes *c, int32_t last)
{
    int32_t from = last < c->today ? last : c->today;
    int32_t to = last < c->today ? c->today : last;
    for (size_t i = 0; i < c->rule_count; i++) {
        TRY(take_woken(s, a, c->rules[i], from, to, EMIT_PERSONS));
        TRY(take_woken(s, a, c->rules[i], from, to, EMIT_KEYS));
    }
    return OK;
}

enum err change_store_take(struct store *s, struct arena *a, const struct rule *const *rules,
                           size_t count, int32_t today, struct changes *out_changes)
{
    struct changes c = {.rules = rules, .rule_count = count, .today = today};
    int64_t last;
    int64_t persons;
    TRY(store_note_get(s, STR(DAY_NOTE), 0, &last));
    c.is_new_day = last != today;
    TRY(person_store_take_dirty(s, &c.persons));
    TRY(add_datasets(s, a, &c));
    TRY(db_exec(s->db, STR("DELETE FROM dirty_person; DELETE FROM dirty_key; INSERT INTO "
                           "dirty_person(person) SELECT person FROM dirty_taken")));
    TRY(take_all_keys(s, a, &c));
    if (c.is_new_day && last)
        TRY(take_due(s, a, &c, (int32_t)last));
    TRY(read_number(s, STR("SELECT count(*) FROM dirty_person"), STR_NONE, &persons));
    c.persons = (size_t)persons;
    *out_changes = c;
    return OK;
}

bool changes_are_none(const struct changes *c)
{
    for (size_t i = 0; i < c->dataset_count; i++)
        if (c->datasets[i].to > c->datasets[i].from)
            return false;
    return c->persons == 0 && !c->is_new_day;
}

bool changes_are_many(const struct changes *c, const struct dataset *d)
{
    const struct change_dataset *at = find(c, d);
    return at && at->to - at->from > CHANGE_ROWS_MAX;
}

bool changes_concern_all(const struct changes *c, const struct rule *r)
{
    if (r->is_daily && c->is_new_day)
        return true;
    for (size_t i = 0; i < r->key_count; i++) {
        const struct change_dataset *at = find(c, r->keys[i].dataset);
        bool is_changed = at && at->to > at->from;
        if (is_changed && (r->keys[i].field < 0 || changes_are_many(c, at->dataset)))
            return true;
    }
    return false;
}

enum err change_store_changed(struct store *s, struct changes *c, bool is_of_persons)
{
    if (is_of_persons && c->holds_person)
        return OK;
    c->holds_person = is_of_persons;
    return db_exec(
        s->db, is_of_persons
                   ? STR("DELETE FROM dirty_subject; INSERT INTO dirty_subject(subject) SELECT "
                         "person FROM dirty_person")
                   : STR("DELETE FROM dirty_subject; INSERT OR IGNORE INTO "
                         "dirty_subject(subject, key) SELECT qq_thing(key), key FROM dirty_key"));
}

/* Row by row: the statement is the rule's own and may only read. */
static enum err add_reached(struct store *s, struct str touches, const struct rule *r,
                            int32_t today)
{
    struct db_stmt *insert;
    struct db_stmt *reach = NULL;
    bool has_row = true;
    bool is_of_persons = rule_is_of_persons(r);
    TRY(db_prepare(s->db,
                   is_of_persons ? STR("INSERT OR IGNORE INTO dirty_subject(subject) VALUES (?1)")
                                 : STR("INSERT OR IGNORE INTO dirty_subject(subject, key) VALUES "
                                       "(qq_thing(?1), ?1)"),
                   &insert));
    db_guard_begin(s->db, STORE_RULE_STEPS_MAX);
    enum err e = db_prepare(s->db, touches, &reach);
    if (e == OK && str_contains(touches, STR("?1")))
        db_bind_int(reach, 1, today);
    while (e == OK && (e = db_step(reach, &has_row)) == OK && has_row) {
        if (db_column_is_null(reach, 0))
            continue;
        if (is_of_persons)
            db_bind_int(insert, 1, db_column_int(reach, 0));
        else
            db_bind_text(insert, 1, db_column_bytes(reach, 0));
        e = db_run(insert);
    }
    db_done(reach);
    db_guard_end(s->db);
    return e;
}

enum err change_store_subjects(struct store *s, struct arena *a, struct changes *c,
                               const struct rule *r, size_t *out_count)
{
    int64_t count;
    struct str touches = emit_touches(a, r, s->catalog, DDL_SQLITE);
    TRY(change_store_changed(s, c, rule_is_of_persons(r)));
    if (touches.len) {
        c->holds_person = false;
        TRY(wrap(add_reached(s, touches, r, c->today), "whom changes touch"));
    }
    TRY(read_number(s, STR("SELECT count(*) FROM dirty_subject"), STR_NONE, &count));
    *out_count = (size_t)count;
    return OK;
}

enum err change_store_one(struct store *s, int64_t subject, struct str key)
{
    struct db_stmt *stmt;
    TRY(db_exec(s->db, STR("DELETE FROM dirty_subject")));
    TRY(db_prepare(s->db, STR("INSERT INTO dirty_subject(subject, key) VALUES (?1, ?2)"), &stmt));
    db_bind_int(stmt, 1, subject);
    if (key.len)
        db_bind_text(stmt, 2, key);
    return db_run(stmt);
}

enum err change_store_only(struct store *s, const struct rule *r, const struct str *subjects,
                           size_t count)
{
    struct db_stmt *insert;
    TRY(db_exec(s->db, STR("DELETE FROM dirty_subject")));
    TRY(db_prepare(
        s->db,
        rule_is_of_persons(r)
            ? STR("INSERT OR IGNORE INTO dirty_subject(subject) VALUES (CAST(?1 AS INTEGER))")
            : STR("INSERT OR IGNORE INTO dirty_subject(subject, key) VALUES (qq_thing(?1), ?1)"),
        &insert));
    for (size_t i = 0; i < count; i++) {
        db_bind_text(insert, 1, subjects[i]);
        TRY(db_run(insert));
    }
    return OK;
}

static enum err mark_looked(struct store *s, const struct changes *c)
{
    for (size_t i = 0; i < c->dataset_count; i++) {
        struct db_stmt *stmt;
        if (c->datasets[i].to == c->datasets[i].from)
            continue;
        TRY(db_prepare(s->db, STR("INSERT OR REPLACE INTO looked(dataset, rid) VALUES (?1, ?2)"),
                       &stmt));
        db_bind_text(stmt, 1, c->datasets[i].dataset->id);
        db_bind_int(stmt, 2, c->datasets[i].to);
        TRY(db_run(stmt));
    }
    TRY(store_note_set(s, STR(DAY_NOTE), c->today));
    return person_store_forget_taken(s);
}

enum err change_store_done(struct store *s, const struct changes *c)
{
    TRY(db_begin(s->db));
    return db_end(s->db, mark_looked(s, c));
}

enum err change_store_waiting(struct store *s, const struct rule *const *rules, size_t count,
                              int64_t *out_count)
{
    struct changes c = {.rules = rules, .rule_count = count};
    struct arena *a = arena_new(CHANGE_BYTES_MAX);
    enum err e = person_store_count_dirty(s, out_count);
    if (e == OK)
        e = add_datasets(s, a, &c);
    for (size_t i = 0; i < c.dataset_count && e == OK; i++)
        *out_count += c.datasets[i].to - c.datasets[i].from;
    arena_free(a);
    return e;
}
