#include "common/rules/rule_parts.h"

#include "common/base/check.h"

bool rule_read_alias(struct rule_loading *l, struct reading *r, struct str *out)
{
    static const struct str taken[] = {STR_INIT("s"),       STR_INIT("g"),   STR_INIT("f"),
                                       STR_INIT("earlier"), STR_INIT("hit"), STR_INIT("said")};
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

bool rule_read_date(struct reading *r, int32_t *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || t->kind != DECL_DATE)
        return false;
    *out = (int32_t)t->number;
    r->at++;
    return true;
}

int rule_field_named(const struct rule_source *s, struct str id)
{
    return s->query ? rule_column(s->query, id) : dataset_field(s->dataset, id);
}

void rule_add_key(struct rule_loading *l, const struct decl_node *node, const struct dataset *d,
                  int field)
{
    struct rule *r = l->rule;
    if (field >= 0 && dataset_field_has_person(&d->fields[field]))
        return;
    for (size_t i = 0; i < r->key_count; i++)
        if (r->keys[i].dataset == d && r->keys[i].field == field)
            return;
    if (r->key_count < RULE_KEYS_MAX)
        r->keys[r->key_count++] = (struct rule_key){d, field};
    else
        decl_problem(l->scope.problems, r->file, node, NULL, "rule.many", STR("规则的键过多"),
                     STR("the rule has too many keys"));
}

/* A field that can be looked up: an identity number or a text. */
static bool read_on(struct reading *r, const struct rule_source *s, int *out)
{
    struct str id;
    if (!reading_word(r, &id))
        return false;
    *out = rule_field_named(s, id);
    bool is_text = false;
    if (*out >= 0)
        is_text = s->query ? s->query->columns[*out].type == RULE_TEXT ||
                                 s->query->columns[*out].is_person
                           : rule_type_of(&s->dataset->fields[*out]) == RULE_TEXT;
    if (is_text)
        return true;
    r->at--;
    reading_fault(r, "rule.on", STR("没有这个字段，或它不是证件号码或文本"),
                  STR("there is no such field, or it is neither an identity number nor a text"));
    return false;
}

/* [= OTHER.FIELD] behind the field; both are persons or both are texts. */
static bool read_other(struct rule_loading *l, struct reading *r, struct rule_source *out)
{
    struct str field;
    const struct rule *rule = l->rule;
    out->of_source = out->of_field = -1;
    if (reading_take_punct(r, "=")) {
        if (!reading_word(r, &field))
            return false;
        out->of_source = rule_source_named(rule, str_cut(&field, '.'));
        if (out->of_source >= 0)
            out->of_field = rule_field_named(&rule->sources[out->of_source], field);
        if (out->of_field < 0) {
            r->at--;
            reading_fault(r, "rule.join", STR("应为 = 前面的来源.字段"),
                          STR("expected: = SOURCE.FIELD of a source above"));
            return false;
        }
    }
    if (rule->source_count == 0)
        return true;
    const struct rule_source *other = &rule->sources[out->of_source < 0 ? 0 : out->of_source];
    if (rule_field_has_person(other, out->of_source < 0 ? other->on : out->of_field) ==
        rule_field_has_person(out, out->on))
        return true;
    r->at--;
    reading_fault(r, "rule.join", STR("人员只能与人员相连，文本只能与文本相连"),
                  STR("persons are joined with persons, texts with texts"));
    return false;
}

/* DATASET as ALIAS on FIELD */
static bool read_rows(struct rule_loading *l, struct reading *r, struct rule_source *out)
{
    struct str dataset;
    if (!reading_word(r, &dataset))
        return false;
    out->first_by = out->of_source = out->of_field = -1;
    out->dataset = catalog_dataset(l->catalog, dataset);
    if (!out->dataset) {
        r->at--;
        reading_fault(r, "rule.dataset", STR("没有这个数据集"), STR("there is no such dataset"));
        return false;
    }
    if (!reading_take_word(r, "as") || !rule_read_alias(l, r, &out->alias) ||
        !reading_take_word(r, "on")) {
        reading_fault(r, "rule.from", STR("应为 from 数据集 as 别名 on 字段"),
                      STR("expected: from DATASET as ALIAS on FIELD"));
        return false;
    }
    return read_on(r, out, &out->on);
}

/* from NAME on COLUMN, of the query */
static bool read_query_rows(struct rule_loading *l, struct reading *r, struct rule_source *out)
{
    out->first_by = out->of_source = out->of_field = -1;
    out->query = l->rule->query;
    out->alias = out->query->alias;
    if (l->rule->source_count == 0 && reading_take_word(r, "on"))
        return read_on(r, out, &out->on);
    reading_fault(r, "rule.from", STR("应为 from 查询 on 列，且为第一个来源"),
                  STR("expected: from QUERY on COLUMN, as the first source"));
    return false;
}

