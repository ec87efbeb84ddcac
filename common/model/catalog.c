#include "common/model/catalog.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/map.h"
#include "common/base/vec.h"
#include "common/model/loader.h"

#include <stdlib.h>

#define CATALOG_BYTES_MAX ((size_t)256 * 1024 * 1024)

struct builder {
    struct catalog *catalog;
    struct arena *arena;
    struct problem_list *problems;
    struct decl_file *files; /* sorted by path */
    size_t file_count;
    VEC(struct vocab) vocabs;
    VEC(struct dataset) datasets;
    VEC(struct document_type) documents;
    VEC(struct workdays) workdays;
    VEC(struct decl_file) rules, indicators;
    struct map names; /* "dataset death" → where it stands */
};

static int by_path(const void *a, const void *b)
{
    return str_compare(((const struct catalog_file *)a)->path,
                       ((const struct catalog_file *)b)->path);
}

static const struct vocab *find_vocab(const void *context, struct str id)
{
    const struct builder *b = context;
    for (size_t i = 0; i < b->vocabs.count; i++)
        if (str_equal(b->vocabs.at[i].id, id))
            return &b->vocabs.at[i];
    return NULL;
}

static void note_name(struct builder *b, const struct decl_file *file, const struct decl_node *node)
{
    struct str id = node->token_count > 1 ? node->tokens[1].text : STR_NONE;
    struct str name =
        str_format(b->arena, STR_FMT " " STR_FMT, STR_ARG(decl_keyword(node)), STR_ARG(id));
    const struct decl_file *before = map_put(&b->names, name, file);
    if (before)
        decl_problem(
            b->problems, file, node, NULL, "catalog.twice",
            str_format(b->arena, "同名的声明已在 " STR_FMT " 中", STR_ARG(before->name)),
            str_format(b->arena, "declared in " STR_FMT " already", STR_ARG(before->name)));
}

static void load_kind(struct builder *b, const char *kind)
{
    for (size_t i = 0; i < b->file_count; i++)
        for (size_t k = 0; k < b->files[i].count; k++) {
            const struct decl_file *file = &b->files[i];
            const struct decl_node *node = &file->nodes[k];
            if (!str_equal(decl_keyword(node), str_of(kind)))
                continue;
            note_name(b, file, node);
            struct vocab vocab;
            struct dataset dataset;
            struct document_type document;
            struct workdays workdays;
            if (kind[0] == 'v') {
                loader_vocab(b->arena, file, node, b->problems, &vocab);
                VEC_PUSH(&b->vocabs, b->arena, vocab);
            } else if (kind[0] == 'w') {
                loader_workdays(b->arena, file, node, b->problems, &workdays);
                VEC_PUSH(&b->workdays, b->arena, workdays);
            } else if (kind[1] == 'a') {
                loader_dataset(b->arena, file, node, find_vocab, b, b->problems, &dataset);
                VEC_PUSH(&b->datasets, b->arena, dataset);
            } else {
                loader_document(b->arena, file, node, b->problems, &document);
                VEC_PUSH(&b->documents, b->arena, document);
            }
        }
}

static bool is_of(struct str keyword, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(keyword, str_of(words[i])))
            return true;
    return false;
}

/* What other folders load is kept as it was parsed. */
static void load_rest(struct builder *b)
{
    static const char *const loaded[] = {"vocab", "dataset", "document", "workdays", "ocds"};
    static const char *const indicators[] = {"layout", "indicator"};
    for (size_t i = 0; i < b->file_count; i++) {
        bool is_rule = false, is_indicator = false;
        for (size_t k = 0; k < b->files[i].count; k++) {
            const struct decl_node *node = &b->files[i].nodes[k];
            struct str keyword = decl_keyword(node);
            bool is_new = str_equal(keyword, STR("rule"));
            is_rule = is_rule || is_new;
            if (is_of(keyword, indicators, COUNT_OF(indicators)))
                is_indicator = is_new = true;
            if (is_new)
                note_name(b, &b->files[i], node);
            else if (!is_of(keyword, loaded, COUNT_OF(loaded)))
                decl_problem(b->problems, &b->files[i], node, &node->tokens[0], "decl.keyword",
                             STR("文件中只能声明 vocab、dataset、document、workdays、ocds、layout、"
                                 "indicator 或 rule"),
                             STR("a file declares vocab, dataset, document, workdays, ocds, "
                                 "layout, indicator or rule"));
        }
        if (is_rule)
            VEC_PUSH(&b->rules, b->arena, b->files[i]);
        if (is_indicator)
            VEC_PUSH(&b->indicators, b->arena, b->files[i]);
        if (b->files[i].count && str_equal(decl_keyword(&b->files[i].nodes[0]), STR("ocds")))
            b->catalog->ocds_file = &b->files[i];
    }
}

