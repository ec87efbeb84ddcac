#include "common/wire/columns.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/model/dataset.h"
#include "common/wire/column.h"
#include "common/wire/wire.h"

/* The same work for ascending row numbers and for sets of doubts: numbers of 64 bits. */
static void put_unsigned(struct buf *out, struct column_work *w, const uint64_t *numbers,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        w->numbers[i] = (int64_t)numbers[i];
    column_put_numbers(out, w, w->numbers, count);
}

static enum err read_unsigned(struct arena *a, struct str *in, struct column_work *w, size_t count,
                              uint64_t **out_numbers)
{
    TRY(column_read_numbers(in, w, count, w->numbers));
    uint64_t *numbers = NEW_ARRAY(a, uint64_t, count);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint64_t)w->numbers[i];
    *out_numbers = numbers;
    return OK;
}

void columns_put(struct buf *out, const struct columns_chunk *c)
{
    ASSERT(c->row_count > 0 && c->row_count <= COLUMNS_ROWS_MAX);
    ASSERT(c->field_count > 0 && c->field_count <= DATASET_FIELDS_MAX);
    struct column_work *w = arena_take_raw(out->arena, sizeof *w);
    column_work_init(w);
    wire_put_text(out, c->dataset);
    wire_put_u64(out, c->dataset_version);
    wire_put_text(out, c->import_id);
    wire_put_u64(out, c->op);
    wire_put_text(out, c->reason);
    wire_put_i64(out, c->recorded_ms);
    wire_put_u64(out, c->row_count);
    wire_put_u64(out, c->field_count);
    put_unsigned(out, w, c->rows, c->row_count);
    put_unsigned(out, w, c->doubts, c->row_count);
    for (size_t i = 0; i < c->field_count; i++) {
        wire_put_text(out, c->field_ids[i]);
        struct column_place place = {c->cells, i, c->field_count, c->row_count};
        column_put(out, w, &place);
    }
}

static enum err read_head(struct str *in, struct columns_chunk *c)
{
    uint64_t rows = 0, fields = 0;
    TRY(wire_read_text(in, &c->dataset));
    TRY(wire_read_u64(in, &c->dataset_version));
    TRY(wire_read_text(in, &c->import_id));
    TRY(wire_read_u64(in, &c->op));
    TRY(wire_read_text(in, &c->reason));
    TRY(wire_read_i64(in, &c->recorded_ms));
    TRY(wire_read_u64(in, &rows));
    TRY(wire_read_u64(in, &fields));
    if (c->op != COLUMNS_PUT && c->op != COLUMNS_DELETE)
        return fail(ERR_MALFORMED, "neither put nor delete");
    if (rows > COLUMNS_ROWS_MAX || fields > DATASET_FIELDS_MAX)
        return fail(ERR_TOO_LARGE, "more rows or fields than a chunk may have");
    if (rows == 0 || fields == 0)
        return fail(ERR_MALFORMED, "a chunk of nothing");
    c->row_count = (size_t)rows;
    c->field_count = (size_t)fields;
    return OK;
}

static enum err check_rows(const struct columns_chunk *c)
{
    for (size_t i = 1; i < c->row_count; i++)
        if (c->rows[i] <= c->rows[i - 1])
            return fail(ERR_MALFORMED, "row numbers do not ascend");
    return OK;
}

static enum err read_field_id(struct str *in, const struct columns_chunk *c, size_t field)
{
    TRY(wire_read_text(in, &c->field_ids[field]));
    for (size_t i = 0; i < field; i++)
        if (str_equal(c->field_ids[i], c->field_ids[field]))
            return fail(ERR_MALFORMED, "a field twice");
    return OK;
}

enum err columns_parse(struct arena *a, struct str body, struct columns_chunk *out_chunk)
{
    struct columns_chunk c = {0};
    TRY(wrap(read_head(&body, &c), "chunk"));
    struct column_work *w = arena_take_raw(a, sizeof *w);
    column_work_init(w);
    TRY(wrap(read_unsigned(a, &body, w, c.row_count, &c.rows), "row numbers"));
    TRY(check_rows(&c));
    TRY(wrap(read_unsigned(a, &body, w, c.row_count, &c.doubts), "doubts"));
    c.field_ids = NEW_ARRAY(a, struct str, c.field_count);
    c.cells = arena_take_raw(a, c.row_count * c.field_count * sizeof *c.cells);
    for (size_t i = 0; i < c.field_count; i++) {
        TRY(wrap(read_field_id(&body, &c, i), "column %zu", i + 1));
        struct column_place place = {c.cells, i, c.field_count, c.row_count};
        TRY(wrap(column_parse(a, &body, w, &place), "column %zu", i + 1));
    }
    if (body.len > 0)
        return fail(ERR_MALFORMED, "bytes behind the last column");
    *out_chunk = c;
    return OK;
}
