#include "central/store/major_store.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

static enum err read_items(struct store *s, struct arena *a, struct major_book *book)
{
    VEC(struct major_item) items = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT item_no, name, coalesce(owner, ''), coalesce(materials, ''), "
                       "coalesce(cycle, 'month'), coalesce(from_day, 0), coalesce(to_day, 0) "
                       "FROM major_item ORDER BY item_no"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct major_item i = {.no = db_column_int(stmt, 0),
                               .name = db_column_copy(stmt, 1, a),
                               .owner = db_column_copy(stmt, 2, a),
                               .materials = db_column_copy(stmt, 3, a),
                               .from = (int32_t)db_column_int(stmt, 5),
                               .to = (int32_t)db_column_int(stmt, 6)};
        if (!period_cycle_named(db_column_bytes(stmt, 4), &i.cycle))
            e = fail(ERR_INVALID, "a major matter has an unknown cycle");
        VEC_PUSH(&items, a, i);
        if (e == OK)
            e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    book->items = items.at;
    book->item_count = items.count;
    return e;
}

static enum err read_units(struct store *s, struct arena *a, struct major_book *book)
{
    VEC(struct major_unit) units = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(
        s->db, STR("SELECT unit_code, name FROM unit WHERE is_key = 1 ORDER BY unit_code"), &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct major_unit u = {db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a)};
        VEC_PUSH(&units, a, u);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    book->units = units.at;
    book->unit_count = units.count;
    return e;
}

static enum err read_reports(struct store *s, struct arena *a, int32_t month,
                             struct major_book *book)
{
    VEC(struct major_report) reports = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT unit_code, item_no, month, coalesce(materials, ''), "
                       "coalesce(is_nothing, 0) FROM major_report WHERE month BETWEEN ?1 AND ?2"),
                   &stmt));
    db_bind_int(stmt, 1, month / 100 * 100 + 1);
    db_bind_int(stmt, 2, month / 100 * 100 + 12);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct major_report r = {.unit = db_column_copy(stmt, 0, a),
                                 .item = db_column_int(stmt, 1),
                                 .month = (int32_t)db_column_int(stmt, 2),
                                 .materials = db_column_copy(stmt, 3, a),
                                 .is_nothing = db_column_int(stmt, 4) != 0};
        VEC_PUSH(&reports, a, r);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    book->reports = reports.at;
    book->report_count = reports.count;
    return e;
}

enum err major_store_read(struct store *s, struct arena *a, int32_t month,
                          struct major_book *out_book)
{
    *out_book = (struct major_book){0};
    if (!catalog_dataset(s->catalog, STR("major_item")) ||
        !catalog_dataset(s->catalog, STR("major_report")) ||
        !catalog_dataset(s->catalog, STR("unit")))
        return OK;
    TRY(read_items(s, a, out_book));
    TRY(read_units(s, a, out_book));
    return read_reports(s, a, month, out_book);
}
