#include "edge-agent/intake/rejects.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/format/format.h"
#include "common/model/mapping.h"
#include "common/sheet/template.h"
#include "edge-agent/intake/refused_row.h"

#include <string.h>

#define PAGE_LINES 500
#define PAGE_ROWS 100
#define PAGE_BYTES_MAX                                                                             \
    ((size_t)256 << 20) /* a row may have a megabyte; most have hundreds of bytes */
#define OUR_COLUMNS 2
#define CELLS_MAX (FORMAT_COLUMNS_MAX * 2 + OUR_COLUMNS)
#define ORDINARY_SHEET "退回"
#define WIDTH 18
#define REASON_WIDTH 60
#define NO_PLACE SIZE_MAX

/* What is said of the rows, read page by page beside the rows themselves. */
struct reasons {
    struct arena *arena;
    struct problem_list page;
    size_t at;
    uint64_t line; /* behind which the next page begins */
};

struct report {
    struct ledger *ledger;
    const struct import_entry *entry;
    struct book *book;
    struct arena *rows; /* of one page */
    struct arena *row;
    struct reasons reasons;
    size_t sheet;
    size_t columns;          /* of the file's own in this sheet */
    size_t place[CELLS_MAX]; /* where a column of the file stands here; NO_PLACE: one of ours */
    int original; /* our column of row numbers, when the file is a mended report; or -1 */
    struct book_cell *cells;
};

/* NULL: none is left. */
static enum err peek_reason(struct report *r, const struct problem **out)
{
    struct reasons *s = &r->reasons;
    *out = NULL;
    if (s->at == s->page.items.count && s->line < r->entry->listed) {
        arena_reset(s->arena);
        problem_list_init(&s->page, s->arena, PAGE_LINES);
        TRY(ledger_problems(r->ledger, r->entry->id, s->line, PAGE_LINES, &s->page));
        s->line += PAGE_LINES;
        s->at = 0;
    }
    if (s->at < s->page.items.count)
        *out = &s->page.items.at[s->at];
    return OK;
}

static void begin_reasons(struct report *r)
{
    problem_list_init(&r->reasons.page, r->reasons.arena, 0);
    r->reasons.at = 0;
    r->reasons.line = 0;
}

/* The file's own columns, then ours, then what may stand in a row beyond its header. */
static void place_columns(struct report *r, const struct refused_row *header)
{
    r->columns = 0;
    r->original = -1;
    for (size_t i = 0; i < header->count; i++) {
        bool is_ours = mapping_is_ours(r->row, header->cells[i]);
        r->place[i] = is_ours ? NO_PLACE : r->columns++;
        if (is_ours && str_equal(str_trim(header->cells[i]), STR(MAPPING_ORIGINAL_ROW)))
            r->original = (int)i;
    }
    for (size_t i = header->count; i < FORMAT_COLUMNS_MAX; i++)
        r->place[i] = r->columns + OUR_COLUMNS + i - header->count;
}

static void put_header(struct report *r, const struct refused_row *header)
{
    r->sheet = book_add_sheet(r->book, header->sheet.len ? header->sheet : STR(ORDINARY_SHEET));
    place_columns(r, header);
    for (size_t i = 0; i < header->count; i++)
        if (r->place[i] != NO_PLACE)
            r->cells[r->place[i]] =
                (struct book_cell){.text = header->cells[i], .style = BOOK_HEADER};
    for (size_t i = 0; i <= r->columns; i++)
        book_width(r->book, r->sheet, i, WIDTH);
    book_width(r->book, r->sheet, r->columns + 1, REASON_WIDTH);
    r->cells[r->columns] =
        (struct book_cell){.text = STR(MAPPING_ORIGINAL_ROW), .style = BOOK_HINT};
    r->cells[r->columns + 1] = (struct book_cell){.text = STR(MAPPING_REASON), .style = BOOK_HINT};
    book_row(r->book, r->sheet, r->cells, r->columns + OUR_COLUMNS);
    book_freeze(r->book, r->sheet, 1);
}

