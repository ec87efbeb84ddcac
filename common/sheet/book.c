#include "common/sheet/book.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/os/file.h"

#include <string.h>
#include <xlsxwriter.h>

#define NAME_CHARS_MAX 31 /* of a sheet, by the format */
#define SCRATCH_BYTES (BOOK_TEXT_BYTES_MAX * 2 + 4096)

struct book {
    struct arena *own, *scratch;
    const char *path, *temporary;
    lxw_workbook *file;
    lxw_format *styles[BOOK_STYLES];
    lxw_worksheet *sheets[BOOK_SHEETS_MAX];
    lxw_row_t next_row[BOOK_SHEETS_MAX];
    size_t count;
};

/* Fill colours keep the contrast that dark text needs. */
static const struct {
    uint32_t fill, text; /* 0: none */
    bool is_bold, is_wrapped;
    double size;
} looks[BOOK_STYLES] = {
    [BOOK_PLAIN] = {0},
    [BOOK_TITLE] = {.is_bold = true, .size = 14},
    [BOOK_HEADER] = {.fill = 0xDDEBF7, .is_bold = true},
    [BOOK_REQUIRED] = {.fill = 0xFFE699, .is_bold = true},
    [BOOK_BAD] = {.fill = 0xFFC7CE, .text = 0x9C0006},
    [BOOK_HINT] = {.fill = 0xF2F2F2, .text = 0x595959, .is_wrapped = true},
    [BOOK_WRAPPED] = {.is_wrapped = true},
};

static lxw_format *make_style(lxw_workbook *file, enum book_style style)
{
    lxw_format *f = workbook_add_format(file);
    format_set_num_format(f, "@");
    if (looks[style].fill) {
        format_set_bg_color(f, looks[style].fill);
        format_set_border(f, LXW_BORDER_HAIR);
    }
    if (looks[style].text)
        format_set_font_color(f, looks[style].text);
    if (looks[style].is_bold)
        format_set_bold(f);
    if (looks[style].is_wrapped) {
        format_set_text_wrap(f);
        format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    }
    if (looks[style].size > 0)
        format_set_font_size(f, looks[style].size);
    return f;
}

struct book *book_open(const char *path)
{
    struct arena *own = arena_new((size_t)64 << 10);
    struct book *b = NEW(own, struct book);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    b->own = own;
    b->scratch = arena_new(SCRATCH_BYTES * 2);
    b->path = str_copy_z(own, str_of(path));
    b->temporary = str_copy_z(own, str_format(own, "%s.tmp", path));
    b->file = workbook_new_opt(b->temporary, &options);
    ASSERT(b->file != NULL); /* without memory alone */
    for (size_t i = 0; i < BOOK_STYLES; i++)
        b->styles[i] = make_style(b->file, (enum book_style)i);
    return b;
}

/* Cut where a character ends. */
static const char *text_z(struct book *b, struct str text)
{
    if (text.len > BOOK_TEXT_BYTES_MAX) {
        text.len = BOOK_TEXT_BYTES_MAX;
        while (text.len && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
            text.len--;
    }
    return str_copy_z(b->scratch, text);
}

static const char *sheet_name(struct book *b, struct str name)
{
    static const char refused[] = "[]:*?/\\";
    char *out = arena_take_raw(b->own, name.len + 1);
    size_t len = 0;
    struct str rest = name;
    for (size_t chars = 0; rest.len && chars < NAME_CHARS_MAX; chars++) {
        struct str before = rest;
        utf8_next(&rest);
        size_t bytes = before.len - rest.len;
        bool is_refused = bytes == 1 && strchr(refused, before.ptr[0]);
        if (is_refused)
            out[len++] = '_';
        else
            memcpy(out + len, before.ptr, bytes);
        len += is_refused ? 0 : bytes;
    }
    out[len] = '\0';
    return out;
}

size_t book_add_sheet(struct book *b, struct str name)
{
    ASSERT(b->count < BOOK_SHEETS_MAX);
    lxw_worksheet *sheet = workbook_add_worksheet(b->file, sheet_name(b, name));
    if (!sheet) /* the name is taken: the library's own does */
        sheet = workbook_add_worksheet(b->file, NULL);
    ASSERT(sheet != NULL);
    b->sheets[b->count] = sheet;
    return b->count++;
}

void book_width(struct book *b, size_t sheet, size_t column, int characters)
{
    worksheet_set_column(b->sheets[sheet], (lxw_col_t)column, (lxw_col_t)column, characters,
                         b->styles[BOOK_PLAIN]);
}

void book_freeze(struct book *b, size_t sheet, size_t rows)
{
    worksheet_freeze_panes(b->sheets[sheet], (lxw_row_t)rows, 0);
}

static void put_note(struct book *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                     struct str note)
{
    size_t lines = 1;
    for (size_t i = 0; i < note.len; i++)
        lines += note.ptr[i] == '\n';
    lxw_comment_options options = {.width = 320, .height = (uint16_t)(40 + lines * 22)};
    worksheet_write_comment_opt(sheet, row, column, text_z(b, note), &options);
}

size_t book_next_row(const struct book *b, size_t sheet)
{
    return b->next_row[sheet];
}

void book_row(struct book *b, size_t sheet, const struct book_cell *cells, size_t count)
{
    lxw_worksheet *s = b->sheets[sheet];
    lxw_row_t row = b->next_row[sheet]++;
    ASSERT(row < BOOK_ROWS_MAX);
    for (size_t i = 0; i < count; i++) {
        lxw_format *style = b->styles[cells[i].style];
        arena_reset(b->scratch);
        if (cells[i].is_number)
            worksheet_write_number(s, row, (lxw_col_t)i, cells[i].number, NULL);
        else if (cells[i].text.len)
            worksheet_write_string(s, row, (lxw_col_t)i, text_z(b, cells[i].text), style);
        else
            worksheet_write_blank(s, row, (lxw_col_t)i, style);
        if (cells[i].note.len)
            put_note(b, s, row, (lxw_col_t)i, cells[i].note);
    }
}

void book_choices(struct book *b, size_t sheet, size_t column, size_t first, struct str from_sheet,
                  size_t from_row, size_t count)
{
    arena_reset(b->scratch);
    struct str range = str_format(b->scratch, "='" STR_FMT "'!$A$%zu:$A$%zu", STR_ARG(from_sheet),
                                  from_row + 1, from_row + count);
    lxw_data_validation choices = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                   .value_formula =
                                       (char *)(uintptr_t)str_copy_z(b->scratch, range),
                                   .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                   .error_title = "清渠",
                                   .error_message = "不在下拉列表中；如确需填写，请核对写法"};
    worksheet_data_validation_range(b->sheets[sheet], (lxw_row_t)first, (lxw_col_t)column,
                                    BOOK_ROWS_MAX - 1, (lxw_col_t)column, &choices);
}

static void release(struct book *b)
{
    arena_free(b->scratch);
    arena_free(b->own);
}

enum err book_close(struct book *b)
{
    lxw_error code = workbook_close(b->file);
    enum err e = code == LXW_NO_ERROR ? file_move(b->temporary, b->path)
                                      : fail(ERR_IO, "workbook: %s", lxw_strerror(code));
    if (e != OK)
        remove(b->temporary);
    release(b);
    return e;
}

void book_drop(struct book *b)
{
    if (!b)
        return;
    workbook_close(b->file); /* the library has no other way to let go of its files */
    remove(b->temporary);
    release(b);
}
