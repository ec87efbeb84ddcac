#include "central/store/evidence_store.h"

#include "central/identity/written.h"
#include "central/store/finding_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/model/ddl.h"

#include <string.h>

#define SQL_BYTES_MAX ((size_t)64 * 1024)

enum column { /* of select_row; then one per field, then person and tier of each field with one */
              VERSION,
              OP,
              SITE,
              ROW_NO,
              VALID_FROM,
              RECORDED_EDGE,
              RECORDED_HUB,
              KEY_HASH,
              ROW_HASH,
              BATCH,
              BATCH_SITE,
              BATCH_EPOCH,
              BATCH_SEQ,
              BATCH_CREATED,
              BATCH_RECEIVED,
              BATCH_CATALOG,
              FIRST_FIELD
};

static struct str select_row(struct arena *a, const struct dataset *d)
{
    struct buf sql;
    buf_init(&sql, a);
    buf_put_z(&sql, "SELECT r.version, r.op, r.site, r.row_no, r.valid_from, r.recorded_edge, "
                    "r.recorded_hub, r.key_hash, r.row_hash, b.id, b.site, b.epoch, b.seq, "
                    "b.created_ms, b.received_ms, b.catalog");
    for (size_t i = 0; i < d->field_count; i++)
        buf_format(&sql, ", r." STR_FMT, STR_ARG(d->fields[i].id));
    for (size_t i = 0; i < d->field_count; i++)
        if (dataset_field_has_person(&d->fields[i]))
            buf_format(&sql, ", r." STR_FMT "_person, r." STR_FMT "_tier", STR_ARG(d->fields[i].id),
                       STR_ARG(d->fields[i].id));
    buf_format(&sql, " FROM " STR_FMT " AS r JOIN batch AS b ON b.id = r.batch_id WHERE r.rid = ?1",
               STR_ARG(d->id));
    return buf_str(&sql);
}

static struct hash read_hash(struct db_stmt *stmt, int column)
{
    struct hash h = {{0}};
    struct str bytes = db_column_bytes(stmt, column);
    if (bytes.len == SHA256_BYTES)
        memcpy(h.bytes, bytes.ptr, SHA256_BYTES);
    return h;
}

static struct pack_person *read_fields(struct db_stmt *stmt, struct arena *a, struct pack_row *row)
{
    const struct dataset *d = row->dataset;
    struct value *values = NEW_ARRAY(a, struct value, d->field_count + 1);
    struct pack_person *persons = NEW_ARRAY(a, struct pack_person, d->field_count + 1);
    int column = FIRST_FIELD;
    for (size_t i = 0; i < d->field_count; i++, column++)
        values[i] = db_column_is_null(stmt, column)   ? value_null()
                    : db_column_is_text(stmt, column) ? value_text(db_column_copy(stmt, column, a))
                                                      : value_int(db_column_int(stmt, column));
    for (size_t i = 0; i < d->field_count; i++)
        if (dataset_field_has_person(&d->fields[i])) {
            persons[i] = (struct pack_person){db_column_int(stmt, column),
                                              db_column_int(stmt, column + 1), STR_NONE};
            column += 2;
        }
    row->values = values;
    row->persons = persons;
    return persons;
}

static struct pack_person *read_row(struct db_stmt *stmt, struct arena *a, struct pack_row *row)
{
    row->version = db_column_int(stmt, VERSION);
    row->op = db_column_copy(stmt, OP, a);
    row->site = db_column_copy(stmt, SITE, a);
    row->row_no = db_column_int(stmt, ROW_NO);
    row->valid_from = db_column_int(stmt, VALID_FROM);
    row->recorded_edge_ms = db_column_int(stmt, RECORDED_EDGE);
    row->recorded_hub_ms = db_column_int(stmt, RECORDED_HUB);
    row->key_hash = read_hash(stmt, KEY_HASH);
    row->row_hash = read_hash(stmt, ROW_HASH);
    row->batch = (struct pack_batch){.id = db_column_int(stmt, BATCH),
                                     .site = db_column_copy(stmt, BATCH_SITE, a),
                                     .epoch = db_column_int(stmt, BATCH_EPOCH),
                                     .seq = db_column_int(stmt, BATCH_SEQ),
                                     .created_ms = db_column_int(stmt, BATCH_CREATED),
                                     .received_ms = db_column_int(stmt, BATCH_RECEIVED),
                                     .catalog = read_hash(stmt, BATCH_CATALOG)};
    return read_fields(stmt, a, row);
}

/* How the way of writing came to mean the person. */
static enum err explain(struct store *s, struct arena *a, const struct written *w,
                        struct pack_person *out)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT explanation FROM person_way WHERE number = ?1 AND name = ?2 AND "
                       "person = ?3"),
                   &stmt));
    db_bind_text(stmt, 1, written_key(a, w));
    db_bind_text(stmt, 2, w->name);
    db_bind_int(stmt, 3, out->person);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        out->how = db_column_copy(stmt, 0, a);
    db_done(stmt);
    return e;
}

static enum err explain_persons(struct store *s, struct arena *a, const struct pack_row *row,
                                struct pack_person *persons)
{
    for (size_t i = 0; i < row->dataset->field_count; i++) {
        struct written w;
        if (persons[i].person && written_read(row->dataset, i, row->values, &w))
            TRY(explain(s, a, &w, &persons[i]));
    }
    return OK;
}

enum err evidence_store_row(struct store *s, struct arena *a, const struct dataset *d, int64_t rid,
                            struct pack_row *out_row)
{
    struct pack_person *persons = NULL;
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, select_row(a, d), &stmt));
    db_bind_int(stmt, 1, rid);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such row of " STR_FMT, STR_ARG(d->id));
    if (e == OK) {
        out_row->dataset = d;
        out_row->rid = rid;
        persons = read_row(stmt, a, out_row);
    }
    db_done(stmt);
    return e == OK ? explain_persons(s, a, out_row, persons) : e;
}

