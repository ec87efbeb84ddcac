#include "common/model/document.h"

#include "common/base/utf8.h"
#include "common/base/vec.h"
#include "common/model/loader.h"
#include "common/model/reading.h"
#include "common/model/type.h"

#define ANSWER_CHARS_MAX 2000

static bool read_choices(struct reading *r, struct answer_field *f)
{
    VEC(struct answer_choice) choices = {0};
    if (!reading_take_word(r, "of") || !reading_take_punct(r, "(")) {
        reading_fault(r, "answer.choices", STR("应为 one of (…)"), STR("expected one of (…)"));
        return false;
    }
    do {
        struct answer_choice c = {0};
        if (!reading_word(r, &c.code) || !reading_texts(r, &c.zh, &c.en))
            return false;
        VEC_PUSH(&choices, r->arena, c);
    } while (reading_take_punct(r, ","));
    f->choices = choices.at;
    f->choice_count = choices.count;
    if (!reading_take_punct(r, ")")) {
        reading_fault(r, "answer.parenthesis", STR("缺少右括号"),
                      STR("a closing parenthesis is missing"));
        return false;
    }
    return true;
}

static bool read_answer(struct reading *r, struct answer_field *f)
{
    if (!reading_word(r, &f->id))
        return false;
    f->length_max = ANSWER_CHARS_MAX;
    if (reading_take_word(r, "one")) {
        f->kind = ANSWER_CHOICE;
        if (!read_choices(r, f))
            return false;
    } else if (reading_take_word(r, "text")) {
        f->kind = ANSWER_TEXT;
    } else if (reading_take_word(r, "money")) {
        f->kind = ANSWER_MONEY;
    } else if (reading_take_word(r, "date")) {
        f->kind = ANSWER_DATE;
    } else {
        reading_fault(r, "answer.type", STR("答复类型应为 one of、text、money 或 date"),
                      STR("expected one of, text, money or date"));
        return false;
    }
    int64_t most;
    if (reading_take_word(r, "max")) {
        if (!reading_int(r, &most) || most < 1 || most > ANSWER_CHARS_MAX) {
            reading_fault(r, "answer.max", STR("max 超出范围"), STR("max is out of range"));
            return false;
        }
        f->length_max = (uint32_t)most;
    }
    f->is_required = reading_take_word(r, "required");
    return reading_texts(r, &f->zh, &f->en) && reading_end(r);
}

void loader_document(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                     struct problem_list *problems, struct document_type *out)
{
    VEC(struct answer_field) answers = {0};
    struct reading head = reading_of(a, file, node, problems);
    *out = (struct document_type){.file = file->name};
    if (reading_word(&head, &out->id) && reading_texts(&head, &out->zh, &out->en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct str keyword = decl_keyword(r.node);
        if (str_equal(keyword, STR("version"))) {
            if (reading_int(&r, &out->version))
                reading_end(&r);
        } else if (str_equal(keyword, STR("due"))) {
            if (reading_int(&r, &out->due_days) && (reading_take_word(&r, "days") || true))
                reading_end(&r);
        } else if (str_equal(keyword, STR("instructions"))) {
            if (reading_texts(&r, &out->instructions_zh, &out->instructions_en))
                reading_end(&r);
        } else if (str_equal(keyword, STR("answer"))) {
            struct answer_field f = {0};
            if (read_answer(&r, &f)) {
                for (size_t k = 0; k < answers.count; k++)
                    if (str_equal(answers.at[k].id, f.id))
                        decl_problem(problems, file, r.node, &r.node->tokens[1], "answer.twice",
                                     STR("答复项重复"), STR("this answer stands here already"));
                VEC_PUSH(&answers, a, f);
            }
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("不认识的语句"),
                          STR("this statement is unknown here"));
        }
    }
    if (answers.count > DOCUMENT_ANSWERS_MAX)
        decl_problem(problems, file, node, NULL, "document.answers", STR("答复项过多"),
                     STR("the document has too many answers"));
    out->answers = answers.at;
    out->answer_count = answers.count;
    if (out->due_days < 1)
        decl_problem(problems, file, node, NULL, "document.due", STR("文书没有期限"),
                     STR("the document has no deadline"));
}

static void fault(struct problem_list *problems, const struct answer_field *f, const char *code,
                  struct str zh, struct str en)
{
    problem_add(
        problems,
        (struct problem){
            .severity = PROBLEM_ERROR, .code = str_of(code), .header = f->id, .zh = zh, .en = en});
}

static void check_value(const struct answer_field *f, struct str text,
                        struct problem_list *problems)
{
    struct type_fault why;
    struct value value;
    struct field as = {.kind = f->kind == ANSWER_MONEY ? FIELD_MONEY : FIELD_DATE,
                       .unit_factor = 100};
    if (!utf8_is_valid(text)) {
        fault(problems, f, "answer.text", STR("文字编码错误"), STR("the text is not UTF-8"));
        return;
    }
    switch (f->kind) {
    case ANSWER_CHOICE:
        for (size_t i = 0; i < f->choice_count; i++)
            if (str_equal(f->choices[i].code, text))
                return;
        fault(problems, f, "answer.choice", STR("请从列表中选择一项"),
              STR("choose one of the list"));
        return;
    case ANSWER_TEXT:
        if (utf8_count(text) > f->length_max)
            fault(problems, f, "answer.length", STR("内容过长"), STR("the text is too long"));
        return;
    case ANSWER_MONEY:
    case ANSWER_DATE:
        if (type_parse(problems->arena, &as, text, &value, &why) == TYPE_BAD)
            fault(problems, f, why.code, why.zh, why.en);
        return;
    }
}

bool document_check_answer(const struct document_type *t, const struct answer_value *values,
                           size_t count, struct problem_list *problems)
{
    size_t errors = problems->errors;
    for (size_t i = 0; i < t->answer_count; i++) {
        const struct answer_field *f = &t->answers[i];
        struct str text = STR_NONE;
        for (size_t k = 0; k < count; k++)
            if (str_equal(values[k].id, f->id))
                text = str_trim(values[k].text);
        if (text.len)
            check_value(f, text, problems);
        else if (f->is_required)
            fault(problems, f, "required", STR("此项必填"), STR("this field is required"));
    }
    for (size_t k = 0; k < count; k++) {
        bool is_known = false;
        bool is_again = false;
        for (size_t i = 0; i < t->answer_count; i++)
            is_known = is_known || str_equal(values[k].id, t->answers[i].id);
        for (size_t i = 0; i < k; i++)
            is_again = is_again || str_equal(values[k].id, values[i].id);
        if (is_again)
            fault(problems, &(struct answer_field){.id = values[k].id}, "answer.twice",
                  STR("此项填了两次"), STR("this field is answered twice"));
        if (!is_known)
            fault(problems, &(struct answer_field){.id = values[k].id}, "answer.unknown",
                  STR("没有这一项"), STR("the document has no such field"));
    }
    return problems->errors == errors;
}
