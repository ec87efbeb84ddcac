#include "common/ocds/ocds.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "common/model/reading.h"

const struct json *ocds_path_follow(const struct json *from, const struct ocds_path *p,
                                    struct arena *a)
{
    for (size_t i = 0; i < p->count && from; i++) {
        if (json_kind(from) == JSON_KIND_ARRAY)
            from = json_at(from, 0);
        if (!from || json_kind(from) != JSON_KIND_OBJECT)
            return NULL;
        from = json_get(from, str_copy_z(a, p->steps[i]));
    }
    return from && json_kind(from) == JSON_KIND_ARRAY ? json_at(from, 0) : from;
}

bool ocds_path_read(struct reading *r, struct ocds_path *out)
{
    const struct decl_token *t = reading_peek(r);
    *out = (struct ocds_path){0};
    if (!t || t->kind != DECL_WORD) {
        reading_fault(r, "ocds.path", STR("此处应为路径，如 tender.value"),
                      STR("a path like tender.value is expected here"));
        return false;
    }
    struct str rest = t->text;
    while (rest.len) {
        if (out->count == OCDS_PATH_MAX) {
            reading_fault(r, "ocds.path", STR("路径过长"), STR("the path is too long"));
            return false;
        }
        out->steps[out->count++] = str_cut(&rest, '.');
    }
    r->at++;
    return true;
}

static void read_names(struct reading *r, struct str *names, size_t *count)
{
    do {
        struct ocds_path p;
        if (*count == OCDS_NAMES_MAX) {
            reading_fault(r, "ocds.names", STR("列出的名称过多"), STR("too many names"));
            return;
        }
        if (!ocds_path_read(r, &p))
            return;
        names[(*count)++] = p.steps[0];
    } while (reading_take_punct(r, ","));
    reading_end(r);
}

/* code (open gongkai, selective yaoqing) */
static bool read_codes(struct reading *r, struct ocds_field *f)
{
    if (!reading_take_punct(r, "(")) {
        reading_fault(r, "ocds.codes", STR("此处应为 (对方代码 本方代码, …)"),
                      STR("(theirs ours, …) is expected here"));
        return false;
    }
    do {
        if (f->code_count == OCDS_CODES_MAX) {
            reading_fault(r, "ocds.codes", STR("代码过多"), STR("too many codes"));
            return false;
        }
        if (!reading_word(r, &f->codes[f->code_count].theirs) ||
            !reading_word(r, &f->codes[f->code_count].ours))
            return false;
        f->code_count++;
    } while (reading_take_punct(r, ","));
    return reading_take_punct(r, ")");
}

static void read_field(struct reading *r, struct ocds_table *t)
{
    struct ocds_field f = {0};
    struct str id;
    if (!reading_name(r, &id))
        return;
    f.field = dataset_field(t->dataset, id);
    if (f.field < 0 || t->field_count == DATASET_FIELDS_MAX) {
        r->at = 1;
        reading_fault(r, "ocds.field", STR("数据集中没有这个字段"),
                      STR("the dataset has no such field"));
        return;
    }
    if (reading_take_word(r, "position")) {
        f.way = OCDS_POSITION;
    } else {
        f.is_root = reading_take_word(r, "root");
        f.is_up = !f.is_root && reading_take_word(r, "up");
        f.way = reading_take_word(r, "money")   ? OCDS_MONEY
                : reading_take_word(r, "party") ? OCDS_PARTY
                : reading_take_word(r, "award") ? OCDS_AWARD
                                                : OCDS_PLAIN;
        if (!ocds_path_read(r, &f.path))
            return;
        if (f.way == OCDS_AWARD) {
            f.is_party = reading_take_word(r, "party");
            if (!ocds_path_read(r, &f.then))
                return;
        }
        if (reading_take_word(r, "code") && !read_codes(r, &f))
            return;
    }
    if (reading_end(r))
        t->fields[t->field_count++] = f;
}

static void read_always(struct reading *r, struct ocds_table *t)
{
    if (ocds_path_read(r, &t->always) && reading_word(r, &t->always_says))
        reading_end(r);
}

static void read_table(struct arena *a, struct reading *head, const struct catalog *catalog,
                       struct ocds *o)
{
    struct str id;
    struct ocds_table t = {0};
    if (!reading_name(head, &id))
        return;
    t.dataset = catalog_dataset(catalog, id);
    if (!t.dataset || o->table_count == OCDS_TABLES_MAX) {
        head->at = 1;
        reading_fault(head, "ocds.table", STR("没有这个数据集，或表过多"),
                      STR("no such dataset, or too many tables"));
        return;
    }
    if (reading_take_word(head, "each") && !ocds_path_read(head, &t.each))
        return;
    if (reading_take_word(head, "when") && !ocds_path_read(head, &t.when))
        return;
    reading_end(head);
    for (size_t i = 0; i < head->node->child_count; i++) {
        struct reading r = reading_of(a, head->file, &head->node->children[i], head->problems);
        if (str_equal(decl_keyword(r.node), STR("field"))) {
            read_field(&r, &t);
        } else if (str_equal(decl_keyword(r.node), STR("always"))) {
            read_always(&r, &t);
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("表中只有 field 和 always"),
                          STR("a table has fields and always"));
        }
    }
    o->tables[o->table_count++] = t;
}

bool ocds_load(struct arena *a, const struct catalog *catalog, const struct decl_file *file,
               const struct decl_node *node, struct problem_list *problems, struct ocds *out)
{
    size_t errors = problems->errors;
    struct reading head = reading_of(a, file, node, problems);
    struct str id, zh, en;
    int64_t version;
    *out = (struct ocds){.tables = NEW_ARRAY(a, struct ocds_table, OCDS_TABLES_MAX)};
    if (reading_name(&head, &id) && reading_texts(&head, &zh, &en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct str word = decl_keyword(r.node);
        if (str_equal(word, STR("omit"))) {
            read_names(&r, out->omit, &out->omit_count);
        } else if (str_equal(word, STR("whole"))) {
            read_names(&r, out->whole, &out->whole_count);
        } else if (str_equal(word, STR("list"))) {
            read_names(&r, out->lists, &out->list_count);
        } else if (str_equal(word, STR("table"))) {
            read_table(a, &r, catalog, out);
        } else if (str_equal(word, STR("version"))) {
            if (reading_int(&r, &version))
                reading_end(&r);
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("只有 version、omit、whole、list 和 table"),
                          STR("only version, omit, whole, list and table stand here"));
        }
    }
    return problems->errors == errors;
}
