#include "common/rules/rule_parts.h"

#include "common/base/arena.h"
#include "common/base/check.h"

static bool read_type(struct rule_loading *l, struct reading *r, struct rule_column *c)
{
    static const struct {
        const char *word;
        enum rule_type type;
    } types[] = {{"int", RULE_INT},    {"money", RULE_MONEY}, {"area", RULE_AREA},
                 {"date", RULE_DATE},  {"month", RULE_MONTH}, {"text", RULE_TEXT},
                 {"person", RULE_INT}, {"bool", RULE_BOOL},   {"code", RULE_TEXT}};
    struct str word;
    if (!reading_word(r, &word))
        return false;
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_equal(word, str_of(types[i].word))) {
            c->type = types[i].type;
            c->is_person = str_equal(word, STR("person"));
            if (!str_equal(word, STR("code")))
                return true;
            if (!reading_word(r, &word))
                return false;
            c->vocab = catalog_vocab(l->catalog, word);
            if (c->vocab)
                return true;
        }
    r->at--;
    reading_fault(r, "rule.type", STR("没有这种类型或词表"),
                  STR("there is no such type or vocabulary"));
    return false;
}

/* (NAME type, …) */
static bool read_columns(struct rule_loading *l, struct reading *r, struct rule_query *q)
{
    bool is_fine = reading_take_punct(r, "(");
    do {
        struct rule_column c = {0};
        if (!is_fine || !rule_has_room(r, q->column_count, RULE_COLUMNS_MAX))
            return false;
        c.id = STR("site"); /* the hub's own word, and here its meaning */
        if (!(reading_take_word(r, "site") || reading_name(r, &c.id)) || !read_type(l, r, &c))
            return false;
        q->columns[q->column_count++] = c;
    } while (reading_take_punct(r, ","));
    if (reading_take_punct(r, ")"))
        return reading_end(r);
    reading_fault(r, "rule.query", STR("应为 (列 类型, …)"), STR("expected: (COLUMN type, …)"));
    return false;
}

/* keys DATASET(FIELD, …), DATASET, … */
static void read_keys(struct rule_loading *l, struct reading *r)
{
    do {
        struct str id;
        if (!reading_word(r, &id))
            return;
        const struct dataset *d = catalog_dataset(l->catalog, id);
        if (!d) {
            r->at--;
            reading_fault(r, "rule.dataset", STR("没有这个数据集"),
                          STR("there is no such dataset"));
            return;
        }
        if (!reading_take_punct(r, "(")) {
            rule_add_key(l, r->node, d, -1);
            continue;
        }
        do {
            int f = reading_word(r, &id) ? dataset_field(d, id) : -1;
            if (f < 0 || rule_type_of(&d->fields[f]) != RULE_TEXT) {
                reading_fault(r, "rule.key", STR("没有这个字段，或它不是文本"),
                              STR("there is no such field, or it is no text"));
                return;
            }
            rule_add_key(l, r->node, d, f);
            /* persons are always known: the dataset is named all the same */
            if (dataset_field_has_person(&d->fields[f]))
                rule_add_read(l, r->node, d);
        } while (reading_take_punct(r, ","));
        if (!reading_take_punct(r, ")")) {
            reading_fault(r, "rule.key", STR("缺少右括号"),
                          STR("a closing parenthesis is missing"));
            return;
        }
    } while (reading_take_punct(r, ","));
    reading_end(r);
}

static void read_population(struct rule_loading *l, struct reading *r)
{
    struct rule *rule = l->rule;
    struct str id;
    if (!reading_word(r, &id))
        return;
    const struct dataset *d = catalog_dataset(l->catalog, id);
    int f = d && reading_take_word(r, "on") && reading_word(r, &id) ? dataset_field(d, id) : -1;
    if (f < 0) {
        reading_fault(r, "rule.population", STR("应为 population 数据集 on 字段"),
                      STR("expected: population DATASET on FIELD"));
        return;
    }
    rule->population = d;
    rule->population_field = f;
    reading_end(r);
}

/* A word of SQL that is a dataset's name. */
static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c >= 'A' && c <= 'Z');
}

