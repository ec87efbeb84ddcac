#include "common/format/format_inside.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/format/sniff.h"

#include <stdio.h>
#include <string.h>

#define RAW_BYTES FORMAT_BLOCK_BYTES
#define DECODED_BYTES_MAX ((RAW_BYTES + ENCODING_KEPT_BYTES_MAX) * ENCODING_GROWTH)
#define FFFD "\xEF\xBF\xBD" /* what the decoder puts for bytes that do not fit */
#define WINDOW_BYTES (FORMAT_ROW_BYTES_MAX + DECODED_BYTES_MAX)

struct csv {
    struct format base; /* first member */
    struct format_source *source;
    struct arena *arena;
    struct decoder *decoder;
    char *raw;
    char *window; /* decoded bytes not yet given out are window[start, end) */
    size_t start, end;
    bool is_source_done;
    bool has_mark;
    bool may_be_bad; /* a NUL or U+FFFD came by: cells are looked at from now on */
    char delimiter;
    uint64_t row_number;
    struct str *cells;
    bool *is_escaped; /* cell holds doubled quotes */
};

/* What scanning a row came to. */
enum scan { SCAN_ROW, SCAN_MORE, SCAN_UNCLOSED, SCAN_STRAY, SCAN_LONG_CELL, SCAN_COLUMNS };

struct scanned {
    size_t count;  /* cells */
    size_t end;    /* in the window: behind the last cell */
    size_t next;   /* in the window: the next row */
    size_t column; /* of the fault, from 1 */
};

static enum err read_block(struct csv *f, struct str *out_block)
{
    size_t have = 0, got = 1;
    while (have < RAW_BYTES && got > 0) {
        TRY(f->source->read(f->source, f->raw + have, RAW_BYTES - have, &got));
        have += got;
    }
    f->is_source_done = have < RAW_BYTES;
    *out_block = str_make(f->raw, have);
    return OK;
}

/* ASCII alone decides nothing: the encoding is settled by the first block that holds more. */
static void settle_encoding(struct csv *f, struct str *block, bool is_first)
{
    if (encoding_of(f->decoder) != ENCODING_UNDECIDED)
        return;
    size_t mark = 0;
    enum encoding e = encoding_guess(*block, &mark);
    if (is_first) {
        f->has_mark = mark > 0;
        *block = str_skip(*block, mark);
    }
    if (e != ENCODING_UNDECIDED) {
        encoding_decoder_free(f->decoder);
        f->decoder = encoding_decoder_new(f->arena, e);
    }
}

static void decode_block(struct csv *f, struct str block)
{
    char *fresh = f->window + f->end;
    size_t len = encoding_decode(f->decoder, block, f->is_source_done, fresh);
    f->may_be_bad = f->may_be_bad || memchr(fresh, '\0', len) || memmem(fresh, len, FFFD, 3);
    f->end += len;
}

static enum err refill(struct csv *f)
{
    memmove(f->window, f->window + f->start, f->end - f->start);
    f->end -= f->start;
    f->start = 0;
    struct str block;
    TRY(read_block(f, &block));
    settle_encoding(f, &block, false);
    ASSERT(f->end + (block.len + ENCODING_KEPT_BYTES_MAX) * ENCODING_GROWTH <= WINDOW_BYTES);
    decode_block(f, block);
    return OK;
}

static void add_problem(struct problem_list *l, const char *code, uint64_t row, size_t column,
                        const char *zh, const char *en)
{
    problem_add(l, (struct problem){.severity = PROBLEM_ERROR,
                                    .code = str_of(code),
                                    .line = (uint32_t)row,
                                    .column = (uint32_t)column,
                                    .zh = str_of(zh),
                                    .en = str_of(en)});
}

static bool is_mostly_binary(struct str head)
{
    size_t controls = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    }
    return controls > 4 && controls * 20 > head.len;
}

static enum err look_at_head(struct csv *f, struct problem_list *problems)
{
    struct str block;
    TRY(read_block(f, &block));
    const struct sniff_foreign *foreign = sniff_foreign(block);
    if (foreign) {
        add_problem(problems, "file.foreign", 0, 0, foreign->zh, foreign->en);
        return fail(ERR_MALFORMED, "not a table");
    }
    if (block.len == 0) {
        add_problem(problems, "file.empty", 0, 0, "文件是空的，没有任何内容。请检查导出是否成功",
                    "the file is empty; check whether the export worked");
        return fail(ERR_MALFORMED, "empty file");
    }
    settle_encoding(f, &block, true);
    decode_block(f, block);
    if (is_mostly_binary(str_make(f->window, f->end))) {
        add_problem(problems, "file.binary", 0, 0,
                    "文件内容不是文字，不是 CSV。请在表格软件中打开原件，另存为“CSV "
                    "UTF-8（逗号分隔）”后再放入",
                    "the file is not text; open the original and save it as CSV UTF-8");
        return fail(ERR_MALFORMED, "binary file");
    }
    size_t skip = 0;
    f->delimiter = sniff_delimiter(str_make(f->window, f->end), &skip);
    f->start = skip;
    f->row_number = skip > 0;
    return OK;
}

