/* fixture.h — a site in a temporary folder: real SQLite file, real catalog, cranked clock; it can
 * die and come back. For the tests of the agent only.
 *
 * Owns:     the folder /tmp/qingqu-XXXXXX, removed by site_remove.
 * Threads:  one.
 * Fails:    ends the test.
 * Limits:   none.
 * Promise:  site_die closes as a killed process would: nothing of an open transaction stays. */
#ifndef QQ_TESTS_EDGE_FIXTURE_H
#define QQ_TESTS_EDGE_FIXTURE_H

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/format/format.h"
#include "common/model/catalog.h"
#include "common/os/file.h"
#include "common/spool/link.h"
#include "common/wire/columns.h"
#include "edge-agent/intake/import.h"
#include "edge-agent/intake/outbox_sink.h"
#include "edge-agent/selfcheck/self_check.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SITE_NOW INT64_C(1790000000000) /* 2026-09-21 */

struct site {
    struct arena *arena;
    struct crank_clock clock;
    struct seeded_random random;
    char folder[32];
    const char *drop;
    struct catalog *catalog;
    struct keyring *keys;
    struct db *db;
    struct link *link;
    struct ledger *ledger;
    struct self_check *self;
    struct import *import;
    struct outbox_sink sink;
    size_t chunk_rows;
    int64_t own_rows_max; /* 0: OWN_ROWS_MAX */
};

static inline void site_fine(enum err e)
{
    if (e != OK)
        fail_msg("%s: %s", err_name(e), err_note());
}

static inline struct catalog *site_catalog(struct arena *a, const char *source_dir)
{
    struct str *paths = NULL;
    size_t count = 0;
    const char *folder = str_copy_z(a, str_format(a, "%s/common/catalog", source_dir));
    struct problem_list problems;
    site_fine(file_list_tree(folder, STR(".decl"), a, &paths, &count));
    struct catalog_file *files = NEW_ARRAY(a, struct catalog_file, count);
    for (size_t i = 0; i < count; i++) {
        files[i].path = paths[i];
        site_fine(file_read(str_copy_z(a, str_format(a, "%s/" STR_FMT, folder, STR_ARG(paths[i]))),
                            1 << 20, a, &files[i].text));
    }
    problem_list_init(&problems, a, 10);
    struct catalog *c = catalog_build(files, count, &problems);
    if (!c)
        fail_msg("catalog: " STR_FMT, STR_ARG(problem_format(a, &problems.items.at[0])));
    return c;
}

static inline void site_live(struct site *s)
{
    struct arena *a = s->arena;
    s->keys = keyring_new();
    site_fine(db_open(str_format(a, "sqlite:%s/agent.db", s->folder), 1000, &s->db));
    site_fine(link_open(&(struct link_options){.db = s->db,
                                               .self = STR("site-1"),
                                               .county = STR("231282"),
                                               .keys = s->keys,
                                               .clock = &s->clock.clock,
                                               .random = &s->random.random,
                                               .catalog = s->catalog->hash},
                        &s->link));
    site_fine(ledger_open(s->db, &s->ledger));
    outbox_sink_init(&s->sink, s->link);
    site_fine(self_check_open(s->db, s->catalog, s->own_rows_max ? s->own_rows_max : OWN_ROWS_MAX,
                              &s->self));
    s->import = import_new(&(struct import_options){.db = s->db,
                                                    .ledger = s->ledger,
                                                    .sink = &s->sink.sink,
                                                    .own = self_check_rows(s->self),
                                                    .catalog = s->catalog,
                                                    .clock = &s->clock.clock,
                                                    .random = &s->random.random,
                                                    .drop_folder = s->drop,
                                                    .chunk_rows = s->chunk_rows});
}

static inline void site_die(struct site *s)
{
    import_free(s->import);
    self_check_close(s->self);
    ledger_close(s->ledger);
    link_close(s->link);
    db_close(s->db);
    keyring_free(s->keys);
}

static inline void site_make(struct site *s, const char *source_dir, size_t chunk_rows)
{
    *s = (struct site){.arena = arena_new((size_t)256 << 20),
                       .folder = "/tmp/qingqu-XXXXXX",
                       .chunk_rows = chunk_rows};
    assert_non_null(mkdtemp(s->folder));
    s->drop = str_copy_z(s->arena, str_format(s->arena, "%s/drop", s->folder));
    site_fine(file_make_folder(s->drop, 0700));
    crank_clock_init(&s->clock, SITE_NOW);
    seeded_random_init(&s->random, 7);
    s->catalog = site_catalog(s->arena, source_dir);
    site_live(s);
}

static inline void site_remove(struct site *s)
{
    site_die(s);
    struct str *paths = NULL;
    size_t count = 0;
    struct arena *a = s->arena;
    site_fine(file_list_tree(s->folder, STR(""), a, &paths, &count));
    for (size_t i = 0; i < count; i++)
        remove(str_copy_z(a, str_format(a, "%s/" STR_FMT, s->folder, STR_ARG(paths[i]))));
    static const char *const folders[] = {"drop/done/202609", "drop/done", "drop/refused", "drop"};
    for (size_t i = 0; i < COUNT_OF(folders); i++)
        remove(str_copy_z(a, str_format(a, "%s/%s", s->folder, folders[i])));
    assert_int_equal(remove(s->folder), 0); /* nothing of a test stays behind */
    catalog_free(s->catalog);
    arena_free(a);
}

static inline struct drop_file site_drop(struct site *s, const char *name, struct str bytes)
{
    struct file_info info;
    const char *path = str_copy_z(s->arena, str_format(s->arena, "%s/%s", s->drop, name));
    site_fine(file_replace(path, bytes, 0600));
    site_fine(file_stat(path, &info));
    return (struct drop_file){.name = str_of(name),
                              .path = path,
                              .size_bytes = info.size_bytes,
                              .modified_ns = info.modified_ns,
                              .inode = info.inode};
}

