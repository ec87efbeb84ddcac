#include "edge-agent/intake/ledger.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/embed.h"
#include "common/base/fsm.h"
#include "common/db/migrate.h"
#include "common/wire/message.h"

#include <string.h>

extern const struct embed_file edge_migrations[];

static const struct fsm_state states[] = {
    [IMPORT_READING] = {"reading", TO(IMPORT_READING) | TO(IMPORT_IMPORTED) | TO(IMPORT_ABANDONED),
                        false},
    [IMPORT_IMPORTED] = {"imported", TO(IMPORT_ARCHIVED), false},
    [IMPORT_ARCHIVED] = {"archived", 0, true},
    [IMPORT_REFUSED] = {"refused", 0, true},
    [IMPORT_ABANDONED] = {"abandoned", 0, true},
};
static const struct fsm machine = FSM(states);

struct ledger {
    struct arena *arena;
    struct db *db;
};

#define COLUMNS                                                                                    \
    "id, name, file_hash, size_bytes, state, dataset, encoding, position, rows, accepted, "        \
    "rejected, warned, skipped, listed, header_changed, sum_fen, started_ms, finished_ms, "        \
    "archive, note_zh, note_en"
#define HUB_COLUMNS ", hub_ms, hub_merged, hub_duplicate, hub_quarantined, hub_sum_fen, hub_equal"

enum err ledger_open(struct db *db, struct ledger **out_ledger)
{
    TRY(migrate_apply(db, STR("edge"), edge_migrations));
    /* An old office computer: rows only pass through here, a large cache would never be hit. */
    TRY(db_exec(db, STR("PRAGMA cache_size = -2000")));
    struct arena *a = arena_new((size_t)64 << 10);
    struct ledger *l = NEW(a, struct ledger);
    l->arena = a;
    l->db = db;
    *out_ledger = l;
    return OK;
}

void ledger_close(struct ledger *l)
{
    if (l)
        arena_free(l->arena);
}

struct db *ledger_db(const struct ledger *l)
{
    return l->db;
}

const char *ledger_state_name(enum import_state state)
{
    return states[state].name;
}

enum err ledger_save(struct ledger *l, const struct import_entry *e)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("INSERT INTO import (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                       "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) "
                       "ON CONFLICT (id) DO UPDATE SET state = excluded.state, "
                       "dataset = excluded.dataset, encoding = excluded.encoding, "
                       "position = excluded.position, rows = excluded.rows, "
                       "accepted = excluded.accepted, rejected = excluded.rejected, "
                       "warned = excluded.warned, skipped = excluded.skipped, "
                       "listed = excluded.listed, header_changed = excluded.header_changed, "
                       "sum_fen = excluded.sum_fen, finished_ms = excluded.finished_ms, "
                       "archive = excluded.archive, note_zh = excluded.note_zh, "
                       "note_en = excluded.note_en"),
                   &s));
    int i = 1;
    db_bind_text(s, i++, e->id);
    db_bind_text(s, i++, e->name);
    db_bind_blob(s, i++, hash_str(&e->file_hash));
    db_bind_int(s, i++, e->size_bytes);
    db_bind_text(s, i++, str_of(states[e->state].name));
    db_bind_text(s, i++, e->dataset.ptr ? e->dataset : STR(""));
    db_bind_text(s, i++, e->encoding.ptr ? e->encoding : STR(""));
    const uint64_t counts[] = {e->position, e->rows,    e->accepted, e->rejected,
                               e->warned,   e->skipped, e->listed,   e->header_changed};
    for (size_t n = 0; n < COUNT_OF(counts); n++)
        db_bind_int(s, i++, (int64_t)counts[n]);
    db_bind_int(s, i++, e->sum_fen);
    db_bind_int(s, i++, e->started_ms);
    db_bind_int(s, i++, e->finished_ms);
    db_bind_text(s, i++, e->archive.ptr ? e->archive : STR(""));
    db_bind_text(s, i++, e->note_zh.ptr ? e->note_zh : STR(""));
    db_bind_text(s, i++, e->note_en.ptr ? e->note_en : STR(""));
    return wrap(db_run(s), "save import");
}

static void read_entry(struct db_stmt *s, struct arena *a, struct import_entry *e)
{
    *e = (struct import_entry){.id = db_column_copy(s, 0, a), .name = db_column_copy(s, 1, a)};
    struct str hash = db_column_bytes(s, 2);
    memcpy(e->file_hash.bytes, hash.ptr, hash.len < SHA256_BYTES ? hash.len : SHA256_BYTES);
    e->size_bytes = db_column_int(s, 3);
    size_t state;
    bool is_known = fsm_find(&machine, db_column_bytes(s, 4), &state);
    ASSERT(is_known); /* the column's CHECK holds the same names */
    e->state = (enum import_state)state;
    e->dataset = db_column_copy(s, 5, a);
    e->encoding = db_column_copy(s, 6, a);
    uint64_t *counts[] = {&e->position, &e->rows,    &e->accepted, &e->rejected,
                          &e->warned,   &e->skipped, &e->listed,   &e->header_changed};
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        *counts[i] = (uint64_t)db_column_int(s, 7 + (int)i);
    e->sum_fen = db_column_int(s, 15);
    e->started_ms = db_column_int(s, 16);
    e->finished_ms = db_column_int(s, 17);
    e->archive = db_column_copy(s, 18, a);
    e->note_zh = db_column_copy(s, 19, a);
    e->note_en = db_column_copy(s, 20, a);
    e->hub_ms = db_column_int(s, 21);
    e->hub_merged = (uint64_t)db_column_int(s, 22);
    e->hub_duplicate = (uint64_t)db_column_int(s, 23);
    e->hub_quarantined = (uint64_t)db_column_int(s, 24);
    e->hub_sum_fen = db_column_int(s, 25);
    e->is_hub_equal = db_column_int(s, 26) != 0;
}

