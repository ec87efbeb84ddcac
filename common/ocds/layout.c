#include "common/ocds/layout.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/json/json.h"
#include "common/model/reading.h"

static bool is_new_name(const struct layout *l, struct str id)
{
    for (size_t i = 0; i < l->table_count; i++)
        if (str_equal(l->tables[i].id, id))
            return false;
    for (size_t i = 0; i < l->derived_count; i++)
        if (str_equal(l->derived[i].id, id))
            return false;
    return l->table_count < LAYOUT_TABLES_MAX && l->derived_count < LAYOUT_TABLES_MAX;
}

static bool read_new_name(struct reading *r, const struct layout *l, struct str *out)
{
    if (!reading_name(r, out))
        return false;
    if (is_new_name(l, *out))
        return true;
    r->at = 1;
    reading_fault(r, "layout.name", STR("这个名字已用过，或表过多"),
                  STR("the name is used already, or there are too many tables"));
    return false;
}

static bool read_kind(struct reading *r, enum layout_kind *out)
{
    static const char *const kinds[] = {"text", "id", "number", "time", "json", "position"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (reading_take_word(r, kinds[i])) {
            *out = (enum layout_kind)i;
            return true;
        }
    reading_fault(r, "layout.kind", STR("应为 text、id、number、time、json 或 position"),
                  STR("text, id, number, time, json or position is expected here"));
    return false;
}

static bool has_column(const struct layout_table *t, struct str id)
{
    bool is_there = str_equal(id, STR("process")); /* that every table has */
    for (size_t i = 0; i < t->column_count; i++)
        is_there = is_there || str_equal(t->columns[i].id, id);
    return is_there;
}

static void read_column(struct reading *r, struct layout_table *t)
{
    struct layout_column c = {0};
    int64_t step = 0;
    if (!reading_name(r, &c.id) || !read_kind(r, &c.kind))
        return;
    if (c.kind == LAYOUT_POSITION) {
        if (!reading_int(r, &step))
            return;
        c.step = (size_t)step;
    } else if (!reading_take_word(r, "self")) {
        c.is_root = reading_take_word(r, "root");
        if (!ocds_path_read(r, &c.path))
            return;
    }
    bool is_fine = c.kind != LAYOUT_POSITION || (step >= 1 && step <= (int64_t)t->each.count);
    if (!is_fine || t->column_count == LAYOUT_COLUMNS_MAX || has_column(t, c.id)) {
        r->at = 1;
        reading_fault(
            r, "layout.column", STR("路径上没有这么多步，或列重名，或列过多"),
            STR("the way has not so many steps, the name is used already, or there are too "
                "many columns"));
        return;
    }
    if (reading_end(r))
        t->columns[t->column_count++] = c;
}

static void read_table(struct arena *a, struct reading *head, struct layout *l)
{
    struct str id;
    if (!read_new_name(head, l, &id))
        return;
    struct layout_table *t = &l->tables[l->table_count];
    *t = (struct layout_table){.id = id};
    if ((reading_take_word(head, "each") && !ocds_path_read(head, &t->each)) || !reading_end(head))
        return;
    for (size_t i = 0; i < head->node->child_count; i++) {
        struct reading r = reading_of(a, head->file, &head->node->children[i], head->problems);
        if (str_equal(decl_keyword(r.node), STR("column"))) {
            read_column(&r, t);
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("表中只有 column"), STR("a table has columns"));
        }
    }
    l->table_count++;
}

static void read_derived(struct reading *r, struct layout *l)
{
    struct layout_derived d;
    if (read_new_name(r, l, &d.id) && reading_string(r, &d.select) && reading_end(r))
        l->derived[l->derived_count++] = d;
}