static void parse_files(struct builder *b, const struct catalog_file *files, size_t count)
{
    struct catalog_file *sorted = NEW_ARRAY(b->arena, struct catalog_file, count + 1);
    struct sha256 s;
    for (size_t i = 0; i < count; i++)
        sorted[i] = files[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_path);
    b->files = NEW_ARRAY(b->arena, struct decl_file, count + 1);
    b->file_count = count;
    sha256_init(&s);
    for (size_t i = 0; i < count; i++) {
        decl_parse(b->arena, sorted[i].path, sorted[i].text, b->problems, &b->files[i]);
        sha256_add(&s, sorted[i].path);
        sha256_add(&s, str_make("", 1));
        sha256_add(&s, str_format(b->arena, "%zu:", sorted[i].text.len));
        sha256_add(&s, sorted[i].text);
    }
    b->catalog->hash = sha256_done(&s);
}

struct catalog *catalog_build(const struct catalog_file *files, size_t count,
                              struct problem_list *problems)
{
    struct arena *a = arena_new(CATALOG_BYTES_MAX);
    struct catalog *c = NEW(a, struct catalog);
    size_t errors = problems->errors;
    c->arena = a;
    if (count > CATALOG_FILES_MAX) {
        problem_add(problems, (struct problem){.severity = PROBLEM_ERROR,
                                               .code = STR("catalog.size"),
                                               .zh = STR("声明文件过多"),
                                               .en = STR("too many files")});
        arena_free(a);
        return NULL;
    }
    struct builder b = {.catalog = c, .arena = a, .problems = problems};
    map_init(&b.names, a);
    parse_files(&b, files, count);
    load_kind(&b, "vocab"); /* in the order of reference: fields name vocabularies */
    load_kind(&b, "dataset");
    load_kind(&b, "document");
    load_kind(&b, "workdays");
    load_rest(&b);
    c->files = b.files;
    c->file_count = b.file_count;
    c->vocabs = b.vocabs.at;
    c->vocab_count = b.vocabs.count;
    c->datasets = b.datasets.at;
    c->dataset_count = b.datasets.count;
    c->documents = b.documents.at;
    c->document_count = b.documents.count;
    c->workdays = b.workdays.count ? b.workdays.at : NEW(a, struct workdays);
    c->rule_files = b.rules.at;
    c->rule_file_count = b.rules.count;
    c->indicator_files = b.indicators.at;
    c->indicator_file_count = b.indicators.count;
    if (problems->errors != errors) {
        arena_free(a);
        return NULL;
    }
    return c;
}

void catalog_free(struct catalog *c)
{
    if (c)
        arena_free(c->arena);
}

const struct dataset *catalog_dataset(const struct catalog *c, struct str id)
{
    for (size_t i = 0; i < c->dataset_count; i++)
        if (str_equal(c->datasets[i].id, id))
            return &c->datasets[i];
    return NULL;
}

const struct vocab *catalog_vocab(const struct catalog *c, struct str id)
{
    for (size_t i = 0; i < c->vocab_count; i++)
        if (str_equal(c->vocabs[i].id, id))
            return &c->vocabs[i];
    return NULL;
}

const struct document_type *catalog_document(const struct catalog *c, struct str id)
{
    for (size_t i = 0; i < c->document_count; i++)
        if (str_equal(c->documents[i].id, id))
            return &c->documents[i];
    return NULL;
}