static void mark(struct report *r, struct book_cell *cell, const struct problem *p)
{
    if (p->severity == PROBLEM_ERROR)
        cell->style = BOOK_BAD;
    cell->note = str_format(r->row, STR_FMT "%s" STR_FMT "\n" STR_FMT, STR_ARG(cell->note),
                            cell->note.len ? "\n" : "", STR_ARG(p->zh), STR_ARG(p->en));
}

/* Marks the cells of the row that something is said about, and joins the reasons. */
static enum err take_reasons(struct report *r, uint64_t row, struct buf *why)
{
    const struct problem *p;
    TRY(peek_reason(r, &p));
    while (p && (p->line == 0 || p->line <= row)) {
        if (p->line == row) {
            size_t column = p->column ? p->column - 1 : SIZE_MAX;
            if (column < FORMAT_COLUMNS_MAX && r->place[column] != NO_PLACE)
                mark(r, &r->cells[r->place[column]], p);
            if (p->severity == PROBLEM_ERROR) {
                buf_put_z(why, why->len ? "；" : "");
                buf_put(why, p->header);
                buf_put_z(why, p->header.len ? "：" : "");
                buf_put(why, p->zh);
            }
        }
        r->reasons.at++;
        TRY(peek_reason(r, &p));
    }
    return OK;
}

/* Of a further sheet: "2!15" is row 15 of the second one. */
static struct str place_of(struct arena *a, uint64_t row)
{
    if (row == 0)
        return STR_NONE;
    uint64_t sheet = row / FORMAT_SHEET_ROWS;
    return sheet ? str_format(a, "%llu!%llu", (unsigned long long)sheet + 1,
                              (unsigned long long)(row % FORMAT_SHEET_ROWS))
                 : str_format(a, "%llu", (unsigned long long)row);
}

/* Beyond the page it was read with. */
static void keep_header(struct arena *a, const struct refused_row *row, struct refused_row *out)
{
    arena_reset(a);
    struct str *cells = NEW_ARRAY(a, struct str, row->count + 1);
    for (size_t i = 0; i < row->count; i++)
        cells[i] = str_copy(a, row->cells[i]);
    *out = *row;
    out->cells = cells;
    out->sheet = str_copy(a, row->sheet);
}

static enum err put_row(struct report *r, const struct refused_row *row)
{
    struct buf why;
    size_t count = r->columns + OUR_COLUMNS;
    memset(r->cells, 0, sizeof *r->cells * CELLS_MAX);
    for (size_t i = 0; i < row->count && i < FORMAT_COLUMNS_MAX; i++)
        if (r->place[i] != NO_PLACE) {
            r->cells[r->place[i]].text = row->cells[i];
            count = r->place[i] >= count ? r->place[i] + 1 : count;
        }
    buf_init(&why, r->row);
    TRY(take_reasons(r, row->row, &why));
    struct str original = r->original >= 0 && (size_t)r->original < row->count
                              ? row->cells[r->original]
                              : place_of(r->row, row->row);
    r->cells[r->columns] = (struct book_cell){.text = original, .style = BOOK_HINT};
    r->cells[r->columns + 1] = (struct book_cell){.text = buf_str(&why), .style = BOOK_HINT};
    book_row(r->book, r->sheet, r->cells, count);
    return OK;
}

/* A header is written before the first refused row below it: a sheet of which nothing was refused
 * has no place here. */
static enum err put_rows(struct report *r)
{
    uint64_t after = 0;
    size_t count = PAGE_ROWS;
    struct arena *kept = arena_new((size_t)4 << 20);
    struct refused_row header = {0};
    enum err e = OK;
    while (count == PAGE_ROWS && e == OK) {
        struct refused_row *rows;
        arena_reset(r->rows);
        e = refused_row_list(ledger_db(r->ledger), r->entry->id, after, PAGE_ROWS, r->rows, &rows,
                             &count);
        for (size_t i = 0; i < count && e == OK; i++) {
            arena_reset(r->row);
            after = rows[i].row;
            if (rows[i].is_header) {
                keep_header(kept, &rows[i], &header);
                continue;
            }
            if (header.is_header)
                put_header(r, &header);
            header.is_header = false; /* written */
            e = put_row(r, &rows[i]);
        }
    }
    arena_free(kept);
    return e;
}

