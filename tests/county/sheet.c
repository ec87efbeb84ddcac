#include "tests/county/sheet.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/cells.h"
#include "tests/county/workbook.h"

#define LINE_BYTES 8192

enum encoding { UTF8, UTF8_BOM, GB18030 };

struct sheet {
    FILE *file;
    struct workbook *book; /* takes the cells instead; NULL: lines of text */
    bool has_serials;      /* its days are numbers */
    iconv_t to_gb;
    const struct layout *layout;
    struct dice dice;
    struct cell_style style;
    enum encoding encoding;
    char delimiter;
    const char *line_end;
    bool quotes_all, has_totals;
    bool wan_in_yuan; /* this office's header says yuan where the template says 10,000 yuan */
    size_t order[SHEET_COLUMNS_MAX], order_count;
    int64_t total;
    struct sheet_count count;
    size_t len;
    char line[LINE_BYTES];
};

static void fail(const char *what, const char *path)
{
    (void)fprintf(stderr, "county: cannot %s %s\n", what, path);
    exit(1);
}

static void put_text(struct sheet *s, const char *text)
{
    size_t n = strlen(text);

    if (s->len + n + 8 > LINE_BYTES)
        fail("hold the line of", s->layout->dataset);
    memcpy(s->line + s->len, text, n);
    s->len += n;
}

static void put_cell(struct sheet *s, bool is_first, const char *text)
{
    char needs[] = {'"', '\n', s->delimiter, '\0'};

    if (s->book) {
        workbook_text(s->book, text);
        return;
    }
    if (!is_first)
        put_text(s, (char[]){s->delimiter, '\0'});
    if (!s->quotes_all && !strpbrk(text, needs)) {
        put_text(s, text);
        return;
    }
    put_text(s, "\"");
    put_text(s, text); /* no text of the county holds a quotation mark of the ASCII kind */
    put_text(s, "\"");
}

static void flush_line(struct sheet *s, const char *end)
{
    char out[LINE_BYTES * 2];
    char *from = s->line, *to = out;
    size_t left, room = sizeof out;

    if (s->book) {
        workbook_row(s->book);
        return;
    }
    put_text(s, end);
    left = s->len;
    if (s->encoding != GB18030) {
        (void)fwrite(s->line, 1, s->len, s->file);
    } else {
        if (iconv(s->to_gb, &from, &left, &to, &room) == (size_t)-1)
            fail("write in GB18030", s->layout->dataset);
        (void)fwrite(out, 1, (size_t)(to - out), s->file);
    }
    s->len = 0;
}

static void choose_style(struct sheet *s, uint64_t seed)
{
    static const uint16_t encodings[] = {40, 25, 35}, amounts[] = {40, 30, 15, 15},
                          codes[] = {15, 60, 25};
    const struct layout *layout = s->layout;
    struct dice *d = &s->dice;

    *d = dice_for(seed, "sheet", 0);
    s->encoding = (enum encoding)dice_weighted(d, encodings, 3);
    s->delimiter = dice_chance(d, 150) ? '\t' : ',';
    s->line_end = dice_chance(d, 650) ? "\r\n" : "\n";
    s->quotes_all = dice_chance(d, 100);
    s->has_totals = layout->total >= 0 && dice_chance(d, 350);
    s->style.date_shape = (uint8_t)dice_below(d, 5);
    s->style.month_shape = (uint8_t)dice_below(d, 3);
    s->style.amount_shape = (uint8_t)dice_weighted(d, amounts, 4);
    s->style.code_shape = (uint8_t)dice_weighted(d, codes, 3);
    for (size_t i = 0; i < layout->count; i++)
        if (!layout->columns[i].droppable || !dice_chance(d, 150))
            s->order[s->order_count++] = i;
    for (int swaps = dice_chance(d, 250) ? 3 : 0; swaps > 0; swaps--) {
        size_t a = dice_below(d, (uint32_t)s->order_count),
               b = dice_below(d, (uint32_t)s->order_count);
        size_t kept = s->order[a];
        s->order[a] = s->order[b];
        s->order[b] = kept;
    }
}

static void write_title(struct sheet *s, const char *place, int32_t today)
{
    char text[CELL_BYTES];

    (void)snprintf(text, sizeof text, "%s%s", place, s->layout->title);
    put_cell(s, true, text);
    for (size_t i = 1; i < s->order_count; i++)
        put_cell(s, false, "");
    flush_line(s, s->line_end);
    if (s->book)
        workbook_merge(s->book, s->order_count);
    if (dice_chance(&s->dice, 400))
        return;
    (void)snprintf(text, sizeof text, "填报单位：%s  填报日期：%d年%d月%d日", place, today / 10000,
                   today / 100 % 100, today % 100);
    put_cell(s, true, text);
    flush_line(s, s->line_end);
}

