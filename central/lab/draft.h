/* draft.h — the text of one rule, read as if it were in the catalog; for what is not in force yet.
 *
 * Owns:     nothing; the rule lives in the arena and views the text.
 * Threads:  any; draft_prepare the thread of the store.
 * Fails:    faults of the text are problems with line and column, all at once; errors of db.h that
 * are no fault of the text.
 * Limits:   DECL_FILE_BYTES_MAX of text, one rule.
 * Promise:  a rule without problems here can be in force beside the others: it loads, it names
 * things as they do, and every statement of it meets tables that have what it asks for. */
#ifndef QQ_LAB_DRAFT_H
#define QQ_LAB_DRAFT_H

#include "central/store/store.h"
#include "common/rules/rule.h"

#define DRAFT_STEPS_MAX 100000000

/* `others`: the rules in force; one with the draft's id is what it would replace. NULL: a problem
 * was added. */
const struct rule *draft_read(struct arena *a, const struct catalog *c,
                              const struct catalog_file *text, const struct rule *const *others,
                              size_t other_count, struct problem_list *problems);
/* The store needs the tables of change_store_prepare and finding_store_prepare. False: a problem
 * was added. */
MUST_USE enum err draft_prepare(struct store *s, struct arena *a, const struct rule *r,
                                struct problem_list *problems, bool *out_is_sound);

#endif
