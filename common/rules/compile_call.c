#include "common/rules/compile_parts.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

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
    compile_fault(
        c, "rule.aggregate", STR("count、sum、min、max、any 只用于 let 和 amount,且不能嵌套"),
        STR("count, sum, min, max and any stand in let and amount only, not in one another"));
    return false;
}

static struct compile_part compile_aggregate(struct compiler *c, const char *name)
{
    if (!enter_aggregate(c))
        return (struct compile_part){.sql = STR("NULL")};
    bool is_distinct = compile_take_word(c, "distinct");
    struct compile_part inner = compile_or(c);
    compile_expect(c, ")");
    c->is_inside = false;
    struct compile_part p = compile_print(
        c, str_equal(str_of(name), STR("count")) ? RULE_INT : inner.type, "%s(%s" STR_FMT ")%s",
        name, is_distinct ? "DISTINCT " : "", STR_ARG(inner.sql), filter_of(c));
    p.vocab = inner.vocab;
    return p;
}

/* False after a fault: the argument is of another type. */
static bool is_of(struct compiler *c, const struct compile_part *p, enum rule_type type)
{
    if (!c->has_failed && p->type != type)
        compile_fault(c, "rule.types", STR("函数的参数类型不对"),
                      STR("the function takes another type"));
    return !c->has_failed;
}

static struct str quoted(struct arena *a, struct str code)
{
    return str_format(a, "'" STR_FMT "'", STR_ARG(code)); /* a word of the declaration */
}

struct str compile_param(struct arena *a, const struct rule_param *p, struct str code,
                         struct str day)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < p->case_count; i++) {
        const struct rule_case *k = &p->cases[i];
        if ((k->code.len && code.len == 0) || (k->from && day.len == 0))
            continue;
        buf_put_z(&out, out.len ? " WHEN " : "CASE WHEN ");
        if (k->code.len)
            buf_format(&out, STR_FMT " = " STR_FMT "%s", STR_ARG(code), STR_ARG(quoted(a, k->code)),
                       k->from ? " AND " : "");
        if (k->from)
            buf_format(&out, STR_FMT " >= %d", STR_ARG(day), k->from);
        buf_format(&out, " THEN %lld", (long long)k->value);
    }
    if (out.len == 0)
        return str_format(a, "%lld", (long long)p->value);
    buf_format(&out, " ELSE %lld END", (long long)p->value);
    return buf_str(&out);
}

/* NAME(code), NAME(date) or NAME(code, date), behind the parenthesis. */
static struct compile_part compile_cases(struct compiler *c, const struct rule_param *p)
{
    struct compile_part code = {0};
    struct compile_part day = {0};
    struct compile_part x = compile_or(c);
    bool is_code = p->has_codes && x.type == RULE_TEXT;
    *(is_code ? &code : &day) = x;
    if (is_code && compile_take_punct(c, ","))
        day = compile_or(c);
    if ((!is_code && !p->has_days) || (day.sql.len && day.type != RULE_DATE))
        return compile_fault(c, "rule.case", STR("参数按代码或日期取值，与此不符"),
                             STR("the parameter has no values by code or by day like this"));
    compile_expect(c, ")");
    return compile_print(c, p->type, "(" STR_FMT ")",
                         STR_ARG(compile_param(c->scope->arena, p, code.sql, day.sql)));
}

#define ARGUMENTS_MAX 3

/* A function of values: types of its arguments and of the result; ANY is one type for all of them.
 * The SQL names arguments as {1} {2}. */
#define ANY (-1)
struct function {
    const char *name;
    int arguments[ARGUMENTS_MAX], count, result;
    const char *sqlite, *postgres; /* postgres NULL: the same */
};

