#include "common/format/xlsx_book.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/format/xml_walk.h"

#include <string.h>

#define SMALL_PART_BYTES_MAX (INT64_C(16) << 20)
#define SHARED_PART_BYTES_MAX (INT64_C(512) << 20)
#define RELATIONS_MAX 4096

struct relation {
    struct str id, target;
};

struct number_format {
    int64_t id;
    enum xlsx_style style;
};

/* One reader for the small parts: which element means what depends on the part that is open. */
struct gathering {
    struct xml_handler handler; /* first member */
    struct arena *arena;
    struct str folder; /* of the part whose relations are read */
    struct str workbook;
    VEC(struct relation) relations;
    VEC(struct xlsx_sheet) sheets;
    VEC(struct number_format) formats;
    VEC(enum xlsx_style) styles;
    struct xlsx_strings *shared;
    struct buf text; /* of the shared string under way */
    bool is_1904, is_in_styles, is_in_text, is_in_sound, is_over;
};

static void fault(struct problem_list *l, const char *code, const char *zh, const char *en)
{
    problem_add(l, (struct problem){.severity = PROBLEM_ERROR,
                                    .code = str_of(code),
                                    .zh = str_of(zh),
                                    .en = str_of(en)});
}

/* "/xl/a.xml" from the root, "a.xml" beside the part, "../a.xml" above it. */
static struct str resolve(struct arena *a, struct str folder, struct str target)
{
    if (str_starts(target, STR("/")))
        return str_copy(a, str_skip(target, 1));
    while (str_starts(target, STR("../"))) {
        target = str_skip(target, 3);
        size_t slash = folder.len ? folder.len - 1 : 0;
        while (slash > 0 && folder.ptr[slash - 1] != '/')
            slash--;
        folder = str_slice(folder, 0, slash);
    }
    return str_format(a, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(target));
}

static void on_relation(struct xml_handler *self, const char *name, const char *const *attributes)
{
    struct gathering *g = (struct gathering *)self;
    if (strcmp(name, "Relationship") != 0)
        return;
    struct relation r = {str_copy(g->arena, xml_walk_attribute(attributes, "Id")),
                         resolve(g->arena, g->folder, xml_walk_attribute(attributes, "Target"))};
    if (str_ends(xml_walk_attribute(attributes, "Type"), STR("/officeDocument")))
        g->workbook = r.target;
    if (g->relations.count < RELATIONS_MAX)
        VEC_PUSH(&g->relations, g->arena, r);
}

static bool is_true(struct str s)
{
    return str_equal(s, STR("1")) || str_equal(s, STR("true"));
}

