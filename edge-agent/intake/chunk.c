#include "edge-agent/intake/chunk.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#include <string.h>

#define ARENA_BYTES_MAX ((size_t)24 << 20)
#define BODY_BYTES_GUESS ((size_t)1 << 20)

static void empty(struct chunk *c)
{
    const struct dataset *d = c->dataset;
    struct arena *a = c->arena;
    arena_reset(a);
    c->text_bytes = c->looked_at = 0;
    memset(&c->kept, 0, sizeof c->kept);
    problem_list_init(&c->problems, a, CHUNK_PROBLEMS_MAX * 2);
    c->columns = (struct columns_chunk){.dataset = d->id,
                                        .dataset_version = (uint64_t)d->version,
                                        .op = COLUMNS_PUT,
                                        .reason = STR(""),
                                        .field_count = d->field_count,
                                        .field_ids = NEW_ARRAY(a, struct str, d->field_count),
                                        .rows = NEW_ARRAY(a, uint64_t, c->rows_max),
                                        .doubts = NEW_ARRAY(a, uint64_t, c->rows_max)};
    c->columns.cells = arena_take_raw(a, sizeof(struct value) * c->rows_max * d->field_count);
    for (size_t i = 0; i < d->field_count; i++)
        c->columns.field_ids[i] = d->fields[i].id;
}

void chunk_init(struct chunk *c, const struct dataset *d, size_t rows_max)
{
    ASSERT(rows_max > 0);
    *c = (struct chunk){.arena = arena_new(ARENA_BYTES_MAX), .dataset = d};
    size_t fitting = CHUNK_CELLS_MAX / d->field_count;
    c->rows_max = rows_max < fitting ? rows_max : fitting;
    empty(c);
}

void chunk_done(struct chunk *c)
{
    arena_free(c->arena);
}

void chunk_add(struct chunk *c, const struct record *r)
{
    struct columns_chunk *columns = &c->columns;
    size_t n = columns->row_count++;
    ASSERT(n < c->rows_max);
    columns->rows[n] = r->row;
    columns->doubts[n] = r->doubts;
    struct value *cells = columns->cells + n * columns->field_count;
    for (size_t i = 0; i < columns->field_count; i++) {
        cells[i] = r->values[i];
        if (cells[i].kind == VALUE_TEXT) {
            cells[i].text = str_copy(c->arena, cells[i].text);
            c->text_bytes += cells[i].text.len;
        }
    }
}

void chunk_keep(struct chunk *c, const struct format_row *row, bool is_header)
{
    struct str *cells = NEW_ARRAY(c->arena, struct str, row->count + 1);
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = str_copy(c->arena, row->cells[i]);
        c->text_bytes += cells[i].len;
    }
    struct refused_row kept = {.row = row->number,
                               .is_header = is_header,
                               .sheet = str_copy(c->arena, row->sheet_name),
                               .cells = cells,
                               .count = row->count};
    VEC_PUSH(&c->kept, c->arena, kept);
}

bool chunk_is_full(const struct chunk *c)
{
    return c->columns.row_count == c->rows_max || c->text_bytes >= CHUNK_TEXT_BYTES_MAX ||
           c->problems.items.count >= CHUNK_PROBLEMS_MAX ||
           c->looked_at >= CHUNK_ROWS_LOOKED_AT_MAX;
}

static enum err put_rows(struct chunk *c, struct import_sink *sink,
                         const struct import_entry *entry, int64_t now_ms)
{
    if (c->columns.row_count == 0)
        return OK;
    struct buf body;
    buf_init(&body, c->arena);
    buf_reserve(&body, BODY_BYTES_GUESS);
    c->columns.import_id = entry->id;
    c->columns.recorded_ms = now_ms;
    columns_put(&body, &c->columns);
    return sink->put(sink, MESSAGE_RECORDS, buf_str(&body), c->columns.row_count);
}

static enum err put_problems(struct chunk *c, struct ledger *l, struct import_entry *entry)
{
    uint64_t listed = entry->listed;
    size_t room = LEDGER_PROBLEMS_MAX - (size_t)listed;
    size_t count = c->problems.items.count < room ? c->problems.items.count : room;
    entry->listed += count;
    TRY(ledger_save(l, entry));
    for (size_t i = 0; i < count; i++)
        TRY(ledger_add_problem(l, entry->id, ++listed, &c->problems.items.at[i]));
    for (size_t i = 0; i < c->kept.count; i++)
        TRY(refused_row_put(ledger_db(l), entry->id, &c->kept.at[i], c->arena));
    return OK;
}

enum err chunk_commit(struct chunk *c, struct db *db, struct import_sink *sink, struct ledger *l,
                      struct import_entry *entry, int64_t now_ms)
{
    TRY(db_begin(db));
    enum err e = put_rows(c, sink, entry, now_ms);
    if (e == OK)
        e = put_problems(c, l, entry);
    e = db_end(db, e);
    if (e != OK) {
        return wrap(e, "commit a chunk");
    }
    empty(c);
    return OK;
}
