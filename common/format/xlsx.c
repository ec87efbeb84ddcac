#include "common/format/format_inside.h"
#include "common/format/xlsx_book.h"
#include "common/format/xlsx_merge.h"
#include "common/format/xml_walk.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

#include <string.h>

#define ROWS_MAX 1048576 /* of a sheet, by the format */
#define SHEET_BYTES_MAX ZIP_PART_BYTES_MAX

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_ERROR };

struct xlsx {
    struct format base; /* first member */
    struct xml_handler handler;
    struct arena *arena, *row_arena;
    struct xlsx_book book;
    struct xml_walk *walk;
    struct xlsx_merge *merges; /* of the sheet */
    uint32_t sheet;            /* the n-th visible one */
    size_t at;                 /* in the book's sheets */
    bool is_in_sheet, has_row, said_hidden;
    /* the row under way */
    struct str *cells;
    size_t count;
    uint64_t row, last_row;
    bool is_hidden, is_too_wide, is_too_long, has_lost_formula;
    size_t bad_column;
    /* the cell under way */
    enum cell_type type;
    int64_t style;
    size_t column;
    struct buf text;
    bool is_in_value, is_in_sound, has_formula;
};

static struct xlsx *of_handler(struct xml_handler *h)
{
    return (struct xlsx *)(void *)((char *)h - offsetof(struct xlsx, handler));
}

/* "AB12" → column 27 and row 12; false: no such reference. */
static bool read_reference(struct str r, size_t *out_column, uint64_t *out_row)
{
    size_t i = 0;
    size_t column = 0;
    uint64_t row = 0;
    while (i < r.len && i < 4 && r.ptr[i] >= 'A' && r.ptr[i] <= 'Z')
        column = column * 26 + (size_t)(r.ptr[i++] - 'A' + 1);
    if (column == 0 || !str_to_u64(str_skip(r, i), &row) || row == 0 || row > ROWS_MAX)
        return false;
    *out_column = column - 1;
    *out_row = row;
    return true;
}

static void begin_row(struct xlsx *x, const char *const *attributes)
{
    uint64_t row = 0;
    struct str hidden = xml_walk_attribute(attributes, "hidden");
    str_to_u64(xml_walk_attribute(attributes, "r"), &row);
    x->row = row > x->last_row && row <= ROWS_MAX ? row : x->last_row + 1;
    x->last_row = x->row;
    x->count = 0;
    x->column = SIZE_MAX; /* before the first */
    x->is_hidden = str_equal(hidden, STR("1")) || str_equal(hidden, STR("true"));
    x->is_too_wide = x->is_too_long = x->has_lost_formula = false;
    arena_reset(x->row_arena);
}

static enum cell_type type_of_cell(struct str t)
{
    return str_equal(t, STR("s")) ? CELL_SHARED
           : str_equal(t, STR("str")) || str_equal(t, STR("inlineStr")) || str_equal(t, STR("d"))
               ? CELL_TEXT
           : str_equal(t, STR("b")) ? CELL_BOOL
           : str_equal(t, STR("e")) ? CELL_ERROR
                                    : CELL_NUMBER;
}

static void begin_cell(struct xlsx *x, const char *const *attributes)
{
    size_t column;
    uint64_t row;
    x->column =
        read_reference(xml_walk_attribute(attributes, "r"), &column, &row) ? column : x->column + 1;
    x->type = type_of_cell(xml_walk_attribute(attributes, "t"));
    x->style = 0;
    str_to_i64(xml_walk_attribute(attributes, "s"), &x->style);
    x->has_formula = x->is_in_value = x->is_in_sound = false;
    buf_clear(&x->text);
}

static void on_start(struct xml_handler *self, const char *name, const char *const *attributes)
{
    struct xlsx *x = of_handler(self);
    if (strcmp(name, "row") == 0)
        begin_row(x, attributes);
    else if (strcmp(name, "c") == 0)
        begin_cell(x, attributes);
    else if (strcmp(name, "v") == 0)
        x->is_in_value = true;
    else if (strcmp(name, "t") == 0)
        x->is_in_value = !x->is_in_sound;
    else if (strcmp(name, "rPh") == 0)
        x->is_in_sound = true;
    else if (strcmp(name, "f") == 0)
        x->has_formula = true;
}

static void on_text(struct xml_handler *self, struct str bytes)
{
    struct xlsx *x = of_handler(self);
    if (!x->is_in_value)
        return;
    if (x->text.len + bytes.len > FORMAT_CELL_BYTES_MAX) {
        x->is_too_long = true;
        x->bad_column = x->column + 1;
        return;
    }
    buf_put(&x->text, bytes);
}

