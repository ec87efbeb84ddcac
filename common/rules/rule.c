#include "common/rules/rule.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/model/reading.h"
#include "common/rules/compile.h"
#include "common/rules/wakes.h"

#include <stdlib.h>

static const char *const status_names[] = {"draft", "observe", "live", "retired"};

struct loading {
    struct rule *rule;
    const struct catalog *catalog;
    struct compile_scope scope;
};

const char *rule_status_name(enum rule_status status)
{
    return status_names[status];
}

int rule_source_named(const struct rule *r, struct str alias)
{
    for (size_t i = 0; i < r->source_count; i++)
        if (str_equal(r->sources[i].alias, alias))
            return (int)i;
    return -1;
}

static bool has_room(struct reading *r, size_t count, size_t most)
{
    if (count < most)
        return true;
    reading_fault(r, "rule.many", STR("这种语句过多"), STR("too many statements of this kind"));
    return false;
}

/* Compiles once to check it and to learn its type, and steps over it. */
static struct compiled check_expr(struct loading *l, struct reading *r, struct rule_expr *out)
{
    *out = (struct rule_expr){r->node, r->at};
    struct compiled c = compile_expr(&l->scope, *out);
    r->at = c.end;
    return c;
}

/* A condition: compiled, and known to be one. */
static void check_condition(struct loading *l, struct reading *r, struct rule_expr *out)
{
    struct compiled c = check_expr(l, r, out);
    if (c.sql.len && c.type != RULE_BOOL)
        reading_fault(r, "rule.condition", STR("此处应为条件"),
                      STR("a condition is expected here"));
}

/* New, and none of the names that emit.c gives. */
static bool read_alias_name(struct loading *l, struct reading *r, struct str *out)
{
    static const struct str taken[] = {STR_INIT("s"), STR_INIT("g"), STR_INIT("f"),
                                       STR_INIT("earlier")};
    if (!reading_name(r, out))
        return false;
    bool is_taken = rule_source_named(l->rule, *out) >= 0;
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        is_taken = is_taken || str_equal(*out, taken[i]);
    if (is_taken) {
        r->at--;
        reading_fault(r, "rule.alias", STR("这个别名已被占用"), STR("this alias is taken"));
    }
    return !is_taken;
}

/* DATASET as ALIAS on PERSON_FIELD */
static bool read_rows(struct loading *l, struct reading *r, struct rule_source *out)
{
    struct str dataset;
    struct str field;
    if (!reading_word(r, &dataset))
        return false;
    out->first_by = -1;
    out->dataset = catalog_dataset(l->catalog, dataset);
    if (!out->dataset) {
        r->at--;
        reading_fault(r, "rule.dataset", STR("没有这个数据集"), STR("there is no such dataset"));
        return false;
    }
    if (!reading_take_word(r, "as") || !read_alias_name(l, r, &out->alias) ||
        !reading_take_word(r, "on") || !reading_word(r, &field)) {
        reading_fault(r, "rule.from", STR("应为 from 数据集 as 别名 on 人员证件字段"),
                      STR("expected: from DATASET as ALIAS on PERSON_FIELD"));
        return false;
    }
    out->person_field = dataset_field(out->dataset, field);
    if (out->person_field < 0 || out->dataset->fields[out->person_field].person_name < 0) {
        r->at--;
        reading_fault(r, "rule.person", STR("该字段不是带姓名的证件号码"),
                      STR("this field is no identity number with a name"));
        return false;
    }
    return true;
}

static void read_source(struct loading *l, struct reading *r)
{
    struct rule_source s = {0};
    struct str field;
    if (!has_room(r, l->rule->source_count, RULE_SOURCES_MAX) || !read_rows(l, r, &s))
        return;
    if (reading_take_word(r, "first")) {
        if (!reading_take_word(r, "by") || !reading_word(r, &field)) {
            reading_fault(r, "rule.first", STR("应为 first by 字段"),
                          STR("expected: first by FIELD"));
            return;
        }
        s.first_by = dataset_field(s.dataset, field);
        if (s.first_by < 0)
            reading_fault(r, "rule.first", STR("没有这个字段"), STR("there is no such field"));
    }
    if (reading_end(r))
        l->rule->sources[l->rule->source_count++] = s;
}