static enum err read_one(struct db_stmt *s, struct arena *a, struct import_entry *out_entry)
{
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row)
        read_entry(s, a, out_entry);
    db_done(s);
    return e != OK ? e : has_row ? OK : fail(ERR_MISSING, "no such import");
}

enum err ledger_find(struct ledger *l, struct str id, struct arena *a,
                     struct import_entry *out_entry)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db, STR("SELECT " COLUMNS HUB_COLUMNS " FROM import WHERE id = ?1"), &s));
    db_bind_text(s, 1, id);
    return read_one(s, a, out_entry);
}

enum err ledger_find_open(struct ledger *l, struct str name, struct arena *a,
                          struct import_entry *out_entry)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT " COLUMNS HUB_COLUMNS " FROM import WHERE name = ?1 AND state IN "
                       "('reading', 'imported') ORDER BY started_ms LIMIT 1"),
                   &s));
    db_bind_text(s, 1, name);
    return read_one(s, a, out_entry);
}

enum err ledger_find_same(struct ledger *l, const struct hash *file_hash, struct arena *a,
                          struct import_entry *out_entry)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT " COLUMNS HUB_COLUMNS
                       " FROM import WHERE file_hash = ?1 AND state IN "
                       "('imported', 'archived') ORDER BY started_ms DESC LIMIT 1"),
                   &s));
    db_bind_blob(s, 1, hash_str(file_hash));
    return read_one(s, a, out_entry);
}

enum err ledger_find_before(struct ledger *l, struct str dataset, struct str import_id,
                            struct arena *a, struct import_entry *out_entry)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT " COLUMNS HUB_COLUMNS
                       " FROM import WHERE dataset = ?1 AND id <> ?2 AND state IN ('imported', "
                       "'archived') ORDER BY started_ms DESC, id LIMIT 1"),
                   &s));
    db_bind_text(s, 1, dataset);
    db_bind_text(s, 2, import_id);
    return read_one(s, a, out_entry);
}

/* The statement takes the largest count as its first parameter. */
static enum err read_list(struct db_stmt *s, size_t max, struct arena *a,
                          struct import_entry **out_entries, size_t *out_count)
{
    struct import_entry *entries = NEW_ARRAY(a, struct import_entry, max);
    size_t count = 0;
    bool has_row = false;
    db_bind_int(s, 1, (int64_t)max);
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row && count < max) {
        read_entry(s, a, &entries[count++]);
        e = db_step(s, &has_row);
    }
    db_done(s);
    TRY(e);
    *out_entries = entries;
    *out_count = count;
    return OK;
}

enum err ledger_list(struct ledger *l, size_t skip, size_t max, struct arena *a,
                     struct import_entry **out_entries, size_t *out_count)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT " COLUMNS HUB_COLUMNS
                       " FROM import ORDER BY started_ms DESC, id LIMIT ?1 OFFSET ?2"),
                   &s));
    db_bind_int(s, 2, (int64_t)skip);
    return read_list(s, max, a, out_entries, out_count);
}

enum err ledger_list_open(struct ledger *l, size_t max, struct arena *a,
                          struct import_entry **out_entries, size_t *out_count)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT " COLUMNS HUB_COLUMNS " FROM import WHERE state IN ('reading', "
                       "'imported') ORDER BY started_ms LIMIT ?1"),
                   &s));
    return read_list(s, max, a, out_entries, out_count);
}

enum err ledger_add_problem(struct ledger *l, struct str import_id, uint64_t line,
                            const struct problem *p)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("INSERT INTO import_problem (import_id, line, row, col, is_error, header, "
                       "value, code, zh, en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
                   &s));
    db_bind_text(s, 1, import_id);
    db_bind_int(s, 2, (int64_t)line);
    db_bind_int(s, 3, p->line);
    db_bind_int(s, 4, p->column);
    db_bind_int(s, 5, p->severity == PROBLEM_ERROR);
    db_bind_text(s, 6, p->header.ptr ? p->header : STR(""));
    db_bind_text(s, 7, p->value.ptr ? p->value : STR(""));
    db_bind_text(s, 8, p->code.ptr ? p->code : STR(""));
    db_bind_text(s, 9, p->zh.ptr ? p->zh : STR(""));
    db_bind_text(s, 10, p->en.ptr ? p->en : STR(""));
    return wrap(db_run(s), "save a problem");
}