static bool is_read(const struct rule *r, const struct dataset *d)
{
    for (size_t i = 0; i < r->key_count; i++)
        if (r->keys[i].dataset == d)
            return true;
    for (size_t i = 0; i < r->read_count; i++)
        if (r->reads[i] == d)
            return true;
    return false;
}

/* Every dataset behind FROM or JOIN must be named in keys, or its changes would go unseen. */
static void check_tables(struct rule_loading *l, const struct decl_node *node, struct str sql)
{
    struct str last = STR_NONE;
    for (size_t i = 0; i < sql.len;) {
        size_t n = i;
        while (n < sql.len && is_name_byte(sql.ptr[n]))
            n++;
        struct str word = str_slice(sql, i, n);
        i = n > i ? n : i + 1;
        if (word.len == 0)
            continue;
        bool is_table = str_equal(last, STR("FROM")) || str_equal(last, STR("JOIN"));
        const struct dataset *d = is_table ? catalog_dataset(l->catalog, word) : NULL;
        last = word;
        if (d && !is_read(l->rule, d))
            decl_problem(
                l->scope.problems, l->rule->file, node, NULL, "rule.keys",
                str_format(l->scope.arena, "查询读取 " STR_FMT "，但 keys 中没有它", STR_ARG(word)),
                str_format(l->scope.arena, "the query reads " STR_FMT ", which keys does not name",
                           STR_ARG(word)));
    }
}

/* {today}, {mine …}, {changed …} or {a parameter}, and no second statement. */
static void check_sql(struct rule_loading *l, const struct decl_node *node, struct str sql)
{
    struct str rest = sql;
    bool is_fine = str_find(sql, ';') == sql.len && sql.len > 0;
    while (is_fine && rest.len) {
        rest = str_skip(rest, str_find(rest, '{'));
        if (rest.len == 0)
            break;
        struct str name = str_slice(rest, 1, str_find(rest, '}'));
        bool is_known = str_equal(name, STR("today")) || str_starts(name, STR("mine ")) ||
                        str_starts(name, STR("changed "));
        for (size_t i = 0; i < l->rule->param_count; i++)
            is_known = is_known ||
                       str_equal(l->rule->params[i].id, str_slice(name, 0, str_find(name, ' ')));
        is_fine = is_known;
        rest = str_skip(rest, 1);
    }
    if (!is_fine)
        decl_problem(
            l->scope.problems, l->rule->file, node, NULL, "rule.sql",
            STR("SQL 应为一条 SELECT，花括号内应为 today、mine 列、changed 列或已声明的参数"),
            STR("expected one SELECT; in braces stand today, mine COLUMN, changed COLUMN "
                "or a parameter declared above"));
}

static void read_part(struct rule_loading *l, struct reading *r, struct rule_query *q)
{
    struct str k = decl_keyword(r->node);
    if (str_equal(k, STR("keys")))
        read_keys(l, r);
    else if (str_equal(k, STR("population")))
        read_population(l, r);
    else if (str_equal(k, STR("touches")))
        (void)(reading_string(r, &q->touches) && reading_end(r));
    else if (str_equal(k, STR("select")))
        (void)(reading_string(r, &q->sql) && reading_end(r));
    else {
        r->at = 0;
        reading_fault(r, "decl.keyword", STR("不认识的语句"),
                      STR("this statement is unknown in a query"));
    }
}

/* query NAME (COLUMN type, …) { keys … population … touches … select … } */
void rule_read_query(struct rule_loading *l, struct reading *r)
{
    struct rule_query *q = NEW(l->scope.arena, struct rule_query);
    if (!rule_has_room(r, l->rule->query ? 1 : 0, 1) || !rule_read_alias(l, r, &q->alias) ||
        !read_columns(l, r, q))
        return;
    l->rule->query = q;
    for (size_t i = 0; i < r->node->child_count; i++) {
        struct reading inner = reading_of(r->arena, r->file, &r->node->children[i], r->problems);
        read_part(l, &inner, q);
    }
    check_sql(l, r->node, q->sql);
    if (q->touches.len)
        check_sql(l, r->node, q->touches);
    check_tables(l, r->node, q->sql);
    check_tables(l, r->node, q->touches);
}
