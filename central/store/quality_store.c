#include "central/store/quality_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"

static enum err put_fact(struct store *s, struct str site, const struct message_quality *m,
                         const struct message_answer_field *fact, int64_t now_ms)
{
    struct db_stmt *stmt;
    int64_t n;
    if (!str_to_i64(fact->text, &n))
        return fail(ERR_MALFORMED, "a fact of quality is no number");
    TRY(db_prepare(s->db,
                   STR("INSERT INTO quality(site, import_id, dataset, fact, number, at_ms) VALUES "
                       "(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"),
                   &stmt));
    db_bind_text(stmt, 1, site);
    db_bind_text(stmt, 2, m->import_id);
    db_bind_text(stmt, 3, m->dataset);
    db_bind_text(stmt, 4, fact->id);
    db_bind_int(stmt, 5, n);
    db_bind_int(stmt, 6, now_ms);
    return db_run(stmt);
}

enum err quality_store_put(struct store *s, struct str site, const struct message_quality *m,
                           int64_t now_ms)
{
    for (size_t i = 0; i < m->fact_count; i++)
        TRY(put_fact(s, site, m, &m->facts[i], now_ms));
    return OK;
}

enum err quality_store_deleted(struct store *s, const struct quality_deletion *d)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO deletion(batch_id, dataset, site, import_id, reason, rows, "
                       "unknown) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (batch_id, "
                       "dataset, import_id, reason) DO UPDATE SET rows = rows + ?6, unknown = "
                       "unknown + ?7"),
                   &stmt));
    db_bind_int(stmt, 1, d->batch_id);
    db_bind_text(stmt, 2, d->dataset);
    db_bind_text(stmt, 3, d->site);
    db_bind_text(stmt, 4, d->import_id);
    db_bind_text(stmt, 5, d->reason.ptr ? d->reason : STR(""));
    db_bind_int(stmt, 6, (int64_t)d->rows);
    db_bind_int(stmt, 7, (int64_t)d->unknown);
    return db_run(stmt);
}

enum err quality_store_list(struct store *s, struct arena *a, struct quality_row **out_rows,
                            size_t *out_count)
{
    VEC(struct quality_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("SELECT f.site, coalesce(n.name, ''), f.dataset, count(*), sum(f.rows), "
            "sum(f.rejected), sum(coalesce(q.dated, 0)), sum(coalesce(q.old, 0)), "
            "sum(coalesce(q.deleted, 0)), sum(coalesce(q.unexplained, 0)), "
            "sum(coalesce(q.totals, 0)), sum(coalesce(q.totals_wrong, 0)), "
            "sum(CASE WHEN f.imported_ms = m.newest THEN coalesce(q.missing, 0) ELSE 0 END), "
            "sum(f.is_equal = 0) FROM file_end AS f LEFT JOIN site AS n ON n.id = f.site JOIN "
            "(SELECT site, dataset, max(imported_ms) AS newest FROM file_end GROUP BY site, "
            "dataset) AS m ON m.site = f.site AND m.dataset = f.dataset LEFT JOIN (SELECT site, "
            "import_id, max(number) FILTER (WHERE fact = 'dated') AS dated, "
            "max(number) FILTER (WHERE fact = 'old') AS old, "
            "max(number) FILTER (WHERE fact = 'deleted') AS deleted, "
            "max(number) FILTER (WHERE fact = 'unexplained') AS unexplained, "
            "max(number) FILTER (WHERE fact = 'totals') AS totals, "
            "max(number) FILTER (WHERE fact = 'totals_wrong') AS totals_wrong, "
            "max(number) FILTER (WHERE fact = 'missing') AS missing FROM quality GROUP BY site, "
            "import_id) AS q ON q.site = f.site AND q.import_id = f.import_id GROUP BY f.site, "
            "f.dataset ORDER BY f.site, f.dataset"),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct quality_row r = {.site = db_column_copy(stmt, 0, a),
                                .site_name = db_column_copy(stmt, 1, a),
                                .dataset = db_column_copy(stmt, 2, a)};
        int64_t *numbers[] = {&r.files,        &r.rows,    &r.rejected,    &r.dated,
                              &r.old,          &r.deleted, &r.unexplained, &r.totals,
                              &r.totals_wrong, &r.missing, &r.unequal};
        for (size_t i = 0; i < COUNT_OF(numbers); i++)
            *numbers[i] = db_column_int(stmt, (int)i + 3);
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}

static const struct str pair_kinds[] = {
    [QUALITY_SAME_NUMBER] = STR_INIT("same_number"),
    [QUALITY_SAME_BIRTH] = STR_INIT("same_birth"),
};

enum err quality_store_pairs(struct store *s, struct arena *a, enum quality_contradiction kind,
                             size_t max, struct quality_pair **out_pairs, size_t *out_count,
                             int64_t *out_total)
{
    VEC(struct quality_pair) pairs = {0};
    struct db_stmt *stmt;
    bool has_row;
    *out_total = 0;
    TRY(db_prepare(s->db,
                   STR("SELECT a.id, b.id, a.id18, b.id18, a.name, b.name, count(*) OVER () FROM "
                       "identity_pair AS x JOIN person AS a ON a.id = x.person JOIN person AS b ON "
                       "b.id = x.other WHERE x.kind = ?2 AND x.is_asked AND x.decision = '' ORDER "
                       "BY b.id DESC LIMIT ?1"),
                   &stmt));
    db_bind_int(stmt, 1, (int64_t)max);
    db_bind_text(stmt, 2, pair_kinds[kind]);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct quality_pair p = {db_column_int(stmt, 0),     db_column_int(stmt, 1),
                                 db_column_copy(stmt, 2, a), db_column_copy(stmt, 3, a),
                                 db_column_copy(stmt, 4, a), db_column_copy(stmt, 5, a)};
        *out_total = db_column_int(stmt, 6);
        VEC_PUSH(&pairs, a, p);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_pairs = pairs.at;
    *out_count = pairs.count;
    return e;
}