static const struct function functions[] = {
    {"days", {RULE_DATE}, 1, RULE_INT, "qq_days({1})", NULL},
    {"date", {RULE_INT}, 1, RULE_DATE, "qq_ymd({1})", NULL},
    {"day", {RULE_INT}, 1, RULE_DATE, "(({1}) / 1000000)", NULL},
    {"percent", {ANY, ANY}, 2, RULE_INT, "(({1}) * 100 / nullif({2}, 0))", NULL},
    {"abs", {ANY}, 1, ANY, "abs({1})", NULL},
    {"first_known", {ANY, ANY}, 2, ANY, "coalesce({1}, {2})", NULL},
    {"least", {ANY, ANY}, 2, ANY, "min({1}, {2})", "least({1}, {2})"},
    {"greatest", {ANY, ANY}, 2, ANY, "max({1}, {2})", "greatest({1}, {2})"},
    {"begins", {RULE_TEXT, RULE_INT}, 2, RULE_TEXT, "substr({1}, 1, {2})", NULL},
    {"length", {RULE_TEXT}, 1, RULE_INT, "length({1})", NULL},
    {"hour", {RULE_INT}, 1, RULE_INT, "qq_hour({1})", NULL},
    {"workdays", {RULE_DATE, RULE_DATE}, 2, RULE_INT, "qq_workdays({1}, {2})", NULL},
    {"workday_add", {RULE_DATE, RULE_INT}, 2, RULE_DATE, "qq_workday_add({1}, {2})", NULL},
    {"is_workday", {RULE_DATE}, 1, RULE_BOOL, "(qq_is_workday({1}) = 1)", NULL},
    {"born", {RULE_TEXT}, 1, RULE_DATE, "qq_born({1})", NULL},
    {"age", {RULE_TEXT, RULE_DATE}, 2, RULE_INT, "qq_age({1}, {2})", NULL},
    {"similar", {RULE_TEXT, RULE_TEXT}, 2, RULE_INT, "qq_similar({1}, {2})", NULL},
    {"contains", {RULE_TEXT, RULE_TEXT}, 2, RULE_BOOL, "(qq_contains({1}, {2}) = 1)", NULL},
    {"text", {RULE_INT}, 1, RULE_TEXT, "CAST({1} AS TEXT)", NULL},
};

static struct compile_part fill_in(struct compiler *c, const struct function *f,
                                   const struct compile_part *arguments, enum rule_type type)
{
    bool is_other = f->postgres && c->scope->dialect != DDL_SQLITE;
    struct str rest = str_of(is_other ? f->postgres : f->sqlite);
    struct buf out;
    buf_init(&out, c->scope->arena);
    while (rest.len) {
        size_t open = str_find(rest, '{');
        buf_put(&out, str_slice(rest, 0, open));
        if (open < rest.len)
            buf_put(&out, arguments[rest.ptr[open + 1] - '1'].sql);
        rest = str_skip(rest, open + 3);
    }
    struct compile_part p = compile_print(c, type, STR_FMT, STR_ARG(buf_str(&out)));
    p.vocab = arguments[0].vocab && f->result == ANY ? arguments[0].vocab : NULL;
    return p;
}

static struct compile_part compile_call(struct compiler *c, const struct function *f)
{
    struct compile_part arguments[ARGUMENTS_MAX] = {{.number = 0}};
    enum rule_type any = RULE_INT;
    for (int i = 0; i < f->count && !c->has_failed; i++) {
        if (i)
            compile_expect(c, ",");
        arguments[i] = compile_or(c);
        if (i == 0)
            any = arguments[0].type;
        else if (f->arguments[i] == ANY)
            compile_fit(c, &arguments[i], &arguments[0]);
        if (!is_of(c, &arguments[i],
                   f->arguments[i] == ANY ? any : (enum rule_type)f->arguments[i]))
            return arguments[i];
    }
    compile_expect(c, ")");
    return fill_in(c, f, arguments, f->result == ANY ? any : (enum rule_type)f->result);
}

static struct compile_part compile_months(struct compiler *c)
{
    struct compile_part x = compile_or(c);
    if (x.type != RULE_DATE && !is_of(c, &x, RULE_MONTH))
        return x;
    compile_expect(c, ")");
    return compile_print(c, RULE_INT,
                         x.type == RULE_DATE ? "qq_months(qq_month_of(" STR_FMT "))"
                                             : "qq_months(" STR_FMT ")",
                         STR_ARG(x.sql));
}

static struct compile_part compile_any(struct compiler *c)
{
    if (!enter_aggregate(c))
        return (struct compile_part){.sql = STR("NULL")};
    struct compile_part x = compile_or(c);
    compile_expect(c, ")");
    c->is_inside = false;
    return compile_print(c, RULE_BOOL, "max(CASE WHEN " STR_FMT " THEN 1 ELSE 0 END)%s",
                         STR_ARG(x.sql), filter_of(c));
}

