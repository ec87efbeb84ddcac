/* describe.h — the reference page of a dataset or a document, from its declaration.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  nothing on the page is written by hand. */
#ifndef QQ_MODEL_DESCRIBE_H
#define QQ_MODEL_DESCRIBE_H

#include "common/model/dataset.h"
#include "common/model/document.h"

struct str describe_dataset(struct arena *a, const struct dataset *d); /* Markdown */
struct str describe_document(struct arena *a, const struct document_type *t);

#endif