static void write_header(struct sheet *s)
{
    for (size_t i = 0; i < s->order_count; i++) {
        const struct column *c = &s->layout->columns[s->order[i]];
        uint32_t count = 0;
        while (count < 5 && c->headers[count])
            count++;
        const char *header =
            c->headers[dice_chance(&s->dice, 550) ? 0 : dice_below(&s->dice, count)];
        s->wan_in_yuan |= c->kind == CELL_WAN && strstr(header, "(元)") != NULL;
        put_cell(s, i == 0, header);
    }
    flush_line(s, s->line_end);
}

struct sheet *sheet_open(const char *path, const char *place, const struct layout *layout,
                         uint64_t seed, int32_t today)
{
    const char *ending = strrchr(path, '.');
    struct sheet *s = calloc(1, sizeof *s);

    if (!s)
        fail("find memory for", path);
    s->layout = layout;
    s->file = fopen(path, "wb");
    if (!s->file)
        fail("write", path);
    choose_style(s, seed);
    if (ending && strcmp(ending, ".xlsx") == 0) {
        s->encoding = UTF8;
        s->has_serials = dice_chance(&s->dice, 600);
        s->book = workbook_open(s->file);
        if (!s->book)
            fail("find memory for", path);
    }
    if (s->encoding == GB18030 && (s->to_gb = iconv_open("GB18030", "UTF-8")) == (iconv_t)-1)
        fail("find GB18030 for", path);
    if (s->encoding == UTF8_BOM)
        (void)fwrite("\xef\xbb\xbf", 1, 3, s->file);
    if (dice_chance(&s->dice, 300))
        write_title(s, place, today);
    write_header(s);
    return s;
}

static void value_text(struct sheet *s, size_t column, struct cell cell, char text[CELL_BYTES])
{
    struct column c = s->layout->columns[column];

    if (s->wan_in_yuan && c.kind == CELL_WAN)
        c.kind = CELL_YUAN;
    cells_write(&s->dice, &s->style, &c, cell, text);
}

/* `fault` takes the place of the cell of column `broken`; SIZE_MAX: none. */
static void write_row(struct sheet *s, const struct cell *cells, size_t broken, const char *fault)
{
    char text[CELL_BYTES];

    for (size_t i = 0; i < s->order_count; i++) {
        size_t at = s->order[i];
        bool is_day = s->layout->columns[at].kind == CELL_DATE && cells[at].number != SHEET_NONE;
        if (s->has_serials && at != broken && is_day) {
            workbook_day(s->book, (int32_t)cells[at].number);
            continue;
        }
        if (at != broken)
            value_text(s, at, cells[at], text);
        put_cell(s, i == 0, at == broken ? fault : text);
    }
    flush_line(s, s->line_end);
    s->count.rows++;
}

void sheet_row(struct sheet *s, const struct cell *cells)
{
    char fault[CELL_BYTES];

    if (!s)
        return;
    write_row(s, cells, SIZE_MAX, NULL);
    if (s->layout->total >= 0 && cells[s->layout->total].number != SHEET_NONE)
        s->total += cells[s->layout->total].number;
    if (!s->layout->broken_every || dice_below(&s->dice, s->layout->broken_every) != 0)
        return;
    size_t column = cells_break(&s->dice, s->layout, cells, fault);
    write_row(s, cells, column, fault);
    /* an office adds up what stands in the column, broken row or not */
    if (s->layout->total >= 0 && column != (size_t)s->layout->total &&
        cells[s->layout->total].number != SHEET_NONE)
        s->total += cells[s->layout->total].number;
    s->count.broken++;
}

void sheet_cut(struct sheet *s, const struct cell *cells)
{
    char text[CELL_BYTES];

    cells_write(&s->dice, &s->style, &s->layout->columns[s->order[0]], cells[s->order[0]], text);
    put_cell(s, true, text);
    put_cell(s, false, "");
    flush_line(s, "");
    s->has_totals = false;
    s->count.rows++;
    s->count.broken++;
}

struct sheet_count sheet_close(struct sheet *s)
{
    struct sheet_count count = s->count;
    char text[CELL_BYTES];

    for (size_t i = 0; s->has_totals && i < s->order_count; i++) {
        text[0] = '\0';
        if ((int)s->order[i] == s->layout->total)
            value_text(s, s->order[i], (struct cell){NULL, s->total}, text);
        put_cell(s, i == 0, i == 0 ? "合计" : text);
    }
    if (s->has_totals)
        flush_line(s, s->line_end);
    if (s->book ? !workbook_close(s->book) : ferror(s->file) || fclose(s->file) != 0)
        fail("finish a file of", s->layout->dataset);
    if (s->encoding == GB18030)
        (void)iconv_close(s->to_gb);
    free(s);
    return count;
}