static void read_param(struct loading *l, struct reading *r)
{
    static const struct {
        const char *word;
        enum rule_type type;
        int digits;
    } kinds[] = {{"days", RULE_INT, 0},
                 {"months", RULE_INT, 0},
                 {"count", RULE_INT, 0},
                 {"money", RULE_MONEY, 2}};
    struct rule_param p = {0};
    struct str kind;
    if (!has_room(r, l->rule->param_count, RULE_LETS_MAX) || !reading_word(r, &p.id) ||
        !reading_word(r, &kind))
        return;
    size_t i = 0;
    while (i < COUNT_OF(kinds) && !str_equal(kind, str_of(kinds[i].word)))
        i++;
    if (i == COUNT_OF(kinds)) {
        r->at--;
        reading_fault(r, "rule.unit", STR("单位应为 days、months、count 或 money"),
                      STR("the unit is days, months, count or money"));
        return;
    }
    p.type = kinds[i].type;
    if (!reading_int(r, &p.value) || !reading_texts(r, &p.zh, &p.en) || !reading_end(r))
        return;
    p.value *= kinds[i].digits ? 100 : 1;
    l->rule->params[l->rule->param_count++] = p;
}

static bool read_let_name(struct loading *l, struct reading *r, struct str *out)
{
    static const struct str taken[] = {STR_INIT("subject"), STR_INIT("episode"), STR_INIT("tier"),
                                       STR_INIT("level"), STR_INIT("amount")};
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

static void read_let(struct loading *l, struct reading *r)
{
    struct rule_let let = {0};
    if (!has_room(r, l->rule->let_count, RULE_LETS_MAX) || !read_let_name(l, r, &let.id))
        return;
    if (!reading_take_punct(r, "=")) {
        reading_fault(r, "rule.let", STR("应为 let 名字 = 表达式"),
                      STR("expected: let NAME = EXPRESSION"));
        return;
    }
    l->scope.is_grouped = true;
    struct compiled c = check_expr(l, r, &let.expr);
    l->scope.is_grouped = false;
    let.type = c.type;
    let.vocab = c.vocab;
    if (reading_end(r))
        l->rule->lets[l->rule->let_count++] = let;
}

static void read_unless(struct loading *l, struct reading *r)
{
    struct rule_unless u = {0};
    if (!has_room(r, l->rule->unless_count, RULE_CONDITIONS_MAX) || !reading_word(r, &u.id) ||
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

static void read_level(struct loading *l, struct reading *r)
{
    struct rule_level level = {0};
    int64_t n;
    if (!has_room(r, l->rule->level_count, RULE_LEVELS_MAX) || !reading_int(r, &n))
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

static int read_alias(struct loading *l, struct reading *r)
{
    struct str alias;
    if (!reading_word(r, &alias))
        return -1;
    int source = rule_source_named(l->rule, alias);
    if (source < 0) {
        r->at--;
        reading_fault(r, "rule.source", STR("没有这个来源"), STR("there is no such source"));
    }
    return source;
}

/* evidence ALIAS "role" (field, …) */
static void read_evidence(struct loading *l, struct reading *r)
{
    int source = read_alias(l, r);
    if (source < 0)
        return;
    struct rule_source *s = &l->rule->sources[source];
    if (!reading_string(r, &s->role))
        return;
    if (!reading_take_punct(r, "(")) {
        reading_fault(r, "rule.evidence", STR("此处应为括号内的字段"),
                      STR("fields in parentheses are expected here"));
        return;
    }
    do {
        struct str id;
        if (!reading_word(r, &id))
            return;
        int f = dataset_field(s->dataset, id);
        if (f < 0) {
            r->at--;
            reading_fault(r, "rule.column", STR("来源中没有这一列"),
                          STR("the source has no such column"));
            return;
        }
        if (s->shown_count < RULE_EVIDENCE_FIELDS_MAX)
            s->shown[s->shown_count++] = &s->dataset->fields[f];
    } while (reading_take_punct(r, ","));
    if (!reading_take_punct(r, ")"))
        reading_fault(r, "rule.evidence", STR("缺少右括号"),
                      STR("a closing parenthesis is missing"));
    else
        reading_end(r);
}

static void read_needs(struct loading *l, struct reading *r)
{
    struct rule_need need = {.rows = 1};
    struct str id;
    if (!has_room(r, l->rule->need_count, RULE_SOURCES_MAX) || !reading_word(r, &id))
        return;
    need.dataset = catalog_dataset(l->catalog, id);
    if (!need.dataset) {
        r->at--;
        reading_fault(r, "rule.dataset", STR("没有这个数据集"), STR("there is no such dataset"));
        return;
    }
    if (reading_take_word(r, "rows") && !reading_int(r, &need.rows))
        return;
    if (reading_take_word(r, "fresh") &&
        !(reading_int(r, &need.fresh_days) && reading_take_word(r, "days"))) {
        reading_fault(r, "rule.fresh", STR("应为 fresh 天数 days"), STR("expected: fresh N days"));
        return;
    }
    if (reading_end(r))
        l->rule->needs[l->rule->need_count++] = need;
}

static void read_asks(struct loading *l, struct reading *r)
{
    struct str id;
    if (!reading_word(r, &id))
        return;
    l->rule->asks = catalog_document(l->catalog, id);
    if (!l->rule->asks) {
        r->at--;
        reading_fault(r, "rule.document", STR("没有这种文书"), STR("there is no such document"));
        return;
    }
    if (!reading_take_word(r, "site") || !reading_take_word(r, "of")) {
        reading_fault(r, "rule.asks", STR("应为 asks 文书 site of 来源"),
                      STR("expected: asks DOCUMENT site of SOURCE"));
        return;
    }
    int source = read_alias(l, r);
    if (source >= 0 && reading_end(r))
        l->rule->asks_source = (size_t)source;
}

/* wakes ALIAS at DATE, or wakes DATASET as ALIAS on PERSON_FIELD at DATE */
static void read_wakes(struct loading *l, struct reading *r)
{
    struct rule_wake wake = {0};
    const struct decl_token *t = reading_peek(r);
    int source = t ? rule_source_named(l->rule, t->text) : -1;
    if (!has_room(r, l->rule->wake_count, RULE_WAKES_MAX))
        return;
    if (source >= 0) {
        wake.source = l->rule->sources[source];
        r->at++;
    } else if (!read_rows(l, r, &wake.source)) {
        return;
    }
    if (!reading_take_word(r, "at")) {
        reading_fault(r, "rule.at", STR("此处应为 at 日期"), STR("expected: at DATE"));
        return;
    }
    l->scope.only = &wake.source;
    struct compiled c = check_expr(l, r, &wake.expr);
    l->scope.only = NULL;
    if (c.sql.len && c.type != RULE_DATE)
        reading_fault(r, "rule.date", STR("此处应为日期"), STR("a date is expected here"));
    if (reading_end(r))
        l->rule->wakes[l->rule->wake_count++] = wake;
}

static void read_status(struct loading *l, struct reading *r)
{
    struct str word;
    if (!reading_word(r, &word))
        return;
    for (size_t i = 0; i < COUNT_OF(status_names); i++)
        if (str_equal(word, str_of(status_names[i]))) {
            l->rule->status = (enum rule_status)i;
            reading_end(r);
            return;
        }
    r->at--;
    reading_fault(r, "rule.status", STR("状态应为 draft、observe、live 或 retired"),
                  STR("the status is draft, observe, live or retired"));
}

static void read_texts(struct reading *r, struct str *zh, struct str *en)
{
    if (reading_texts(r, zh, en))
        reading_end(r);
}

static void read_when(struct loading *l, struct reading *r)
{
    if (!has_room(r, l->rule->condition_count, RULE_CONDITIONS_MAX))
        return;
    check_condition(l, r, &l->rule->conditions[l->rule->condition_count]);
    if (reading_end(r))
        l->rule->condition_count++;
}

/* A statement that is one expression of one type. */
static void read_whole(struct loading *l, struct reading *r, struct rule_expr *out,
                       enum rule_type type)
{
    struct compiled c = check_expr(l, r, out);
    if (c.sql.len && c.type != type)
        reading_fault(r, "rule.types", STR("表达式的类型不对"),
                      STR("the expression is of another type"));
    reading_end(r);
}

static void read_percent(struct reading *r, int64_t *out)
{
    if (reading_int(r, out) && *out >= 1 && *out <= 100 && reading_take_word(r, "percent"))
        reading_end(r);
    else
        reading_fault(r, "rule.percent", STR("应为 1 至 100 percent"),
                      STR("expected: 1 to 100 percent"));
}

static void read_statement(struct loading *l, struct reading *r)
{
    struct rule *rule = l->rule;
    struct str k = decl_keyword(r->node);
    struct str unused;
    if (str_equal(k, STR("from")))
        read_source(l, r);
    else if (str_equal(k, STR("param")))
        read_param(l, r);
    else if (str_equal(k, STR("when")))
        read_when(l, r);
    else if (str_equal(k, STR("let")))
        read_let(l, r);
    else if (str_equal(k, STR("unless")))
        read_unless(l, r);
    else if (str_equal(k, STR("level")))
        read_level(l, r);
    else if (str_equal(k, STR("evidence")))
        read_evidence(l, r);
    else if (str_equal(k, STR("needs")))
        read_needs(l, r);
    else if (str_equal(k, STR("asks")))
        read_asks(l, r);
    else if (str_equal(k, STR("wakes")))
        read_wakes(l, r);
    else if (str_equal(k, STR("status")))
        read_status(l, r);
    else if (str_equal(k, STR("version")))
        (void)(reading_int(r, &rule->version) && reading_end(r));
    else if (str_equal(k, STR("share")))
        read_percent(r, &rule->share);
    else if (str_equal(k, STR("floor")))
        read_percent(r, &rule->floor);
    else if (str_equal(k, STR("group")))
        (void)(reading_word(r, &rule->group) && reading_end(r));
    else if (str_equal(k, STR("sees")))
        (void)(reading_word(r, &rule->sees) && reading_end(r));
    else if (str_equal(k, STR("basis")))
        read_texts(r, &rule->basis, &unused);
    else if (str_equal(k, STR("say")))
        read_texts(r, &rule->say_zh, &rule->say_en);
    else if (str_equal(k, STR("by_hand")))
        read_texts(r, &rule->check_zh, &rule->check_en);
    else if (str_equal(k, STR("episode")))
        read_whole(l, r, &rule->episode, RULE_TEXT);
    else if (str_equal(k, STR("amount"))) {
        l->scope.is_grouped = true;
        read_whole(l, r, &rule->amount, RULE_MONEY);
        l->scope.is_grouped = false;
    } else {
        r->at = 0;
        reading_fault(r, "decl.keyword", STR("不认识的语句"),
                      STR("this statement is unknown in a rule"));
    }
}

static void check_whole(const struct loading *l, const struct decl_node *node)
{
    const struct rule *r = l->rule;
    size_t shown = 0;
    for (size_t i = 0; i < r->source_count; i++)
        shown += r->sources[i].shown_count;
    const struct {
        bool is_missing;
        const char *zh, *en;
    } musts[] = {{r->source_count == 0, "规则没有来源", "the rule has no source"},
                 {shown == 0, "规则没有 evidence", "the rule shows no evidence"},
                 {r->level_count == 0, "规则没有级别", "the rule has no level"},
                 {r->episode.node == NULL, "规则没有 episode", "the rule has no episode"},
                 {r->say_zh.len == 0, "规则没有 say", "the rule says nothing"},
                 {r->check_zh.len == 0, "规则没有 by_hand",
                  "the rule does not say what a person must check"},
                 {r->basis.len == 0, "规则没有依据", "the rule has no basis"},
                 {r->version < 1, "规则没有版本号", "the rule has no version"}};
    for (size_t i = 0; i < COUNT_OF(musts); i++)
        if (musts[i].is_missing)
            decl_problem(l->scope.problems, r->file, node, NULL, "rule.missing",
                         str_of(musts[i].zh), str_of(musts[i].en));
}

static void add_tokens(struct sha256 *s, const struct decl_node *node)
{
    for (size_t i = 0; i < node->token_count; i++) {
        sha256_add(s, node->tokens[i].text);
        sha256_add(s, str_make("", 1));
    }
    for (size_t i = 0; i < node->child_count; i++)
        add_tokens(s, &node->children[i]);
    sha256_add(s, str_make("\1", 1));
}

const struct rule *rule_load(struct arena *a, const struct decl_file *file,
                             const struct decl_node *node, const struct catalog *catalog,
                             struct problem_list *problems)
{
    struct rule *rule = NEW(a, struct rule);
    size_t errors = problems->errors;
    struct loading l = {
        rule, catalog, {a, rule, catalog, DDL_SQLITE, false, false, false, NULL, problems}};
    struct reading head = reading_of(a, file, node, problems);
    rule->file = file;
    rule->share = RULE_SHARE_DEFAULT;
    rule->asks_source = 0;
    if (reading_word(&head, &rule->id) && reading_texts(&head, &rule->zh, &rule->en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        read_statement(&l, &r);
    }
    check_whole(&l, node);
    if (problems->errors == errors)
        wakes_check(rule, node, problems);
    struct sha256 s;
    sha256_init(&s);
    add_tokens(&s, node);
    rule->hash = sha256_done(&s);
    return problems->errors == errors ? rule : NULL;
}

static int by_id(const void *a, const void *b)
{
    return str_compare((*(const struct rule *const *)a)->id, (*(const struct rule *const *)b)->id);
}

bool rule_load_all(struct arena *a, const struct catalog *catalog, struct problem_list *problems,
                   const struct rule ***out_rules, size_t *out_count)
{
    VEC(const struct rule *) rules = {0};
    size_t errors = problems->errors;
    for (size_t i = 0; i < catalog->rule_file_count; i++)
        for (size_t k = 0; k < catalog->rule_files[i].count; k++) {
            const struct decl_node *node = &catalog->rule_files[i].nodes[k];
            if (!str_equal(decl_keyword(node), STR("rule")))
                continue;
            const struct rule *rule =
                rule_load(a, &catalog->rule_files[i], node, catalog, problems);
            if (rule)
                VEC_PUSH(&rules, a, rule);
        }
    if (rules.count)
        qsort(rules.at, rules.count, sizeof *rules.at, by_id);
    *out_rules = rules.at;
    *out_count = rules.count;
    return problems->errors == errors;
}
