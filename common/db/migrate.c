#include "common/db/migrate.h"

#include "common/base/arena.h"

static enum err read_last(struct db *db, struct str area, int64_t *out_last)
{
    struct db_stmt *s;
    bool has_row;
    TRY(db_prepare(db, STR("SELECT coalesce(max(number), 0) FROM migration WHERE area = ?1"), &s));
    db_bind_text(s, 1, area);
    enum err e = db_step(s, &has_row);
    if (e == OK)
        *out_last = db_column_int(s, 0);
    db_done(s);
    return e;
}

static enum err apply_one(struct db *db, struct str area, int64_t number,
                          const struct embed_file *file)
{
    TRY(db_exec(db, str_make(file->bytes, file->len)));
    struct db_stmt *s;
    TRY(db_prepare(db, STR("INSERT INTO migration(area, number, name) VALUES (?1, ?2, ?3)"), &s));
    db_bind_text(s, 1, area);
    db_bind_int(s, 2, number);
    db_bind_text(s, 3, str_of(file->path));
    return db_run(s);
}

static enum err apply_missing(struct db *db, struct str area, const struct embed_file *files)
{
    int64_t last = 0;
    int64_t known = 0;
    TRY(db_exec(db, STR("CREATE TABLE IF NOT EXISTS migration(area TEXT NOT NULL, number INTEGER "
                        "NOT NULL, name TEXT NOT NULL, "
                        "PRIMARY KEY(area, number)) WITHOUT ROWID")));
    TRY(read_last(db, area, &last));
    for (const struct embed_file *f = files; f->path; f++) {
        int64_t number;
        if (!str_to_i64(str_slice(str_of(f->path), 0, 4), &number))
            return fail(ERR_INVALID, "migration %s has no number", f->path);
        if (number > known)
            known = number;
        if (number > last)
            TRY(wrap(apply_one(db, area, number, f), "migration %s", f->path));
    }
    if (last > known)
        return fail(ERR_INVALID,
                    "the database has migration %lld of " STR_FMT
                    ", this program knows %lld: it was used by a newer one",
                    (long long)last, STR_ARG(area), (long long)known);
    return OK;
}

enum err migrate_apply(struct db *db, struct str area, const struct embed_file *files)
{
    TRY(db_begin(db));
    enum err e = apply_missing(db, area, files);
    return db_end(db, e);
}
