#include "common/rules/rule_parts.h"

#include "common/base/check.h"

/* New, and none of the names that emit.c gives. */
static bool read_alias_name(struct rule_loading *l, struct reading *r, struct str *out)
{
    static const struct str taken[] = {STR_INIT("s"), STR_INIT("g"), STR_INIT("f"),
                                       STR_INIT("earlier"), STR_INIT("hit")};
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
static bool read_rows(struct rule_loading *l, struct reading *r, struct rule_source *out)
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

void rule_read_source(struct rule_loading *l, struct reading *r)
{
    struct rule_source s = {0};
    struct str field;
    if (!rule_has_room(r, l->rule->source_count, RULE_SOURCES_MAX) || !read_rows(l, r, &s))
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

/* evidence ALIAS "role" (field, …) */
void rule_read_evidence(struct rule_loading *l, struct reading *r)
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

/* wakes ALIAS at DATE, or wakes DATASET as ALIAS on PERSON_FIELD at DATE */
void rule_read_wakes(struct rule_loading *l, struct reading *r)
{
    struct rule_wake wake = {0};
    const struct decl_token *t = reading_peek(r);
    int source = t ? rule_source_named(l->rule, t->text) : -1;
    if (!rule_has_room(r, l->rule->wake_count, RULE_WAKES_MAX))
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
    struct compiled c = rule_check_expr(l, r, &wake.expr);
    l->scope.only = NULL;
    if (c.sql.len && c.type != RULE_DATE)
        reading_fault(r, "rule.date", STR("此处应为日期"), STR("a date is expected here"));
    if (reading_end(r))
        l->rule->wakes[l->rule->wake_count++] = wake;
}