/* What a person sees in the cell. */
static struct str show(struct xlsx *x)
{
    struct str text = buf_str(&x->text);
    size_t index = (size_t)x->style < x->book.style_count ? (size_t)x->style : 0;
    uint64_t n = 0;
    switch (x->type) {
    case CELL_SHARED:
        return str_to_u64(str_trim(text), &n) ? xlsx_strings_at(x->book.shared, n) : STR_NONE;
    case CELL_BOOL:
        return str_equal(text, STR("1")) ? STR("TRUE") : STR("FALSE");
    case CELL_TEXT:
    case CELL_ERROR:
        return str_copy(x->row_arena, text);
    case CELL_NUMBER:
        return xlsx_number_show(x->row_arena, str_copy(x->row_arena, str_trim(text)),
                                x->book.style_count ? x->book.styles[index] : XLSX_PLAIN,
                                x->book.is_1904);
    }
    return STR_NONE;
}

static void end_cell(struct xlsx *x)
{
    bool is_empty = x->text.len == 0;
    if (is_empty && x->has_formula && x->type != CELL_TEXT) {
        x->has_lost_formula = true;
        x->bad_column = x->column + 1;
    }
    if (is_empty)
        return;
    if (x->column >= FORMAT_COLUMNS_MAX) {
        x->is_too_wide = true;
        x->bad_column = x->column + 1;
        return;
    }
    if (arena_used(x->row_arena) + x->text.len > FORMAT_ROW_BYTES_MAX) {
        x->is_too_long = true;
        x->bad_column = x->column + 1;
        return;
    }
    while (x->count <= x->column)
        x->cells[x->count++] = STR_NONE;
    x->cells[x->column] = show(x);
}

static void on_end(struct xml_handler *self, const char *name)
{
    struct xlsx *x = of_handler(self);
    if (strcmp(name, "c") == 0) {
        end_cell(x);
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        x->is_in_value = false;
    } else if (strcmp(name, "rPh") == 0) {
        x->is_in_sound = false;
    } else if (strcmp(name, "row") == 0) {
        x->has_row = true;
        xml_walk_pause(x->walk);
    }
}

static uint64_t number_of(const struct xlsx *x)
{
    return (uint64_t)x->sheet * FORMAT_SHEET_ROWS + x->row;
}

/* What is wrong with the row as a whole; it must not be used then. */
static bool check_row(struct xlsx *x, struct problem_list *problems)
{
    uint64_t row = number_of(x);
    if (x->is_too_wide)
        format_fault(problems, PROBLEM_ERROR, "columns.too_many", row, x->bad_column,
                     STR("这一行超过 512 列，不可能是一条记录。请删去多余的列"),
                     STR("the row has more than 512 columns; remove what does not belong to it"));
    else if (x->is_too_long)
        format_fault(problems, PROBLEM_ERROR, "cell.too_long", row, x->bad_column,
                     STR("这一格超过 64 KB（或整行超过 1 MB），不可能是一个栏目的内容"),
                     STR("the cell is over 64 KB, or the row over 1 MB"));
    else if (x->has_lost_formula)
        format_fault(
            problems, PROBLEM_ERROR, "formula.empty", row, x->bad_column,
            STR("这一格是公式，但文件里没有保存计算结果。请在表格软件中打开，重新保存后再放入"),
            STR("a formula without its result; open the workbook in a spreadsheet program "
                "and save it again"));
    else
        return true;
    return false;
}

static void give_row(struct xlsx *x, struct problem_list *problems, struct format_row *out)
{
    x->count = xlsx_merge_fill(x->merges, x->row, x->cells, x->count);
    *out = (struct format_row){.cells = x->cells,
                               .count = x->count,
                               .number = number_of(x),
                               .sheet = x->sheet,
                               .sheet_name = x->book.sheets[x->at].name,
                               .is_empty = true,
                               .is_damaged = !check_row(x, problems)};
    for (size_t i = 0; i < x->count && out->is_empty; i++)
        out->is_empty = str_trim(x->cells[i]).len == 0;
    if (x->is_hidden && !x->said_hidden && !out->is_empty) {
        x->said_hidden = true;
        format_fault(problems, PROBLEM_WARNING, "row.hidden", number_of(x), 0,
                     STR("从这一行起有隐藏行，隐藏的行也读取了；不要报送的行请删除而不是隐藏"),
                     STR("hidden rows begin here and were read too; delete rows that shall not be "
                         "sent, do not hide them"));
    }
}

