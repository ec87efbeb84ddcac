#include "common/sheet/xls.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/os/file.h"
#include "common/os/process.h"
#include "common/sheet/book.h"

#include <freexl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 256 /* of the format, as its rows */
#define ROWS_MAX 65536

enum outcome { COPIED, BROKEN, PASSWORD, NOT_WRITTEN };

struct copying {
    const char *from, *to;
    const void *file;
    struct book *book;
    struct book_cell cells[COLUMNS_MAX];
};

bool xls_looks_so(struct str head)
{
    return str_starts(head, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static struct book_cell copy_cell(const struct copying *c, unsigned row, unsigned column)
{
    FreeXL_CellValue v;
    if (freexl_get_cell_value(c->file, row, (unsigned short)column, &v) != FREEXL_OK)
        return (struct book_cell){0};
    switch (v.type) {
    case FREEXL_CELL_INT:
        return (struct book_cell){.is_number = true, .number = v.value.int_value};
    case FREEXL_CELL_DOUBLE:
        return (struct book_cell){.is_number = true, .number = v.value.double_value};
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        return (struct book_cell){.text =
                                      v.value.text_value ? str_of(v.value.text_value) : STR_NONE};
    default:
        return (struct book_cell){0};
    }
}

static void copy_sheet(struct copying *c, unsigned index)
{
    const char *name = NULL;
    unsigned rows = 0;
    unsigned short columns = 0;
    if (freexl_get_worksheet_name(c->file, (unsigned short)index, &name) != FREEXL_OK ||
        freexl_select_active_worksheet(c->file, (unsigned short)index) != FREEXL_OK ||
        freexl_worksheet_dimensions(c->file, &rows, &columns) != FREEXL_OK)
        return; /* a chart, a macro */
    size_t sheet = book_add_sheet(c->book, name ? str_of(name) : STR_NONE);
    if (columns > COLUMNS_MAX)
        columns = COLUMNS_MAX;
    for (unsigned row = 0; row < rows && row < ROWS_MAX; row++) {
        size_t last = 0;
        for (unsigned column = 0; column < columns; column++) {
            c->cells[column] = copy_cell(c, row, column);
            if (c->cells[column].is_number || c->cells[column].text.len)
                last = column + 1;
        }
        book_row(c->book, sheet, c->cells, last);
    }
}

static enum outcome copy(struct copying *c)
{
    unsigned password = 0, sheets = 0;
    if (freexl_open(c->from, &c->file) != FREEXL_OK)
        return BROKEN;
    if (freexl_get_info(c->file, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK &&
        password == FREEXL_BIFF_OBFUSCATED)
        return PASSWORD;
    if (freexl_get_info(c->file, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK || sheets == 0)
        return BROKEN;
    c->book = book_open(c->to);
    for (unsigned i = 0; i < sheets && i < BOOK_SHEETS_MAX; i++)
        copy_sheet(c, i);
    return book_close(c->book) == OK ? COPIED : NOT_WRITTEN;
}

/* In the process of its own; nothing needs to be given back there. */
static int work(void *context)
{
    const char *const *paths = context;
    struct copying *c = calloc(1, sizeof *c);
    if (!c)
        return NOT_WRITTEN;
    c->from = paths[0];
    c->to = paths[1];
    return (int)copy(c);
}

static enum err say(struct problem_list *problems, const char *code, const char *zh, const char *en)
{
    problem_add(problems, (struct problem){.severity = PROBLEM_ERROR,
                                           .code = str_of(code),
                                           .zh = str_of(zh),
                                           .en = str_of(en)});
    return fail(ERR_MALFORMED, "%s", en);
}

enum err xls_to_xlsx(const char *from, const char *to, struct problem_list *problems)
{
    static const struct process_limits limits = {XLS_SECONDS_MAX, XLS_MEMORY_MAX};
    const char *paths[2] = {from, to};
    struct file_info info;
    int status = 0;
    TRY(file_stat(from, &info));
    if (info.size_bytes > XLS_BYTES_MAX)
        return say(problems, "xls.size",
                   "旧版 Excel 文件（.xls）超过 64 MB，不可能是一张表。请另存为 .xlsx 后再放入",
                   "an old Excel file of more than 64 MB; save it as .xlsx");
    TRY(process_run_guarded(work, paths, &limits, &status));
    if (status == COPIED)
        return OK;
    remove(to);
    if (status == PASSWORD)
        return say(problems, "xls.password",
                   "这份旧版 Excel 文件（.xls）加了密码，读不了。请在表格软件中取消密码，"
                   "另存为 .xlsx 后再放入",
                   "an old Excel file (.xls) protected by a password; remove it and save as .xlsx");
    if (status == NOT_WRITTEN)
        return fail(ERR_IO, "the copy of an old workbook could not be written");
    return say(
        problems, "xls.broken",
        "这份旧版 Office 文件不是完好的 Excel 工作簿（.xls），可能未保存完，或是 Word 等其他文件。"
        "请在表格软件中打开，另存为 .xlsx 后再放入",
        "this old Office file is no sound Excel workbook (.xls): half saved, or of another "
        "program; open it in a spreadsheet program and save it as .xlsx");
}
