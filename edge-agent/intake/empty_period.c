#include "edge-agent/intake/empty_period.h"

#include "common/base/arena.h"
#include "common/base/check.h"

enum err empty_period_put(struct db *db, const struct message_nothing *m, bool *out_is_new)
{
    struct db_stmt *s;
    TRY(db_prepare(
        db,
        STR("INSERT INTO empty_period (dataset, first_day, last_day, said_by, at_ms) VALUES "
            "(?1, ?2, ?3, ?4, ?5) ON CONFLICT (dataset, first_day, last_day) DO "
            "NOTHING"),
        &s));
    db_bind_text(s, 1, m->dataset);
    db_bind_int(s, 2, m->first);
    db_bind_int(s, 3, m->last);
    db_bind_text(s, 4, m->by);
    db_bind_int(s, 5, m->at_ms);
    TRY(wrap(db_run(s), "note that there is no data"));
    *out_is_new = db_changes(db) > 0;
    return OK;
}

enum err empty_period_list(struct db *db, size_t max, struct arena *a,
                           struct message_nothing **out_rows, size_t *out_count)
{
    struct db_stmt *s;
    bool has_row = false;
    *out_rows = NEW_ARRAY(a, struct message_nothing, max);
    *out_count = 0;
    TRY(db_prepare(
        db,
        STR("SELECT dataset, first_day, last_day, said_by, at_ms FROM empty_period ORDER BY "
            "at_ms DESC, dataset, first_day LIMIT ?1"),
        &s));
    db_bind_int(s, 1, (int64_t)max);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row) {
        (*out_rows)[(*out_count)++] =
            (struct message_nothing){.dataset = db_column_copy(s, 0, a),
                                     .first = (int32_t)db_column_int(s, 1),
                                     .last = (int32_t)db_column_int(s, 2),
                                     .by = db_column_copy(s, 3, a),
                                     .at_ms = db_column_int(s, 4)};
        e = db_step(s, &has_row);
    }
    db_done(s);
    return e;
}
