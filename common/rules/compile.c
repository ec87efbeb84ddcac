#include "common/rules/compile.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

struct compiler {
    const struct compile_scope *scope;
    const struct decl_node *node;
    size_t at;
    int depth;
    bool has_failed;
    struct rule_source inner; /* of `exists`, while its condition is read */
    bool has_inner;
    bool is_inside; /* of an aggregate */
};

struct part {
    struct str sql;
    enum rule_type type;
    const struct vocab *vocab;
    bool is_literal;
    int64_t number; /* of a numeric literal, as written × 10^scale */
    int scale;
};

static struct part compile_or(struct compiler *c);

static const struct decl_token *peek(const struct compiler *c, size_t ahead)
{
    return c->at + ahead < c->node->token_count ? &c->node->tokens[c->at + ahead] : NULL;
}

static bool take_word(struct compiler *c, const char *word)
{
    const struct decl_token *t = peek(c, 0);
    if (!t || !decl_word_is(t, word))
        return false;
    c->at++;
    return true;
}

static bool take_punct(struct compiler *c, const char *text)
{
    const struct decl_token *t = peek(c, 0);
    if (!t || t->kind != DECL_PUNCT || !str_equal(t->text, str_of(text)))
        return false;
    c->at++;
    return true;
}

static struct part fault(struct compiler *c, const char *code, struct str zh, struct str en)
{
    const struct decl_token *t = peek(c, 0);
    if (!t) /* behind the end: the last one is near enough */
        t = &c->node->tokens[c->node->token_count - 1];
    if (!c->has_failed)
        decl_problem(c->scope->problems, c->scope->rule->file, c->node, t, code, zh, en);
    c->has_failed = true;
    return (struct part){.sql = STR("NULL")};
}

static void expect(struct compiler *c, const char *punct)
{
    if (!take_punct(c, punct))
        fault(c, "rule.punct", str_format(c->scope->arena, "此处应为 %s", punct),
              str_format(c->scope->arena, "expected %s here", punct));
}

