#include "common/rules/rule_parts.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/rules/wakes.h"

#include <stdlib.h>

static const char *const status_names[] = {"draft", "observe", "live", "retired"};

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

bool rule_is_of_persons(const struct rule *r)
{
    return r->subject.kind.len == 0;
}

int rule_column(const struct rule_query *q, struct str id)
{
    for (size_t i = 0; i < q->column_count; i++)
        if (str_equal(q->columns[i].id, id))
            return (int)i;
    return -1;
}

bool rule_field_has_person(const struct rule_source *s, int field)
{
    return s->query ? s->query->columns[field].is_person
                    : dataset_field_has_person(&s->dataset->fields[field]);
}

bool rule_is_in_force(const struct rule *r, int32_t day)
{
    return (r->status == RULE_LIVE || r->status == RULE_OBSERVE) && day >= r->valid_from &&
           (r->valid_to == 0 || day <= r->valid_to);
}

bool rule_has_room(struct reading *r, size_t count, size_t most)
{
    if (count < most)
        return true;
    reading_fault(r, "rule.many", STR("这种语句过多"), STR("too many statements of this kind"));
    return false;
}

static void read_status(struct rule_loading *l, struct reading *r)
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

/* N percent [from POPULATION] */
static void read_percent(struct reading *r, int64_t *out, int64_t *out_from)
{
    bool is_fine =
        reading_int(r, out) && *out >= 1 && *out <= 100 && reading_take_word(r, "percent");
    if (is_fine && out_from && reading_take_word(r, "from"))
        is_fine = reading_int(r, out_from) && *out_from >= 1;
    if (is_fine)
        reading_end(r);
    else
        reading_fault(r, "rule.percent", STR("应为 1 至 100 percent"),
                      STR("expected: 1 to 100 percent"));
}

/* valid from DATE [to DATE] */
static void read_valid(struct rule *rule, struct reading *r)
{
    bool is_fine = reading_take_word(r, "from") && rule_read_date(r, &rule->valid_from);
    if (is_fine && reading_take_word(r, "to"))
        is_fine = rule_read_date(r, &rule->valid_to) && rule->valid_to >= rule->valid_from;
    if (is_fine)
        reading_end(r);
    else
        reading_fault(r, "rule.valid", STR("应为 valid from 日期 [to 日期]"),
                      STR("expected: valid from DATE [to DATE]"));
}

static void read_statement(struct rule_loading *l, struct reading *r)
{
    struct rule *rule = l->rule;
    struct str k = decl_keyword(r->node);
    struct str unused;
    if (str_equal(k, STR("from")))
        rule_read_source(l, r);
    else if (str_equal(k, STR("query")))
        rule_read_query(l, r);
    else if (str_equal(k, STR("subject")))
        rule_read_subject(l, r);
    else if (str_equal(k, STR("valid")))
        read_valid(rule, r);
    else if (str_equal(k, STR("param")))
        rule_read_param(l, r);
    else if (str_equal(k, STR("when")))
        rule_read_when(l, r);
    else if (str_equal(k, STR("let")))
        rule_read_let(l, r);
    else if (str_equal(k, STR("unless")))
        rule_read_unless(l, r);
    else if (str_equal(k, STR("level")))
        rule_read_level(l, r);
    else if (str_equal(k, STR("evidence")))
        rule_read_evidence(l, r);
    else if (str_equal(k, STR("needs")))
        rule_read_needs(l, r);
    else if (str_equal(k, STR("asks")))
        rule_read_asks(l, r);
    else if (str_equal(k, STR("wakes")))
        rule_read_wakes(l, r);
    else if (str_equal(k, STR("status")))
        read_status(l, r);
    else if (str_equal(k, STR("edge")))
        rule->is_edge = reading_end(r);
    else if (str_equal(k, STR("version")))
        (void)(reading_int(r, &rule->version) && reading_end(r));
    else if (str_equal(k, STR("share")))
        read_percent(r, &rule->share, &rule->share_from);
    else if (str_equal(k, STR("floor")))
        read_percent(r, &rule->floor, NULL);
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
        rule_read_whole(l, r, &rule->episode, RULE_TEXT);
    else if (str_equal(k, STR("amount"))) {
        l->scope.is_grouped = true;
        rule_read_whole(l, r, &rule->amount, RULE_MONEY);
        l->scope.is_grouped = false;
    } else {
        r->at = 0;
        reading_fault(r, "decl.keyword", STR("不认识的语句"),
                      STR("this statement is unknown in a rule"));
    }
}

