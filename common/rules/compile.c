#include "common/rules/compile_parts.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"

const struct decl_token *compile_peek(const struct compiler *c, size_t ahead)
{
    return c->at + ahead < c->node->token_count ? &c->node->tokens[c->at + ahead] : NULL;
}

bool compile_take_word(struct compiler *c, const char *word)
{
    const struct decl_token *t = compile_peek(c, 0);
    if (!t || !decl_word_is(t, word))
        return false;
    c->at++;
    return true;
}

bool compile_take_punct(struct compiler *c, const char *text)
{
    const struct decl_token *t = compile_peek(c, 0);
    if (!t || t->kind != DECL_PUNCT || !str_equal(t->text, str_of(text)))
        return false;
    c->at++;
    return true;
}

struct compile_part compile_fault(struct compiler *c, const char *code, struct str zh,
                                  struct str en)
{
    const struct decl_token *t = compile_peek(c, 0);
    if (!t) /* behind the end: the last one is near enough */
        t = &c->node->tokens[c->node->token_count - 1];
    if (!c->has_failed)
        decl_problem(c->scope->problems, c->scope->rule->file, c->node, t, code, zh, en);
    c->has_failed = true;
    return (struct compile_part){.sql = STR("NULL")};
}

void compile_expect(struct compiler *c, const char *punct)
{
    if (!compile_take_punct(c, punct))
        compile_fault(c, "rule.punct", str_format(c->scope->arena, "此处应为 %s", punct),
                      str_format(c->scope->arena, "expected %s here", punct));
}

struct compile_part compile_print(struct compiler *c, enum rule_type type, const char *format, ...)
{
    char text[COMPILE_TEXT_MAX];
    __builtin_va_list args;
    __builtin_va_start(args, format);
    int n = __builtin_vsnprintf(text, sizeof text, format, args);
    __builtin_va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        return compile_fault(c, "rule.size", STR("表达式过长"), STR("the expression is too long"));
    return (struct compile_part){.sql = str_copy(c->scope->arena, str_make(text, (size_t)n)),
                                 .type = type};
}

/* A number beside money means yuan, beside an area mu. */
void compile_fit(struct compiler *c, struct compile_part *literal, const struct compile_part *other)
{
    if (!literal->is_literal || literal->type != RULE_INT || other->type == RULE_TEXT)
        return;
    int digits = other->type == RULE_MONEY ? 2 : other->type == RULE_AREA ? 4 : 0;
    int64_t n = literal->number;
    if (literal->scale > digits) {
        compile_fault(c, "rule.number", STR("小数位过多"),
                      STR("too many decimals for what it is compared with"));
        return;
    }
    for (int i = literal->scale; i < digits; i++)
        n *= 10;
    literal->sql = str_format(c->scope->arena, "%lld", (long long)n);
    literal->type = other->type;
}

static void check_code(struct compiler *c, const struct compile_part *literal,
                       const struct compile_part *other)
{
    if (!other->vocab || !literal->is_literal || literal->type != RULE_TEXT)
        return;
    for (size_t i = 0; i < other->vocab->code_count; i++)
        if (str_equal(str_slice(literal->sql, 1, literal->sql.len - 1),
                      other->vocab->codes[i].code))
            return;
    c->at--;
    compile_fault(c, "rule.code", STR("词表中没有这个代码"), STR("not a code of the vocabulary"));
    c->at++;
}

/* Dates and months are reckoned with by days() and months() only. */
static bool is_number(const struct compile_part *p)
{
    return p->type == RULE_INT || p->type == RULE_MONEY || p->type == RULE_AREA;
}

static struct compile_part compile_sum(struct compiler *c)
{
    struct compile_part left = compile_primary(c);
    for (;;) {
        const char *op = compile_take_punct(c, "+")   ? "+"
                         : compile_take_punct(c, "-") ? "-"
                         : compile_take_punct(c, "*") ? "*"
                                                      : NULL;
        if (!op || c->has_failed)
            return left;
        struct compile_part right = compile_primary(c);
        if (op[0] != '*') {
            compile_fit(c, &right, &left);
            compile_fit(c, &left, &right);
        }
        if (!c->has_failed &&
            (!is_number(&left) || !is_number(&right) || (left.type != right.type && op[0] != '*')))
            return compile_fault(c, "rule.types", STR("两边不能相加、相减或相乘"),
                                 STR("these two cannot be added, subtracted or multiplied"));
        left = compile_print(c, left.type == RULE_INT ? right.type : left.type,
                             STR_FMT " %s " STR_FMT, STR_ARG(left.sql), op, STR_ARG(right.sql));
    }
}