struct compile_part compile_function(struct compiler *c, struct str name)
{
    static const char *const aggregates[] = {"count", "sum", "min", "max"};
    c->at += 2; /* name and ( */
    for (size_t i = 0; i < COUNT_OF(aggregates); i++)
        if (str_equal(name, str_of(aggregates[i])))
            return compile_aggregate(c, aggregates[i]);
    if (str_equal(name, STR("any")))
        return compile_any(c);
    if (str_equal(name, STR("months")))
        return compile_months(c);
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (str_equal(name, str_of(functions[i].name)))
            return compile_call(c, &functions[i]);
    for (size_t i = 0; i < c->scope->rule->param_count; i++)
        if (str_equal(name, c->scope->rule->params[i].id))
            return compile_cases(c, &c->scope->rule->params[i]);
    c->at -= 2;
    return compile_fault(c, "rule.function", STR("没有这个函数"), STR("there is no such function"));
}

/* [= OTHER.FIELD]: what the rows are looked up with; the subject when it is left out. NULL text
 * after a fault. */
static struct str compile_other(struct compiler *c, const struct rule_source *inner)
{
    const struct rule *r = c->scope->rule;
    const struct rule_source *other = &r->sources[0];
    int field = other->on;
    bool is_of_subject = !compile_take_punct(c, "=");
    if (!is_of_subject) {
        const struct decl_token *t = compile_peek(c, 0);
        struct str id = t ? t->text : STR_NONE;
        int source = rule_source_named(r, str_cut(&id, '.'));
        other = source < 0 ? NULL : &r->sources[source];
        field = !other         ? -1
                : other->query ? rule_column(other->query, id)
                               : dataset_field(other->dataset, id);
        c->at++;
    }
    if (field < 0 ||
        rule_field_has_person(other, field) != rule_field_has_person(inner, inner->on)) {
        compile_fault(c, "rule.join",
                      STR("应为 = 来源.字段；人员只能与人员相连，文本只能与文本相连"),
                      STR("expected: = SOURCE.FIELD; persons are joined with persons, texts with "
                          "texts"));
        return STR_NONE;
    }
    if (is_of_subject && c->scope->is_of_hits)
        return STR("hit.subject");
    return compile_key(c->scope->arena, other, field, c->scope->is_of_hits);
}

/* exists DATASET as ALIAS on FIELD [= OTHER.FIELD] where (…): rows of the subject, or joined */
struct compile_part compile_exists(struct compiler *c)
{
    const struct decl_token *t = compile_peek(c, 0);
    const struct dataset *d = t ? catalog_dataset(c->scope->catalog, t->text) : NULL;
    if (!d || c->has_inner || c->scope->rule->source_count == 0)
        return compile_fault(c, "rule.exists", STR("exists 之后应为数据集，且不能嵌套"),
                             STR("exists takes a dataset and cannot be nested"));
    c->at++;
    struct rule_source inner = {.dataset = d, .on = -1, .first_by = -1};
    if (compile_take_word(c, "as") && compile_peek(c, 0))
        inner.alias = c->node->tokens[c->at++].text;
    if (compile_take_word(c, "on") && compile_peek(c, 0))
        inner.on = dataset_field(d, c->node->tokens[c->at++].text);
    if (inner.alias.len == 0 || rule_source_named(c->scope->rule, inner.alias) >= 0 || inner.on < 0)
        return compile_fault(c, "rule.exists",
                             STR("应为 exists 数据集 as 新别名 on 字段 where (…)"),
                             STR("expected: exists DATASET as NEW_ALIAS on FIELD where (…)"));
    struct str other = compile_other(c, &inner);
    if (!compile_take_word(c, "where"))
        return compile_fault(c, "rule.where", STR("此处应为 where"), STR("expected where"));
    c->inner = inner;
    c->has_inner = true;
    compile_expect(c, "(");
    struct compile_part condition = compile_or(c);
    compile_expect(c, ")");
    c->has_inner = false;
    struct str tier = STR_NONE;
    if (rule_field_has_person(&inner, inner.on))
        tier = str_format(c->scope->arena, " AND " STR_FMT "." STR_FMT "_tier <= %d",
                          STR_ARG(inner.alias), STR_ARG(d->fields[inner.on].id), RULE_TIER_MAX);
    return compile_print(c, RULE_BOOL,
                         "EXISTS (SELECT 1 FROM " STR_FMT " AS " STR_FMT " WHERE " STR_FMT
                         " = " STR_FMT STR_FMT " AND (" STR_FMT "))",
                         STR_ARG(d->id), STR_ARG(inner.alias),
                         STR_ARG(compile_key(c->scope->arena, &inner, inner.on, false)),
                         STR_ARG(other), STR_ARG(tier), STR_ARG(condition.sql));
}