/* The rest cannot be read: said in a row of its own, since what came before stands. */
static enum err break_off(struct xlsx *x, struct problem_list *problems, struct format_row *out)
{
    x->row = x->last_row + 1;
    x->is_in_sheet = false;
    x->at = x->book.sheet_count;
    format_fault(
        problems, PROBLEM_ERROR, "xlsx.broken", number_of(x), 0,
        STR("工作簿从这一行起损坏，后面的内容读不出来。请在表格软件中打开，另存后再放入"),
        STR("the workbook is broken from this row on; open it in a spreadsheet program and "
            "save it again"));
    *out = (struct format_row){
        .cells = x->cells, .number = number_of(x), .sheet = x->sheet, .is_damaged = true};
    return OK;
}

static enum err open_sheet(struct xlsx *x)
{
    struct str part = x->book.sheets[x->at].part;
    TRY(zip_part_open(x->book.zip, part, SHEET_BYTES_MAX));
    TRY(xlsx_merge_read(x->book.zip, x->arena, &x->merges));
    TRY(zip_part_open(x->book.zip, part, SHEET_BYTES_MAX));
    x->walk = xml_walk_open(x->book.zip, x->arena, &x->handler);
    x->row = x->last_row = 0;
    x->is_in_sheet = true;
    return OK;
}

static void leave_sheet(struct xlsx *x)
{
    xml_walk_close(x->walk);
    x->walk = NULL;
    x->is_in_sheet = false;
    x->at++;
    x->sheet++;
}

static enum err xlsx_next_row(struct format *f, struct problem_list *problems,
                              struct format_row *out_row)
{
    struct xlsx *x = (struct xlsx *)f;
    while (x->at < x->book.sheet_count) {
        bool is_end = false;
        enum err e = OK;
        if (x->book.sheets[x->at].is_hidden) {
            x->at++;
            continue;
        }
        if (!x->is_in_sheet)
            e = open_sheet(x);
        x->has_row = false;
        if (e == OK)
            e = xml_walk_run(x->walk, &is_end);
        if (e == ERR_MALFORMED || e == ERR_MISSING)
            return break_off(x, problems, out_row);
        TRY(e);
        if (x->has_row) {
            give_row(x, problems, out_row);
            return OK;
        }
        if (is_end)
            leave_sheet(x);
    }
    return ERR_MISSING;
}

static void xlsx_close(struct format *f)
{
    struct xlsx *x = (struct xlsx *)f;
    xml_walk_close(x->walk);
    xlsx_book_close(&x->book);
    arena_free(x->row_arena);
}

static struct str xlsx_name(const struct format *f, char *room, size_t room_len)
{
    (void)f;
    (void)room;
    (void)room_len;
    return STR("XLSX");
}

static uint32_t xlsx_sheet_count(const struct format *f)
{
    const struct xlsx *x = (const struct xlsx *)f;
    uint32_t n = 0;
    for (size_t i = 0; i < x->book.sheet_count; i++)
        n += !x->book.sheets[i].is_hidden;
    return n;
}

static const struct format_ops xlsx_ops = {xlsx_next_row, xlsx_close, xlsx_name, xlsx_sheet_count};

enum err xlsx_open(struct format_source *source, struct arena *a, struct problem_list *problems,
                   struct format **out_format)
{
    struct xlsx *x = NEW(a, struct xlsx);
    *x = (struct xlsx){.base = {&xlsx_ops}, .handler = {on_start, on_end, on_text}, .arena = a};
    TRY(xlsx_book_open(source, a, problems, &x->book));
    for (size_t i = 0; i < x->book.sheet_count; i++)
        if (x->book.sheets[i].is_hidden)
            format_fault(problems, PROBLEM_WARNING, "sheet.hidden", 0, 0,
                         str_format(a, "工作表“" STR_FMT "”是隐藏的，没有读取",
                                    STR_ARG(x->book.sheets[i].name)),
                         str_format(a, "sheet \"" STR_FMT "\" is hidden and was not read",
                                    STR_ARG(x->book.sheets[i].name)));
    x->row_arena = arena_new(FORMAT_ROW_BYTES_MAX + FORMAT_CELL_BYTES_MAX * 4);
    x->cells = NEW_ARRAY(a, struct str, FORMAT_COLUMNS_MAX);
    buf_init(&x->text, a);
    buf_reserve(&x->text, FORMAT_CELL_BYTES_MAX);
    *out_format = &x->base;
    return OK;
}