static void csv_close(struct format *format)
{
    encoding_decoder_free(((struct csv *)format)->decoder);
}

static struct str csv_name(const struct format *format, char *room, size_t room_len)
{
    const struct csv *f = (const struct csv *)format;
    int n = snprintf(room, room_len, "%s%s", encoding_name(encoding_of(f->decoder)),
                     f->has_mark ? " BOM" : "");
    return str_make(room, n > 0 ? (size_t)n : 0);
}

static uint32_t csv_sheet_count(const struct format *format)
{
    (void)format;
    return 1;
}

static enum err csv_next_row(struct format *format, struct problem_list *problems,
                             struct format_row *out_row);

static const struct format_ops csv_ops = {csv_next_row, csv_close, csv_name, csv_sheet_count};

enum err csv_open(struct format_source *source, struct arena *a, struct problem_list *problems,
                  struct format **out_format)
{
    struct csv *f = NEW(a, struct csv);
    f->base.ops = &csv_ops;
    f->source = source;
    f->arena = a;
    f->raw = arena_take_raw(a, RAW_BYTES);
    f->window = arena_take_raw(a, WINDOW_BYTES);
    f->cells = NEW_ARRAY(a, struct str, FORMAT_COLUMNS_MAX);
    f->is_escaped = NEW_ARRAY(a, bool, FORMAT_COLUMNS_MAX);
    f->decoder = encoding_decoder_new(a, ENCODING_UNDECIDED);
    enum err e = look_at_head(f, problems);
    if (e != OK) {
        csv_close(&f->base);
        return e;
    }
    *out_format = &f->base;
    return OK;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Behind a line end at `at`; false: a CR at the end of the window may be half of a CRLF. */
static bool pass_line_end(const struct csv *f, size_t at, size_t *out_next)
{
    if (f->window[at] == '\r') {
        if (at + 1 == f->end && !f->is_source_done)
            return false;
        if (at + 1 < f->end && f->window[at + 1] == '\n')
            at++;
    }
    *out_next = at + 1;
    return true;
}

/* From the opening quote at *at to behind the closing one. */
static enum scan scan_quoted(const struct csv *f, size_t *at, struct str *out_cell,
                             bool *out_is_escaped)
{
    size_t from = *at + 1, i = from;
    *out_is_escaped = false;
    for (;;) {
        const char *quote = i < f->end ? memchr(f->window + i, '"', f->end - i) : NULL;
        size_t stop = quote ? (size_t)(quote - f->window) : f->end;
        if (stop - from > FORMAT_CELL_BYTES_MAX)
            return SCAN_UNCLOSED;
        if (!quote)
            return f->is_source_done ? SCAN_UNCLOSED : SCAN_MORE;
        if (stop + 1 == f->end && !f->is_source_done)
            return SCAN_MORE;
        if (stop + 1 < f->end && f->window[stop + 1] == '"') {
            *out_is_escaped = true;
            i = stop + 2;
            continue;
        }
        *out_cell = str_make(f->window + from, stop - from);
        *at = stop + 1;
        return SCAN_ROW;
    }
}

static bool spans_lines(struct str cell)
{
    return memchr(cell.ptr, '\n', cell.len) || memchr(cell.ptr, '\r', cell.len);
}

/* One cell from *at; leaves *at on the delimiter, the line end or the end. */
static enum scan scan_cell(const struct csv *f, size_t *at, struct str *out_cell,
                           bool *out_is_escaped)
{
    if (*at < f->end && f->window[*at] == '"') {
        enum scan s = scan_quoted(f, at, out_cell, out_is_escaped);
        while (s == SCAN_ROW && *at < f->end && f->window[*at] == ' ')
            ++*at;
        if (s != SCAN_ROW || *at == f->end || f->window[*at] == f->delimiter ||
            is_line_end(f->window[*at]))
            return s;
        /* Words behind the closing quote: the quote was opened in an earlier line, or is stray. */
        return spans_lines(*out_cell) ? SCAN_UNCLOSED : SCAN_STRAY;
    }
    size_t i = *at;
    while (i < f->end && f->window[i] != f->delimiter && !is_line_end(f->window[i]))
        i++;
    if (i - *at > FORMAT_CELL_BYTES_MAX)
        return SCAN_LONG_CELL;
    *out_cell = str_make(f->window + *at, i - *at);
    *out_is_escaped = false;
    *at = i;
    return SCAN_ROW;
}

static enum scan scan_row(struct csv *f, struct scanned *out)
{
    size_t at = f->start;
    *out = (struct scanned){0};
    for (;;) {
        out->column = out->count + 1;
        if (out->count == FORMAT_COLUMNS_MAX)
            return SCAN_COLUMNS;
        enum scan s = scan_cell(f, &at, &f->cells[out->count], &f->is_escaped[out->count]);
        if (s != SCAN_ROW)
            return s;
        out->count++;
        if (at == f->end) {
            out->end = out->next = at;
            return f->is_source_done ? SCAN_ROW : SCAN_MORE;
        }
        if (is_line_end(f->window[at])) {
            out->end = at;
            return pass_line_end(f, at, &out->next) ? SCAN_ROW : SCAN_MORE;
        }
        at++;
    }
}

/* Gives up the line that begins at start, however long it is. */
static enum err skip_line(struct csv *f)
{
    for (;;) {
        size_t i = f->start, next;
        while (i < f->end && !is_line_end(f->window[i]))
            i++;
        if (i < f->end && pass_line_end(f, i, &next)) {
            f->start = next;
            return OK;
        }
        f->start = i;
        if (f->is_source_done) {
            f->start = f->end;
            return OK;
        }
        TRY(refill(f));
    }
}

static void damage(struct problem_list *l, enum scan s, uint64_t row, size_t column)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        [SCAN_MORE] = {"row.too_long",
                       "这一行超过 1 MB，不可能是一条记录。请检查是否缺少换行或混入了其他内容",
                       "the row is over 1 MB; a line end is missing or something else got in"},
        [SCAN_UNCLOSED] =
            {"quote.unclosed",
             "这一格的双引号没有成对（或一格超过 64 KB）。请补上结尾的双引号，或删去多余的双引号",
             "the quotation mark is never closed (or the cell is over 64 KB); close it or remove "
             "it"},
        [SCAN_STRAY] = {"quote.stray",
                        "这一格的双引号后面还有文字。格内的双引号要写成两个，或删去双引号",
                        "text follows the closing quotation mark; double the marks inside a cell, "
                        "or remove them"},
        [SCAN_LONG_CELL] = {"cell.too_long",
                            "这一格超过 64 KB，不可能是一个栏目的内容。请检查分隔符和换行",
                            "the cell is over 64 KB; check delimiters and line ends"},
        [SCAN_COLUMNS] = {"columns.too_many",
                          "这一行超过 512 列。请检查是否缺少换行，或分隔符混入了正文",
                          "the row has more than 512 columns; a line end is missing or delimiters "
                          "got into text"},
    };
    add_problem(l, words[s].code, row, column, words[s].zh, words[s].en);
}

