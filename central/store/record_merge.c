#include "central/store/record_store.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/model/ddl.h"

#include <string.h>

struct current {
    struct merge_current merge;
    int64_t rid, version;
    char site[64]; /* what merge.site points at */
};

struct identity {
    int64_t person;
    int tier;
};

struct incoming { /* one row on its way into its table */
    struct store *store;
    const struct store_dataset *dataset;
    const struct record_source *source;
    const struct record *record;
    struct hash key_hash, row_hash;
    struct identity links[DATASET_FIELDS_MAX];
    size_t link_count;
};

/* What versions are counted by: nothing may appear behind a watermark that was noted. */
static int64_t order_of(const struct record_source *source)
{
    return source->merged_in ? source->merged_in : source->batch_id;
}

static enum err find_current(struct store *s, const struct store_dataset *d,
                             const struct hash *key_hash, struct current *out)
{
    struct db_stmt *stmt;
    bool has_row;
    *out = (struct current){0};
    TRY(db_prepare(s->db, d->select_current, &stmt));
    db_bind_blob(stmt, 1, hash_str(key_hash));
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row) {
        struct str hash = db_column_bytes(stmt, 2);
        struct str site = db_column_bytes(stmt, 4);
        out->rid = db_column_int(stmt, 0);
        out->version = db_column_int(stmt, 1);
        out->merge.is_there = true;
        out->merge.is_deleted = str_equal(db_column_bytes(stmt, 3), STR("delete"));
        if (hash.len == SHA256_BYTES)
            memcpy(out->merge.row_hash.bytes, hash.ptr, SHA256_BYTES);
        size_t n = site.len < sizeof out->site ? site.len : sizeof out->site;
        memcpy(out->site, site.ptr, n);
        out->merge.site = str_make(out->site, n);
    }
    db_done(stmt);
    return e;
}

/* Resolves each person of the row; NULL stays NULL. */
static enum err resolve_all(struct incoming *in, struct person_batch *people)
{
    const struct record *r = in->record;
    for (size_t i = 0; i < r->dataset->field_count; i++) {
        struct written written;
        if (!dataset_field_has_person(&r->dataset->fields[i]))
            continue;
        struct identity *link = &in->links[in->link_count++];
        *link = (struct identity){0, 0};
        if (written_read(r->dataset, i, r->values, &written))
            TRY(person_store_resolve(people, &written, &link->person, &link->tier));
    }
    return OK;
}

static enum err mark_all(struct incoming *in, struct person_batch *people)
{
    for (size_t i = 0; i < in->link_count; i++)
        if (in->links[i].person)
            TRY(person_store_mark_dirty(people, in->links[i].person));
    return OK;
}

static void bind_value(struct db_stmt *stmt, int index, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL: /* as it stands after db_prepare */
        return;
    case VALUE_INT:
        db_bind_int(stmt, index, v->number);
        return;
    case VALUE_TEXT:
        db_bind_text(stmt, index, v->text);
        return;
    }
}

/* *out_is_written false: the key has a current version. */
static enum err write_version(struct incoming *in, int64_t version, struct str op,
                              bool *out_is_written)
{
    const struct record *r = in->record;
    struct db_stmt *stmt;
    TRY(db_prepare(in->store->db, in->dataset->insert, &stmt));
    db_bind_blob(stmt, DDL_KEY_HASH, hash_str(&in->key_hash));
    db_bind_blob(stmt, DDL_ROW_HASH, hash_str(&in->row_hash));
    db_bind_int(stmt, DDL_VERSION, version);
    db_bind_text(stmt, DDL_OP, op);
    db_bind_text(stmt, DDL_SITE, in->source->site);
    db_bind_int(stmt, DDL_BATCH_ID, in->source->batch_id);
    db_bind_int(stmt, DDL_ROW_NO, (int64_t)r->row);
    db_bind_int(stmt, DDL_RECORDED_EDGE, in->source->recorded_edge_ms);
    db_bind_int(stmt, DDL_RECORDED_HUB, in->source->recorded_hub_ms);
    db_bind_int(stmt, DDL_VALID_FROM, order_of(in->source));
    db_bind_int(stmt, DDL_QUALITY, (int64_t)r->doubts);
    int index = DDL_FIRST_FIELD;
    for (size_t i = 0; i < r->dataset->field_count; i++)
        bind_value(stmt, index++, &r->values[i]);
    for (size_t i = 0; i < in->link_count; i++, index += 2)
        if (in->links[i].person) {
            db_bind_int(stmt, index, in->links[i].person);
            db_bind_int(stmt, index + 1, in->links[i].tier);
        }
    TRY(db_run(stmt));
    *out_is_written = db_changes(in->store->db) == 1;
    return OK;
}

static enum err close_current(struct store *s, const struct store_dataset *d, int64_t rid,
                              int64_t batch_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, d->close_current, &stmt));
    db_bind_int(stmt, 1, rid);
    db_bind_int(stmt, 2, batch_id);
    return db_run(stmt);
}

