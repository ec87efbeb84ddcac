#include "central/identity/linkage.h"

#include "common/base/check.h"
#include "common/model/reading.h"

static bool read_way(struct reading *r, enum linkage_way *out)
{
    static const char *const words[] = {"text", "name", "digits", "date"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (reading_take_word(r, words[i])) {
            *out = (enum linkage_way)i;
            return true;
        }
    reading_fault(r, "linkage.way", STR("此处应为 text、name、digits 或 date"),
                  STR("text, name, digits or date is expected here"));
    return false;
}

static bool read_points(struct reading *r, const char *word, int *out)
{
    int64_t n;
    if (!reading_take_word(r, word)) {
        reading_fault(r, "linkage.points",
                      STR("依次写明 agree、near、differ 的分值，如 agree 4 near 2 differ -3"),
                      STR("points follow in this order: agree 4 near 2 differ -3"));
        return false;
    }
    bool is_negative = reading_take_punct(r, "-");
    if (!reading_int(r, &n))
        return false;
    *out = (int)(is_negative ? -n : n);
    return true;
}

static void read_compare(struct reading *r, struct linkage *l)
{
    struct linkage_field f = {0};
    if (!reading_name(r, &f.id) || !read_way(r, &f.way) ||
        !read_points(r, "agree", &f.points[LINKAGE_AGREE]) ||
        !read_points(r, "near", &f.points[LINKAGE_NEAR]) ||
        !read_points(r, "differ", &f.points[LINKAGE_DIFFER]) || !reading_end(r))
        return;
    if (l->field_count == LINKAGE_FIELDS_MAX || linkage_field(l, f.id) >= 0) {
        r->at = 1;
        reading_fault(r, "linkage.field", STR("该字段已比较过，或字段过多"),
                      STR("compared already, or too many fields"));
        return;
    }
    l->fields[l->field_count++] = f;
}

static bool read_field(struct reading *r, const struct linkage *l, size_t *out)
{
    struct str id;
    size_t at = r->at;
    if (!reading_name(r, &id))
        return false;
    int field = linkage_field(l, id);
    if (field < 0) {
        r->at = at;
        reading_fault(r, "linkage.unknown", STR("前面没有 compare 这个字段"),
                      STR("no compare of this field stands above"));
        return false;
    }
    *out = (size_t)field;
    return true;
}

static void read_block(struct reading *r, struct linkage *l)
{
    struct linkage_block b = {0};
    do {
        if (b.count == LINKAGE_BLOCK_FIELDS_MAX || l->block_count == LINKAGE_BLOCKS_MAX) {
            reading_fault(r, "linkage.block", STR("分块或其字段过多"),
                          STR("too many blocks, or fields of one"));
            return;
        }
        if (!read_field(r, l, &b.fields[b.count++]))
            return;
    } while (reading_take_punct(r, ","));
    if (reading_end(r))
        l->blocks[l->block_count++] = b;
}

static void read_swap(struct reading *r, struct linkage *l)
{
    size_t x;
    size_t y;
    if (!read_field(r, l, &x))
        return;
    if (!reading_take_punct(r, ",")) {
        reading_fault(r, "linkage.swap", STR("此处应为两个字段，用逗号分开"),
                      STR("two fields with a comma between are expected here"));
        return;
    }
    if (read_field(r, l, &y) && reading_end(r)) {
        l->swap[0] = x;
        l->swap[1] = y;
    }
}

static void read_number(struct reading *r, int64_t *out)
{
    if (reading_int(r, out))
        reading_end(r);
}

static void read_line(struct reading *r, struct linkage *l)
{
    struct str word = decl_keyword(r->node);
    if (str_equal(word, STR("compare")))
        read_compare(r, l);
    else if (str_equal(word, STR("block")))
        read_block(r, l);
    else if (str_equal(word, STR("swap")))
        read_swap(r, l);
    else if (str_equal(word, STR("version")))
        read_number(r, &l->version);
    else if (str_equal(word, STR("link")))
        read_number(r, &l->link);
    else if (str_equal(word, STR("review")))
        read_number(r, &l->review);
    else {
        r->at = 0;
        reading_fault(r, "decl.keyword",
                      STR("比对中只有 version、compare、swap、block、link 和 review"),
                      STR("a linkage has version, compare, swap, block, link and review"));
    }
}

bool linkage_load(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                  struct problem_list *problems, struct linkage *out)
{
    size_t errors = problems->errors;
    struct reading head = reading_of(a, file, node, problems);
    *out = (struct linkage){0};
    if (reading_name(&head, &out->id) && reading_texts(&head, &out->zh, &out->en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        read_line(&r, out);
    }
    if (problems->errors == errors && (out->block_count == 0 || out->review > out->link)) {
        head.at = 0;
        reading_fault(&head, "linkage.incomplete",
                      STR("至少要有一个 block，且 review 不得高于 link"),
                      STR("at least one block is needed, and review may not be above link"));
    }
    return problems->errors == errors;
}