void rule_read_source(struct rule_loading *l, struct reading *r)
{
    struct rule_source s = {0};
    struct str field;
    const struct decl_token *t = reading_peek(r);
    bool is_query = l->rule->query && t && str_equal(t->text, l->rule->query->alias);
    if (!rule_has_room(r, l->rule->source_count, RULE_SOURCES_MAX))
        return;
    if (is_query)
        r->at++;
    if (!(is_query ? read_query_rows(l, r, &s) : read_rows(l, r, &s)) || !read_other(l, r, &s))
        return;
    if (reading_take_word(r, "first")) {
        if (!s.dataset || s.of_source >= 0 || !reading_take_word(r, "by") ||
            !reading_word(r, &field)) {
            reading_fault(r, "rule.first", STR("应为 first by 字段，且来源按对象相连"),
                          STR("expected: first by FIELD, of a source joined by the subject"));
            return;
        }
        s.first_by = dataset_field(s.dataset, field);
        if (s.first_by < 0)
            reading_fault(r, "rule.first", STR("没有这个字段"), STR("there is no such field"));
    }
    if (reading_end(r))
        l->rule->sources[l->rule->source_count++] = s;
}

static int read_alias(struct rule_loading *l, struct reading *r)
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

/* DATASET by QUERY.COLUMN as ALIAS: rows that the query names by number. */
static struct rule_source *read_named_rows(struct rule_loading *l, struct reading *r)
{
    struct rule *rule = l->rule;
    struct rule_source s = {.first_by = -1, .is_shown_only = true, .of_field = -1};
    struct str column;
    if (!rule_has_room(r, rule->source_count, RULE_SOURCES_MAX) || !reading_word(r, &column))
        return NULL;
    s.dataset = catalog_dataset(l->catalog, column);
    bool is_fine = reading_take_word(r, "by") && reading_word(r, &column);
    if (is_fine) {
        s.of_source = rule_source_named(rule, str_cut(&column, '.'));
        if (s.of_source >= 0 && rule->sources[s.of_source].query)
            s.of_field = rule_column(rule->query, column);
        is_fine = s.of_field >= 0 && rule->query->columns[s.of_field].type == RULE_INT &&
                  reading_take_word(r, "as") && rule_read_alias(l, r, &s.alias);
    }
    if (!is_fine) {
        reading_fault(r, "rule.evidence", STR("应为 evidence 数据集 by 查询.列 as 别名"),
                      STR("expected: evidence DATASET by QUERY.COLUMN as ALIAS"));
        return NULL;
    }
    rule->sources[rule->source_count] = s;
    return &rule->sources[rule->source_count++];
}

/* evidence ALIAS "role" (field, …), or evidence DATASET by QUERY.COLUMN as ALIAS "role" (…) */
void rule_read_evidence(struct rule_loading *l, struct reading *r)
{
    const struct decl_token *t = reading_peek(r);
    struct rule_source *s;
    if (t && l->rule->query && catalog_dataset(l->catalog, t->text) &&
        rule_source_named(l->rule, t->text) < 0) {
        s = read_named_rows(l, r);
    } else {
        int source = read_alias(l, r);
        s = source < 0 ? NULL : &l->rule->sources[source];
    }
    if (!s || !reading_string(r, &s->role))
        return;
    if (!s->dataset || !reading_take_punct(r, "(")) {
        reading_fault(r, "rule.evidence", STR("此处应为数据集的行和括号内的字段"),
                      STR("rows of a dataset and fields in parentheses are expected here"));
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

void rule_read_needs(struct rule_loading *l, struct reading *r)
{
    struct rule_need need = {.rows = 1};
    struct str id;
    if (!rule_has_room(r, l->rule->need_count, RULE_SOURCES_MAX) || !reading_word(r, &id))
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

void rule_read_asks(struct rule_loading *l, struct reading *r)
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

/* subject KIND "zh" en "en" [called SOURCE.FIELD]; what it is called is an expression of one
 * column. */
void rule_read_subject(struct rule_loading *l, struct reading *r)
{
    struct rule_subject *s = &l->rule->subject;
    if (!reading_name(r, &s->kind) || !reading_texts(r, &s->zh, &s->en))
        return;
    if (reading_take_word(r, "called")) {
        if (rule_check_expr(l, r, &s->called).type != RULE_TEXT)
            reading_fault(r, "rule.types", STR("名称应为文本"), STR("a name is a text"));
    }
    reading_end(r);
}

/* wakes daily, wakes ALIAS at DATE, or wakes DATASET as ALIAS on FIELD at DATE */
void rule_read_wakes(struct rule_loading *l, struct reading *r)
{
    struct rule_wake wake = {0};
    const struct decl_token *t = reading_peek(r);
    int source = t ? rule_source_named(l->rule, t->text) : -1;
    if (!rule_has_room(r, l->rule->wake_count, RULE_WAKES_MAX))
        return;
    if (reading_take_word(r, "daily")) {
        l->rule->is_daily = reading_end(r);
        return;
    }
    if (source >= 0 && l->rule->sources[source].dataset) {
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
    struct compiled c = rule_check_expr(l, r, &wake.expr);
    l->scope.only = NULL;
    if (c.sql.len && c.type != RULE_DATE)
        reading_fault(r, "rule.date", STR("此处应为日期"), STR("a date is expected here"));
    if (reading_end(r))
        l->rule->wakes[l->rule->wake_count++] = wake;
}