static void on_workbook(struct xml_handler *self, const char *name, const char *const *attributes)
{
    struct gathering *g = (struct gathering *)self;
    if (strcmp(name, "workbookPr") == 0)
        g->is_1904 = is_true(xml_walk_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return;
    struct str state = xml_walk_attribute(attributes, "state");
    struct str id = xml_walk_attribute(attributes, "r:id");
    if (id.len == 0)
        id = xml_walk_attribute(attributes, "id");
    for (size_t i = 0; i < g->relations.count && g->sheets.count < XLSX_SHEETS_MAX; i++)
        /* charts and dialogues are sheets too, but have no cells */
        if (str_equal(g->relations.at[i].id, id) &&
            str_contains(g->relations.at[i].target, STR("worksheets/"))) {
            struct xlsx_sheet sheet = {
                .name = str_copy(g->arena, xml_walk_attribute(attributes, "name")),
                .part = g->relations.at[i].target,
                .is_hidden = state.len && !str_equal(state, STR("visible"))};
            VEC_PUSH(&g->sheets, g->arena, sheet);
        }
}

static int64_t number_of(struct str s)
{
    int64_t n = -1;
    return str_to_i64(s, &n) ? n : -1;
}

static void on_style(struct xml_handler *self, const char *name, const char *const *attributes)
{
    struct gathering *g = (struct gathering *)self;
    if (strcmp(name, "numFmt") == 0) {
        struct number_format f = {
            number_of(xml_walk_attribute(attributes, "numFmtId")),
            xlsx_number_style_of(xml_walk_attribute(attributes, "formatCode"))};
        if (g->formats.count < XLSX_STYLES_MAX)
            VEC_PUSH(&g->formats, g->arena, f);
    } else if (strcmp(name, "cellXfs") == 0) {
        g->is_in_styles = true;
    } else if (strcmp(name, "xf") == 0 && g->is_in_styles && g->styles.count < XLSX_STYLES_MAX) {
        int64_t id = number_of(xml_walk_attribute(attributes, "numFmtId"));
        enum xlsx_style style = xlsx_number_style(id);
        for (size_t i = 0; i < g->formats.count; i++)
            if (g->formats.at[i].id == id)
                style = g->formats.at[i].style;
        VEC_PUSH(&g->styles, g->arena, style);
    }
}

static void on_style_end(struct xml_handler *self, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        ((struct gathering *)self)->is_in_styles = false;
}

/* <si> holds <t>, or runs <r> with a <t> each; <rPh> is how it sounds and no part of it. */
static void on_shared(struct xml_handler *self, const char *name, const char *const *attributes)
{
    struct gathering *g = (struct gathering *)self;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        buf_clear(&g->text);
    else if (strcmp(name, "rPh") == 0)
        g->is_in_sound = true;
    else if (strcmp(name, "t") == 0)
        g->is_in_text = !g->is_in_sound;
}

static void on_shared_text(struct xml_handler *self, struct str bytes)
{
    struct gathering *g = (struct gathering *)self;
    if (g->is_in_text && g->text.len + bytes.len <= FORMAT_CELL_BYTES_MAX)
        buf_put(&g->text, bytes);
}

static void on_shared_end(struct xml_handler *self, const char *name)
{
    struct gathering *g = (struct gathering *)self;
    if (strcmp(name, "t") == 0)
        g->is_in_text = false;
    else if (strcmp(name, "rPh") == 0)
        g->is_in_sound = false;
    if (strcmp(name, "si") != 0 || g->is_over)
        return;
    g->is_over = !xlsx_strings_add(g->shared, buf_str(&g->text));
}

static enum err walk(struct xlsx_book *b, struct gathering *g, struct str part)
{
    bool is_end;
    bool is_shared = g->handler.text != NULL;
    TRY(zip_part_open(b->zip, part, is_shared ? SHARED_PART_BYTES_MAX : SMALL_PART_BYTES_MAX));
    struct xml_walk *w = xml_walk_open(b->zip, b->arena, &g->handler);
    enum err e = xml_walk_run(w, &is_end);
    xml_walk_close(w);
    return e;
}

static struct str folder_of(struct str part)
{
    size_t slash = part.len;
    while (slash > 0 && part.ptr[slash - 1] != '/')
        slash--;
    return str_slice(part, 0, slash);
}

static enum err read_book(struct xlsx_book *b, struct gathering *g)
{
    g->handler = (struct xml_handler){.start = on_relation};
    TRY(walk(b, g, STR("_rels/.rels")));
    if (g->workbook.len == 0)
        return fail(ERR_MALFORMED, "the archive has no workbook");
    struct str folder = folder_of(g->workbook);
    struct str name = str_skip(g->workbook, folder.len);
    g->relations.count = 0;
    g->folder = folder;
    TRY(walk(
        b, g,
        str_format(b->arena, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(folder), STR_ARG(name))));
    g->handler = (struct xml_handler){.start = on_workbook};
    TRY(walk(b, g, g->workbook));
    g->handler = (struct xml_handler){.start = on_style, .end = on_style_end};
    enum err e = walk(b, g, resolve(b->arena, folder, STR("styles.xml")));
    if (e != OK && e != ERR_MISSING)
        return e;
    g->handler =
        (struct xml_handler){.start = on_shared, .end = on_shared_end, .text = on_shared_text};
    e = walk(b, g, resolve(b->arena, folder, STR("sharedStrings.xml")));
    return e == ERR_MISSING ? OK : e;
}

static enum err say(struct problem_list *problems, enum err e)
{
    if (e == ERR_MALFORMED || e == ERR_MISSING) {
        fault(problems, "xlsx.broken",
              "这不是完好的 Excel 工作簿（.xlsx）：可能未保存完、加了密码或只是改了扩展名。"
              "请在表格软件中打开，另存为 .xlsx 后再放入",
              "not a sound workbook (.xlsx): half saved, protected by a password, or something "
              "else under that name; open it in a spreadsheet program and save it again");
        return ERR_MALFORMED;
    }
    return e;
}

enum err xlsx_book_open(struct format_source *source, struct arena *a,
                        struct problem_list *problems, struct xlsx_book *out_book)
{
    struct xlsx_book *b = out_book;
    struct gathering *g = NEW(a, struct gathering);
    *b = (struct xlsx_book){.arena = a};
    g->arena = a;
    g->shared = NEW(a, struct xlsx_strings);
    g->shared->arena = a;
    buf_init(&g->text, a);
    enum err e = zip_part_open_archive(source, a, &b->zip);
    if (e == OK)
        e = read_book(b, g);
    if (e != OK) {
        xlsx_book_close(b);
        return say(problems, e);
    }
    if (g->is_over) {
        fault(problems, "xlsx.strings",
              "工作簿里的文字过多，无法一次读入。请另存为“CSV UTF-8（逗号分隔）”后再放入",
              "too much text for a workbook; save it as CSV UTF-8");
        xlsx_book_close(b);
        return fail(ERR_MALFORMED, "too many shared strings");
    }
    b->sheets = g->sheets.at;
    b->sheet_count = g->sheets.count;
    b->shared = g->shared;
    b->styles = g->styles.at;
    b->style_count = g->styles.count;
    b->is_1904 = g->is_1904;
    return OK;
}

void xlsx_book_close(struct xlsx_book *b)
{
    zip_part_close_archive(b->zip);
    b->zip = NULL;
}
