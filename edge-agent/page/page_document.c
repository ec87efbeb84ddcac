#include "edge-agent/page/page.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/utf8.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/spool/link.h"
#include "edge-agent/intake/inbox.h"

static void put_head(struct json *o, const struct inbox_document *d)
{
    json_set_str(o, "id", d->id);
    json_set_str(o, "type", d->type);
    json_set_str(o, "title_zh", d->title_zh);
    json_set_str(o, "title_en", d->title_en);
    json_set_str(o, "colour", d->colour);
    json_set_int(o, "due", d->due);
    json_set_int(o, "created_ms", d->created_ms);
    json_set_int(o, "received_ms", d->received_ms);
    json_set_int(o, "read_ms", d->read_ms);
    json_set_int(o, "signed_ms", d->signed_ms);
    json_set_str(o, "signed_by", d->signed_by);
    json_set_int(o, "answered_ms", d->answered_ms);
    json_set_str(o, "answered_by", d->answered_by);
    json_set_int(o, "withdrawn_ms", d->withdrawn_ms);
    json_set_str(o, "withdrawn_zh", d->withdrawn_zh);
    json_set_str(o, "withdrawn_en", d->withdrawn_en);
}

static const char *kind_name(enum answer_kind kind)
{
    switch (kind) {
    case ANSWER_CHOICE:
        return "choice";
    case ANSWER_TEXT:
        return "text";
    case ANSWER_MONEY:
        return "money";
    case ANSWER_DATE:
        return "date";
    }
    return "";
}

/* The form comes from the declaration, so that a new document type needs no page of its own. */
static void put_form(struct json *o, const struct document_type *t)
{
    json_set_str(o, "zh", t->zh);
    json_set_str(o, "en", t->en);
    json_set_str(o, "instructions_zh", t->instructions_zh);
    json_set_str(o, "instructions_en", t->instructions_en);
    struct json *fields = json_set_array(o, "answers");
    for (size_t i = 0; i < t->answer_count; i++) {
        const struct answer_field *a = &t->answers[i];
        struct json *f = json_add_object(fields);
        json_set_str(f, "id", a->id);
        json_set_str(f, "zh", a->zh);
        json_set_str(f, "en", a->en);
        json_set_str(f, "kind", str_of(kind_name(a->kind)));
        json_set_bool(f, "required", a->is_required);
        json_set_int(f, "length_max", a->length_max);
        struct json *choices = json_set_array(f, "choices");
        for (size_t c = 0; c < a->choice_count; c++) {
            struct json *choice = json_add_object(choices);
            json_set_str(choice, "code", a->choices[c].code);
            json_set_str(choice, "zh", a->choices[c].zh);
            json_set_str(choice, "en", a->choices[c].en);
        }
    }
}

void page_get_documents(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct inbox_document *documents = NULL;
    size_t count = 0;
    uint64_t skip = 0;
    if (!str_to_u64(http_query(q, "skip"), &skip) || skip > INT32_MAX)
        skip = 0;
    enum err e = inbox_list(p->db, (size_t)skip, PAGE_ITEMS_MAX, q->arena, &documents, &count);
    if (e != OK) {
        page_fail(q, r, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++)
        put_head(json_add_object(items), &documents[i]);
    page_reply(q, r, root);
}

/* The document of {id}, or an answer that says there is none. */
static bool find(struct page *p, const struct http_request *q, struct http_response *r,
                 struct inbox_document *out_document)
{
    enum err e = inbox_find(p->db, q->params[0], q->arena, out_document);
    if (e == ERR_MISSING)
        http_problem(q, r, 404, "document.unknown", "没有这份文件", "there is no such document");
    else if (e != OK)
        page_fail(q, r, e);
    return e == OK;
}

static enum err put_receipt(struct page *p, const struct http_request *q,
                            enum message_receipt_state state, struct str by, int64_t now)
{
    struct buf body;
    buf_init(&body, q->arena);
    message_receipt_put(&body,
                        &(struct message_receipt){
                            .document_id = q->params[0], .state = state, .at_ms = now, .by = by});
    return link_put(p->link, STR("hub"), MESSAGE_RECEIPT, buf_str(&body), 0);
}

static enum err mark_read(struct page *p, const struct http_request *q)
{
    int64_t now = clock_wall_ms(p->clock);
    bool is_new = false;
    TRY(db_begin(p->db));
    enum err e = inbox_mark_read(p->db, q->params[0], now, &is_new);
    if (e == OK && is_new)
        e = put_receipt(p, q, RECEIPT_READ, STR(""), now);
    return db_end(p->db, e);
}

void page_get_document(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct inbox_document d;
    if (!find(p, q, r, &d))
        return;
    if (d.read_ms == 0) {
        enum err e = mark_read(p, q);
        if (e != OK) {
            page_fail(q, r, e);
            return;
        }
        d.read_ms = clock_wall_ms(p->clock);
    }
    struct json *root = json_new_object();
    put_head(root, &d);
    json_set_str(root, "body_zh", d.body_zh);
    json_set_str(root, "body_en", d.body_en);
    json_set_raw(root, "facts", d.facts_json.len ? d.facts_json : STR("[]"));
    json_set_raw(root, "answer", d.answers_json.len ? d.answers_json : STR("null"));
    const struct document_type *t = catalog_document(p->catalog, d.type);
    if (t)
        put_form(json_set_object(root, "form"), t);
    page_reply(q, r, root);
}

void page_sign_document(struct http_app *app, const struct http_request *q, struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct inbox_document d;
    struct str by;
    if (!find(p, q, r, &d))
        return;
    struct json *body = page_read_body(q, r, &by);
    if (!body)
        return;
    int64_t now = clock_wall_ms(p->clock);
    bool is_new = false;
    enum err e = db_begin(p->db);
    if (e == OK) {
        e = inbox_sign(p->db, d.id, by, now, &is_new);
        if (e == OK && is_new)
            e = put_receipt(p, q, RECEIPT_SIGNED, by, now);
        e = db_end(p->db, e);
    }
    json_free(body);
    if (e != OK)
        page_fail(q, r, e);
    else if (!is_new && d.withdrawn_ms)
        http_problem(q, r, 409, "document.withdrawn", "这份文件已被撤回，不需要再办",
                     "the document was withdrawn; nothing is to be done");
    else
        page_get_document(app, q, r); /* signed before or now: the same to the officer */
}

static struct message_answer_field *read_answers(const struct json *answers, struct arena *a,
                                                 struct answer_value **out_values,
                                                 size_t *out_count)
{
    size_t count = json_count(answers), kept = 0;
    if (count > DOCUMENT_ANSWERS_MAX * 2)
        count = DOCUMENT_ANSWERS_MAX * 2;
    struct message_answer_field *fields = NEW_ARRAY(a, struct message_answer_field, count + 1);
    *out_values = NEW_ARRAY(a, struct answer_value, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct str id = json_key_at(answers, i);
        struct str text = str_trim(json_get_str(answers, str_copy_z(a, id)));
        if (text.len == 0)
            continue; /* a field left empty is not answered */
        (*out_values)[kept] = (struct answer_value){id, text};
        fields[kept++] = (struct message_answer_field){id, text};
    }
    *out_count = kept;
    return fields;
}

static void refuse_answer(const struct http_request *q, struct http_response *r,
                          const struct problem_list *problems)
{
    struct json *root = json_new_object();
    json_set_str(root, "type", STR("about:blank"));
    json_set_int(root, "status", 422);
    json_set_str(root, "code", STR("answer.invalid"));
    json_set_str(root, "title", STR("答复还不完整 / the answer is not complete"));
    json_set_str(root, "detail_zh", STR("请改正标出的栏目后再提交"));
    json_set_str(root, "detail_en", STR("mend the marked fields and send again"));
    struct json *items = json_set_array(root, "problems");
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *problem = &problems->items.at[i];
        struct json *o = json_add_object(items);
        json_set_str(o, "field", problem->header);
        json_set_str(o, "code", problem->code);
        json_set_str(o, "zh", problem->zh);
        json_set_str(o, "en", problem->en);
    }
    r->status = 422;
    r->content_type = "application/problem+json";
    page_reply(q, r, root);
}

