#include "central/store/duty_store.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/vec.h"

#define CHINA_MINUTES 480

enum err duty_store_list(struct store *s, struct arena *a, struct duty_row **out_rows,
                         size_t *out_count)
{
    VEC(struct duty_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    *out_rows = NULL;
    *out_count = 0;
    if (!catalog_dataset(s->catalog, STR("duty")))
        return OK;
    TRY(db_prepare(s->db,
                   STR("SELECT d.site_id, coalesce(s.name, ''), d.dataset_id, d.cycle, d.due_days, "
                       "d.from_day, coalesce(d.to_day, 0) FROM duty AS d LEFT JOIN site AS s ON "
                       "s.id = d.site_id ORDER BY d.site_id, d.dataset_id"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct duty_row r = {.site = db_column_copy(stmt, 0, a),
                             .site_name = db_column_copy(stmt, 1, a),
                             .dataset = db_column_copy(stmt, 2, a),
                             .duty = {.due_days = (int)db_column_int(stmt, 4),
                                      .from = (int32_t)db_column_int(stmt, 5),
                                      .to = (int32_t)db_column_int(stmt, 6)}};
        if (!period_cycle_named(db_column_bytes(stmt, 3), &r.duty.cycle))
            e = fail(ERR_INVALID, "a duty has an unknown cycle");
        VEC_PUSH(&rows, a, r);
        if (e == OK)
            e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

enum err duty_store_arrivals(struct store *s, struct arena *a, struct duty_came **out_came,
                             size_t *out_count)
{
    VEC(struct duty_came) came = {0};
    struct db_stmt *stmt;
    bool has_row;
    *out_came = NULL;
    *out_count = 0;
    if (!catalog_dataset(s->catalog, STR("duty")))
        return OK;
    TRY(db_prepare(
        s->db,
        STR("SELECT f.site, f.dataset, f.imported_ms, coalesce(t.first_day, 0), "
            "coalesce(t.last_day, 0), f.accepted, 0 FROM duty AS d JOIN file_end AS f ON f.site = "
            "d.site_id AND f.dataset = d.dataset_id LEFT JOIN tally AS t ON t.site = f.site AND "
            "t.import_id = f.import_id AND t.dataset = f.dataset UNION ALL SELECT n.site, "
            "n.dataset, n.at_ms, n.first_day, n.last_day, 0, 1 FROM duty AS d JOIN no_data AS n ON "
            "n.site = d.site_id AND n.dataset = d.dataset_id ORDER BY 1, 2, 3"),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct duty_came c = {.site = db_column_copy(stmt, 0, a),
                              .dataset = db_column_copy(stmt, 1, a),
                              .arrival = {.at = date_of_ms(db_column_int(stmt, 2), CHINA_MINUTES),
                                          .first = (int32_t)db_column_int(stmt, 3),
                                          .last = (int32_t)db_column_int(stmt, 4),
                                          .rows = db_column_int(stmt, 5),
                                          .is_nothing = db_column_int(stmt, 6) != 0}};
        VEC_PUSH(&came, a, c);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_came = came.at;
    *out_count = came.count;
    return e;
}

enum err duty_store_nothing(struct store *s, struct str site, const struct message_nothing *m)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO no_data(site, dataset, first_day, last_day, said_by, at_ms) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(site, dataset, first_day, "
                       "last_day) DO NOTHING"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, m->dataset);
    db_bind_int(stmt, 3, m->first);
    db_bind_int(stmt, 4, m->last);
    db_bind_text(stmt, 5, m->by);
    db_bind_int(stmt, 6, m->at_ms);
    return db_run(stmt);
}
