#include "common/evidence/pack.h"

#include "common/base/arena.h"

#include <stdlib.h>

struct choice {
    const struct catalog *catalog;
    const struct rule *rule;
    bool *is_chosen; /* of each file */
    bool has_grown;
};

static void choose(struct choice *c, const char *keyword, struct str id)
{
    for (size_t i = 0; i < c->catalog->file_count; i++)
        for (size_t k = 0; k < c->catalog->files[i].count && !c->is_chosen[i]; k++) {
            const struct decl_node *n = &c->catalog->files[i].nodes[k];
            c->is_chosen[i] =
                str_equal(decl_keyword(n), str_of(keyword)) &&
                (id.len == 0 || (n->token_count > 1 && str_equal(n->tokens[1].text, id)));
            c->has_grown = c->has_grown || c->is_chosen[i];
        }
}

static void choose_vocabs(struct choice *c, const struct dataset *d)
{
    for (size_t i = 0; i < d->field_count; i++)
        if (d->fields[i].vocab)
            choose(c, "vocab", d->fields[i].vocab->id);
}

/* A file is taken whole, so what stands beside the dataset that was meant needs its vocabularies
 * too. */
static void choose_what_files_need(struct choice *c)
{
    for (size_t i = 0; i < c->catalog->file_count; i++)
        for (size_t k = 0; k < c->catalog->files[i].count && c->is_chosen[i]; k++) {
            const struct decl_node *n = &c->catalog->files[i].nodes[k];
            const struct dataset *d = str_equal(decl_keyword(n), STR("dataset"))
                                          ? catalog_dataset(c->catalog, n->tokens[1].text)
                                          : NULL;
            if (d)
                choose_vocabs(c, d);
        }
}

static void choose_what_the_rule_needs(struct choice *c)
{
    const struct rule *r = c->rule;
    choose(c, "workdays", STR_NONE);
    if (r->population)
        choose(c, "dataset", r->population->id);
    for (size_t i = 0; i < r->read_count; i++)
        choose(c, "dataset", r->reads[i]->id);
    for (size_t i = 0; i < r->wake_count; i++)
        choose(c, "dataset", r->wakes[i].source.dataset->id);
    for (size_t i = 0; r->query && i < r->query->column_count; i++)
        if (r->query->columns[i].vocab)
            choose(c, "vocab", r->query->columns[i].vocab->id);
    if (r->asks)
        choose(c, "document", r->asks->id);
}

static int by_path(const void *a, const void *b)
{
    return str_compare(((const struct catalog_file *)a)->path,
                       ((const struct catalog_file *)b)->path);
}

static bool is_the_rule_s(const struct choice *c, const struct decl_file *file)
{
    return str_equal(file->name, c->rule->file->name);
}

/* The rule's own file may stand beside the catalog: a version that was published on the hub. */
void pack_declarations(struct arena *a, const struct catalog *c, const struct rule *r,
                       struct catalog_file **out_files, size_t *out_count)
{
    struct choice choice = {c, r, NEW_ARRAY(a, bool, c->file_count + 1), false};
    struct catalog_file *files = NEW_ARRAY(a, struct catalog_file, c->file_count + 1);
    size_t count = 0;
    choose_what_the_rule_needs(&choice);
    while (choice.has_grown) {
        choice.has_grown = false;
        choose_what_files_need(&choice);
    }
    files[count++] = (struct catalog_file){r->file->name, r->file->text};
    for (size_t i = 0; i < c->file_count; i++)
        if (choice.is_chosen[i] && !is_the_rule_s(&choice, &c->files[i]))
            files[count++] = (struct catalog_file){c->files[i].name, c->files[i].text};
    qsort(files, count, sizeof *files, by_path);
    *out_files = files;
    *out_count = count;
}