bool layout_load(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                 struct problem_list *problems, struct layout *out)
{
    size_t errors = problems->errors;
    struct reading head = reading_of(a, file, node, problems);
    struct str id, zh, en;
    int64_t version;
    *out = (struct layout){.tables = NEW_ARRAY(a, struct layout_table, LAYOUT_TABLES_MAX),
                           .derived = NEW_ARRAY(a, struct layout_derived, LAYOUT_TABLES_MAX)};
    if (reading_name(&head, &id) && reading_texts(&head, &zh, &en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct str word = decl_keyword(r.node);
        if (str_equal(word, STR("table"))) {
            read_table(a, &r, out);
        } else if (str_equal(word, STR("derived"))) {
            read_derived(&r, out);
        } else if (str_equal(word, STR("option"))) {
            knob_load(&r, &out->knobs);
        } else if (str_equal(word, STR("version"))) {
            if (reading_int(&r, &version))
                reading_end(&r);
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("只有 version、option、table 和 derived"),
                          STR("only version, option, table and derived stand here"));
        }
    }
    return problems->errors == errors;
}

/* A release being walked. */
struct walk {
    const struct json *release;
    struct arena *arena;
    layout_row_fn take;
    void *context;
    size_t positions[OCDS_PATH_MAX];
};

static struct layout_cell cell_of_text(struct str text)
{
    return (struct layout_cell){.kind = LAYOUT_CELL_TEXT, .text = text};
}

static struct layout_cell cell_of_int(int64_t whole)
{
    return (struct layout_cell){.kind = LAYOUT_CELL_INT, .whole = whole};
}

static struct layout_cell cell_of(const struct layout_column *c, const struct json *value,
                                  struct arena *a)
{
    static const struct layout_cell none = {0};
    enum json_kind kind = json_kind(value);
    int64_t us;
    switch (c->kind) {
    case LAYOUT_TEXT:
        return kind == JSON_KIND_TEXT ? cell_of_text(json_text(value)) : none;
    case LAYOUT_ID:
        return kind == JSON_KIND_TEXT  ? cell_of_text(json_text(value))
               : kind == JSON_KIND_INT ? cell_of_text(json_write(value, a))
                                       : none;
    case LAYOUT_NUMBER:
        if (kind != JSON_KIND_INT && kind != JSON_KIND_REAL)
            return none;
        return (struct layout_cell){.kind = LAYOUT_CELL_REAL, .real = json_double(value)};
    case LAYOUT_TIME:
        return date_parse_moment(json_text(value), &us) ? cell_of_int(us) : none;
    case LAYOUT_JSON:
        return kind == JSON_KIND_NULL ? none : cell_of_text(json_write_sorted(value, a));
    case LAYOUT_POSITION:
        break;
    }
    return none;
}

static enum err give_row(const struct walk *w, const struct layout_table *t,
                         const struct json *here)
{
    struct layout_cell cells[LAYOUT_COLUMNS_MAX];
    for (size_t i = 0; i < t->column_count; i++) {
        const struct layout_column *c = &t->columns[i];
        if (c->kind == LAYOUT_POSITION) {
            cells[i] = cell_of_int((int64_t)w->positions[c->step - 1]);
            continue;
        }
        const struct json *from = c->is_root ? w->release : here;
        cells[i] = cell_of(c, ocds_path_follow(from, &c->path, w->arena), w->arena);
    }
    return w->take(w->context, t, cells);
}

/* Every element of the lists on the way; what should be a list and is none counts as its only
 * element.. */
static enum err give_each(struct walk *w, const struct layout_table *t, const struct json *here,
                          size_t step)
{
    if (step == t->each.count)
        return give_row(w, t, here);
    const struct json *next = json_kind(here) == JSON_KIND_OBJECT
                                  ? json_get(here, str_copy_z(w->arena, t->each.steps[step]))
                                  : NULL;
    if (json_kind(next) == JSON_KIND_NULL)
        return OK;
    w->positions[step] = 1;
    if (json_kind(next) != JSON_KIND_ARRAY)
        return give_each(w, t, next, step + 1);
    for (size_t i = 0; i < json_count(next); i++) {
        w->positions[step] = i + 1;
        TRY(give_each(w, t, json_at(next, i), step + 1));
    }
    return OK;
}

enum err layout_walk(const struct layout *l, const struct json *release, struct arena *a,
                     layout_row_fn take, void *context)
{
    struct walk w = {.release = release, .arena = a, .take = take, .context = context};
    for (size_t i = 0; i < l->table_count; i++)
        TRY(give_each(&w, &l->tables[i], release, 0));
    return OK;
}