/* The persons of the version that goes: they lose a row. */
static enum err mark_before(struct store *s, const struct store_dataset *d, int64_t rid,
                            struct person_batch *people)
{
    for (size_t i = 0; i < d->dataset->field_count; i++) {
        const struct field *f = &d->dataset->fields[i];
        struct db_stmt *stmt;
        bool has_row;
        if (!dataset_field_has_person(f))
            continue;
        struct str sql = str_format(people->arena,
                                    "SELECT " STR_FMT "_person FROM rec_" STR_FMT " WHERE rid = ?1",
                                    STR_ARG(f->id), STR_ARG(d->dataset->id));
        TRY(db_prepare(s->db, sql, &stmt));
        db_bind_int(stmt, 1, rid);
        enum err e = db_step(stmt, &has_row);
        int64_t person = e == OK && has_row ? db_column_int(stmt, 0) : 0;
        db_done(stmt);
        TRY(e);
        if (person)
            TRY(person_store_mark_dirty(people, person));
    }
    return OK;
}

static int64_t money_of(const struct record *r)
{
    int64_t sum = 0;
    for (size_t i = 0; i < r->dataset->field_count; i++)
        if (r->dataset->fields[i].kind == FIELD_MONEY && r->values[i].kind == VALUE_INT)
            sum += r->values[i].number;
    return sum;
}

/* Of which days the row speaks, by the period field of its dataset. */
static void note_days(struct record_tally *tally, const struct record *r)
{
    int field = r->dataset->period_field;
    if (field < 0 || r->values[field].kind != VALUE_INT)
        return;
    int32_t n = (int32_t)r->values[field].number;
    bool is_month = r->dataset->fields[field].kind == FIELD_MONTH;
    int32_t first = date_from_days(date_to_days(is_month ? n * 100 + 1 : n));
    int32_t last = is_month ? date_add_days(date_add_days(first, 31) / 100 * 100 + 1, -1) : first;
    if (tally->first_day == 0 || first < tally->first_day)
        tally->first_day = first;
    if (last > tally->last_day)
        tally->last_day = last;
}

static enum err merge_known(struct incoming *in, struct person_batch *people, bool is_deletion,
                            struct record_tally *tally)
{
    struct store *s = in->store;
    struct current current;
    bool is_written = true;
    TRY(find_current(s, in->dataset, &in->key_hash, &current));
    struct merge_decision decision =
        merge_decide(&current.merge, is_deletion, &in->row_hash, in->source->site);
    if (decision.kind == MERGE_SAME || decision.kind == MERGE_ABSENT) {
        tally->duplicate++;
        return OK;
    }
    tally->merged++;
    tally->conflict += decision.is_conflict;
    TRY(mark_before(s, in->dataset, current.rid, people));
    TRY(close_current(s, in->dataset, current.rid, order_of(in->source)));
    TRY(write_version(in, current.version + 1,
                      decision.kind == MERGE_DELETE ? STR("delete") : STR("change"), &is_written));
    return is_written ? mark_all(in, people) : fail(ERR_EXISTS, "two current versions of a key");
}

/* Most rows are new: they are written at once, and the index that allows one current version a key
 * says when they are not. */
enum err record_store_merge(struct store *s, struct person_batch *people,
                            const struct record_source *source, const struct record *r,
                            bool is_deletion, struct record_tally *tally)
{
    struct incoming in = {.store = s,
                          .dataset = store_dataset_named(s, r->dataset->id),
                          .source = source,
                          .record = r,
                          .key_hash = record_key_hash(r),
                          .row_hash = record_hash(r)};
    bool is_written = false;
    tally->sum_fen += money_of(r);
    note_days(tally, r);
    TRY(resolve_all(&in, people));
    if (!is_deletion)
        TRY(write_version(&in, 1, STR("new"), &is_written));
    if (!is_written)
        return merge_known(&in, people, is_deletion, tally);
    tally->merged++;
    return mark_all(&in, people);
}

/* Whom the row names until now, so that what was found then can be found again. */
static enum err note_move(struct store *s, struct arena *a, const struct record_place *place)
{
    struct db_stmt *stmt;
    struct str id = place->dataset->fields[place->field].id;
    TRY(db_prepare(s->db,
                   str_format(a,
                              "INSERT INTO row_move(dataset, field, rid, person, tier) SELECT ?1, "
                              "?2, rid, coalesce(" STR_FMT "_person, 0), coalesce(" STR_FMT
                              "_tier, 0) FROM rec_" STR_FMT " WHERE rid = ?3",
                              STR_ARG(id), STR_ARG(id), STR_ARG(place->dataset->id)),
                   &stmt));
    db_bind_text(stmt, 1, place->dataset->id);
    db_bind_text(stmt, 2, id);
    db_bind_int(stmt, 3, place->rid);
    return db_run(stmt);
}

enum err record_store_set_person(struct store *s, struct arena *a, const struct record_place *place,
                                 int64_t person, int tier)
{
    struct db_stmt *stmt;
    struct str id = place->dataset->fields[place->field].id;
    TRY(note_move(s, a, place));
    TRY(db_prepare(s->db,
                   str_format(a,
                              "UPDATE rec_" STR_FMT " SET " STR_FMT "_person = ?1, " STR_FMT
                              "_tier = ?2 WHERE rid = ?3",
                              STR_ARG(place->dataset->id), STR_ARG(id), STR_ARG(id)),
                   &stmt));
    db_bind_int(stmt, 1, person);
    db_bind_int(stmt, 2, tier);
    db_bind_int(stmt, 3, place->rid);
    return db_run(stmt);
}