static enum err store_answer(struct page *p, const struct http_request *q, struct str by,
                             const struct message_answer *m, bool *out_is_new)
{
    struct json *kept = json_new_object();
    for (size_t i = 0; i < m->field_count; i++)
        json_set_str(kept, str_copy_z(q->arena, m->fields[i].id), m->fields[i].text);
    struct str answers = json_write(kept, q->arena);
    json_free(kept);
    struct buf body;
    buf_init(&body, q->arena);
    message_answer_put(&body, m);
    TRY(db_begin(p->db));
    enum err e = inbox_answer(p->db, m->document_id, by, answers, m->at_ms, out_is_new);
    if (e == OK && *out_is_new)
        e = link_put(p->link, STR("hub"), MESSAGE_ANSWER, buf_str(&body), 0);
    return db_end(p->db, e);
}

static bool may_answer(const struct http_request *q, struct http_response *r,
                       const struct inbox_document *d, const struct document_type *t)
{
    if (d->withdrawn_ms)
        http_problem(q, r, 409, "document.withdrawn", "这份文件已被撤回，不需要再办",
                     "the document was withdrawn; nothing is to be done");
    else if (d->answered_ms)
        http_problem(q, r, 409, "document.answered", "这份文件已经答复过", "already answered");
    else if (d->signed_ms == 0)
        http_problem(q, r, 409, "document.unsigned", "请先签收，再答复", "sign for it first");
    else if (!t)
        http_problem(q, r, 409, "document.type", "本机程序还不认识这类文件，请升级后再答复",
                     "this program does not know the type of the document yet; update it");
    else
        return true;
    return false;
}

void page_answer_document(struct http_app *app, const struct http_request *q,
                          struct http_response *r)
{
    struct page *p = (struct page *)app;
    struct inbox_document d;
    struct str by;
    struct problem_list problems;
    struct answer_value *values;
    struct json *body = NULL;
    bool is_new = false;
    if (!find(p, q, r, &d))
        return;
    const struct document_type *t = catalog_document(p->catalog, d.type);
    if (!may_answer(q, r, &d, t) || !(body = page_read_body(q, r, &by)))
        return;
    struct message_answer m = {.document_id = d.id, .by = by, .at_ms = clock_wall_ms(p->clock)};
    m.fields = read_answers(json_get(body, "answers"), q->arena, &values, &m.field_count);
    problem_list_init(&problems, q->arena, DOCUMENT_ANSWERS_MAX * 2);
    if (!document_check_answer(t, values, m.field_count, &problems)) {
        refuse_answer(q, r, &problems);
    } else {
        enum err e = store_answer(p, q, by, &m, &is_new);
        if (e != OK)
            page_fail(q, r, e);
        else
            page_get_document(app, q, r);
    }
    json_free(body);
}
