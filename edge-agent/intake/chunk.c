#include "edge-agent/intake/chunk.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#include "edge-agent/intake/whole_key.h"
#include "edge-agent/selfcheck/own_row.h"

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
    memset(&c->runs, 0, sizeof c->runs);
    memset(&c->noted, 0, sizeof c->noted);
    problem_list_init(&c->problems, a, CHUNK_PROBLEMS_MAX * 2);
    c->columns = (struct columns_chunk){.dataset = d->id,
                                        .dataset_version = (uint64_t)d->version,
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

static void add(struct chunk *c, const struct record *r, bool is_deletion, struct str why)
{
    struct chunk_run *last = c->runs.count ? &c->runs.at[c->runs.count - 1] : NULL;
    if (last && last->is_deletion == is_deletion && str_equal(last->why, why)) {
        last->count++;
    } else {
        struct chunk_run run = {c->columns.row_count, 1, is_deletion, str_copy(c->arena, why)};
        VEC_PUSH(&c->runs, c->arena, run);
    }
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

void chunk_add(struct chunk *c, const struct record *r)
{
    add(c, r, false, STR_NONE);
}

void chunk_delete(struct chunk *c, const struct record *r, struct str why)
{
    add(c, r, true, why);
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

void chunk_note_key(struct chunk *c, const struct record *r)
{
    struct value *values = NEW_ARRAY(c->arena, struct value, r->dataset->field_count);
    for (size_t i = 0; i < r->dataset->key_count; i++) {
        size_t f = r->dataset->key[i];
        if (r->values[f].kind == VALUE_NULL)
            return;
        values[f] = r->values[f];
        if (values[f].kind == VALUE_TEXT)
            values[f].text = str_copy(c->arena, values[f].text);
    }
    struct record noted = {r->dataset, values, r->row, 0};
    VEC_PUSH(&c->noted, c->arena, noted);
}

bool chunk_is_full(const struct chunk *c)
{
    return c->columns.row_count == c->rows_max || c->text_bytes >= CHUNK_TEXT_BYTES_MAX ||
           c->problems.items.count >= CHUNK_PROBLEMS_MAX ||
           c->looked_at >= CHUNK_ROWS_LOOKED_AT_MAX;
}

static enum err put_run(struct chunk *c, const struct chunk_run *run, struct import_sink *sink,
                        const struct import_entry *entry, int64_t now_ms)
{
    struct columns_chunk part = c->columns;
    struct buf body;
    buf_init(&body, c->arena);
    buf_reserve(&body, run->count == c->columns.row_count ? BODY_BYTES_GUESS : 4096);
    part.op = run->is_deletion ? COLUMNS_DELETE : COLUMNS_PUT;
    part.reason = run->why.ptr ? run->why : STR("");
    part.import_id = entry->id;
    part.recorded_ms = now_ms;
    part.row_count = run->count;
    part.rows += run->first;
    part.doubts += run->first;
    part.cells += run->first * part.field_count;
    columns_put(&body, &part);
    return sink->put(sink, MESSAGE_RECORDS, buf_str(&body), part.row_count);
}

static enum err put_rows(struct chunk *c, struct import_sink *sink,
                         const struct import_entry *entry, int64_t now_ms)
{
    for (size_t i = 0; i < c->runs.count; i++)
        TRY(put_run(c, &c->runs.at[i], sink, entry, now_ms));
    return OK;
}

/* Q08: which keys this file has. */
static enum err note_keys(struct chunk *c, struct db *db, const struct import_entry *entry)
{
    if (!c->dataset->is_whole)
        return OK;
    for (size_t i = 0; i < c->runs.count; i++) {
        const struct chunk_run *run = &c->runs.at[i];
        for (size_t n = run->first; n < run->first + run->count; n++) {
            struct record r = {c->dataset, &c->columns.cells[n * c->columns.field_count],
                               c->columns.rows[n], 0};
            TRY(run->is_deletion ? whole_key_forget(db, &r) : whole_key_note(db, &r, entry->id));
        }
    }
    for (size_t i = 0; i < c->noted.count; i++)
        TRY(whole_key_note(db, &c->noted.at[i], entry->id));
    return OK;
}

static struct record record_at(const struct chunk *c, size_t n)
{
    return (struct record){c->dataset, &c->columns.cells[n * c->columns.field_count],
                           c->columns.rows[n], c->columns.doubts[n]};
}

/* What the unit's own rules read. */
static enum err keep_own(struct chunk *c, const struct import_entry *entry)
{
    bool is_kept = false;
    if (!c->own || c->columns.row_count == 0)
        return OK;
    TRY(own_row_begin(c->own, c->dataset, entry->id, &is_kept));
    if (!is_kept)
        return OK;
    for (size_t i = 0; i < c->runs.count; i++) {
        const struct chunk_run *run = &c->runs.at[i];
        for (size_t n = run->first; n < run->first + run->count; n++) {
            struct record r = record_at(c, n);
            TRY(run->is_deletion ? own_row_delete(c->own, &r) : own_row_put(c->own, &r));
        }
    }
    return own_row_end(c->own);
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
    if (e == OK)
        e = note_keys(c, db, entry);
    if (e == OK)
        e = keep_own(c, entry);
    e = db_end(db, e);
    if (e != OK) {
        return wrap(e, "commit a chunk");
    }
    empty(c);
    return OK;
}
