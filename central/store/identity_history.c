#include "central/store/identity_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"

enum err identity_store_ways(struct store *s, struct arena *a, int64_t cluster,
                             struct identity_way **out_ways, size_t *out_count)
{
    VEC(struct identity_way) ways = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT number, name, explanation, decided_by, home, tier, at_ms FROM "
                       "person_way WHERE home = ?1 OR home IN (SELECT id FROM person WHERE cluster "
                       "= ?1) ORDER BY number, name"),
                   &stmt));
    db_bind_int(stmt, 1, cluster);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct identity_way w = {db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a),
                                 db_column_copy(stmt, 2, a), db_column_copy(stmt, 3, a),
                                 db_column_int(stmt, 4),     db_column_int(stmt, 5),
                                 db_column_int(stmt, 6)};
        VEC_PUSH(&ways, a, w);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_ways = ways.at;
    *out_count = ways.count;
    return e;
}

enum err identity_store_rows(struct store *s, struct arena *a, int64_t cluster,
                             struct identity_rows **out_rows, size_t *out_count)
{
    VEC(struct identity_rows) rows = {0};
    enum err e = OK;
    for (size_t i = 0; i < s->catalog->dataset_count && e == OK; i++) {
        const struct dataset *d = &s->catalog->datasets[i];
        for (size_t f = 0; f < d->field_count && e == OK; f++) {
            struct db_stmt *stmt;
            bool has_row;
            if (!dataset_field_has_person(&d->fields[f]))
                continue;
            TRY(db_prepare(s->db,
                           str_format(a,
                                      "SELECT site, count(*) FROM " STR_FMT " WHERE " STR_FMT
                                      "_person = ?1 GROUP BY site ORDER BY site",
                                      STR_ARG(d->id), STR_ARG(d->fields[f].id)),
                           &stmt));
            db_bind_int(stmt, 1, cluster);
            e = db_step(stmt, &has_row);
            while (e == OK && has_row) {
                struct identity_rows r = {d->id, db_column_copy(stmt, 0, a),
                                          db_column_int(stmt, 1)};
                VEC_PUSH(&rows, a, r);
                e = db_step(stmt, &has_row);
            }
            db_done(stmt);
        }
    }
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err identity_store_events(struct store *s, struct arena *a, int64_t cluster, int64_t pair,
                               struct identity_event **out_events, size_t *out_count)
{
    VEC(struct identity_event) events = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT id, pair, kept, moved, tier, score, at_ms, undone_ms, kind, "
                       "explanation, by, reason, undone_by, undone_reason FROM identity_event "
                       "WHERE kept = ?1 OR moved = ?1 OR (?2 <> 0 AND pair = ?2) ORDER BY id DESC"),
                   &stmt));
    db_bind_int(stmt, 1, cluster);
    db_bind_int(stmt, 2, pair);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct identity_event v;
        int64_t *numbers[] = {&v.id,   &v.pair,  &v.kept,  &v.moved,
                              &v.tier, &v.score, &v.at_ms, &v.undone_ms};
        struct str *texts[] = {&v.kind,   &v.explanation, &v.by,
                               &v.reason, &v.undone_by,   &v.undone_reason};
        int at = 0;
        for (size_t i = 0; i < COUNT_OF(numbers); i++)
            *numbers[i] = db_column_int(stmt, at++);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            *texts[i] = db_column_copy(stmt, at++, a);
        VEC_PUSH(&events, a, v);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_events = events.at;
    *out_count = events.count;
    return e;
}
