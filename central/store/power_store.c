#include "central/store/power_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

enum err power_store_list(struct store *s, struct arena *a, struct str unit,
                          struct power_edition **out_editions, size_t *out_count)
{
    VEC(struct power_edition) editions = {0};
    struct db_stmt *stmt;
    bool has_row;
    *out_editions = NULL;
    *out_count = 0;
    if (!catalog_dataset(s->catalog, STR("power_item")) ||
        !catalog_dataset(s->catalog, STR("unit")))
        return OK;
    TRY(db_prepare(s->db,
                   STR("SELECT p.unit_code, coalesce(u.name, ''), p.item_code, p.name, p.kind, "
                       "coalesce(p.risk, ''), coalesce(p.post, ''), p.edition, "
                       "coalesce(p.limit_days, -1), p.effective_from, coalesce(p.effective_to, 0) "
                       "FROM power_item AS p LEFT JOIN unit AS u ON u.unit_code = p.unit_code "
                       "WHERE ?1 = '' OR p.unit_code = ?1 "
                       "ORDER BY p.unit_code, p.item_code, p.edition DESC"),
                   &stmt));
    db_bind_text(stmt, 1, unit);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct power_edition p = {.unit = db_column_copy(stmt, 0, a),
                                  .unit_name = db_column_copy(stmt, 1, a),
                                  .item = db_column_copy(stmt, 2, a),
                                  .name = db_column_copy(stmt, 3, a),
                                  .kind = db_column_copy(stmt, 4, a),
                                  .risk = db_column_copy(stmt, 5, a),
                                  .post = db_column_copy(stmt, 6, a),
                                  .edition = db_column_int(stmt, 7),
                                  .limit_days = db_column_int(stmt, 8),
                                  .from = (int32_t)db_column_int(stmt, 9),
                                  .to = (int32_t)db_column_int(stmt, 10)};
        VEC_PUSH(&editions, a, p);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_editions = editions.at;
    *out_count = editions.count;
    return e;
}
