/* catalog.h — all declarations of a folder, loaded, linked and frozen: datasets, vocabularies and
 * document types.
 *
 * Owns:     an arena with everything in it.
 * Threads:  any, read only after loading.
 * Fails:    catalog_build returns NULL when any file has an error; all problems of all files are in
 * the list. Limits:   CATALOG_FILES_MAX files. Promise:  the hash is over the sorted names and
 * bytes of the files: equal hash, equal meaning. */
#ifndef QQ_MODEL_CATALOG_H
#define QQ_MODEL_CATALOG_H

#include "common/base/sha256.h"
#include "common/base/workday.h"
#include "common/model/dataset.h"
#include "common/model/document.h"

#define CATALOG_FILES_MAX 2000

struct catalog_file { /* the caller reads them (I/O); paths are relative: "datasets/death.decl",
                         "rules/H/H01.decl" */
    struct str path, text;
};

struct catalog {
    struct arena *arena;
    const struct dataset *datasets;
    size_t dataset_count;
    const struct vocab *vocabs;
    size_t vocab_count;
    const struct document_type *documents;
    size_t document_count;
    const struct workdays *workdays; /* of the first `workdays` declared; never NULL */
    const struct decl_file *files;   /* all of them, by path */
    size_t file_count;
    const struct decl_file *rule_files; /* parsed, for common/rules to load */
    const struct decl_file *ocds_file;  /* the same for common/ocds; NULL: none */
    size_t rule_file_count;
    const struct decl_file *indicator_files; /* the same: layout and indicators */
    size_t indicator_file_count;
    struct hash hash;
};

struct catalog *catalog_build(const struct catalog_file *files, size_t count,
                              struct problem_list *problems);
void catalog_free(struct catalog *c);
const struct dataset *catalog_dataset(const struct catalog *c, struct str id); /* NULL: unknown */
const struct vocab *catalog_vocab(const struct catalog *c, struct str id);
const struct document_type *catalog_document(const struct catalog *c, struct str id);

#endif
