#include "common/sheet/template.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/type.h"

#define WIDTH_LEAST 12
#define NOTES_COLUMNS 5

/* As an office would write one. */
static const char *example_of(const struct field *f)
{
    static const char *const examples[] = {
        [FIELD_INT] = "12",
        [FIELD_MONEY] = "1234.50",
        [FIELD_AREA] = "15.5",
        [FIELD_DATE] = "2026-11-24",
        [FIELD_MONTH] = "2026-11",
        [FIELD_BOOL] = "是",
        [FIELD_CITIZEN] = "11010519491231002X",
        [FIELD_USCC] = "91350100M000100Y43",
        [FIELD_DIVISION] = "231282101",
        [FIELD_ACCOUNT] = "6210150012345678",
        [FIELD_DATETIME] = "2026-11-24 09:30",
        [FIELD_QUANTITY] = "3.5",
        [FIELD_PERCENT] = "12.5",
        [FIELD_PARTY] = "11010519491231002X",
    };
    size_t kind = (size_t)f->kind;
    return kind < COUNT_OF(examples) && examples[kind] ? examples[kind] : "";
}

static void put_limits(struct buf *out, struct arena *a, const struct field *f)
{
    if (f->length_max)
        buf_format(out, "，不超过 %u 个字", f->length_max);
    if (!f->has_range)
        return;
    struct value least = value_int(f->least);
    struct value most = value_int(f->most);
    buf_format(out, "，" STR_FMT " 至 " STR_FMT, STR_ARG(type_format(a, f, &least)),
               STR_ARG(type_format(a, f, &most)));
}

static struct str requirement(struct arena *a, const struct dataset *d, size_t field)
{
    const struct field *f = &d->fields[field];
    struct buf out;
    buf_init(&out, a);
    buf_put_z(&out, f->is_required ? "必填。" : "可不填。");
    for (size_t i = 0; i < d->key_count; i++)
        if (d->key[i] == field)
            buf_put_z(&out, "是主键的一部分。");
    buf_put_z(&out, type_of(f->kind)->zh);
    put_limits(&out, a, f);
    if (f->vocab)
        buf_put_z(&out, "，从下拉列表中选择");
    else if (example_of(f)[0])
        buf_format(&out, "，例如 %s", example_of(f));
    return buf_str(&out);
}

static struct str joined_aliases(struct arena *a, const struct field *f)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < f->alias_count; i++)
        buf_format(&out, "%s" STR_FMT, i ? "、" : "", STR_ARG(f->aliases[i]));
    return buf_str(&out);
}

struct str template_note(struct arena *a, const struct dataset *d, size_t field)
{
    const struct field *f = &d->fields[field];
    struct str aliases = joined_aliases(a, f);
    struct buf out;
    buf_init(&out, a);
    buf_put(&out, requirement(a, d, field));
    if (aliases.len)
        buf_format(&out, "\n表头也可写作：" STR_FMT, STR_ARG(aliases));
    buf_format(&out, "\n" STR_FMT "%s: %s", STR_ARG(f->en), f->is_required ? " (required)" : "",
               type_of(f->kind)->en);
    return buf_str(&out);
}

bool template_is_for_people(struct str sheet_name)
{
    struct str name = str_trim(sheet_name);
    return str_equal(name, STR(TEMPLATE_NOTES)) || str_equal(name, STR(TEMPLATE_REASONS));
}

struct str template_file_name(struct arena *a, const struct dataset *d)
{
    return str_format(a, STR_FMT ".模板.xlsx", STR_ARG(d->zh));
}

static void put_header(struct book *b, size_t sheet, const struct dataset *d, struct arena *a)
{
    struct book_cell cells[DATASET_FIELDS_MAX] = {0};
    for (size_t i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        int width = (int)utf8_count(f->zh) * 2 + 4; /* a Chinese character is two wide */
        book_width(b, sheet, i, width > WIDTH_LEAST ? width : WIDTH_LEAST);
        cells[i] = (struct book_cell){.text = f->zh,
                                      .note = template_note(a, d, i),
                                      .style = f->is_required ? BOOK_REQUIRED : BOOK_HEADER};
    }
    book_row(b, sheet, cells, d->field_count);
    book_freeze(b, sheet, 1);
}

static void put_line(struct book *b, size_t sheet, struct str text, enum book_style style)
{
    book_row(b, sheet, &(struct book_cell){.text = text, .style = style}, 1);
}