static void check_whole(const struct rule_loading *l, const struct decl_node *node)
{
    const struct rule *r = l->rule;
    size_t shown = 0;
    for (size_t i = 0; i < r->source_count; i++)
        shown += r->sources[i].shown_count;
    const struct {
        bool is_missing;
        const char *zh, *en;
    } musts[] = {
        {r->source_count == 0, "规则没有来源", "the rule has no source"},
        {r->source_count && r->subject.kind.len == 0 &&
             !rule_field_has_person(&r->sources[0], r->sources[0].on),
         "规则的对象不是人员时须有 subject", "a rule about a thing needs its subject"},
        {r->source_count && r->subject.kind.len &&
             rule_field_has_person(&r->sources[0], r->sources[0].on),
         "规则的对象是人员，不能有 subject", "a rule about persons has no subject statement"},
        {r->query && r->population == NULL, "query 没有 population", "the query has no population"},
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

void rule_add_read(struct rule_loading *l, const struct decl_node *node, const struct dataset *d)
{
    struct rule *r = l->rule;
    if (!d) /* `exists` was a name here, or the source is a query */
        return;
    for (size_t i = 0; i < r->read_count; i++)
        if (r->reads[i] == d)
            return;
    if (r->read_count < RULE_READS_MAX)
        r->reads[r->read_count++] = d;
    else
        decl_problem(l->scope.problems, r->file, node, NULL, "rule.many",
                     STR("规则用到的数据集过多"), STR("the rule looks into too many datasets"));
}

/* Whose change leads to whom: the fields by which rows are found, and from which other rows. */
static void gather_link(struct rule_loading *l, size_t source, int field)
{
    struct rule *r = l->rule;
    if (r->link_count < RULE_LINKS_MAX)
        r->links[r->link_count++] = (struct rule_link){source, field};
}

/* exists DATASET as X on FIELD [= OTHER.FIELD] */
static void gather_exists(struct rule_loading *l, const struct decl_node *node, size_t at)
{
    const struct dataset *d =
        at + 5 < node->token_count ? catalog_dataset(l->catalog, node->tokens[at + 1].text) : NULL;
    int on = d ? dataset_field(d, node->tokens[at + 5].text) : -1;
    if (on < 0) /* `exists` was a name here */
        return;
    rule_add_key(l, node, d, on);
    if (at + 7 >= node->token_count || !str_equal(node->tokens[at + 6].text, STR("=")))
        return;
    struct str field = node->tokens[at + 7].text;
    int source = rule_source_named(l->rule, str_cut(&field, '.'));
    if (source >= 0)
        gather_link(l, (size_t)source, rule_field_named(&l->rule->sources[source], field));
}

static void gather_keys(struct rule_loading *l, const struct decl_node *node)
{
    const struct rule *r = l->rule;
    for (size_t i = 0; i < r->source_count; i++) {
        const struct rule_source *s = &r->sources[i];
        if (s->dataset && !s->is_shown_only)
            rule_add_key(l, node, s->dataset, s->on);
        if (!s->is_shown_only && s->of_source >= 0)
            gather_link(l, (size_t)s->of_source, s->of_field);
    }
    for (size_t i = 0; i < r->wake_count; i++)
        rule_add_key(l, node, r->wakes[i].source.dataset, r->wakes[i].source.on);
    for (size_t k = 0; k < node->child_count; k++)
        for (size_t i = 0; i < node->children[k].token_count; i++)
            if (decl_word_is(&node->children[k].tokens[i], "exists"))
                gather_exists(l, &node->children[k], i);
    if (!r->query && r->source_count) {
        l->rule->population = r->sources[0].dataset;
        l->rule->population_field = r->sources[0].on;
    }
}

static void gather_reads(struct rule_loading *l, const struct decl_node *node)
{
    const struct rule *r = l->rule;
    for (size_t i = 0; i < r->source_count; i++)
        rule_add_read(l, node, r->sources[i].dataset);
    for (size_t i = 0; i < r->key_count; i++)
        rule_add_read(l, node, r->keys[i].dataset);
    for (size_t i = 0; i < r->need_count; i++)
        rule_add_read(l, node, r->needs[i].dataset);
    for (size_t k = 0; k < node->child_count; k++) {
        const struct decl_node *statement = &node->children[k];
        for (size_t i = 0; i + 1 < statement->token_count; i++)
            if (decl_word_is(&statement->tokens[i], "exists"))
                rule_add_read(l, node, catalog_dataset(l->catalog, statement->tokens[i + 1].text));
    }
}

/* At a site the rows of others are absent, and what is absent may not tell against anybody there.
 */
static void check_edge(const struct rule_loading *l, const struct decl_node *node)
{
    const struct rule *r = l->rule;
    bool is_of_others = r->read_count != 1;
    for (size_t i = 0; i < r->need_count; i++)
        is_of_others = is_of_others || r->needs[i].fresh_days > 0;
    if (r->is_edge && is_of_others)
        decl_problem(l->scope.problems, r->file, node, NULL, "rule.edge",
                     STR("标有 edge 的规则只能读一个数据集，也不能以新鲜度（fresh）为前提"),
                     STR("a rule marked edge reads one dataset and needs none that is fresh"));
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
    struct rule_loading l = {
        rule, catalog, {a, rule, catalog, DDL_SQLITE, false, false, false, NULL, problems}};
    struct reading head = reading_of(a, file, node, problems);
    rule->file = file;
    rule->share = RULE_SHARE_DEFAULT;
    rule->share_from = RULE_SHARE_POPULATION;
    rule->asks_source = 0;
    if (reading_word(&head, &rule->id) && reading_texts(&head, &rule->zh, &rule->en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        read_statement(&l, &r);
    }
    check_whole(&l, node);
    if (problems->errors == errors) {
        gather_keys(&l, node);
        gather_reads(&l, node);
        check_edge(&l, node);
        wakes_check(rule, node, problems);
    }
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

void rule_check_kinds(const struct rule *const *rules, size_t count, struct problem_list *problems)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct rule_subject *one = &rules[i]->subject;
            const struct rule_subject *other = &rules[k]->subject;
            bool is_same = str_equal(one->zh, other->zh) && str_equal(one->en, other->en);
            if (!str_equal(one->kind, other->kind) || is_same)
                continue;
            decl_problem(problems, rules[i]->file, &rules[i]->file->nodes[0], NULL, "rule.kind",
                         STR("同一种对象在各规则中名称须相同"),
                         STR("a kind of subject is called the same in all rules"));
            break;
        }
}

static bool is_marked_edge(const struct decl_node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        if (str_equal(decl_keyword(&node->children[i]), STR("edge")))
            return true;
    return false;
}

static bool load(struct arena *a, const struct catalog *catalog, bool is_edge_only,
                 struct problem_list *problems, const struct rule ***out_rules, size_t *out_count)
{
    VEC(const struct rule *) rules = {0};
    size_t errors = problems->errors;
    for (size_t i = 0; i < catalog->rule_file_count; i++)
        for (size_t k = 0; k < catalog->rule_files[i].count; k++) {
            const struct decl_node *node = &catalog->rule_files[i].nodes[k];
            if (!str_equal(decl_keyword(node), STR("rule")) ||
                (is_edge_only && !is_marked_edge(node)))
                continue;
            const struct rule *rule =
                rule_load(a, &catalog->rule_files[i], node, catalog, problems);
            if (rule)
                VEC_PUSH(&rules, a, rule);
        }
    if (rules.count)
        qsort(rules.at, rules.count, sizeof *rules.at, by_id);
    rule_check_kinds(rules.at, rules.count, problems);
    *out_rules = rules.at;
    *out_count = rules.count;
    return problems->errors == errors;
}

bool rule_load_all(struct arena *a, const struct catalog *catalog, struct problem_list *problems,
                   const struct rule ***out_rules, size_t *out_count)
{
    return load(a, catalog, false, problems, out_rules, out_count);
}

bool rule_load_edge(struct arena *a, const struct catalog *catalog, struct problem_list *problems,
                    const struct rule ***out_rules, size_t *out_count)
{
    return load(a, catalog, true, problems, out_rules, out_count);
}
