#include "common/model/expr.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/model/type.h"

#define DAYS_MAX 36600 /* a hundred years: dates stay dates */
#define MONTHS_MAX 1200
#define NODES_MAX 500

enum expr_kind {
    EXPR_FIELD,
    EXPR_LITERAL,
    EXPR_TODAY,
    EXPR_ADD_DAYS, /* left + number days */
    EXPR_ADD_MONTHS,
    EXPR_COMPARE,
    EXPR_IS_EMPTY,
    EXPR_AND,
    EXPR_OR,
    EXPR_NOT,
};

enum comparison { LESS = 1, EQUAL = 2, GREATER = 4 };

struct expr {
    enum expr_kind kind;
    size_t field;
    struct value literal;
    uint8_t literal_scale;
    bool is_date;   /* of a literal */
    int64_t amount; /* days or months */
    int comparison; /* bits of enum comparison */
    const struct expr *left, *right;
};

struct reader {
    struct arena *arena;
    const struct decl_file *file;
    const struct decl_node *node;
    size_t at;
    const struct field *fields;
    size_t field_count;
    struct problem_list *problems;
    int depth;
    size_t count; /* nodes made */
};

static const struct decl_token *peek(const struct reader *r)
{
    return r->at < r->node->token_count ? &r->node->tokens[r->at] : NULL;
}

static bool is_word(const struct reader *r, size_t ahead, const char *word)
{
    size_t i = r->at + ahead;
    return i < r->node->token_count && decl_word_is(&r->node->tokens[i], word);
}

static bool is_punct(const struct reader *r, const char *text)
{
    const struct decl_token *t = peek(r);
    return t && t->kind == DECL_PUNCT && str_equal(t->text, str_of(text));
}

static struct expr *fault(struct reader *r, const char *code, struct str zh, struct str en)
{
    decl_problem(r->problems, r->file, r->node, peek(r), code, zh, en);
    return NULL;
}

static struct expr *make(struct reader *r, struct expr e)
{
    struct expr *made = NEW(r->arena, struct expr);
    *made = e;
    r->count++;
    return made;
}

static struct expr *read_or(struct reader *r);

static struct expr *read_primary(struct reader *r)
{
    const struct decl_token *t = peek(r);
    if (r->count > NODES_MAX)
        return fault(r, "expr.size", STR("表达式过长"), STR("the expression is too long"));
    if (!t)
        return fault(r, "expr.end", STR("表达式不完整"), STR("the expression ends too early"));
    if (is_punct(r, "(")) {
        r->at++;
        struct expr *inner = read_or(r);
        if (inner && !is_punct(r, ")"))
            return fault(r, "expr.parenthesis", STR("缺少右括号"),
                         STR("a closing parenthesis is missing"));
        r->at++;
        return inner;
    }
    if (t->kind == DECL_PUNCT)
        return fault(r, "expr.operand", STR("此处应为字段或值"),
                     STR("a field or a value is expected here"));
    r->at++;
    if (t->kind == DECL_STRING)
        return make(r, (struct expr){.kind = EXPR_LITERAL, .literal = value_text(t->text)});
    if (t->kind == DECL_NUMBER || t->kind == DECL_DATE)
        return make(r, (struct expr){.kind = EXPR_LITERAL,
                                     .literal = value_int(t->number),
                                     .literal_scale = t->scale,
                                     .is_date = t->kind == DECL_DATE});
    if (decl_word_is(t, "today"))
        return make(r, (struct expr){.kind = EXPR_TODAY});
    for (size_t i = 0; i < r->field_count; i++)
        if (str_equal(r->fields[i].id, t->text))
            return make(r, (struct expr){.kind = EXPR_FIELD, .field = i});
    r->at--;
    return fault(r, "expr.field", STR("没有这个字段"), STR("there is no such field"));
}

#define NO_OPERAND (-1) /* of a comparison */