static struct str key_sentence(struct arena *a, const struct dataset *d)
{
    struct buf out;
    buf_init(&out, a);
    buf_put_z(&out, "主键：");
    for (size_t i = 0; i < d->key_count; i++)
        buf_format(&out, "%s" STR_FMT, i ? " + " : "", STR_ARG(d->fields[d->key[i]].zh));
    buf_put_z(&out, "。主键相同、内容不同的行是更正，作为新版本保存；内容也相同的行只算一次。");
    return buf_str(&out);
}

static size_t put_notes(struct book *b, const struct dataset *d, struct arena *a)
{
    static const int widths[NOTES_COLUMNS] = {22, 44, 36, 28, 28};
    static const char *const heads[NOTES_COLUMNS] = {"表头", "要求", "也可写作", "English",
                                                     "Expected"};
    size_t sheet = book_add_sheet(b, STR(TEMPLATE_NOTES));
    for (size_t i = 0; i < NOTES_COLUMNS; i++)
        book_width(b, sheet, i, widths[i]);
    put_line(b, sheet, str_format(a, STR_FMT "（" STR_FMT "）", STR_ARG(d->zh), STR_ARG(d->en)),
             BOOK_TITLE);
    put_line(b, sheet,
             STR("在第一张工作表里从第 2 行起填写，一行一条记录；不要改表头，列的顺序可以变，"
                 "不用的列可以删。本页不会被读取。"),
             BOOK_PLAIN);
    put_line(b, sheet, key_sentence(a, d), BOOK_PLAIN);
    if (d->period_field >= 0)
        put_line(
            b, sheet,
            str_format(a, "所属期间按“" STR_FMT "”计。", STR_ARG(d->fields[d->period_field].zh)),
            BOOK_PLAIN);
    if (d->is_whole)
        put_line(b, sheet, STR("每次都报全部记录：上次有、这次没有的会被追问。"), BOOK_PLAIN);
    for (size_t i = 0; i < d->check_count; i++)
        put_line(b, sheet, str_format(a, "会被退回：" STR_FMT, STR_ARG(d->checks[i].zh)),
                 BOOK_PLAIN);
    struct book_cell cells[NOTES_COLUMNS] = {0};
    for (size_t i = 0; i < NOTES_COLUMNS; i++)
        cells[i] = (struct book_cell){.text = str_of(heads[i]), .style = BOOK_HEADER};
    book_row(b, sheet, cells, NOTES_COLUMNS);
    for (size_t i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        struct str row[NOTES_COLUMNS] = {f->zh, requirement(a, d, i), joined_aliases(a, f), f->en,
                                         str_of(type_of(f->kind)->en)};
        for (size_t k = 0; k < NOTES_COLUMNS; k++)
            cells[k] = (struct book_cell){.text = row[k], .style = BOOK_WRAPPED};
        book_row(b, sheet, cells, NOTES_COLUMNS);
    }
    return sheet;
}

/* Below the notes: what may be chosen, in the words that the cell then holds. */
static void put_choices(struct book *b, size_t sheet, size_t column, size_t notes,
                        const struct field *f, struct arena *a)
{
    const struct vocab *v = f->vocab;
    put_line(b, notes, STR_NONE, BOOK_PLAIN);
    put_line(b, notes, str_format(a, "“" STR_FMT "”可选：", STR_ARG(f->zh)), BOOK_HEADER);
    book_choices(b, sheet, column, 1, STR(TEMPLATE_NOTES), book_next_row(b, notes), v->code_count);
    for (size_t i = 0; i < v->code_count; i++) {
        struct book_cell cells[] = {{.text = v->codes[i].zh}, {.text = v->codes[i].en}};
        book_row(b, notes, cells, COUNT_OF(cells));
    }
}

void template_begin(struct book *b, const struct dataset *d, struct arena *a, size_t *out_sheet)
{
    *out_sheet = book_add_sheet(b, d->zh);
    put_header(b, *out_sheet, d, a);
    size_t notes = put_notes(b, d, a);
    for (size_t i = 0; i < d->field_count; i++)
        if (d->fields[i].vocab)
            put_choices(b, *out_sheet, i, notes, &d->fields[i], a);
}

enum err template_write(const char *path, const struct dataset *d)
{
    struct arena *a = arena_new((size_t)4 << 20);
    struct book *b = book_open(path);
    size_t sheet;
    template_begin(b, d, a, &sheet);
    enum err e = book_close(b);
    arena_free(a);
    return wrap(e, "template of " STR_FMT, STR_ARG(d->id));
}
