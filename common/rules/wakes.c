#include "common/rules/wakes.h"

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
static const struct str *dataset_of(const struct rule *r, const struct decl_node *node,
                                    struct str alias)
{
    int source = rule_source_named(r, alias);
    if (source >= 0)
        return &r->sources[source].dataset->id;
    for (size_t i = 0; i + 3 < node->token_count; i++)
        if (decl_word_is(&node->tokens[i], "exists") && decl_word_is(&node->tokens[i + 2], "as") &&
            str_equal(node->tokens[i + 3].text, alias))
            return &node->tokens[i + 1].text;
    return NULL;
}

static bool is_woken(const struct rule *r, struct str dataset)
{
    for (size_t i = 0; i < r->wake_count; i++)
        if (str_equal(r->wakes[i].source.dataset->id, dataset))
            return true;
    return false;
}

/* Of alias.field, one word of the grammar. */
static struct str alias_at(const struct decl_node *node, size_t at)
{
    struct str text = node->tokens[at].text;
    struct str alias = str_cut(&text, '.');
    return node->tokens[at].kind == DECL_WORD && text.len ? alias : STR_NONE;
}

static void check_today(const struct rule *r, const struct decl_node *node, size_t today,
                        struct problem_list *problems)
{
    size_t first = today;
    size_t last = today;
    while (first > 0 && !is_boundary(&node->tokens[first - 1]))
        first--;
    while (last + 1 < node->token_count && !is_boundary(&node->tokens[last + 1]))
        last++;
    for (size_t i = first; i <= last; i++) {
        const struct str *dataset = dataset_of(r, node, alias_at(node, i));
        if (dataset && !is_woken(r, *dataset)) {
            decl_problem(problems, r->file, node, &node->tokens[today], "rule.wakes",
                         STR("与 today 比较的日期没有相应的 wakes，到期那天不会重新计算"),
                         STR("a date is compared with today and no wakes names it: on that day "
                             "nobody would be looked at again"));
            return;
        }
    }
}

void wakes_check(const struct rule *r, const struct decl_node *node, struct problem_list *problems)
{
    for (size_t k = 0; k < node->child_count; k++) {
        const struct decl_node *statement = &node->children[k];
        if (str_equal(decl_keyword(statement), STR("wakes")))
            continue;
        for (size_t i = 1; i < statement->token_count; i++)
            if (decl_word_is(&statement->tokens[i], "today"))
                check_today(r, statement, i, problems);
    }
}
