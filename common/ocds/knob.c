#include "common/ocds/knob.h"

#include "common/base/check.h"
#include "common/model/reading.h"

const struct knob *knob_find(const struct knobs *knobs, struct str id)
{
    for (size_t i = 0; i < knobs->count; i++)
        if (str_equal(knobs->at[i].id, id))
            return &knobs->at[i];
    return NULL;
}

struct knob *knob_named(struct knobs *knobs, struct str id)
{
    return (struct knob *)(uintptr_t)knob_find(knobs, id);
}

static bool read_number(struct reading *r, double *out)
{
    const struct decl_token *t = reading_peek(r);
    if (!t || t->kind != DECL_NUMBER) {
        reading_fault(r, "knob.number", STR("此处应为数字"), STR("a number is expected here"));
        return false;
    }
    double whole = 1; /* exact, and so is the number above it: their quotient is the nearest */
    for (unsigned i = 0; i < t->scale; i++)
        whole *= 10;
    *out = (double)t->number / whole;
    r->at++;
    return true;
}

static bool is_text(const struct reading *r)
{
    const struct decl_token *t = reading_peek(r);
    return t && (t->kind == DECL_WORD || t->kind == DECL_STRING);
}

static bool read_word(struct reading *r, struct str *out)
{
    if (!is_text(r)) {
        reading_fault(r, "knob.text", STR("此处应为文字"), STR("a text is expected here"));
        return false;
    }
    *out = reading_peek(r)->text;
    r->at++;
    return true;
}

static bool is_choice(const struct knob *k, struct str word)
{
    bool is_one = k->kind != KNOB_CHOICE;
    for (size_t i = 0; i < k->choices.count; i++)
        is_one = is_one || str_equal(k->choices.at[i], word);
    return is_one;
}

bool knob_set(struct reading *r, struct knob *knob)
{
    bool is_many = knob->kind == KNOB_LIST || knob->kind == KNOB_TABLE;
    knob->items.count = 0;
    do {
        struct knob_item item = {0};
        if (knob->kind != KNOB_NUMBER && !read_word(r, &item.word))
            return false;
        if ((knob->kind == KNOB_NUMBER || knob->kind == KNOB_TABLE) &&
            !read_number(r, &item.number))
            return false;
        if (!is_choice(knob, item.word)) {
            r->at--;
            reading_fault(r, "knob.choice", STR("不在可选的值之中"),
                          STR("this is none of the choices"));
            return false;
        }
        VEC_PUSH(&knob->items, r->arena, item);
    } while (is_many && reading_take_punct(r, ","));
    return true;
}

static bool read_choices(struct reading *r, struct knob *k)
{
    do {
        struct str word;
        if (!reading_word(r, &word))
            return false;
        VEC_PUSH(&k->choices, r->arena, word);
    } while (reading_take_punct(r, ","));
    VEC_PUSH(&k->items, r->arena, (struct knob_item){.word = k->choices.at[0]});
    return true;
}

/* A declared value is of words, so that the text behind it is no value. */
static bool has_initial(const struct reading *r, enum knob_kind kind)
{
    const struct decl_token *t = reading_peek(r);
    return t && t->kind == (kind == KNOB_NUMBER ? DECL_NUMBER : DECL_WORD);
}

bool knob_load(struct reading *r, struct knobs *out)
{
    static const char *const kinds[] = {"number", "text", "choice", "list", "table"};
    struct knob k = {0};
    size_t kind = 0;
    if (!reading_name(r, &k.id))
        return false;
    while (kind < COUNT_OF(kinds) && !reading_take_word(r, kinds[kind]))
        kind++;
    k.kind = (enum knob_kind)kind;
    if (kind == COUNT_OF(kinds) || out->count == KNOBS_MAX || knob_find(out, k.id)) {
        reading_fault(r, "knob.kind",
                      STR("应为 number、text、choice、list 或 table，名字不重复，且不过多"),
                      STR("number, text, choice, list or table is expected, of a new name, and "
                          "not too many"));
        return false;
    }
    if (k.kind == KNOB_CHOICE ? !read_choices(r, &k) : has_initial(r, k.kind) && !knob_set(r, &k))
        return false;
    if (!reading_texts(r, &k.zh, &k.en) || !reading_end(r))
        return false;
    out->at[out->count++] = k;
    return true;
}
