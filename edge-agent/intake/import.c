#include "edge-agent/intake/import.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/hex.h"
#include "common/base/log.h"
#include "common/os/file.h"
#include "edge-agent/intake/archive.h"
#include "edge-agent/intake/opened.h"
#include "edge-agent/intake/rows.h"
#include "edge-agent/intake/whole_key.h"

#define FILE_ARENA_BYTES ((size_t)512 << 20) /* a workbook keeps the texts that its cells share */
#define TEXT_ARENA_BYTES ((size_t)4 << 20)
#define ROW_ARENA_BYTES ((size_t)8 << 20)
#define FILE_PROBLEMS_MAX 600 /* of title rows and header: a header has at most 512 columns */
#define OPEN_ENTRIES_MAX 1000

/* The file on its way. */
struct reading {
    bool is_open;
    struct drop_file file;
    struct opened source;
    struct format *format;
    struct header header;
    struct chunk chunk;
    struct rows rows;
    struct quality quality;
    uint64_t seen; /* the last row that the reader gave */
};

/* Of the file as a whole, for its end. */
struct said {
    struct problem_list problems;
    struct str quality; /* the body of a message; empty: nothing to say */
};

struct import {
    struct import_options o;
    struct arena *own;
    struct arena *texts; /* of the entry */
    struct arena *file;  /* of the reader: buffers, header */
    struct arena *row;
    struct import_entry entry;
    struct reading reading;
    struct said said;
};

static void close_reading(struct import *im);

static int32_t today(const struct import *im)
{
    return date_of_ms(clock_wall_ms(im->o.clock), IMPORT_TIME_ZONE_MINUTES);
}

struct import *import_new(const struct import_options *options)
{
    struct arena *own = arena_new((size_t)64 << 10);
    struct import *im = NEW(own, struct import);
    im->o = *options;
    im->o.drop_folder = str_copy_z(own, str_of(options->drop_folder));
    if (im->o.chunk_rows == 0)
        im->o.chunk_rows = IMPORT_CHUNK_ROWS;
    im->own = own;
    im->texts = arena_new(TEXT_ARENA_BYTES);
    im->file = arena_new(FILE_ARENA_BYTES);
    im->row = arena_new(ROW_ARENA_BYTES);
    return im;
}

void import_free(struct import *im)
{
    if (!im)
        return;
    close_reading(im);
    arena_free(im->texts);
    arena_free(im->file);
    arena_free(im->row);
    arena_free(im->own);
}

static enum err save_with_problems(struct import *im, struct import_entry *entry)
{
    const struct problem_list *l = &im->said.problems;
    uint64_t line = entry->listed;
    entry->listed += l->items.count;
    TRY(ledger_save(im->o.ledger, entry));
    for (size_t i = 0; i < l->items.count; i++)
        TRY(ledger_add_problem(im->o.ledger, entry->id, ++line, &l->items.at[i]));
    return OK;
}

/* Ends the stream of the file's rows: control totals for the hub, and the state here, as one. */
static enum err end_rows(struct import *im, struct import_entry *entry, enum import_state state)
{
    struct arena *a = arena_new((size_t)64 << 10);
    struct buf body;
    buf_init(&body, a);
    entry->state = state;
    entry->finished_ms = clock_wall_ms(im->o.clock);
    message_file_end_put(&body, &(struct message_file_end){.import_id = entry->id,
                                                           .file_name = entry->name,
                                                           .file_hash = entry->file_hash,
                                                           .dataset = entry->dataset,
                                                           .rows = entry->rows,
                                                           .accepted = entry->accepted,
                                                           .rejected = entry->rejected,
                                                           .sum_fen = entry->sum_fen,
                                                           .imported_ms = entry->finished_ms});
    enum err e = db_begin(im->o.db);
    if (e == OK)
        e = im->o.sink->put(im->o.sink, MESSAGE_FILE_END, buf_str(&body), 0);
    if (e == OK && im->said.quality.len)
        e = im->o.sink->put(im->o.sink, MESSAGE_QUALITY, im->said.quality, 0);
    if (e == OK)
        e = save_with_problems(im, entry);
    e = db_end(im->o.db, e);
    arena_free(a);
    return wrap(e, "end an import");
}

static enum err abandon(struct import *im, struct import_entry *entry)
{
    entry->note_zh = STR("文件在读取途中被替换或移走，已接收的行保留，其余未读");
    entry->note_en = STR("the file was replaced or taken away while it was read; the rows accepted "
                         "so far stand");
    LOG(WARN, "import.abandoned", KV_STR("import", entry->id), KV_I64("rows", entry->rows));
    return end_rows(im, entry, IMPORT_ABANDONED);
}