static struct part part_of(struct compiler *c, enum rule_type type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static struct part part_of(struct compiler *c, enum rule_type type, const char *format, ...)
{
    char text[8192];
    __builtin_va_list args;
    __builtin_va_start(args, format);
    int n = __builtin_vsnprintf(text, sizeof text, format, args);
    __builtin_va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        return fault(c, "rule.size", STR("表达式过长"), STR("the expression is too long"));
    return (struct part){.sql = str_copy(c->scope->arena, str_make(text, (size_t)n)), .type = type};
}

static enum rule_type type_of_field(const struct field *f)
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

/* alias.column */
static struct part compile_column(struct compiler *c, struct str word)
{
    struct str column = word;
    struct str alias = str_cut(&column, '.');
    const struct rule_source *s = find_source(c, alias);
    if (!s)
        return fault(c, "rule.source", STR("没有这个来源"), STR("there is no such source"));
    if (c->scope->is_grouped && !c->is_inside)
        return fault(c, "rule.aggregate",
                     STR("let 和 amount 中的列须放在 count、sum、min、max 或 any 内"),
                     STR("in let and amount a column stands inside count, sum, min, max or any"));
    if (c->scope->lets_are_columns)
        return fault(c, "rule.level", STR("级别条件中只能用 let 的值"),
                     STR("levels are decided by let values, not by columns"));
    const char *quote_mark = c->scope->is_of_hits ? "\"" : "";
    if (str_equal(column, STR("rid"))) {
        c->at++;
        return part_of(c, RULE_INT, "%s" STR_FMT ".rid%s", quote_mark, STR_ARG(alias), quote_mark);
    }
    int f = dataset_field(s->dataset, column);
    if (f < 0)
        return fault(c, "rule.column", STR("来源中没有这一列"),
                     STR("the source has no such column"));
    const struct field *field = &s->dataset->fields[f];
    struct part p = part_of(c, type_of_field(field), "%s" STR_FMT "." STR_FMT "%s", quote_mark,
                            STR_ARG(alias), STR_ARG(column), quote_mark);
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

/* Behind an aggregate. */
static const char *filter_of(const struct compiler *c)
{
    return c->scope->is_of_hits ? " FILTER (WHERE clause IS NULL)" : "";
}

/* Behind the name and the parenthesis; false after a fault. */
static bool enter_aggregate(struct compiler *c)
{
    if (c->scope->is_grouped && !c->is_inside) {
        c->is_inside = true;
        return true;
    }
    c->at -= 2;
    fault(c, "rule.aggregate", STR("count、sum、min、max、any 只用于 let 和 amount,且不能嵌套"),
          STR("count, sum, min, max and any stand in let and amount only, not in one another"));
    return false;
}

static struct part compile_aggregate(struct compiler *c, const char *name)
{
    if (!enter_aggregate(c))
        return (struct part){.sql = STR("NULL")};
    bool is_distinct = take_word(c, "distinct");
    struct part inner = compile_or(c);
    expect(c, ")");
    c->is_inside = false;
    struct part p = part_of(c, str_equal(str_of(name), STR("count")) ? RULE_INT : inner.type,
                            "%s(%s" STR_FMT ")%s", name, is_distinct ? "DISTINCT " : "",
                            STR_ARG(inner.sql), filter_of(c));
    p.vocab = inner.vocab;
    return p;
}

/* False after a fault: the argument is of another type. */
static bool is_of(struct compiler *c, const struct part *p, enum rule_type type)
{
    if (!c->has_failed && p->type != type)
        fault(c, "rule.types", STR("函数的参数类型不对"), STR("the function takes another type"));
    return !c->has_failed;
}

static struct part compile_function(struct compiler *c, struct str name)
{
    static const char *const aggregates[] = {"count", "sum", "min", "max"};
    c->at += 2; /* name and ( */
    for (size_t i = 0; i < COUNT_OF(aggregates); i++)
        if (str_equal(name, str_of(aggregates[i])))
            return compile_aggregate(c, aggregates[i]);
    bool is_any = str_equal(name, STR("any"));
    if (is_any && !enter_aggregate(c))
        return (struct part){.sql = STR("NULL")};
    struct part x = compile_or(c);
    struct part p = {.sql = STR("NULL")};
    if (is_any) {
        c->is_inside = false;
        p = part_of(c, RULE_BOOL, "max(CASE WHEN " STR_FMT " THEN 1 ELSE 0 END)%s", STR_ARG(x.sql),
                    filter_of(c));
    } else if (str_equal(name, STR("days")) && is_of(c, &x, RULE_DATE)) {
        p = part_of(c, RULE_INT, "qq_days(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("months")) &&
               (x.type == RULE_DATE || is_of(c, &x, RULE_MONTH))) {
        p = x.type == RULE_DATE
                ? part_of(c, RULE_INT, "qq_months(qq_month_of(" STR_FMT "))", STR_ARG(x.sql))
                : part_of(c, RULE_INT, "qq_months(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("date")) && is_of(c, &x, RULE_INT)) {
        p = part_of(c, RULE_DATE, "qq_ymd(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("least")) || str_equal(name, STR("first_known"))) {
        expect(c, ",");
        struct part y = compile_or(c);
        if (!is_of(c, &y, x.type))
            return y;
        const char *word = str_equal(name, STR("first_known")) ? "coalesce"
                           : c->scope->dialect == DDL_SQLITE   ? "min"
                                                               : "least";
        p = part_of(c, x.type, "%s(" STR_FMT ", " STR_FMT ")", word, STR_ARG(x.sql),
                    STR_ARG(y.sql));
        p.vocab = x.vocab;
    } else if (!c->has_failed) {
        return fault(c, "rule.function", STR("没有这个函数"), STR("there is no such function"));
    }
    expect(c, ")");
    return p;
}

/* exists DATASET as ALIAS [on PERSON_FIELD] where (…): rows of the same person */
static struct part compile_exists(struct compiler *c)
{
    const struct decl_token *t = peek(c, 0);
    const struct dataset *d = t ? catalog_dataset(c->scope->catalog, t->text) : NULL;
    if (!d || c->has_inner || c->scope->rule->source_count == 0)
        return fault(c, "rule.exists", STR("exists 之后应为数据集，且不能嵌套"),
                     STR("exists takes a dataset and cannot be nested"));
    c->at++;
    struct str alias = STR_NONE;
    if (take_word(c, "as") && peek(c, 0))
        alias = c->node->tokens[c->at++].text;
    int person = -1;
    if (take_word(c, "on") && peek(c, 0))
        person = dataset_field(d, c->node->tokens[c->at++].text);
    if (alias.len == 0 || rule_source_named(c->scope->rule, alias) >= 0 || person < 0 ||
        d->fields[person].person_name < 0)
        return fault(c, "rule.exists",
                     STR("应为 exists 数据集 as 新别名 on 人员证件字段 where (…)"),
                     STR("expected: exists DATASET as NEW_ALIAS on PERSON_FIELD where (…)"));
    if (!take_word(c, "where"))
        return fault(c, "rule.where", STR("此处应为 where"), STR("expected where"));
    c->inner =
        (struct rule_source){.alias = alias, .dataset = d, .person_field = person, .first_by = -1};
    c->has_inner = true;
    expect(c, "(");
    struct part condition = compile_or(c);
    expect(c, ")");
    c->has_inner = false;
    const struct rule_source *s = &c->scope->rule->sources[0];
    struct str own = d->fields[person].id;
    struct str first = s->dataset->fields[s->person_field].id;
    struct str subject = c->scope->is_of_hits
                             ? STR("hit.subject")
                             : str_format(c->scope->arena, STR_FMT "." STR_FMT "_person",
                                          STR_ARG(s->alias), STR_ARG(first));
    return part_of(c, RULE_BOOL,
                   "EXISTS (SELECT 1 FROM " STR_FMT " AS " STR_FMT " WHERE " STR_FMT "." STR_FMT
                   "_person = " STR_FMT " AND " STR_FMT "." STR_FMT "_tier <= %d AND (" STR_FMT
                   "))",
                   STR_ARG(d->id), STR_ARG(alias), STR_ARG(alias), STR_ARG(own), STR_ARG(subject),
                   STR_ARG(alias), STR_ARG(own), RULE_TIER_MAX, STR_ARG(condition.sql));
}

/* A bare word: a parameter, a let value, today, or a code of a vocabulary. */
static struct part compile_word(struct compiler *c, const struct decl_token *t)
{
    const struct rule *r = c->scope->rule;
    if (decl_word_is(t, "today")) {
        c->at++;
        return part_of(c, RULE_DATE, c->scope->dialect == DDL_SQLITE ? "?1" : "$1");
    }
    for (size_t i = 0; i < r->param_count; i++)
        if (str_equal(r->params[i].id, t->text)) {
            c->at++;
            return part_of(c, r->params[i].type, "%lld", (long long)r->params[i].value);
        }
    for (size_t i = 0; c->scope->lets_are_columns && i < r->let_count; i++)
        if (str_equal(r->lets[i].id, t->text)) {
            c->at++;
            return r->lets[i].type == RULE_BOOL
                       ? part_of(c, RULE_BOOL, "g." STR_FMT " = 1", STR_ARG(t->text))
                       : part_of(c, r->lets[i].type, "g." STR_FMT, STR_ARG(t->text));
        }
    if (c->scope->lets_are_columns && decl_word_is(t, "amount")) {
        c->at++;
        return part_of(c, RULE_MONEY, "g.amount");
    }
    c->at++;
    struct part code = part_of(c, RULE_TEXT, STR_FMT, STR_ARG(quote(c, t->text)));
    code.is_literal = true;
    return code;
}

static struct part compile_primary(struct compiler *c)
{
    const struct decl_token *t = peek(c, 0);
    if (!t)
        return fault(c, "rule.end", STR("表达式不完整"), STR("the expression ends too early"));
    if (take_punct(c, "(")) {
        struct part inner = compile_or(c);
        expect(c, ")");
        inner.sql = str_format(c->scope->arena, "(" STR_FMT ")", STR_ARG(inner.sql));
        return inner;
    }
    if (take_word(c, "exists"))
        return compile_exists(c);
    if (t->kind == DECL_WORD && peek(c, 1) && peek(c, 1)->kind == DECL_PUNCT &&
        str_equal(peek(c, 1)->text, STR("(")) && !decl_word_is(t, "in") && !decl_word_is(t, "not"))
        return compile_function(c, t->text);
    if (t->kind == DECL_WORD && str_find(t->text, '.') < t->text.len)
        return compile_column(c, t->text);
    if (t->kind == DECL_WORD)
        return compile_word(c, t);
    if (t->kind == DECL_PUNCT)
        return fault(c, "rule.operand", STR("此处应为列、值或函数"),
                     STR("a column, a value or a function is expected here"));
    c->at++;
    if (t->kind == DECL_STRING) {
        struct part text = part_of(c, RULE_TEXT, STR_FMT, STR_ARG(quote(c, t->text)));
        text.is_literal = true;
        return text;
    }
    struct part p =
        part_of(c, t->kind == DECL_DATE ? RULE_DATE : RULE_INT, "%lld", (long long)t->number);
    p.is_literal = t->kind == DECL_NUMBER;
    p.number = t->number;
    p.scale = t->scale;
    return p;
}

/* A number beside money means yuan, beside an area mu. */
static void fit(struct compiler *c, struct part *literal, const struct part *other)
{
    if (!literal->is_literal || literal->type != RULE_INT || other->type == RULE_TEXT)
        return;
    int digits = other->type == RULE_MONEY ? 2 : other->type == RULE_AREA ? 4 : 0;
    int64_t n = literal->number;
    if (literal->scale > digits) {
        fault(c, "rule.number", STR("小数位过多"),
              STR("too many decimals for what it is compared with"));
        return;
    }
    for (int i = literal->scale; i < digits; i++)
        n *= 10;
    literal->sql = str_format(c->scope->arena, "%lld", (long long)n);
    literal->type = other->type;
}

static void check_code(struct compiler *c, const struct part *literal, const struct part *other)
{
    if (!other->vocab || !literal->is_literal || literal->type != RULE_TEXT)
        return;
    for (size_t i = 0; i < other->vocab->code_count; i++)
        if (str_equal(str_slice(literal->sql, 1, literal->sql.len - 1),
                      other->vocab->codes[i].code))
            return;
    c->at--;
    fault(c, "rule.code", STR("词表中没有这个代码"), STR("not a code of the vocabulary"));
    c->at++;
}

/* Dates and months are reckoned with by days() and months() only. */
static bool is_number(const struct part *p)
{
    return p->type == RULE_INT || p->type == RULE_MONEY || p->type == RULE_AREA;
}

static struct part compile_sum(struct compiler *c)
{
    struct part left = compile_primary(c);
    for (;;) {
        const char *op = take_punct(c, "+")   ? "+"
                         : take_punct(c, "-") ? "-"
                         : take_punct(c, "*") ? "*"
                                              : NULL;
        if (!op || c->has_failed)
            return left;
        struct part right = compile_primary(c);
        if (op[0] != '*') {
            fit(c, &right, &left);
            fit(c, &left, &right);
        }
        if (!c->has_failed &&
            (!is_number(&left) || !is_number(&right) || (left.type != right.type && op[0] != '*')))
            return fault(c, "rule.types", STR("两边不能相加、相减或相乘"),
                         STR("these two cannot be added, subtracted or multiplied"));
        left = part_of(c, left.type == RULE_INT ? right.type : left.type, STR_FMT " %s " STR_FMT,
                       STR_ARG(left.sql), op, STR_ARG(right.sql));
    }
}

static struct part compile_in(struct compiler *c, struct part left)
{
    struct buf list;
    buf_init(&list, c->scope->arena);
    expect(c, "(");
    do {
        struct part item = compile_primary(c);
        fit(c, &item, &left);
        check_code(c, &item, &left);
        if (!c->has_failed && item.type != left.type) {
            c->at--;
            fault(c, "rule.types", STR("比较的两边类型不同"),
                  STR("the two sides are of different types"));
        }
        buf_format(&list, "%s" STR_FMT, list.len ? ", " : "", STR_ARG(item.sql));
    } while (!c->has_failed && take_punct(c, ","));
    expect(c, ")");
    return part_of(c, RULE_BOOL, STR_FMT " IN (" STR_FMT ")", STR_ARG(left.sql),
                   STR_ARG(buf_str(&list)));
}

static struct part compile_comparison(struct compiler *c)
{
    static const char *const operators[][2] = {{"=", "="},   {"!=", "<>"}, {"<=", "<="},
                                               {">=", ">="}, {"<", "<"},   {">", ">"}};
    struct part left = compile_sum(c);
    if (take_word(c, "is")) {
        bool is_negated = take_word(c, "not");
        if (!take_word(c, "empty"))
            return fault(c, "rule.is", STR("应为 is empty 或 is not empty"),
                         STR("expected is empty or is not empty"));
        return part_of(c, RULE_BOOL, STR_FMT " IS %sNULL", STR_ARG(left.sql),
                       is_negated ? "NOT " : "");
    }
    if (take_word(c, "in"))
        return compile_in(c, left);
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (take_punct(c, operators[i][0])) {
            struct part right = compile_sum(c);
            fit(c, &right, &left);
            fit(c, &left, &right);
            check_code(c, &right, &left);
            if (!c->has_failed && left.type != right.type)
                return fault(c, "rule.types", STR("比较的两边类型不同"),
                             STR("the two sides are of different types"));
            return part_of(c, RULE_BOOL, STR_FMT " %s " STR_FMT, STR_ARG(left.sql), operators[i][1],
                           STR_ARG(right.sql));
        }
    return left;
}

static void check_condition(struct compiler *c, const struct part *p)
{
    if (!c->has_failed && p->type != RULE_BOOL)
        fault(c, "rule.condition", STR("此处应为条件"), STR("a condition is expected here"));
}

static struct part compile_not(struct compiler *c)
{
    bool is_negated = false;
    while (take_word(c, "not"))
        is_negated = !is_negated;
    struct part inner = compile_comparison(c);
    if (is_negated)
        check_condition(c, &inner);
    return is_negated ? part_of(c, RULE_BOOL, "NOT (" STR_FMT ")", STR_ARG(inner.sql)) : inner;
}

static struct part compile_and(struct compiler *c)
{
    struct part left = compile_not(c);
    while (!c->has_failed && take_word(c, "and")) {
        struct part right = compile_not(c);
        check_condition(c, &left);
        check_condition(c, &right);
        left =
            part_of(c, RULE_BOOL, STR_FMT " AND " STR_FMT, STR_ARG(left.sql), STR_ARG(right.sql));
    }
    return left;
}

static struct part compile_or(struct compiler *c)
{
    if (++c->depth > COMPILE_DEPTH_MAX)
        return fault(c, "rule.depth", STR("表达式嵌套过深"),
                     STR("the expression is nested too deeply"));
    struct part left = compile_and(c);
    bool is_or = false;
    while (!c->has_failed && take_word(c, "or")) {
        struct part right = compile_and(c);
        check_condition(c, &left);
        check_condition(c, &right);
        left = part_of(c, RULE_BOOL, STR_FMT " OR " STR_FMT, STR_ARG(left.sql), STR_ARG(right.sql));
        is_or = true;
    }
    if (is_or)
        left.sql = str_format(c->scope->arena, "(" STR_FMT ")", STR_ARG(left.sql));
    c->depth--;
    return left;
}

struct compiled compile_expr(const struct compile_scope *scope, struct rule_expr expr)
{
    struct compiler c = {.scope = scope, .node = expr.node, .at = expr.at};
    struct part p = compile_or(&c);
    if (c.has_failed)
        return (struct compiled){.end = expr.node->token_count};
    return (struct compiled){p.sql, p.type, p.vocab, c.at};
}
