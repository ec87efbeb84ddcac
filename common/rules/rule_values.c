#include "common/rules/rule_parts.h"

#include "common/base/check.h"

struct compiled rule_check_expr(struct rule_loading *l, struct reading *r, struct rule_expr *out)
{
    *out = (struct rule_expr){r->node, r->at};
    struct compiled c = compile_expr(&l->scope, *out);
    r->at = c.end;
    return c;
}

/* A condition: compiled, and known to be one. */
static void check_condition(struct rule_loading *l, struct reading *r, struct rule_expr *out)
{
    struct compiled c = rule_check_expr(l, r, out);
    if (c.sql.len && c.type != RULE_BOOL)
        reading_fault(r, "rule.condition", STR("此处应为条件"),
                      STR("a condition is expected here"));
}

/* for CODE [from DATE] N, or from DATE N */
static void read_case(struct reading *r, struct rule_param *p, int64_t factor)
{
    struct rule_case c = {0};
    struct str word = decl_keyword(r->node);
    bool is_fine = true;
    if (str_equal(word, STR("for")))
        is_fine = reading_word(r, &c.code) &&
                  (!reading_take_word(r, "from") || rule_read_date(r, &c.from));
    else
        is_fine = str_equal(word, STR("from")) && rule_read_date(r, &c.from);
    if (!is_fine || p->case_count == RULE_CASES_MAX || !reading_int(r, &c.value)) {
        reading_fault(r, "rule.case", STR("应为 for 代码 [from 日期] 数值，或 from 日期 数值"),
                      STR("expected: for CODE [from DATE] N, or from DATE N"));
        return;
    }
    c.value *= factor;
    p->has_codes = p->has_codes || c.code.len;
    p->has_days = p->has_days || c.from;
    size_t at = p->case_count; /* codes first, the later day first */
    while (at > 0 &&
           ((c.code.len && p->cases[at - 1].code.len == 0) ||
            (!c.code.len == !p->cases[at - 1].code.len && c.from > p->cases[at - 1].from))) {
        p->cases[at] = p->cases[at - 1];
        at--;
    }
    p->cases[at] = c;
    p->case_count++;
    reading_end(r);
}

void rule_read_param(struct rule_loading *l, struct reading *r)
{
    static const struct {
        const char *word;
        enum rule_type type;
        int digits;
    } kinds[] = {{"days", RULE_INT, 0},
                 {"months", RULE_INT, 0},
                 {"count", RULE_INT, 0},
                 {"percent", RULE_INT, 0},
                 {"money", RULE_MONEY, 2}};
    struct rule_param p = {0};
    struct str kind;
    if (!rule_has_room(r, l->rule->param_count, RULE_LETS_MAX) || !reading_word(r, &p.id) ||
        !reading_word(r, &kind))
        return;
    size_t i = 0;
    while (i < COUNT_OF(kinds) && !str_equal(kind, str_of(kinds[i].word)))
        i++;
    if (i == COUNT_OF(kinds)) {
        r->at--;
        reading_fault(r, "rule.unit", STR("单位应为 days、months、count、percent 或 money"),
                      STR("the unit is days, months, count, percent or money"));
        return;
    }
    p.type = kinds[i].type;
    if (!reading_int(r, &p.value) || !reading_texts(r, &p.zh, &p.en) || !reading_end(r))
        return;
    int64_t factor = kinds[i].digits ? 100 : 1;
    p.value *= factor;
    for (size_t k = 0; k < r->node->child_count; k++) {
        struct reading inner = reading_of(r->arena, r->file, &r->node->children[k], r->problems);
        read_case(&inner, &p, factor);
    }
    l->rule->params[l->rule->param_count++] = p;
}

static bool read_let_name(struct rule_loading *l, struct reading *r, struct str *out)
{
    static const struct str taken[] = {
        STR_INIT("subject"), STR_INIT("episode"), STR_INIT("tier"),
        STR_INIT("level"),   STR_INIT("amount"),  STR_INIT("site"),
        STR_INIT("kept"),    STR_INIT("clause"),  STR_INIT("called")};
    if (!reading_name(r, out))
        return false;
    bool is_taken = false;
    for (size_t i = 0; i < l->rule->let_count; i++)
        is_taken = is_taken || str_equal(*out, l->rule->lets[i].id);
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        is_taken = is_taken || str_equal(*out, taken[i]);
    if (is_taken) {
        r->at--;
        reading_fault(r, "rule.name", STR("这个名字已被占用"), STR("this name is taken"));
    }
    return !is_taken;
}

void rule_read_let(struct rule_loading *l, struct reading *r)
{
    struct rule_let let = {0};
    if (!rule_has_room(r, l->rule->let_count, RULE_LETS_MAX) || !read_let_name(l, r, &let.id))
        return;
    if (!reading_take_punct(r, "=")) {
        reading_fault(r, "rule.let", STR("应为 let 名字 = 表达式"),
                      STR("expected: let NAME = EXPRESSION"));
        return;
    }
    l->scope.is_grouped = true;
    struct compiled c = rule_check_expr(l, r, &let.expr);
    l->scope.is_grouped = false;
    let.type = c.type;
    let.vocab = c.vocab;
    if (reading_end(r))
        l->rule->lets[l->rule->let_count++] = let;
}

void rule_read_unless(struct rule_loading *l, struct reading *r)
{
    struct rule_unless u = {0};
    if (!rule_has_room(r, l->rule->unless_count, RULE_CONDITIONS_MAX) || !reading_word(r, &u.id) ||
        !reading_texts(r, &u.zh, &u.en))
        return;
    if (!reading_take_word(r, "when")) {
        reading_fault(r, "rule.unless", STR("应为 unless 名字 \"说明\" when 条件"),
                      STR("expected: unless NAME \"text\" when CONDITION"));
        return;
    }
    check_condition(l, r, &u.expr);
    if (reading_end(r))
        l->rule->unless[l->rule->unless_count++] = u;
}

void rule_read_level(struct rule_loading *l, struct reading *r)
{
    struct rule_level level = {0};
    int64_t n;
    if (!rule_has_room(r, l->rule->level_count, RULE_LEVELS_MAX) || !reading_int(r, &n))
        return;
    if (n < 1 || n > 5) {
        r->at--;
        reading_fault(r, "rule.level", STR("级别为 1 至 5"), STR("a level is 1 to 5"));
        return;
    }
    level.level = (int)n;
    if (reading_take_word(r, "when")) {
        l->scope.lets_are_columns = true;
        check_condition(l, r, &level.expr);
        l->scope.lets_are_columns = false;
    }
    if (reading_end(r))
        l->rule->levels[l->rule->level_count++] = level;
}

void rule_read_when(struct rule_loading *l, struct reading *r)
{
    if (!rule_has_room(r, l->rule->condition_count, RULE_CONDITIONS_MAX))
        return;
    check_condition(l, r, &l->rule->conditions[l->rule->condition_count]);
    if (reading_end(r))
        l->rule->condition_count++;
}

void rule_read_whole(struct rule_loading *l, struct reading *r, struct rule_expr *out,
                     enum rule_type type)
{
    struct compiled c = rule_check_expr(l, r, out);
    if (c.sql.len && c.type != type)
        reading_fault(r, "rule.types", STR("表达式的类型不对"),
                      STR("the expression is of another type"));
    reading_end(r);
}