/* What an operand holds, as a kind of field; all texts are of one kind. */
static int kind_of(const struct reader *r, const struct expr *e)
{
    if (e->kind == EXPR_FIELD) {
        enum field_kind kind = r->fields[e->field].kind;
        return type_of(kind)->value == VALUE_TEXT ? FIELD_TEXT : (int)kind;
    }
    if (e->kind == EXPR_LITERAL)
        return e->literal.kind == VALUE_TEXT ? FIELD_TEXT : e->is_date ? FIELD_DATE : FIELD_INT;
    return e->kind <= EXPR_ADD_MONTHS ? FIELD_DATE : NO_OPERAND;
}

/* A plain number is written in the unit of what it is compared with; else fen are not compared with
 * days. */
static bool is_comparable(const struct reader *r, const struct expr *x, const struct expr *y)
{
    int kind = kind_of(r, x);
    int other = kind_of(r, y);
    if (kind == other)
        return kind != NO_OPERAND;
    bool has_number = (x->kind == EXPR_LITERAL && kind == FIELD_INT) ||
                      (y->kind == EXPR_LITERAL && other == FIELD_INT);
    int counted = kind == FIELD_INT ? other : kind;
    return has_number && (counted == FIELD_MONEY || counted == FIELD_AREA ||
                          counted == FIELD_MONTH || counted == FIELD_BOOL);
}

/* primary { (+|-) N days|months } */
static struct expr *read_sum(struct reader *r)
{
    struct expr *left = read_primary(r);
    while (left && (is_punct(r, "+") || is_punct(r, "-"))) {
        int64_t sign = is_punct(r, "+") ? 1 : -1;
        r->at++;
        const struct decl_token *n = peek(r);
        if (kind_of(r, left) != FIELD_DATE)
            return fault(r, "expr.date", STR("只有日期可以加减天数或月数"),
                         STR("days and months are added to dates only"));
        if (r->count > NODES_MAX || !n || n->kind != DECL_NUMBER || n->scale ||
            !(is_word(r, 1, "days") || is_word(r, 1, "months")) ||
            n->number > (is_word(r, 1, "days") ? DAYS_MAX : MONTHS_MAX))
            return fault(r, "expr.duration", STR("此处应为“N days”或“N months”"),
                         STR("expected N days or N months"));
        left =
            make(r, (struct expr){.kind = is_word(r, 1, "days") ? EXPR_ADD_DAYS : EXPR_ADD_MONTHS,
                                  .left = left,
                                  .amount = sign * n->number});
        r->at += 2;
    }
    return left;
}

static int digits_of(const struct reader *r, const struct expr *e)
{
    enum field_kind kind = e->kind == EXPR_FIELD ? r->fields[e->field].kind : FIELD_INT;
    return kind == FIELD_MONEY ? 2 : kind == FIELD_AREA ? 4 : 0;
}

/* A literal is written in the unit of a person, a field is kept in the unit of its type. */
static void fit_literal(const struct reader *r, const struct expr *field, struct expr *literal)
{
    if (field->kind != EXPR_FIELD || literal->kind != EXPR_LITERAL ||
        literal->literal.kind != VALUE_INT)
        return;
    for (int i = literal->literal_scale; i < digits_of(r, field); i++)
        literal->literal.number *= 10;
}

static bool is_known_code(const struct reader *r, const struct expr *field,
                          const struct expr *literal)
{
    if (field->kind != EXPR_FIELD || literal->kind != EXPR_LITERAL)
        return true;
    const struct vocab *vocab = r->fields[field->field].vocab;
    for (size_t i = 0; vocab && i < vocab->code_count; i++)
        if (str_equal(vocab->codes[i].code, literal->literal.text))
            return true;
    return vocab == NULL;
}

static struct expr *make_comparison(struct reader *r, int comparison, struct expr *left,
                                    struct expr *right)
{
    r->at--; /* faults stand at the right side */
    if (!is_comparable(r, left, right))
        return fault(r, "expr.types", STR("比较的两边类型不同"),
                     STR("the two sides are of different types"));
    if (!is_known_code(r, left, right) || !is_known_code(r, right, left))
        return fault(r, "expr.code", STR("词表中没有这个代码"),
                     STR("not a code of the vocabulary"));
    if (left->literal_scale > digits_of(r, right) || right->literal_scale > digits_of(r, left))
        return fault(r, "expr.number", STR("小数位过多"),
                     STR("too many decimals for what it is compared with"));
    r->at++;
    fit_literal(r, left, right);
    fit_literal(r, right, left);
    return make(r,
                (struct expr){
                    .kind = EXPR_COMPARE, .comparison = comparison, .left = left, .right = right});
}