static inline bool site_has(struct site *s, const char *relative)
{
    struct file_info info;
    return file_stat(str_copy_z(s->arena, str_format(s->arena, "%s/%s", s->folder, relative)),
                     &info) == OK;
}

static inline struct str site_read(struct site *s, const char *relative)
{
    struct str bytes;
    site_fine(file_read(str_copy_z(s->arena, str_format(s->arena, "%s/%s", s->folder, relative)),
                        1 << 20, s->arena, &bytes));
    return bytes;
}

/* A workbook of the site as text: "sheet | cell | cell …", a line a row; empty rows left out. */
static inline struct str site_read_book(struct site *s, const char *relative)
{
    struct arena *a = s->arena;
    struct problem_list problems;
    struct format *f;
    struct format_row row;
    struct buf out;
    struct format_bytes *source = NEW(a, struct format_bytes);
    *source = format_whole_bytes(site_read(s, relative));
    problem_list_init(&problems, a, 10);
    site_fine(format_open(&source->source, a, &problems, &f));
    buf_init(&out, a);
    while (format_next_row(f, &problems, &row) == OK) {
        if (row.is_empty)
            continue;
        buf_put(&out, row.sheet_name);
        for (size_t i = 0; i < row.count; i++)
            buf_format(&out, " | " STR_FMT, STR_ARG(row.cells[i]));
        buf_put_z(&out, "\n");
    }
    format_close(f);
    return buf_str(&out);
}

/* What waits in the outbox, as text: "records death 3,4,5; end rows=9 accepted=7 …; ". */
static inline const char *site_outbox(struct site *s)
{
    struct db_stmt *st;
    struct buf out;
    struct arena *a = s->arena;
    bool has_row = false;
    buf_init(&out, a);
    site_fine(db_prepare(s->db, STR("SELECT kind, body FROM spool_item ORDER BY item"), &st));
    site_fine(db_step(st, &has_row));
    while (has_row) {
        struct str body = db_column_copy(st, 1, a);
        int64_t kind = db_column_int(st, 0);
        struct columns_chunk c;
        struct message_file_end end;
        struct message_receipt receipt;
        struct message_answer answer;
        struct message_nothing nothing;
        struct message_quality quality;
        if (kind == MESSAGE_RECORDS) {
            site_fine(columns_parse(a, body, &c));
            buf_format(&out, "%s " STR_FMT " ", c.op == COLUMNS_DELETE ? "delete" : "records",
                       STR_ARG(c.dataset));
            for (size_t i = 0; i < c.row_count; i++)
                buf_format(&out, "%s%" PRIu64, i ? "," : "", c.rows[i]);
            if (c.reason.len)
                buf_format(&out, " (" STR_FMT ")", STR_ARG(c.reason));
        } else if (kind == MESSAGE_FILE_END) {
            site_fine(message_file_end_parse(a, body, &end));
            buf_format(&out, "end " STR_FMT " %" PRIu64 "=%" PRIu64 "+%" PRIu64 " fen=%" PRId64,
                       STR_ARG(end.dataset), end.rows, end.accepted, end.rejected, end.sum_fen);
        } else if (kind == MESSAGE_RECEIPT) {
            site_fine(message_receipt_parse(a, body, &receipt));
            buf_format(&out, "receipt " STR_FMT " %" PRIu64 " " STR_FMT,
                       STR_ARG(receipt.document_id), receipt.state, STR_ARG(receipt.by));
        } else if (kind == MESSAGE_ANSWER) {
            site_fine(message_answer_parse(a, body, &answer));
            buf_format(&out, "answer " STR_FMT " " STR_FMT, STR_ARG(answer.document_id),
                       STR_ARG(answer.by));
            for (size_t i = 0; i < answer.field_count; i++)
                buf_format(&out, " " STR_FMT "=" STR_FMT, STR_ARG(answer.fields[i].id),
                           STR_ARG(answer.fields[i].text));
        } else if (kind == MESSAGE_NOTHING) {
            site_fine(message_nothing_parse(a, body, &nothing));
            buf_format(&out, "nothing " STR_FMT " %" PRId32 "-%" PRId32 " " STR_FMT,
                       STR_ARG(nothing.dataset), nothing.first, nothing.last, STR_ARG(nothing.by));
        } else if (kind == MESSAGE_QUALITY) {
            site_fine(message_quality_parse(a, body, &quality));
            buf_format(&out, "quality " STR_FMT, STR_ARG(quality.dataset));
            for (size_t i = 0; i < quality.fact_count; i++)
                buf_format(&out, " " STR_FMT "=" STR_FMT, STR_ARG(quality.facts[i].id),
                           STR_ARG(quality.facts[i].text));
        } else {
            buf_format(&out, "kind %" PRId64, kind);
        }
        buf_put_z(&out, "; ");
        site_fine(db_step(st, &has_row));
    }
    db_done(st);
    return str_copy_z(a, buf_str(&out));
}

/* A citizen number with a right check character (GB 11643): nobody's, made for the test. */
static inline void site_citizen(int n, char out[19])
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    unsigned u = (unsigned)n;
    snprintf(out, 19, "231282%04u%02u%02u%03u", 1950 + u % 40, 1 + u % 12, 1 + u % 28, u % 1000);
    for (int i = 0; i < 17; i++)
        sum += (out[i] - '0') * weights[i];
    out[17] = "10X98765432"[sum % 11];
    out[18] = '\0';
}

#endif
