#include "central/lab/draft.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/rules/emit.h"

static const struct decl_node *rule_node(const struct decl_file *file,
                                         struct problem_list *problems)
{
    static const struct decl_node nothing = {.line = 1, .column = 1};
    const struct decl_node *at = file->count ? &file->nodes[0] : &nothing;
    if (file->count == 1 && str_equal(decl_keyword(at), STR("rule")))
        return at;
    decl_problem(problems, file, at, NULL, "rule.one", STR("一个文件须且只能声明一条规则"),
                 STR("a file declares one rule and nothing else"));
    return NULL;
}

/* What the others call a kind of thing, this one calls it too. */
static void check_beside(struct arena *a, const struct rule *r, const struct rule *const *others,
                         size_t count, struct problem_list *problems)
{
    const struct rule **all = NEW_ARRAY(a, const struct rule *, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (!str_equal(others[i]->id, r->id))
            all[n++] = others[i];
    all[n++] = r;
    rule_check_kinds(all, n, problems);
}

const struct rule *draft_read(struct arena *a, const struct catalog *c,
                              const struct catalog_file *text, const struct rule *const *others,
                              size_t other_count, struct problem_list *problems)
{
    struct decl_file *file = NEW(a, struct decl_file);
    size_t errors = problems->errors;
    decl_parse(a, text->path, text->text, problems, file);
    const struct decl_node *node = rule_node(file, problems);
    const struct rule *r = node ? rule_load(a, file, node, c, problems) : NULL;
    if (r)
        check_beside(a, r, others, other_count, problems);
    return problems->errors == errors ? r : NULL;
}

/* The statement of the file that a faulty statement of the database comes from. */
static const struct decl_node *spoken_by(const struct rule *r, const char *word)
{
    const struct decl_node *rule = &r->file->nodes[0];
    for (size_t i = 0; i < rule->child_count; i++) {
        const struct decl_node *query = &rule->children[i];
        for (size_t k = 0; k < query->child_count; k++)
            if (str_equal(decl_keyword(query), STR("query")) &&
                str_equal(decl_keyword(&query->children[k]), str_of(word)))
                return &query->children[k];
    }
    return rule;
}

static enum err prepare(struct store *s, struct arena *a, const struct rule *r, struct str sql,
                        const char *word, struct problem_list *problems)
{
    struct db_stmt *stmt = NULL;
    if (sql.len == 0)
        return OK;
    enum err e = db_prepare(s->db, sql, &stmt);
    db_done(stmt);
    if (e == OK || e == ERR_BUSY || e == ERR_FULL)
        return e;
    struct str said = str_copy(a, str_of(err_note()));
    const struct decl_node *node = spoken_by(r, word);
    decl_problem(problems, r->file, node, NULL, "rule.sql",
                 str_format(a, "数据库不接受这条语句：" STR_FMT, STR_ARG(said)),
                 str_format(a, "the database refuses the statement: " STR_FMT, STR_ARG(said)));
    return OK;
}

enum err draft_prepare(struct store *s, struct arena *a, const struct rule *r,
                       struct problem_list *problems, bool *out_is_sound)
{
    const struct catalog *c = s->catalog;
    const struct {
        struct str sql;
        const char *word;
    } all[] = {
        {emit_findings(a, r, c, EMIT_ALL, DDL_SQLITE), "select"},
        {emit_findings(a, r, c, EMIT_DIRTY, DDL_SQLITE), "select"},
        {emit_evidence(a, r, c, DDL_SQLITE), "select"},
        {emit_touches(a, r, c, DDL_SQLITE), "touches"},
        {emit_wake(a, r, c, EMIT_PERSONS, DDL_SQLITE), "select"},
        {emit_wake(a, r, c, EMIT_KEYS, DDL_SQLITE), "select"},
    };
    size_t errors = problems->errors;
    enum err e = OK;
    db_guard_begin(s->db, DRAFT_STEPS_MAX);
    /* the first fault is told: the others are mostly the same one again */
    for (size_t i = 0; i < COUNT_OF(all) && e == OK && problems->errors == errors; i++)
        e = prepare(s, a, r, all[i].sql, all[i].word, problems);
    db_guard_end(s->db);
    *out_is_sound = problems->errors == errors;
    return e;
}
