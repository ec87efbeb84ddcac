#include "central/store/supply_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"

enum err supply_store_list(struct store *s, struct arena *a, struct str dataset, struct str site,
                           struct supply_row **out_rows, size_t *out_count)
{
    VEC(struct supply_row) rows = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db,
        STR("SELECT k.dataset, k.site, coalesce(s.name, ''), coalesce(f.files, 0), "
            "coalesce(f.rows, 0), coalesce(f.accepted, 0), coalesce(f.rejected, 0), "
            "coalesce(t.merged, 0), coalesce(t.duplicate, 0), coalesce(t.quarantined, 0), "
            "coalesce(f.last_ms, 0) FROM (SELECT dataset, site FROM tally UNION SELECT dataset, "
            "site FROM file_end) AS k LEFT JOIN site AS s ON s.id = k.site LEFT JOIN (SELECT "
            "dataset, site, count(*) AS files, sum(rows) AS rows, sum(accepted) AS accepted, "
            "sum(rejected) AS rejected, max(imported_ms) AS last_ms FROM file_end GROUP BY "
            "dataset, site) AS f ON f.dataset = k.dataset AND f.site = k.site LEFT JOIN (SELECT "
            "dataset, site, sum(merged) AS merged, sum(duplicate) AS duplicate, "
            "sum(quarantined) AS quarantined FROM tally GROUP BY dataset, site) AS t ON "
            "t.dataset = k.dataset AND t.site = k.site WHERE (?1 = '' OR k.dataset = ?1) AND (?2 = "
            "'' OR k.site = ?2) ORDER BY "
            "k.dataset, k.site"),
        &stmt));
    db_bind_text(stmt, 1, dataset);
    db_bind_text(stmt, 2, site);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct supply_row r;
        struct str *texts[] = {&r.dataset, &r.site, &r.site_name};
        int64_t *numbers[] = {&r.files,  &r.rows,      &r.accepted,    &r.rejected,
                              &r.merged, &r.duplicate, &r.quarantined, &r.last_ms};
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            *texts[i] = db_column_copy(stmt, (int)i, a);
        for (size_t i = 0; i < COUNT_OF(numbers); i++)
            *numbers[i] = db_column_int(stmt, (int)(COUNT_OF(texts) + i));
        VEC_PUSH(&rows, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_rows = rows.at;
    *out_count = rows.count;
    return e;
}
