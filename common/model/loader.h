/* loader.h — declarations linked into datasets, vocabularies and document types; for catalog.c.
 *
 * Owns:     nothing; everything lives in the arena.
 * Threads:  any.
 * Fails:    faults are problems; the result is then not to be used.
 * Limits:   dataset.h, document.h.
 * Promise:  every fault of a file is found in one go. */
#ifndef QQ_MODEL_LOADER_H
#define QQ_MODEL_LOADER_H

#include "common/base/workday.h"
#include "common/model/dataset.h"
#include "common/model/document.h"

typedef const struct vocab *(*loader_vocab_fn)(const void *context, struct str id);

void loader_vocab(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                  struct problem_list *problems, struct vocab *out);
void loader_dataset(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                    loader_vocab_fn find, const void *context, struct problem_list *problems,
                    struct dataset *out);
void loader_workdays(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                     struct problem_list *problems, struct workdays *out);
void loader_document(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                     struct problem_list *problems, struct document_type *out);

#endif