/* Doubled quotes become one, ="…" (a spreadsheet's way to keep digits) becomes what it holds. */
static struct str clean_cell(struct str cell, bool is_escaped)
{
    if (is_escaped) {
        char *bytes = (char *)(uintptr_t)cell.ptr; /* inside our own window */
        size_t to = 0;
        for (size_t i = 0; i < cell.len; i++) {
            bytes[to++] = bytes[i];
            i += bytes[i] == '"';
        }
        cell.len = to;
    }
    if (cell.len >= 3 && cell.ptr[0] == '=' && cell.ptr[1] == '"' && cell.ptr[cell.len - 1] == '"')
        cell = str_slice(cell, 2, cell.len - 1);
    return cell;
}

static bool check_cell(struct problem_list *l, struct str cell, uint64_t row, size_t column)
{
    if (memchr(cell.ptr, '\0', cell.len)) {
        add_problem(l, "cell.nul", row, column,
                    "这一格含有空字节（NUL），可能是文件损坏。请重新导出",
                    "the cell holds a NUL byte; the file is damaged, export it again");
        return false;
    }
    if (memmem(cell.ptr, cell.len, FFFD, 3)) {
        add_problem(l, "encoding.broken", row, column,
                    "这一格有无法识别的字符（编码损坏）。请用原始数据重新导出为 UTF-8 或 GB18030",
                    "the cell holds bytes that do not fit the encoding; export the source again as "
                    "UTF-8 or GB18030");
        return false;
    }
    return true;
}

static void finish_row(struct csv *f, const struct scanned *s, struct problem_list *problems,
                       struct format_row *out)
{
    *out = (struct format_row){
        .cells = f->cells, .count = s->count, .number = f->row_number, .is_empty = true};
    for (size_t i = 0; i < s->count; i++) {
        if (f->cells[i].len == 0)
            continue;
        f->cells[i] = clean_cell(f->cells[i], f->is_escaped[i]);
        if (f->may_be_bad && !check_cell(problems, f->cells[i], f->row_number, i + 1))
            out->is_damaged = true;
        if (out->is_empty && str_trim(f->cells[i]).len > 0)
            out->is_empty = false;
    }
    f->start = s->next;
}

static enum err csv_next_row(struct format *format, struct problem_list *problems,
                             struct format_row *out_row)
{
    struct csv *f = (struct csv *)format;
    struct scanned s;
    enum scan result = scan_row(f, &s);
    while (result == SCAN_MORE && f->end - f->start <= FORMAT_ROW_BYTES_MAX) {
        TRY(refill(f));
        result = scan_row(f, &s);
    }
    if (f->start == f->end && f->is_source_done)
        return ERR_MISSING;
    f->row_number++;
    if (result == SCAN_ROW) {
        finish_row(f, &s, problems, out_row);
        return OK;
    }
    damage(problems, result, f->row_number, s.column);
    *out_row = (struct format_row){.cells = f->cells, .number = f->row_number, .is_damaged = true};
    return skip_line(f);
}
