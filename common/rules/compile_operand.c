#include "common/rules/compile_parts.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

enum rule_type rule_type_of(const struct field *f)
{
    switch (f->kind) {
    case FIELD_INT:
    case FIELD_DATETIME: /* compared among themselves */
    case FIELD_QUANTITY:
    case FIELD_PERCENT:
        return RULE_INT;
    case FIELD_MONEY:
        return RULE_MONEY;
    case FIELD_AREA:
        return RULE_AREA;
    case FIELD_DATE:
        return RULE_DATE;
    case FIELD_MONTH:
        return RULE_MONTH;
    case FIELD_BOOL:
        return RULE_BOOL;
    case FIELD_TEXT:
    case FIELD_CITIZEN:
    case FIELD_USCC:
    case FIELD_CODE:
    case FIELD_DIVISION:
    case FIELD_ACCOUNT:
    case FIELD_PARTY:
        break;
    }
    return RULE_TEXT;
}

static const struct rule_source *find_source(const struct compiler *c, struct str alias)
{
    if (c->scope->only)
        return str_equal(c->scope->only->alias, alias) ? c->scope->only : NULL;
    if (c->has_inner && str_equal(c->inner.alias, alias))
        return &c->inner;
    int i = rule_source_named(c->scope->rule, alias);
    return i < 0 ? NULL : &c->scope->rule->sources[i];
}

static struct compile_part compile_query_column(struct compiler *c, const struct rule_source *s,
                                                struct str column)
{
    int i = rule_column(s->query, column);
    if (i < 0)
        return compile_fault(c, "rule.column", STR("来源中没有这一列"),
                             STR("the source has no such column"));
    const char *quote_mark = c->scope->is_of_hits ? "\"" : "";
    struct compile_part p =
        compile_print(c, s->query->columns[i].type, "%s" STR_FMT "." STR_FMT "%s", quote_mark,
                      STR_ARG(s->alias), STR_ARG(column), quote_mark);
    p.vocab = s->query->columns[i].vocab;
    c->at++;
    return p;
}

struct str compile_key(struct arena *a, const struct rule_source *s, int field, bool is_of_hits)
{
    struct str id = s->query ? s->query->columns[field].id : s->dataset->fields[field].id;
    const char *tail = s->dataset && rule_field_has_person(s, field) ? "_person" : "";
    const char *quote_mark = is_of_hits ? "\"" : "";
    return str_format(a, "%s" STR_FMT "." STR_FMT "%s%s", quote_mark, STR_ARG(s->alias),
                      STR_ARG(id), tail, quote_mark);
}

/* alias.column */
static struct compile_part compile_column(struct compiler *c, struct str word)
{
    struct str column = word;
    struct str alias = str_cut(&column, '.');
    const struct rule_source *s = find_source(c, alias);
    if (!s)
        return compile_fault(c, "rule.source", STR("没有这个来源"), STR("there is no such source"));
    if (c->scope->is_grouped && !c->is_inside)
        return compile_fault(
            c, "rule.aggregate", STR("let 和 amount 中的列须放在 count、sum、min、max 或 any 内"),
            STR("in let and amount a column stands inside count, sum, min, max or any"));
    if (c->scope->lets_are_columns)
        return compile_fault(c, "rule.level", STR("级别条件中只能用 let 的值"),
                             STR("levels are decided by let values, not by columns"));
    /* the rows that `exists` looks into are no hits */
    const char *quote_mark = c->scope->is_of_hits && s != &c->inner ? "\"" : "";
    if (s->query)
        return compile_query_column(c, s, column);
    if (str_equal(column, STR("rid"))) {
        c->at++;
        return compile_print(c, RULE_INT, "%s" STR_FMT ".rid%s", quote_mark, STR_ARG(alias),
                             quote_mark);
    }
    int f = dataset_field(s->dataset, column);
    if (f < 0)
        return compile_fault(c, "rule.column", STR("来源中没有这一列"),
                             STR("the source has no such column"));
    const struct field *field = &s->dataset->fields[f];
    /* a yes or no is stored as a number, which PostgreSQL takes for no condition */
    bool is_yes_or_no = rule_type_of(field) == RULE_BOOL;
    struct compile_part p = compile_print(c, rule_type_of(field), "%s%s" STR_FMT "." STR_FMT "%s%s",
                                          is_yes_or_no ? "(" : "", quote_mark, STR_ARG(alias),
                                          STR_ARG(column), quote_mark, is_yes_or_no ? " = 1)" : "");
    p.vocab = field->vocab;
    c->at++;
    return p;
}