static enum err refuse(struct import *im, const struct problem_list *problems)
{
    struct import_entry *entry = &im->entry;
    entry->state = IMPORT_REFUSED;
    entry->finished_ms = clock_wall_ms(im->o.clock);
    entry->archive = archive_place(im->texts, im->o.drop_folder, STR("refused"), entry->name);
    entry->listed = problems->items.count;
    for (size_t i = problems->items.count; i-- > 0;)
        if (problems->items.at[i].severity == PROBLEM_ERROR) { /* the first one is the headline */
            entry->note_zh = str_copy(im->texts, problems->items.at[i].zh);
            entry->note_en = str_copy(im->texts, problems->items.at[i].en);
        }
    TRY(db_begin(im->o.db));
    enum err e = ledger_save(im->o.ledger, entry);
    for (size_t i = 0; i < problems->items.count && e == OK; i++)
        e = ledger_add_problem(im->o.ledger, entry->id, i + 1, &problems->items.at[i]);
    e = db_end(im->o.db, e);
    if (e != OK) {
        return wrap(e, "refuse a file");
    }
    return archive_put(im->texts, im->o.drop_folder, im->o.ledger, entry, true);
}

static enum err begin(struct import *im, const struct drop_file *file, const struct hash *hash,
                      struct import_entry *out_entry)
{
    struct arena *a = im->texts;
    unsigned char id[16];
    struct import_entry same;
    im->o.random->fill(im->o.random, id, sizeof id);
    *out_entry = (struct import_entry){.id = hex_encode(a, str_make(id, sizeof id)),
                                       .name = str_copy(a, file->name),
                                       .file_hash = *hash,
                                       .size_bytes = file->size_bytes,
                                       .state = IMPORT_READING,
                                       .started_ms = clock_wall_ms(im->o.clock)};
    enum err e = ledger_find_same(im->o.ledger, hash, a, &same);
    if (e == ERR_MISSING)
        return OK;
    TRY(e);
    /* Taken again all the same: it may be meant to restore what a later file changed, and the hub
     * counts unchanged rows once. */
    int32_t day = date_of_ms(same.started_ms, IMPORT_TIME_ZONE_MINUTES);
    out_entry->note_zh =
        str_format(a, "与 %d-%02d-%02d 导入过的文件内容完全相同，没有变化的行不会重复计入。",
                   day / 10000, day / 100 % 100, day % 100);
    out_entry->note_en =
        str_format(a, "The same bytes were imported on %d-%02d-%02d; unchanged rows count once. ",
                   day / 10000, day / 100 % 100, day % 100);
    return OK;
}

/* The entry to go on with, or a new one. */
static enum err find_or_begin(struct import *im, const struct drop_file *file,
                              struct import_entry *out_entry)
{
    struct arena *a = im->texts;
    struct hash hash;
    int64_t size;
    TRY(file_hash(file->path, &hash, &size));
    enum err e = ledger_find_open(im->o.ledger, file->name, a, out_entry);
    if (e == ERR_MISSING)
        return begin(im, file, &hash, out_entry);
    TRY(e);
    if (hash_equal(&hash, &out_entry->file_hash))
        return OK;
    /* Another file under the name of one that was not put away. */
    TRY(out_entry->state == IMPORT_READING
            ? abandon(im, out_entry)
            : archive_put(a, im->o.drop_folder, im->o.ledger, out_entry, false));
    return begin(im, file, &hash, out_entry);
}

static enum err read_chunk(struct import *im, bool *out_is_end)
{
    struct reading *r = &im->reading;
    struct problem_list unused; /* of rows that are durable since an earlier start */
    enum err e = OK;
    while (!chunk_is_full(&r->chunk)) {
        struct format_row row;
        bool is_known = r->seen < im->entry.position;
        problem_list_init(&unused, im->row, 0);
        e = format_next_row(r->format, is_known ? &unused : &r->chunk.problems, &row);
        if (e != OK)
            break;
        r->seen = row.number;
        if (is_known)
            rows_pass(&r->rows, &row);
        else
            rows_take(&r->rows, &row);
    }
    if (e != OK && e != ERR_MISSING)
        return e;
    if (!drop_is_same(&r->file))
        return fail(ERR_BUSY, "a file changed while it was read");
    *out_is_end = e == ERR_MISSING;
    return chunk_commit(&r->chunk, im->o.db, im->o.sink, im->o.ledger, &im->entry,
                        clock_wall_ms(im->o.clock));
}

/* Q08: a file of a `whole` dataset lacks what earlier ones had. A mended report is no whole file.
 */
