#include "common/ocds/indicator.h"

#include "common/base/arena.h"
#include "common/model/reading.h"

bool indicator_next_hole(struct str select, size_t from, size_t *out_at, struct str *out_name)
{
    size_t at = from + str_find(str_skip(select, from), '{');
    if (at >= select.len)
        return false;
    struct str rest = str_skip(select, at + 1);
    *out_at = at;
    *out_name = str_slice(rest, 0, str_find(rest, '}'));
    return true;
}

const struct knob *indicator_knob(const struct indicators *all, const struct indicator *of,
                                  struct str name, struct str *out_whose)
{
    const struct knob *own = of ? knob_find(&of->knobs, name) : NULL;
    *out_whose = own ? of->id : STR_NONE;
    return own ? own : knob_find(&all->layout.knobs, name);
}

static void check_holes(const struct indicators *all, const struct indicator *of, struct str select,
                        const struct decl_file *file, const struct decl_node *node,
                        struct problem_list *problems)
{
    struct str name, whose;
    size_t at = 0;
    for (size_t from = 0; indicator_next_hole(select, from, &at, &name); from = at + 1)
        if (!indicator_knob(all, of, name, &whose))
            decl_problem(problems, file, node, NULL, "indicator.option",
                         str_format(problems->arena, "没有名为 " STR_FMT " 的选项", STR_ARG(name)),
                         str_format(problems->arena, "there is no option " STR_FMT, STR_ARG(name)));
}

/* "R003": the code of the partnership's catalogue. */
static bool read_code(struct reading *r, struct str *out)
{
    if (!reading_word(r, out))
        return false;
    bool is_fine = out->len == 4 && out->ptr[0] == 'R';
    for (size_t i = 1; i < out->len; i++)
        is_fine = is_fine && out->ptr[i] >= '0' && out->ptr[i] <= '9';
    if (is_fine)
        return true;
    r->at--;
    reading_fault(r, "indicator.id", STR("编号应如 R003"), STR("a code like R003 is expected"));
    return false;
}

static void read_statement(struct reading *r, struct indicator *i)
{
    struct str word = decl_keyword(r->node);
    int64_t version;
    if (str_equal(word, STR("option"))) {
        knob_load(r, &i->knobs);
    } else if (str_equal(word, STR("select"))) {
        if (reading_string(r, &i->select))
            reading_end(r);
    } else if (str_equal(word, STR("computable"))) {
        if (reading_string(r, &i->computable))
            reading_end(r);
    } else if (str_equal(word, STR("maps"))) {
        if (reading_word(r, &i->maps))
            reading_end(r);
    } else if (str_equal(word, STR("version"))) {
        if (reading_int(r, &version))
            reading_end(r);
    } else {
        r->at = 0;
        reading_fault(r, "decl.keyword", STR("只有 version、maps、option、computable 和 select"),
                      STR("only version, maps, option, computable and select stand here"));
    }
}

static void load(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                 struct problem_list *problems, struct indicators *all)
{
    struct reading head = reading_of(a, file, node, problems);
    struct indicator *i = &all->at[all->count];
    if (all->count == INDICATORS_MAX) {
        reading_fault(&head, "indicator.many", STR("指标过多"), STR("too many indicators"));
        return;
    }
    *i = (struct indicator){0};
    if (!read_code(&head, &i->id) || !reading_texts(&head, &i->zh, &i->en) || !reading_end(&head))
        return;
    for (size_t k = 0; k < node->child_count; k++) {
        struct reading r = reading_of(a, file, &node->children[k], problems);
        read_statement(&r, i);
    }
    if (i->select.len == 0)
        decl_problem(problems, file, node, NULL, "indicator.select", STR("缺少 select"),
                     STR("the select is missing"));
    check_holes(all, i, i->computable, file, node, problems);
    check_holes(all, i, i->select, file, node, problems);
    all->count++;
}

bool indicator_load_all(struct arena *a, const struct catalog *catalog,
                        struct problem_list *problems, struct indicators *out)
{
    size_t errors = problems->errors;
    *out = (struct indicators){.at = NEW_ARRAY(a, struct indicator, INDICATORS_MAX)};
    for (int is_second = 0; is_second < 2; is_second++) /* what is read, then who reads it */
        for (size_t i = 0; i < catalog->indicator_file_count; i++) {
            const struct decl_file *file = &catalog->indicator_files[i];
            for (size_t k = 0; k < file->count; k++) {
                const struct decl_node *node = &file->nodes[k];
                struct str word = decl_keyword(node);
                if (!is_second && str_equal(word, STR("layout"))) {
                    layout_load(a, file, node, problems, &out->layout);
                    for (size_t d = 0; d < out->layout.derived_count; d++)
                        check_holes(out, NULL, out->layout.derived[d].select, file, node, problems);
                } else if (is_second && str_equal(word, STR("indicator"))) {
                    load(a, file, node, problems, out);
                }
            }
        }
    return problems->errors == errors;
}

static struct knobs *knobs_of(struct indicators *all, struct str id)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(all->at[i].id, id))
            return &all->at[i].knobs;
    return NULL;
}

static void set(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                struct problem_list *problems, struct indicators *all)
{
    struct reading head = reading_of(a, file, node, problems);
    struct knobs *knobs = &all->layout.knobs;
    struct str id;
    if (!decl_word_is(&node->tokens[0], "settings")) {
        head.at = 0;
        reading_fault(&head, "decl.keyword", STR("此处只有 settings"),
                      STR("only settings stand here"));
        return;
    }
    if (reading_peek(&head) && (!reading_word(&head, &id) || !(knobs = knobs_of(all, id)))) {
        head.at = 1;
        reading_fault(&head, "indicator.id", STR("没有这个指标"),
                      STR("there is no such indicator"));
        return;
    }
    reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct knob *knob = knob_named(knobs, decl_keyword(r.node));
        if (!knob) {
            r.at = 0;
            reading_fault(&r, "knob.name", STR("没有这个选项"), STR("there is no such option"));
        } else if (knob_set(&r, knob)) {
            reading_end(&r);
        }
    }
}

bool indicator_set_all(struct arena *a, const struct decl_file *file, struct problem_list *problems,
                       struct indicators *all)
{
    size_t errors = problems->errors;
    for (size_t i = 0; i < file->count; i++)
        set(a, file, &file->nodes[i], problems, all);
    return problems->errors == errors;
}
