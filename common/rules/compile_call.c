#include "common/rules/compile_parts.h"

#include "common/base/arena.h"
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

struct compile_part compile_function(struct compiler *c, struct str name)
{
    static const char *const aggregates[] = {"count", "sum", "min", "max"};
    c->at += 2; /* name and ( */
    for (size_t i = 0; i < COUNT_OF(aggregates); i++)
        if (str_equal(name, str_of(aggregates[i])))
            return compile_aggregate(c, aggregates[i]);
    bool is_any = str_equal(name, STR("any"));
    if (is_any && !enter_aggregate(c))
        return (struct compile_part){.sql = STR("NULL")};
    struct compile_part x = compile_or(c);
    struct compile_part p = {.sql = STR("NULL")};
    if (is_any) {
        c->is_inside = false;
        p = compile_print(c, RULE_BOOL, "max(CASE WHEN " STR_FMT " THEN 1 ELSE 0 END)%s",
                          STR_ARG(x.sql), filter_of(c));
    } else if (str_equal(name, STR("days")) && is_of(c, &x, RULE_DATE)) {
        p = compile_print(c, RULE_INT, "qq_days(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("months")) &&
               (x.type == RULE_DATE || is_of(c, &x, RULE_MONTH))) {
        p = x.type == RULE_DATE
                ? compile_print(c, RULE_INT, "qq_months(qq_month_of(" STR_FMT "))", STR_ARG(x.sql))
                : compile_print(c, RULE_INT, "qq_months(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("date")) && is_of(c, &x, RULE_INT)) {
        p = compile_print(c, RULE_DATE, "qq_ymd(" STR_FMT ")", STR_ARG(x.sql));
    } else if (str_equal(name, STR("least")) || str_equal(name, STR("first_known"))) {
        compile_expect(c, ",");
        struct compile_part y = compile_or(c);
        if (!is_of(c, &y, x.type))
            return y;
        const char *word = str_equal(name, STR("first_known")) ? "coalesce"
                           : c->scope->dialect == DDL_SQLITE   ? "min"
                                                               : "least";
        p = compile_print(c, x.type, "%s(" STR_FMT ", " STR_FMT ")", word, STR_ARG(x.sql),
                          STR_ARG(y.sql));
        p.vocab = x.vocab;
    } else if (!c->has_failed) {
        return compile_fault(c, "rule.function", STR("没有这个函数"),
                             STR("there is no such function"));
    }
    compile_expect(c, ")");
    return p;
}

/* exists DATASET as ALIAS [on PERSON_FIELD] where (…): rows of the same person */
struct compile_part compile_exists(struct compiler *c)
{
    const struct decl_token *t = compile_peek(c, 0);
    const struct dataset *d = t ? catalog_dataset(c->scope->catalog, t->text) : NULL;
    if (!d || c->has_inner || c->scope->rule->source_count == 0)
        return compile_fault(c, "rule.exists", STR("exists 之后应为数据集，且不能嵌套"),
                             STR("exists takes a dataset and cannot be nested"));
    c->at++;
    struct str alias = STR_NONE;
    if (compile_take_word(c, "as") && compile_peek(c, 0))
        alias = c->node->tokens[c->at++].text;
    int person = -1;
    if (compile_take_word(c, "on") && compile_peek(c, 0))
        person = dataset_field(d, c->node->tokens[c->at++].text);
    if (alias.len == 0 || rule_source_named(c->scope->rule, alias) >= 0 || person < 0 ||
        d->fields[person].person_name < 0)
        return compile_fault(
            c, "rule.exists", STR("应为 exists 数据集 as 新别名 on 人员证件字段 where (…)"),
            STR("expected: exists DATASET as NEW_ALIAS on PERSON_FIELD where (…)"));
    if (!compile_take_word(c, "where"))
        return compile_fault(c, "rule.where", STR("此处应为 where"), STR("expected where"));
    c->inner =
        (struct rule_source){.alias = alias, .dataset = d, .person_field = person, .first_by = -1};
    c->has_inner = true;
    compile_expect(c, "(");
    struct compile_part condition = compile_or(c);
    compile_expect(c, ")");
    c->has_inner = false;
    const struct rule_source *s = &c->scope->rule->sources[0];
    struct str own = d->fields[person].id;
    struct str first = s->dataset->fields[s->person_field].id;
    struct str subject = c->scope->is_of_hits
                             ? STR("hit.subject")
                             : str_format(c->scope->arena, STR_FMT "." STR_FMT "_person",
                                          STR_ARG(s->alias), STR_ARG(first));
    return compile_print(
        c, RULE_BOOL,
        "EXISTS (SELECT 1 FROM " STR_FMT " AS " STR_FMT " WHERE " STR_FMT "." STR_FMT
        "_person = " STR_FMT " AND " STR_FMT "." STR_FMT "_tier <= %d AND (" STR_FMT "))",
        STR_ARG(d->id), STR_ARG(alias), STR_ARG(alias), STR_ARG(own), STR_ARG(subject),
        STR_ARG(alias), STR_ARG(own), RULE_TIER_MAX, STR_ARG(condition.sql));
}