static struct compile_part compile_in(struct compiler *c, struct compile_part left)
{
    struct buf list;
    buf_init(&list, c->scope->arena);
    compile_expect(c, "(");
    do {
        struct compile_part item = compile_primary(c);
        compile_fit(c, &item, &left);
        check_code(c, &item, &left);
        if (!c->has_failed && item.type != left.type) {
            c->at--;
            compile_fault(c, "rule.types", STR("比较的两边类型不同"),
                          STR("the two sides are of different types"));
        }
        buf_format(&list, "%s" STR_FMT, list.len ? ", " : "", STR_ARG(item.sql));
    } while (!c->has_failed && compile_take_punct(c, ","));
    compile_expect(c, ")");
    return compile_print(c, RULE_BOOL, STR_FMT " IN (" STR_FMT ")", STR_ARG(left.sql),
                         STR_ARG(buf_str(&list)));
}

static struct compile_part compile_comparison(struct compiler *c)
{
    static const char *const operators[][2] = {{"=", "="},   {"!=", "<>"}, {"<=", "<="},
                                               {">=", ">="}, {"<", "<"},   {">", ">"}};
    struct compile_part left = compile_sum(c);
    if (compile_take_word(c, "is")) {
        bool is_negated = compile_take_word(c, "not");
        if (!compile_take_word(c, "empty"))
            return compile_fault(c, "rule.is", STR("应为 is empty 或 is not empty"),
                                 STR("expected is empty or is not empty"));
        return compile_print(c, RULE_BOOL, STR_FMT " IS %sNULL", STR_ARG(left.sql),
                             is_negated ? "NOT " : "");
    }
    if (compile_take_word(c, "in"))
        return compile_in(c, left);
    const struct decl_token *t = compile_peek(c, 0);
    const struct decl_token *next = compile_peek(c, 1);
    if (t && next && decl_word_is(t, "not") && decl_word_is(next, "in")) {
        c->at += 2;
        struct compile_part in = compile_in(c, left);
        return compile_print(c, RULE_BOOL, "NOT (" STR_FMT ")", STR_ARG(in.sql));
    }
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (compile_take_punct(c, operators[i][0])) {
            struct compile_part right = compile_sum(c);
            compile_fit(c, &right, &left);
            compile_fit(c, &left, &right);
            check_code(c, &right, &left);
            if (!c->has_failed && left.type != right.type)
                return compile_fault(c, "rule.types", STR("比较的两边类型不同"),
                                     STR("the two sides are of different types"));
            return compile_print(c, RULE_BOOL, STR_FMT " %s " STR_FMT, STR_ARG(left.sql),
                                 operators[i][1], STR_ARG(right.sql));
        }
    return left;
}

static void check_condition(struct compiler *c, const struct compile_part *p)
{
    if (!c->has_failed && p->type != RULE_BOOL)
        compile_fault(c, "rule.condition", STR("此处应为条件"),
                      STR("a condition is expected here"));
}

static struct compile_part compile_not(struct compiler *c)
{
    bool is_negated = false;
    while (compile_take_word(c, "not"))
        is_negated = !is_negated;
    struct compile_part inner = compile_comparison(c);
    if (is_negated)
        check_condition(c, &inner);
    return is_negated ? compile_print(c, RULE_BOOL, "NOT (" STR_FMT ")", STR_ARG(inner.sql))
                      : inner;
}

static struct compile_part compile_and(struct compiler *c)
{
    struct compile_part left = compile_not(c);
    while (!c->has_failed && compile_take_word(c, "and")) {
        struct compile_part right = compile_not(c);
        check_condition(c, &left);
        check_condition(c, &right);
        left = compile_print(c, RULE_BOOL, STR_FMT " AND " STR_FMT, STR_ARG(left.sql),
                             STR_ARG(right.sql));
    }
    return left;
}

struct compile_part compile_or(struct compiler *c)
{
    if (++c->depth > COMPILE_DEPTH_MAX)
        return compile_fault(c, "rule.depth", STR("表达式嵌套过深"),
                             STR("the expression is nested too deeply"));
    struct compile_part left = compile_and(c);
    bool is_or = false;
    while (!c->has_failed && compile_take_word(c, "or")) {
        struct compile_part right = compile_and(c);
        check_condition(c, &left);
        check_condition(c, &right);
        left = compile_print(c, RULE_BOOL, STR_FMT " OR " STR_FMT, STR_ARG(left.sql),
                             STR_ARG(right.sql));
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
    struct compile_part p = compile_or(&c);
    if (c.has_failed)
        return (struct compiled){.end = expr.node->token_count};
    return (struct compiled){p.sql, p.type, p.vocab, c.at};
}
