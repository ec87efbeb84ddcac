#include "common/rules/wakes.h"

#define COLUMNS_MAX 32

struct seen { /* columns of one comparison; all are to be of one dataset, as a wake sees only one */
    const struct rule *rule;
    struct str dataset, fields[COLUMNS_MAX];
    size_t count;
    bool is_mixed;
};

/* What ends a comparison, to either side. */
static bool is_boundary(const struct decl_token *t)
{
    static const char *const words[] = {"and", "or", "not", "when", "where", "unless", "then"};
    if (t->kind == DECL_STRING)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (decl_word_is(t, words[i]))
            return true;
    return false;
}

/* The dataset that `alias` stands for in this statement: a source, or what `exists` looks into. */
static struct str dataset_of(const struct rule *r, const struct decl_node *node, struct str alias)
{
    int source = rule_source_named(r, alias);
    if (source >= 0)
        return r->sources[source].dataset ? r->sources[source].dataset->id : STR_NONE;
    for (size_t i = 0; i + 3 < node->token_count; i++)
        if (decl_word_is(&node->tokens[i], "exists") && decl_word_is(&node->tokens[i + 2], "as") &&
            str_equal(node->tokens[i + 3].text, alias))
            return node->tokens[i + 1].text;
    return STR_NONE;
}

static void see(struct seen *s, const struct decl_node *node, const struct decl_token *t)
{
    struct str field = t->text;
    struct str alias = str_cut(&field, '.');
    if (t->kind != DECL_WORD || field.len == 0)
        return;
    struct str dataset = dataset_of(s->rule, node, alias);
    if (dataset.len == 0)
        return;
    if (s->count == COLUMNS_MAX || (s->count && !str_equal(s->dataset, dataset))) {
        s->is_mixed = true;
        return;
    }
    s->dataset = dataset;
    s->fields[s->count++] = field;
}

/* A level speaks of values: what they are made of. */
static void see_value(struct seen *s, const struct decl_token *t)
{
    struct rule_expr made_of = {0};
    for (size_t i = 0; i < s->rule->let_count; i++)
        if (str_equal(s->rule->lets[i].id, t->text))
            made_of = s->rule->lets[i].expr;
    if (decl_word_is(t, "amount"))
        made_of = s->rule->amount;
    for (size_t i = made_of.at; made_of.node && i < made_of.node->token_count; i++)
        see(s, made_of.node, &made_of.node->tokens[i]);
}

static struct seen comparison_around(const struct rule *r, const struct decl_node *node,
                                     size_t today)
{
    struct seen s = {.rule = r};
    bool is_of_values = str_equal(decl_keyword(node), STR("level"));
    size_t first = today;
    size_t last = today;
    while (first > 0 && !is_boundary(&node->tokens[first - 1]))
        first--;
    while (last + 1 < node->token_count && !is_boundary(&node->tokens[last + 1]))
        last++;
    for (size_t i = first; i <= last; i++) {
        see(&s, node, &node->tokens[i]);
        if (is_of_values)
            see_value(&s, &node->tokens[i]);
    }
    return s;
}

/* Whether the wake's date is made of the field. */
static bool names(const struct rule_wake *w, struct str field)
{
    for (size_t i = w->expr.at; i < w->expr.node->token_count; i++) {
        struct str own = w->expr.node->tokens[i].text;
        struct str alias = str_cut(&own, '.');
        if (str_equal(alias, w->source.alias) && str_equal(own, field))
            return true;
    }
    return false;
}

static bool is_woken(const struct seen *s)
{
    if (s->count == 0 || s->is_mixed)
        return false;
    for (size_t i = 0; i < s->rule->wake_count; i++) {
        const struct rule_wake *w = &s->rule->wakes[i];
        bool is_named = str_equal(w->source.dataset->id, s->dataset);
        for (size_t k = 0; k < s->count && is_named; k++)
            is_named = names(w, s->fields[k]);
        if (is_named)
            return true;
    }
    return false;
}

static void check_today(const struct rule *r, const struct decl_node *node, size_t today,
                        struct problem_list *problems)
{
    struct str k = decl_keyword(node);
    if (str_equal(k, STR("let")) || str_equal(k, STR("amount")) || str_equal(k, STR("episode"))) {
        decl_problem(problems, r->file, node, &node->tokens[today], "rule.today",
                     STR("let、amount、episode 的值不能随日期变化：today 只用于条件"),
                     STR("a value that changes from day to day would never be settled: today "
                         "stands in conditions only"));
        return;
    }
    struct seen s = comparison_around(r, node, today);
    if (s.count == 0 && r->query && r->wake_count) /* of the query's columns */
        return;
    if (!is_woken(&s))
        decl_problem(
            problems, r->file, node, &node->tokens[today], "rule.wakes",
            STR("与 today 比较的日期没有相应的 wakes，到期那天不会重新计算；wakes 须写同一来源的"
                "同样字段"),
            STR("a date is compared with today and no wakes names it: on that day nobody would be "
                "looked at again; wakes takes the same fields of the same source"));
}

/* SQL cannot be read like a comparison: what it asks of today must be woken somehow. */
static void check_query(const struct rule *r, const struct decl_node *node,
                        struct problem_list *problems)
{
    struct str rest = r->query ? r->query->sql : STR_NONE;
    for (size_t at; (at = str_find(rest, '{')) < rest.len; rest = str_skip(rest, at + 1))
        if (str_starts(str_skip(rest, at), STR("{today}")) && r->wake_count == 0)
            decl_problem(problems, r->file, node, NULL, "rule.wakes",
                         STR("查询用到 today，但没有 wakes"),
                         STR("the query asks for today and nothing wakes its subjects"));
}

void wakes_check(const struct rule *r, const struct decl_node *node, struct problem_list *problems)
{
    if (r->is_daily)
        return;
    check_query(r, node, problems);
    for (size_t k = 0; k < node->child_count; k++) {
        const struct decl_node *statement = &node->children[k];
        if (str_equal(decl_keyword(statement), STR("wakes")))
            continue;
        for (size_t i = 1; i < statement->token_count; i++)
            if (decl_word_is(&statement->tokens[i], "today"))
                check_today(r, statement, i, problems);
    }
}
