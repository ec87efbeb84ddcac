#include "edge-agent/intake/whole_key.h"

#include "common/base/arena.h"

enum err whole_key_note(struct db *db, const struct record *r, struct str import_id)
{
    struct db_stmt *s;
    struct hash key = record_key_hash(r);
    TRY(db_prepare(db,
                   STR("INSERT INTO whole_key (dataset, key, import_id, row) VALUES (?1, ?2, ?3, "
                       "?4) ON CONFLICT (dataset, key) DO UPDATE SET import_id = ?3, row = ?4"),
                   &s));
    db_bind_text(s, 1, r->dataset->id);
    db_bind_blob(s, 2, hash_str(&key));
    db_bind_text(s, 3, import_id);
    db_bind_int(s, 4, (int64_t)r->row);
    return wrap(db_run(s), "note a key");
}

enum err whole_key_forget(struct db *db, const struct record *r)
{
    struct db_stmt *s;
    struct hash key = record_key_hash(r);
    TRY(db_prepare(db, STR("DELETE FROM whole_key WHERE dataset = ?1 AND key = ?2"), &s));
    db_bind_text(s, 1, r->dataset->id);
    db_bind_blob(s, 2, hash_str(&key));
    return wrap(db_run(s), "forget a key");
}

enum err whole_key_missing(struct db *db, struct str dataset, struct str import_id, struct arena *a,
                           struct whole_missing *out)
{
    struct db_stmt *s;
    bool has_row = false;
    *out = (struct whole_missing){0};
    TRY(db_prepare(db,
                   STR("SELECT count(*) OVER (), i.name, k.row FROM whole_key AS k JOIN import AS "
                       "i ON i.id = k.import_id WHERE k.dataset = ?1 AND k.import_id <> ?2 ORDER "
                       "BY i.started_ms DESC, k.row LIMIT 1"),
                   &s));
    db_bind_text(s, 1, dataset);
    db_bind_text(s, 2, import_id);
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row)
        *out = (struct whole_missing){db_column_int(s, 0), db_column_copy(s, 1, a),
                                      db_column_int(s, 2)};
    db_done(s);
    return e;
}
