#include "edge-agent/intake/refused_row.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/wire/wire.h"

enum err refused_row_put(struct db *db, struct str import_id, const struct refused_row *r,
                         struct arena *a)
{
    struct db_stmt *s;
    struct buf cells;
    buf_init(&cells, a);
    wire_put_u64(&cells, r->count);
    for (size_t i = 0; i < r->count; i++)
        wire_put_text(&cells, r->cells[i]);
    TRY(db_prepare(db,
                   STR("INSERT INTO refused_row (import_id, row, is_header, sheet, cells) VALUES "
                       "(?1, ?2, ?3, ?4, ?5) ON CONFLICT (import_id, row) DO NOTHING"),
                   &s));
    db_bind_text(s, 1, import_id);
    db_bind_int(s, 2, (int64_t)r->row);
    db_bind_int(s, 3, r->is_header);
    db_bind_text(s, 4, r->sheet.ptr ? r->sheet : STR(""));
    db_bind_blob(s, 5, buf_str(&cells));
    return wrap(db_run(s), "keep a refused row");
}

static enum err read_cells(struct str bytes, struct arena *a, struct refused_row *out)
{
    TRY(wire_read_count(&bytes, &out->count));
    struct str *cells = NEW_ARRAY(a, struct str, out->count + 1);
    for (size_t i = 0; i < out->count; i++)
        TRY(wire_read_text(&bytes, &cells[i]));
    out->cells = cells;
    return OK;
}

enum err refused_row_list(struct db *db, struct str import_id, uint64_t after, size_t max,
                          struct arena *a, struct refused_row **out_rows, size_t *out_count)
{
    struct db_stmt *s;
    bool has_row = false;
    size_t count = 0;
    struct refused_row *rows = NEW_ARRAY(a, struct refused_row, max);
    TRY(db_prepare(db,
                   STR("SELECT row, is_header, sheet, cells FROM refused_row WHERE import_id = ?1 "
                       "AND row > ?2 ORDER BY row LIMIT ?3"),
                   &s));
    db_bind_text(s, 1, import_id);
    db_bind_int(s, 2, (int64_t)after);
    db_bind_int(s, 3, (int64_t)max);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row && count < max) {
        struct refused_row *r = &rows[count++];
        r->row = (uint64_t)db_column_int(s, 0);
        r->is_header = db_column_int(s, 1) != 0;
        r->sheet = db_column_copy(s, 2, a);
        e = read_cells(db_column_copy(s, 3, a), a, r);
        if (e == OK)
            e = db_step(s, &has_row);
    }
    db_done(s);
    *out_rows = rows;
    *out_count = count;
    return e;
}