static void put_line(struct report *r, const char *text, enum book_style style)
{
    book_row(r->book, r->sheet, &(struct book_cell){.text = str_of(text), .style = style}, 1);
}

static void put_reason(struct report *r, const struct problem *p)
{
    const struct str texts[] = {p->severity == PROBLEM_ERROR ? STR("退回") : STR("提醒"),
                                place_of(r->row, p->line),
                                p->column ? str_format(r->row, "%u", p->column) : STR_NONE,
                                p->header,
                                p->value,
                                p->zh,
                                p->en,
                                p->code};
    struct book_cell cells[COUNT_OF(texts)] = {0};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        cells[i] = (struct book_cell){.text = texts[i], .style = BOOK_WRAPPED};
    book_row(r->book, r->sheet, cells, COUNT_OF(cells));
}

static enum err put_list(struct report *r)
{
    static const char *const heads[] = {"结果", "行号",       "列号",    "栏目",
                                        "原值", "原因和改法", "English", "代码"};
    static const int widths[] = {8, 10, 8, 18, 26, 60, 60, 18};
    struct book_cell cells[COUNT_OF(heads)] = {0};
    const struct problem *p;
    r->sheet = book_add_sheet(r->book, STR(TEMPLATE_REASONS));
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        book_width(r->book, r->sheet, i, widths[i]);
        cells[i] = (struct book_cell){.text = str_of(heads[i]), .style = BOOK_HEADER};
    }
    put_line(r, "怎样改正", BOOK_TITLE);
    put_line(r,
             "前面的工作表是退回的行，红色的格子有问题，指针放上去可看原因。改好后保存，"
             "把本文件放回投放文件夹，只会导入这些行；不想再报的行删去即可。本页不会被读取。",
             BOOK_PLAIN);
    put_line(r,
             "The sheets in front hold the refused rows. Mend the red cells, save, and drop this "
             "file again: just these rows are imported. This page is not read.",
             BOOK_PLAIN);
    book_row(r->book, r->sheet, cells, COUNT_OF(cells));
    begin_reasons(r);
    TRY(peek_reason(r, &p));
    while (p) {
        arena_reset(r->row);
        put_reason(r, p);
        r->reasons.at++;
        TRY(peek_reason(r, &p));
    }
    if (r->entry->listed < LEDGER_PROBLEMS_MAX)
        return OK;
    unsigned long long all = r->entry->rejected;
    put_reason(
        r,
        &(struct problem){
            .code = STR("report.cut"),
            .zh = str_format(r->row, "只列出前 %d 条。本文件共退回 %llu 行，请先改正以上问题再导入",
                             LEDGER_PROBLEMS_MAX, all),
            .en = str_format(r->row, "only the first %d are listed; %llu rows were refused in all",
                             LEDGER_PROBLEMS_MAX, all)});
    return OK;
}

enum err rejects_write(struct ledger *l, const struct import_entry *entry, const char *path)
{
    if (entry->listed == 0)
        return OK;
    struct report r = {.ledger = l,
                       .entry = entry,
                       .book = book_open(path),
                       .rows = arena_new(PAGE_BYTES_MAX),
                       .row = arena_new((size_t)16 << 20),
                       .reasons = {.arena = arena_new((size_t)4 << 20)},
                       .original = -1};
    struct arena *own = arena_new((size_t)64 << 10);
    r.cells = NEW_ARRAY(own, struct book_cell, CELLS_MAX);
    begin_reasons(&r);
    enum err e = put_rows(&r);
    if (e == OK)
        e = put_list(&r);
    if (e == OK)
        e = book_close(r.book);
    else
        book_drop(r.book);
    arena_free(own);
    arena_free(r.reasons.arena);
    arena_free(r.row);
    arena_free(r.rows);
    return wrap(e, "write the report");
}
