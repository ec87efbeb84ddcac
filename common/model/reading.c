#include "common/model/reading.h"

#include "common/base/vec.h"

#include <string.h>

struct reading reading_of(struct arena *a, const struct decl_file *file,
                          const struct decl_node *node, struct problem_list *problems)
{
    return (struct reading){a, file, node, 1, problems};
}

const struct decl_token *reading_peek(const struct reading *r)
{
    return r->at < r->node->token_count ? &r->node->tokens[r->at] : NULL;
}

void reading_fault(struct reading *r, const char *code, struct str zh, struct str en)
{
    decl_problem(r->problems, r->file, r->node, reading_peek(r), code, zh, en);
}

bool reading_take_word(struct reading *r, const char *word)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || !decl_word_is(t, word))
        return false;
    r->at++;
    return true;
}

bool reading_take_punct(struct reading *r, const char *text)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || t->kind != DECL_PUNCT || !str_equal(t->text, str_of(text)))
        return false;
    r->at++;
    return true;
}

bool reading_word(struct reading *r, struct str *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || (t->kind != DECL_WORD && t->kind != DECL_NUMBER)) {
        reading_fault(r, "decl.word", STR("此处应为一个名字"), STR("a word is expected here"));
        return false;
    }
    *out = t->text;
    r->at++;
    return true;
}

/* Words that SQLite or PostgreSQL keep for themselves, and the columns that every table has. */
static bool is_reserved(struct str s)
{
    static const char words[] =
        " all and any array as asc at between both by case cast check collate column constraint "
        "create cross current_date default delete desc distinct do drop else end except exists "
        "false "
        "fetch for foreign from full group having if in index inner insert intersect into is "
        "isnull "
        "join leading left like limit natural not notnull null of offset on only or order outer "
        "primary references returning right rowid select set table then to trailing transaction "
        "true union unique update user using values view when where window with "
        "rid key_hash row_hash version op site batch_id row_no recorded_edge recorded_hub "
        "valid_from "
        "valid_to quality ";
    char padded[64];
    if (s.len + 2 > sizeof padded)
        return true;
    padded[0] = padded[s.len + 1] = ' ';
    memcpy(padded + 1, s.ptr, s.len);
    return str_contains(str_of(words), str_make(padded, s.len + 2));
}

bool reading_name(struct reading *r, struct str *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!reading_word(r, out))
        return false;
    bool is_fine = out->ptr[0] >= 'a' && out->ptr[0] <= 'z' && !is_reserved(*out);
    for (size_t i = 0; i < out->len; i++) {
        char c = out->ptr[i];
        is_fine = is_fine && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
    if (is_fine)
        return true;
    decl_problem(r->problems, r->file, r->node, t, "decl.name",
                 STR("名字只用小写字母、数字和下划线，以字母开头，且不是 SQL 的保留字"),
                 STR("a name is lower-case letters, digits and _, begins with a letter and is no "
                     "word that SQL keeps"));
    return false;
}

bool reading_string(struct reading *r, struct str *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || t->kind != DECL_STRING) {
        reading_fault(r, "decl.text", STR("此处应为引号内的文字"),
                      STR("a text in quotes is expected here"));
        return false;
    }
    *out = t->text;
    r->at++;
    return true;
}

bool reading_int(struct reading *r, int64_t *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || t->kind != DECL_NUMBER || t->scale) {
        reading_fault(r, "decl.int", STR("此处应为整数"), STR("a whole number is expected here"));
        return false;
    }
    *out = t->number;
    r->at++;
    return true;
}

bool reading_texts(struct reading *r, struct str *out_zh, struct str *out_en)
{
    if (!reading_string(r, out_zh))
        return false;
    *out_en = *out_zh;
    return !reading_take_word(r, "en") || reading_string(r, out_en);
}

bool reading_aliases(struct reading *r, const struct str **out, size_t *out_count)
{
    VEC(struct str) list = {0};
    if (!reading_take_word(r, "alias"))
        return true;
    do {
        struct str alias;
        if (!reading_string(r, &alias))
            return false;
        VEC_PUSH(&list, r->arena, alias);
    } while (reading_take_punct(r, ","));
    *out = list.at;
    *out_count = list.count;
    return true;
}

bool reading_end(struct reading *r)
{
    if (!reading_peek(r))
        return true;
    reading_fault(r, "decl.rest", STR("这里多出了内容"),
                  STR("this is more than the statement takes"));
    return false;
}