static struct expr *read_in(struct reader *r, struct expr *left)
{
    struct expr *any = NULL;
    r->at++;
    if (!is_punct(r, "("))
        return fault(r, "expr.in", STR("in 之后应为括号内的列表"),
                     STR("a list in parentheses is expected behind in"));
    do {
        r->at++;
        struct expr *item = read_primary(r);
        if (!item)
            return NULL;
        struct expr *equal = make_comparison(r, EQUAL, left, item);
        if (!equal)
            return NULL;
        any = any ? make(r, (struct expr){.kind = EXPR_OR, .left = any, .right = equal}) : equal;
    } while (is_punct(r, ","));
    if (!is_punct(r, ")"))
        return fault(r, "expr.parenthesis", STR("缺少右括号"),
                     STR("a closing parenthesis is missing"));
    r->at++;
    return any;
}

static struct expr *read_comparison(struct reader *r)
{
    static const struct {
        const char *text;
        int comparison;
    } operators[] = {{"=", EQUAL},         {"!=", LESS | GREATER}, {"<", LESS},
                     {"<=", LESS | EQUAL}, {">", GREATER},         {">=", GREATER | EQUAL}};
    struct expr *left = read_sum(r);
    if (!left)
        return NULL;
    if (is_word(r, 0, "is") && kind_of(r, left) != NO_OPERAND) {
        bool is_negated = is_word(r, 1, "not");
        if (!is_word(r, is_negated ? 2 : 1, "empty"))
            return fault(r, "expr.is", STR("应为 is empty 或 is not empty"),
                         STR("expected is empty or is not empty"));
        r->at += is_negated ? 3 : 2;
        struct expr *empty = make(r, (struct expr){.kind = EXPR_IS_EMPTY, .left = left});
        return is_negated ? make(r, (struct expr){.kind = EXPR_NOT, .left = empty}) : empty;
    }
    if (is_word(r, 0, "in"))
        return read_in(r, left);
    for (size_t i = 0; i < COUNT_OF(operators); i++)
        if (is_punct(r, operators[i].text)) {
            r->at++;
            struct expr *right = read_sum(r);
            return right ? make_comparison(r, operators[i].comparison, left, right) : NULL;
        }
    return left->kind == EXPR_COMPARE || left->kind >= EXPR_IS_EMPTY
               ? left
               : fault(r, "expr.comparison", STR("此处应为比较"),
                       STR("a comparison is expected here"));
}

static struct expr *read_not(struct reader *r)
{
    bool is_negated = false;
    for (; is_word(r, 0, "not"); r->at++)
        is_negated = !is_negated;
    struct expr *inner = read_comparison(r);
    return inner && is_negated ? make(r, (struct expr){.kind = EXPR_NOT, .left = inner}) : inner;
}

static struct expr *read_and(struct reader *r)
{
    struct expr *left = read_not(r);
    while (left && is_word(r, 0, "and")) {
        r->at++;
        struct expr *right = read_not(r);
        left =
            right ? make(r, (struct expr){.kind = EXPR_AND, .left = left, .right = right}) : NULL;
    }
    return left;
}

static struct expr *read_or(struct reader *r)
{
    if (++r->depth > EXPR_DEPTH_MAX)
        return fault(r, "expr.depth", STR("表达式嵌套过深"),
                     STR("the expression is nested too deeply"));
    struct expr *left = read_and(r);
    while (left && is_word(r, 0, "or")) {
        r->at++;
        struct expr *right = read_and(r);
        left = right ? make(r, (struct expr){.kind = EXPR_OR, .left = left, .right = right}) : NULL;
    }
    r->depth--;
    return left;
}