static struct str quote(struct compiler *c, struct str text)
{
    struct buf out;
    buf_init(&out, c->scope->arena);
    buf_put_char(&out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            buf_put_char(&out, '\'');
        buf_put_char(&out, text.ptr[i]);
    }
    buf_put_char(&out, '\'');
    return buf_str(&out);
}

/* A bare word: a parameter, a let value, today, or a code of a vocabulary. */
static struct compile_part compile_word(struct compiler *c, const struct decl_token *t)
{
    const struct rule *r = c->scope->rule;
    if (decl_word_is(t, "today")) {
        c->at++;
        return compile_print(c, RULE_DATE, c->scope->dialect == DDL_SQLITE ? "?1" : "$1");
    }
    for (size_t i = 0; i < r->param_count; i++)
        if (str_equal(r->params[i].id, t->text)) {
            c->at++;
            return compile_print(
                c, r->params[i].type, STR_FMT,
                STR_ARG(compile_param(c->scope->arena, &r->params[i], STR_NONE, STR_NONE)));
        }
    for (size_t i = 0; c->scope->lets_are_columns && i < r->let_count; i++)
        if (str_equal(r->lets[i].id, t->text)) {
            c->at++;
            return r->lets[i].type == RULE_BOOL
                       ? compile_print(c, RULE_BOOL, "g." STR_FMT " = 1", STR_ARG(t->text))
                       : compile_print(c, r->lets[i].type, "g." STR_FMT, STR_ARG(t->text));
        }
    if (c->scope->lets_are_columns && decl_word_is(t, "amount")) {
        c->at++;
        return compile_print(c, RULE_MONEY, "g.amount");
    }
    c->at++;
    struct compile_part code = compile_print(c, RULE_TEXT, STR_FMT, STR_ARG(quote(c, t->text)));
    code.is_literal = true;
    return code;
}

struct compile_part compile_primary(struct compiler *c)
{
    const struct decl_token *t = compile_peek(c, 0);
    if (!t)
        return compile_fault(c, "rule.end", STR("表达式不完整"),
                             STR("the expression ends too early"));
    if (compile_take_punct(c, "(")) {
        struct compile_part inner = compile_or(c);
        compile_expect(c, ")");
        inner.sql = str_format(c->scope->arena, "(" STR_FMT ")", STR_ARG(inner.sql));
        return inner;
    }
    if (compile_take_word(c, "exists"))
        return compile_exists(c);
    if (t->kind == DECL_WORD && compile_peek(c, 1) && compile_peek(c, 1)->kind == DECL_PUNCT &&
        str_equal(compile_peek(c, 1)->text, STR("(")) && !decl_word_is(t, "in") &&
        !decl_word_is(t, "not"))
        return compile_function(c, t->text);
    if (t->kind == DECL_WORD && str_find(t->text, '.') < t->text.len)
        return compile_column(c, t->text);
    if (t->kind == DECL_WORD)
        return compile_word(c, t);
    if (t->kind == DECL_PUNCT)
        return compile_fault(c, "rule.operand", STR("此处应为列、值或函数"),
                             STR("a column, a value or a function is expected here"));
    c->at++;
    if (t->kind == DECL_STRING) {
        struct compile_part text = compile_print(c, RULE_TEXT, STR_FMT, STR_ARG(quote(c, t->text)));
        text.is_literal = true;
        return text;
    }
    struct compile_part p =
        compile_print(c, t->kind == DECL_DATE ? RULE_DATE : RULE_INT, "%lld", (long long)t->number);
    p.is_literal = t->kind == DECL_NUMBER;
    p.number = t->number;
    p.scale = t->scale;
    return p;
}
