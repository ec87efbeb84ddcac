/* expr.h — the small language of `check`: fields, literals, comparisons, and, or, not, days and
 * months added to dates.
 *
 * Owns:     nothing; trees live in the catalog's arena.
 * Threads:  any, read only.
 * Fails:    faults of the text are problems with line and column; evaluation never fails.
 * Limits:   EXPR_DEPTH_MAX nested.
 * Promise:  three-valued: whatever touches an empty cell is unknown, unless it asks `is empty`; an
 * unknown check passes. */
#ifndef QQ_MODEL_EXPR_H
#define QQ_MODEL_EXPR_H

#include "common/model/dataset.h"

#define EXPR_DEPTH_MAX 32

struct expr;
enum expr_truth { EXPR_FALSE, EXPR_TRUE, EXPR_UNKNOWN };

/* Reads from token *at on, leaving *at behind the expression. NULL when an error was added. */
const struct expr *expr_parse(struct arena *a, const struct decl_file *file,
                              const struct decl_node *node, size_t *at, const struct field *fields,
                              size_t field_count, struct problem_list *problems);
enum expr_truth expr_evaluate(const struct expr *e, const struct value *values, int32_t today);

#endif