const struct expr *expr_parse(struct arena *a, const struct decl_file *file,
                              const struct decl_node *node, size_t *at, const struct field *fields,
                              size_t field_count, struct problem_list *problems)
{
    struct reader r = {a, file, node, *at, fields, field_count, problems, 0, 0};
    const struct expr *e = read_or(&r);
    *at = r.at;
    return e;
}

static int32_t add_months(int32_t ymd, int64_t months)
{
    int64_t index = date_month_index(date_month_of(ymd)) + months;
    if (index < 12 || index >= 10000 * 12) /* no such year */
        return 0;
    int32_t first = date_make((int)(index / 12), (int)(index % 12) + 1, 1);
    int32_t day = ymd % 100;
    while (!date_is_valid(first - 1 + day)) /* 31 March − 1 month is the last day of February */
        day--;
    return first - 1 + day;
}

static struct value operand(const struct expr *e, const struct value *values, int32_t today)
{
    struct value v = value_null();
    switch (e->kind) {
    case EXPR_FIELD:
        return values[e->field];
    case EXPR_LITERAL:
        return e->literal;
    case EXPR_TODAY:
        return value_int(today);
    case EXPR_ADD_DAYS:
    case EXPR_ADD_MONTHS:
        v = operand(e->left, values, today);
        if (v.kind != VALUE_INT || !date_is_valid((int32_t)v.number))
            return value_null();
        v.number = e->kind == EXPR_ADD_DAYS ? date_add_days((int32_t)v.number, e->amount)
                                            : add_months((int32_t)v.number, e->amount);
        return v;
    case EXPR_COMPARE:
    case EXPR_IS_EMPTY:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        break;
    }
    return v;
}

static enum expr_truth compare(const struct expr *e, const struct value *values, int32_t today)
{
    struct value x = operand(e->left, values, today);
    struct value y = operand(e->right, values, today);
    if (x.kind == VALUE_NULL || y.kind == VALUE_NULL)
        return EXPR_UNKNOWN;
    if (x.kind != y.kind)
        return EXPR_FALSE;
    int order = x.kind == VALUE_INT ? (x.number > y.number) - (x.number < y.number)
                                    : str_compare(x.text, y.text);
    int bit = order < 0 ? LESS : order > 0 ? GREATER : EQUAL;
    return (e->comparison & bit) ? EXPR_TRUE : EXPR_FALSE;
}

enum expr_truth expr_evaluate(const struct expr *e, const struct value *values, int32_t today)
{
    enum expr_truth x;
    enum expr_truth y;
    switch (e->kind) {
    case EXPR_COMPARE:
        return compare(e, values, today);
    case EXPR_IS_EMPTY:
        return operand(e->left, values, today).kind == VALUE_NULL ? EXPR_TRUE : EXPR_FALSE;
    case EXPR_NOT:
        x = expr_evaluate(e->left, values, today);
        return x == EXPR_UNKNOWN ? x : x == EXPR_TRUE ? EXPR_FALSE : EXPR_TRUE;
    case EXPR_AND:
        x = expr_evaluate(e->left, values, today);
        y = expr_evaluate(e->right, values, today);
        return x == EXPR_FALSE || y == EXPR_FALSE ? EXPR_FALSE
               : x == EXPR_TRUE && y == EXPR_TRUE ? EXPR_TRUE
                                                  : EXPR_UNKNOWN;
    case EXPR_OR:
        x = expr_evaluate(e->left, values, today);
        y = expr_evaluate(e->right, values, today);
        return x == EXPR_TRUE || y == EXPR_TRUE     ? EXPR_TRUE
               : x == EXPR_FALSE && y == EXPR_FALSE ? EXPR_FALSE
                                                    : EXPR_UNKNOWN;
    case EXPR_FIELD:
    case EXPR_LITERAL:
    case EXPR_TODAY:
    case EXPR_ADD_DAYS:
    case EXPR_ADD_MONTHS:
        break;
    }
    return EXPR_UNKNOWN;
}