enum err ledger_problems(struct ledger *l, struct str import_id, uint64_t after_line, size_t max,
                         struct problem_list *out_problems)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT row, col, is_error, header, value, code, zh, en FROM "
                       "import_problem WHERE import_id = ?1 AND line > ?2 ORDER BY line LIMIT ?3"),
                   &s));
    db_bind_text(s, 1, import_id);
    db_bind_int(s, 2, (int64_t)after_line);
    db_bind_int(s, 3, (int64_t)max);
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row) {
        problem_add(
            out_problems,
            (struct problem){.line = (uint32_t)db_column_int(s, 0),
                             .column = (uint32_t)db_column_int(s, 1),
                             .severity = db_column_int(s, 2) ? PROBLEM_ERROR : PROBLEM_WARNING,
                             .header = db_column_bytes(s, 3),
                             .value = db_column_bytes(s, 4),
                             .code = db_column_bytes(s, 5),
                             .zh = db_column_bytes(s, 6),
                             .en = db_column_bytes(s, 7)});
        e = db_step(s, &has_row);
    }
    db_done(s);
    return e;
}

enum err ledger_totals(struct ledger *l, struct ledger_totals *out_totals)
{
    struct db_stmt *s;
    bool has_row = false;
    TRY(db_prepare(
        l->db,
        STR("SELECT count(*), ifnull(sum(state = 'refused'), 0), ifnull(sum(rows), 0), "
            "ifnull(sum(accepted), 0), ifnull(sum(rejected), 0), "
            "(SELECT count(*) FROM nack), (SELECT count(*) FROM unreadable) FROM import"),
        &s));
    enum err e = db_step(s, &has_row);
    if (e == OK && has_row) {
        uint64_t *numbers[] = {&out_totals->files,     &out_totals->files_refused,
                               &out_totals->rows,      &out_totals->accepted,
                               &out_totals->rejected,  &out_totals->nacks,
                               &out_totals->unreadable};
        for (size_t i = 0; i < COUNT_OF(numbers); i++)
            *numbers[i] = (uint64_t)db_column_int(s, (int)i);
    }
    db_done(s);
    return e;
}

enum err ledger_apply_receipt(struct ledger *l, const struct message_file_receipt *r)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("UPDATE import SET hub_ms = ?2, hub_merged = ?3, hub_duplicate = ?4, "
                       "hub_quarantined = ?5, hub_sum_fen = ?6, hub_equal = ?7 WHERE id = ?1"),
                   &s));
    db_bind_text(s, 1, r->import_id);
    db_bind_int(s, 2, r->hub_ms);
    db_bind_int(s, 3, (int64_t)r->merged);
    db_bind_int(s, 4, (int64_t)r->duplicate);
    db_bind_int(s, 5, (int64_t)r->quarantined);
    db_bind_int(s, 6, r->sum_fen);
    db_bind_int(s, 7, r->is_equal);
    return wrap(db_run(s), "save file receipt");
}

enum err ledger_apply_nack(struct ledger *l, const struct message_nack *n, int64_t now_ms)
{
    struct db_stmt *s;
    struct arena *a = arena_new((size_t)1 << 20);
    struct buf rows;
    buf_init(&rows, a);
    for (size_t i = 0; i < n->row_count; i++)
        buf_format(&rows, "%s%llu", i ? "," : "", (unsigned long long)n->rows[i]);
    enum err e = db_prepare(l->db,
                            STR("INSERT INTO nack (import_id, dataset, code, sentence_zh, "
                                "sentence_en, rows, received_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                                "?7)"),
                            &s);
    if (e != OK)
        goto done;
    const struct str texts[] = {n->import_id,   n->dataset,     n->code,
                                n->sentence_zh, n->sentence_en, buf_str(&rows)};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        db_bind_text(s, (int)i + 1, texts[i].ptr ? texts[i] : STR(""));
    db_bind_int(s, 7, now_ms);
    e = db_run(s);

done:
    arena_free(a);
    return wrap(e, "save the hub's refusal");
}

enum err ledger_nacks(struct ledger *l, struct str import_id, size_t max, struct arena *a,
                      struct ledger_nack **out_nacks, size_t *out_count)
{
    struct db_stmt *s;
    TRY(db_prepare(l->db,
                   STR("SELECT code, sentence_zh, sentence_en, rows FROM nack WHERE import_id = "
                       "?1 ORDER BY id LIMIT ?2"),
                   &s));
    db_bind_text(s, 1, import_id);
    db_bind_int(s, 2, (int64_t)max);
    struct ledger_nack *nacks = NEW_ARRAY(a, struct ledger_nack, max);
    size_t count = 0;
    bool has_row = false;
    enum err e = db_step(s, &has_row);
    while (e == OK && has_row && count < max) {
        nacks[count++] = (struct ledger_nack){db_column_copy(s, 0, a), db_column_copy(s, 1, a),
                                              db_column_copy(s, 2, a), db_column_copy(s, 3, a)};
        e = db_step(s, &has_row);
    }
    db_done(s);
    TRY(e);
    *out_nacks = nacks;
    *out_count = count;
    return OK;
}
