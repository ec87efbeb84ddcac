#include "central/console/api.h"

#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/record_store.h"
#include "central/store/site_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/model/type.h"

/* Names of sites for people; a site that is not on the register goes by its id. */
struct site_names {
    struct site_row *rows;
    size_t count;
};

static struct str name_of(const struct site_names *sites, struct str id)
{
    for (size_t i = 0; i < sites->count; i++)
        if (str_equal(sites->rows[i].id, id))
            return sites->rows[i].name;
    return id;
}

static struct str shown_value(struct arena *a, const struct field *f, const struct value *v)
{
    struct str text = type_format(a, f, v);
    return f->is_secret ? f->kind == FIELD_CITIZEN ? api_mask(a, text) : STR("****") : text;
}

static bool is_number(enum field_kind kind)
{
    return kind == FIELD_MONEY || kind == FIELD_INT || kind == FIELD_AREA;
}

static enum err put_evidence(struct console *c, const struct http_request *r,
                             const struct finding_row *f, const struct site_names *sites,
                             struct json *list)
{
    struct finding_evidence_row *rows;
    size_t count;
    const struct rule *rule = api_rule(c, f->rule);
    TRY(finding_store_evidence_of(c->options.store, r->arena, f->id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct dataset *d = catalog_dataset(c->options.store->catalog, rows[i].dataset);
        struct value values[DATASET_FIELDS_MAX];
        struct str site;
        if (!d)
            continue;
        TRY(record_store_read(c->options.store, d, rows[i].rid, r->arena, values, &site));
        struct json *o = json_add_object(list);
        json_set_str(o, "role", rows[i].role);
        json_set_str(o, "dataset", d->id);
        json_set_str(o, "dataset_zh", d->zh);
        json_set_str(o, "dataset_en", d->en);
        json_set_str(o, "site", site);
        json_set_str(o, "site_name", name_of(sites, site));
        json_set_int(o, "rid", rows[i].rid);
        json_set_int(o, "version", rows[i].version);
        json_set_str(o, "row_hash", hex_encode(r->arena, hash_str(&rows[i].row_hash)));
        struct json *columns = json_set_array(o, "columns");
        const struct rule_source *s = rule && (size_t)rows[i].source < rule->source_count
                                          ? &rule->sources[rows[i].source]
                                          : NULL;
        for (size_t k = 0; s && k < s->shown_count; k++) {
            int field = dataset_field(d, s->shown[k]->id);
            struct json *column = json_add_object(columns);
            json_set_str(column, "zh", s->shown[k]->zh);
            json_set_str(column, "en", s->shown[k]->en);
            json_set_str(column, "value", shown_value(r->arena, &d->fields[field], &values[field]));
            json_set_bool(column, "is_number", is_number(d->fields[field].kind));
        }
    }
    return OK;
}

/* Why a finding that is still open was not renewed. */
static enum err put_left(struct console *c, struct arena *a, const struct finding_row *f,
                         struct json *o)
{
    struct finding_coverage *rows;
    size_t count;
    if (!f->is_left)
        return OK;
    TRY(finding_store_coverage(c->options.store, a, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_equal(rows[i].rule, f->rule)) {
            json_set_str(o, "left_zh", rows[i].reason_zh);
            json_set_str(o, "left_en", rows[i].reason_en);
        }
    return OK;
}

static enum err put_precision(struct console *c, const struct finding_row *f, struct json *o)
{
    int64_t confirmed = 0;
    int64_t decided = 0;
    TRY(standing_store_decided(c->options.store, f->rule, STR_NONE, &confirmed, &decided));
    json_set_int(o, "confirmed", confirmed);
    json_set_int(o, "decided", decided);
    if (f->site.len)
        TRY(standing_store_decided(c->options.store, f->rule, f->site, &confirmed, &decided));
    json_set_int(o, "site_confirmed", f->site.len ? confirmed : 0);
    json_set_int(o, "site_decided", f->site.len ? decided : 0);
    return OK;
}

static enum err put_rule(struct console *c, struct arena *a, const struct finding_row *f,
                         struct json *o)
{
    const struct rule *rule = api_rule(c, f->rule);
    struct json *tried = json_set_array(o, "tried");
    json_set_str(o, "check_zh", rule ? rule->check_zh : STR_NONE);
    json_set_str(o, "check_en", rule ? rule->check_en : STR_NONE);
    json_set_str(o, "basis", rule ? rule->basis : STR_NONE);
    for (size_t i = 0; rule && i < rule->unless_count; i++) {
        struct json *u = json_add_object(tried);
        json_set_str(u, "zh", rule->unless[i].zh);
        json_set_str(u, "en", rule->unless[i].en);
    }
    TRY(put_left(c, a, f, o));
    TRY(put_precision(c, f, json_set_object(o, "precision")));
    return api_put_freshness(c, a, f->rule, json_set_array(o, "freshness"));
}

static enum err put_timeline(struct console *c, const struct http_request *r, int64_t id,
                             struct json *list)
{
    static const struct {
        const char *kind;
        struct str zh, en;
    } words[] = {{"found", STR_INIT("发现"), STR_INIT("Found")},
                 {"back", STR_INIT("再次出现"), STR_INIT("Came back")},
                 {"changed", STR_INIT("事实有变化"), STR_INIT("Facts changed")},
                 {"ended", STR_INIT("事实已消失"), STR_INIT("Facts are gone")},
                 {"superseded", STR_INIT("规则已更新，不再命中"), STR_INIT("The rule has changed")},
                 {"prompt", STR_INIT("已下发核实提示"), STR_INIT("Prompt sent to")},
                 {"withdrawn", STR_INIT("核实提示已撤回"), STR_INIT("Prompt taken back from")},
                 {"packed", STR_INIT("导出证据包"), STR_INIT("Evidence pack taken")},
                 {"late_answer", STR_INIT("站点补充答复"), STR_INIT("Late answer")},
                 {"site_answered", STR_INIT("站点已答复"), STR_INIT("Site answered")},
                 {"confirmed", STR_INIT("查实"), STR_INIT("Confirmed")},
                 {"refuted", STR_INIT("查否"), STR_INIT("Refuted")},
                 {"unclear", STR_INIT("无法查清"), STR_INIT("Cannot be clarified")}};
    struct finding_event_row *rows;
    size_t count;
    TRY(finding_store_events(c->options.store, r->arena, id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(list);
        json_set_int(o, "at_ms", rows[i].at_ms);
        json_set_str(o, "kind", rows[i].kind);
        json_set_str(o, "by", rows[i].by);
        json_set_str(o, "note", rows[i].note);
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (str_equal(rows[i].kind, str_of(words[k].kind))) {
                json_set_str(o, "zh", words[k].zh);
                json_set_str(o, "en", words[k].en);
            }
    }
    return OK;
}

static void put_answer(const struct document_type *t, const struct matter_answer *answer,
                       struct json *o)
{
    json_set_str(o, "zh", answer->field);
    json_set_str(o, "en", answer->field);
    json_set_str(o, "value_zh", answer->value);
    json_set_str(o, "value_en", answer->value);
    for (size_t i = 0; t && i < t->answer_count; i++) {
        const struct answer_field *f = &t->answers[i];
        if (!str_equal(f->id, answer->field))
            continue;
        json_set_str(o, "zh", f->zh);
        json_set_str(o, "en", f->en);
        for (size_t k = 0; k < f->choice_count; k++)
            if (str_equal(f->choices[k].code, answer->value)) {
                json_set_str(o, "value_zh", f->choices[k].zh);
                json_set_str(o, "value_en", f->choices[k].en);
            }
    }
}

static enum err put_prompt(struct console *c, const struct http_request *r, int64_t finding,
                           struct json *o)
{
    struct matter_row m;
    struct matter_answer *answers;
    size_t count;
    enum err e = matter_store_of_finding(c->options.store, r->arena, finding, &m);
    if (e == ERR_MISSING) {
        json_set_null(o, "prompt");
        return OK;
    }
    TRY(e);
    TRY(matter_store_answers(c->options.store, r->arena, m.id, &answers, &count));
    struct json *p = json_set_object(o, "prompt");
    json_set_str(p, "id", m.document_id);
    json_set_str(p, "state", m.state);
    json_set_int(p, "due", m.due);
    json_set_int(p, "sent_ms", m.sent_ms);
    json_set_int(p, "delivered_ms", m.delivered_ms);
    json_set_int(p, "read_ms", m.read_ms);
    json_set_int(p, "signed_ms", m.signed_ms);
    json_set_str(p, "signed_by", m.signed_by);
    json_set_int(p, "answered_ms", m.answered_ms);
    json_set_str(p, "answered_by", m.answered_by);
    struct json *list = json_set_array(p, "answer");
    for (size_t i = 0; i < count; i++)
        put_answer(catalog_document(c->options.store->catalog, m.type), &answers[i],
                   json_add_object(list));
    return OK;
}

void api_finding(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct finding_row f;
    struct site_names sites = {0};
    int64_t id = 0;
    enum err e = str_to_i64(r->params[0], &id)
                     ? finding_store_get(c->options.store, r->arena, id, &f)
                     : ERR_MISSING;
    if (e == OK)
        e = site_store_list(c->options.store, r->arena, &sites.rows, &sites.count);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    api_put_finding(c, r->arena, root, &f);
    json_set_str(root, "site_name", name_of(&sites, f.site));
    e = put_rule(c, r->arena, &f, root);
    if (e == OK)
        e = put_evidence(c, r, &f, &sites, json_set_array(root, "evidence"));
    if (e == OK)
        e = put_timeline(c, r, id, json_set_array(root, "timeline"));
    if (e == OK)
        e = put_prompt(c, r, id, root);
    if (e != OK) {
        json_free(root);
        api_fail(r, response, e);
        return;
    }
    api_answer(r, response, root);
}