static void bind_row(struct db_stmt *stmt, const struct pack_row *row)
{
    const struct dataset *d = row->dataset;
    int index = DDL_FIRST_FIELD;
    db_bind_blob(stmt, DDL_KEY_HASH, hash_str(&row->key_hash));
    db_bind_blob(stmt, DDL_ROW_HASH, hash_str(&row->row_hash));
    db_bind_int(stmt, DDL_VERSION, row->version);
    db_bind_text(stmt, DDL_OP, row->op);
    db_bind_text(stmt, DDL_SITE, row->site);
    db_bind_int(stmt, DDL_BATCH_ID, row->batch.id);
    db_bind_int(stmt, DDL_ROW_NO, row->row_no);
    db_bind_int(stmt, DDL_RECORDED_EDGE, row->recorded_edge_ms);
    db_bind_int(stmt, DDL_RECORDED_HUB, row->recorded_hub_ms);
    db_bind_int(stmt, DDL_VALID_FROM, row->valid_from);
    db_bind_int(stmt, DDL_QUALITY, 0);
    for (size_t i = 0; i < d->field_count; i++, index++)
        if (row->values[i].kind == VALUE_TEXT)
            db_bind_text(stmt, index, row->values[i].text);
        else if (row->values[i].kind == VALUE_INT)
            db_bind_int(stmt, index, row->values[i].number);
    for (size_t i = 0; i < d->field_count; i++)
        if (dataset_field_has_person(&d->fields[i])) {
            if (row->persons[i].person) {
                db_bind_int(stmt, index, row->persons[i].person);
                db_bind_int(stmt, index + 1, row->persons[i].tier);
            }
            index += 2;
        }
}

/* With the number that it had: rules count and order by it. */
enum err evidence_store_put_row(struct store *s, const struct pack_row *row)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, store_dataset_named(s, row->dataset->id)->insert, &stmt));
    bind_row(stmt, row);
    TRY(db_run(stmt));
    if (db_changes(s->db) == 0) /* evidence of two sources of the rule */
        return OK;
    int64_t id = db_last_id(s->db);
    struct arena *a = arena_new(SQL_BYTES_MAX);
    enum err e = db_prepare(s->db,
                            str_format(a, "UPDATE rec_" STR_FMT " SET rid = ?2 WHERE rid = ?1",
                                       STR_ARG(row->dataset->id)),
                            &stmt);
    if (e == OK) {
        db_bind_int(stmt, 1, id);
        db_bind_int(stmt, 2, row->rid);
        e = db_run(stmt);
    }
    arena_free(a);
    return e;
}

enum err evidence_store_ask(struct store *s, const struct evidence_pack *pack, int64_t *out_id)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO evidence_pack(finding, by, asked_ms, body) VALUES (?1, ?2, "
                       "?3, ?4)"),
                   &stmt));
    db_bind_int(stmt, 1, pack->finding);
    db_bind_text(stmt, 2, pack->by);
    db_bind_int(stmt, 3, pack->asked_ms);
    db_bind_text(stmt, 4, pack->body);
    TRY(db_run(stmt));
    *out_id = db_last_id(s->db);
    return finding_store_event(s, pack->finding, pack->asked_ms, "packed", pack->by, STR_NONE);
}

#define PACK_COLUMNS                                                                               \
    "SELECT id, finding, by, asked_ms, body, suite, key, signature, signed_ms IS NOT NULL FROM "   \
    "evidence_pack WHERE "

static enum err read_pack(struct db_stmt *stmt, struct arena *a, struct evidence_pack *out)
{
    bool has_row;
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = ERR_MISSING; /* an answer, not a failure */
    if (e == OK) {
        struct str signature = db_column_bytes(stmt, 7);
        *out = (struct evidence_pack){
            .id = db_column_int(stmt, 0),
            .finding = db_column_int(stmt, 1),
            .by = db_column_copy(stmt, 2, a),
            .asked_ms = db_column_int(stmt, 3),
            .body = db_column_copy(stmt, 4, a),
            .signature = {.suite = db_column_copy(stmt, 5, a), .key = db_column_copy(stmt, 6, a)},
            .is_signed = db_column_int(stmt, 8) != 0};
        if (signature.len == sizeof out->signature.value)
            memcpy(out->signature.value, signature.ptr, signature.len);
    }
    db_done(stmt);
    return e;
}

enum err evidence_store_next(struct store *s, struct arena *a, struct evidence_pack *out_pack)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR(PACK_COLUMNS "signed_ms IS NULL ORDER BY id LIMIT 1"), &stmt));
    return read_pack(stmt, a, out_pack);
}

enum err evidence_store_get(struct store *s, struct arena *a, int64_t id,
                            struct evidence_pack *out_pack)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, STR(PACK_COLUMNS "id = ?1"), &stmt));
    db_bind_int(stmt, 1, id);
    return read_pack(stmt, a, out_pack);
}

enum err evidence_store_sign(struct store *s, int64_t id, const struct signature *signature,
                             int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("UPDATE evidence_pack SET suite = ?2, key = ?3, signature = ?4, signed_ms "
                       "= ?5 WHERE id = ?1 AND signed_ms IS NULL"),
                   &stmt));
    db_bind_int(stmt, 1, id);
    db_bind_text(stmt, 2, signature->suite);
    db_bind_text(stmt, 3, signature->key);
    db_bind_blob(stmt, 4, str_make(signature->value, sizeof signature->value));
    db_bind_int(stmt, 5, now_ms);
    return db_run(stmt);
}