static enum err look_for_missing(struct import *im, struct problem_list *problems)
{
    struct reading *r = &im->reading;
    struct whole_missing missing;
    if (!r->header.dataset->is_whole || r->header.mapping->is_report)
        return OK;
    TRY(whole_key_missing(im->o.db, r->header.dataset->id, im->entry.id, im->texts, &missing));
    r->quality.missing = (uint64_t)missing.count;
    if (missing.count)
        quality_missing(&r->quality, missing.file, (uint64_t)missing.row, im->texts, problems);
    return OK;
}

/* What only a file before this one makes worth saying. */
static enum err compare_before(struct import *im, struct problem_list *problems)
{
    struct reading *r = &im->reading;
    struct arena *a = im->texts;
    struct import_entry before;
    struct refused_row *rows;
    size_t count;
    enum err e = ledger_find_before(im->o.ledger, im->entry.dataset, im->entry.id, a, &before);
    if (e == ERR_MISSING) { /* a first file brings the past along: that is no filling in */
        r->quality.dated = r->quality.old = 0;
        return OK;
    }
    TRY(e);
    quality_remind(&r->quality, a, problems);
    TRY(refused_row_list(im->o.db, before.id, 0, 1, a, &rows, &count)); /* its header */
    if (count && rows[0].is_header && !r->header.mapping->is_report)
        quality_header(&r->quality, before.name, rows[0].cells, rows[0].count, r->header.names,
                       r->header.count, a, problems);
    return OK;
}

/* What is said of the file as a whole, here and to the hub. */
static enum err sum_up(struct import *im)
{
    struct arena *a = im->texts;
    struct problem_list problems;
    struct message_answer_field facts[QUALITY_FACTS_MAX];
    struct message_quality quality = {
        .import_id = im->entry.id, .dataset = im->entry.dataset, .facts = facts};
    struct buf body;
    problem_list_init(&problems, a, QUALITY_FACTS_MAX);
    TRY(look_for_missing(im, &problems));
    TRY(compare_before(im, &problems));
    quality.fact_count = quality_facts(&im->reading.quality, a, facts);
    buf_init(&body, a);
    if (quality.fact_count)
        message_quality_put(&body, &quality);
    im->said = (struct said){problems, buf_str(&body)};
    return OK;
}

static void describe(struct import *im)
{
    struct import_entry *e = &im->entry;
    struct arena *a = im->texts;
    char room[32];
    e->encoding = im->reading.source.is_xls
                      ? STR("XLS")
                      : str_copy(a, format_name(im->reading.format, room, sizeof room));
    if (e->rows == 0) {
        e->note_zh = str_format(a, STR_FMT "文件只有表头，没有数据行。", STR_ARG(e->note_zh));
        e->note_en =
            str_format(a, STR_FMT "The file has a header and no rows.", STR_ARG(e->note_en));
    } else if (e->header_changed) {
        unsigned long long row = e->header_changed;
        e->note_zh = str_format(a, STR_FMT "第 %llu 行起表头变了，以后的行全部退回。",
                                STR_ARG(e->note_zh), row);
        e->note_en = str_format(
            a, STR_FMT "Another header begins in row %llu; the rows behind it are refused.",
            STR_ARG(e->note_en), row);
    }
}

static void close_reading(struct import *im)
{
    struct reading *r = &im->reading;
    if (!r->is_open)
        return;
    format_close(r->format);
    opened_close(&r->source);
    if (r->chunk.arena)
        chunk_done(&r->chunk);
    *r = (struct reading){0};
}

static void keep_header(struct reading *r)
{
    const struct header *h = &r->header;
    struct format_row row = {
        .cells = h->names, .count = h->count, .number = h->row, .sheet_name = h->sheet_name};
    chunk_keep(&r->chunk, &row, true);
}

static enum err open_table(struct import *im, struct problem_list *problems)
{
    struct reading *r = &im->reading;
    TRY(format_open(&r->source.source, im->file, problems, &r->format));
    TRY(header_find(im->o.catalog, r->format, im->file, problems, &r->header));
    im->entry.dataset = r->header.dataset->id;
    r->rows = (struct rows){.catalog = im->o.catalog,
                            .header = &r->header,
                            .chunk = &r->chunk,
                            .entry = &im->entry,
                            .quality = &r->quality,
                            .arena = im->row,
                            .kept = im->file,
                            .sheet = r->header.sheet,
                            .today = today(im)};
    r->seen = r->header.row;
    chunk_init(&r->chunk, r->header.dataset, im->o.chunk_rows);
    r->chunk.own = im->o.own;
    if (im->entry.position > 0)
        return OK; /* gone on with: what is said about the header is in the ledger already */
    im->entry.position = r->header.row;
    keep_header(r);
    for (size_t i = 0; i < problems->items.count; i++)
        problem_add(&r->chunk.problems, problems->items.at[i]);
    return OK;
}

static enum err open_reading(struct import *im, const struct drop_file *file)
{
    struct reading *r = &im->reading;
    struct problem_list problems;
    arena_reset(im->file);
    problem_list_init(&problems, im->file, FILE_PROBLEMS_MAX);
    *r = (struct reading){.is_open = true};
    r->file = *file;
    r->file.name = im->entry.name;
    r->file.path = str_copy_z(im->texts, str_of(file->path));
    enum err e = opened_open(&r->source, &r->file, im->o.drop_folder, im->file, &problems);
    if (e == OK)
        e = open_table(im, &problems);
    if (e == ERR_MALFORMED || e == ERR_INVALID)
        e = refuse(im, &problems);
    return e;
}

/* Errors that come of the file having changed under our hands end its import, not the turn. */
static enum err give_up_changed(struct import *im, const struct drop_file *file, enum err e)
{
    close_reading(im);
    if (e != ERR_BUSY || drop_is_same(file))
        return e;
    /* What was read since the last commit is forgotten: the ledger's entry is the true one. */
    e = ledger_find_open(im->o.ledger, file->name, im->texts, &im->entry);
    if (e == OK)
        return abandon(im, &im->entry);
    im->entry.state = IMPORT_ABANDONED;
    return e == ERR_MISSING ? OK : e;
}

static enum err finish(struct import *im)
{
    close_reading(im);
    struct import_entry *entry = &im->entry;
    if (entry->state == IMPORT_IMPORTED)
        TRY(archive_put(im->texts, im->o.drop_folder, im->o.ledger, entry, true));
    LOG(INFO, "import.ended", KV_STR("import", entry->id),
        KV_STR("state", str_of(ledger_state_name(entry->state))), KV_STR("dataset", entry->dataset),
        KV_I64("accepted", entry->accepted), KV_I64("rejected", entry->rejected));
    return OK;
}

enum err import_begin(struct import *im, const struct drop_file *file)
{
    ASSERT(!im->reading.is_open);
    arena_reset(im->texts);
    im->said = (struct said){0};
    im->entry = (struct import_entry){.name = str_copy(im->texts, file->name)};
    enum err e = find_or_begin(im, file, &im->entry);
    if (e == ERR_MISSING)
        e = fail(ERR_BUSY, "a file went away");
    if (e == OK && im->entry.state == IMPORT_READING)
        e = open_reading(im, file);
    if (e != OK)
        e = give_up_changed(im, file, e);
    if (e == OK && im->entry.state != IMPORT_READING)
        e = finish(im);
    return e;
}

bool import_is_reading(const struct import *im)
{
    return im->reading.is_open;
}

const struct import_entry *import_current(const struct import *im)
{
    return &im->entry;
}

const struct drop_file *import_drop_file(const struct import *im)
{
    return &im->reading.file;
}

enum err import_step(struct import *im)
{
    ASSERT(im->reading.is_open);
    struct drop_file file = im->reading.file;
    bool is_end = false;
    enum err e = read_chunk(im, &is_end);
    if (e == OK && is_end)
        e = sum_up(im);
    if (e == OK && is_end) {
        describe(im);
        struct str folder = str_format(im->texts, "done/%06d", today(im) / 100);
        im->entry.archive = archive_place(im->texts, im->o.drop_folder, folder, im->entry.name);
        e = end_rows(im, &im->entry, IMPORT_IMPORTED);
    }
    if (e != OK)
        e = give_up_changed(im, &file, e);
    if (e == OK && im->entry.state != IMPORT_READING)
        e = finish(im);
    return e;
}

enum err import_file(struct import *im, const struct drop_file *file)
{
    TRY(import_begin(im, file));
    while (import_is_reading(im))
        TRY(import_step(im));
    return OK;
}

enum err import_recover(struct import *im)
{
    struct arena *a = arena_new((size_t)4 << 20);
    struct import_entry *entries;
    size_t count = 0;
    enum err e = ledger_list_open(im->o.ledger, OPEN_ENTRIES_MAX, a, &entries, &count);
    for (size_t i = 0; i < count && e == OK; i++) {
        if (archive_is_there(archive_path(a, im->o.drop_folder, entries[i].name)))
            continue; /* the drop folder will offer it */
        e = entries[i].state == IMPORT_READING
                ? abandon(im, &entries[i])
                : archive_put(a, im->o.drop_folder, im->o.ledger, &entries[i], false);
    }
    arena_free(a);
    return wrap(e, "recover imports");
}
