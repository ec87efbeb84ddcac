/* proposal.h — a rule on its way into force: proposed by one person with what it would change, let
 * in by another.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  the thread of the store; outside any transaction.
 * Fails:    as rule_store.h; faults of the text are problems, and so is a rule that is over its
 * budget on the rows that are here.
 * Limits:   PROPOSAL_TEXT_BYTES_MAX of text; as effect.h.
 * Promise:  nothing is proposed, and nothing let in, that could not be in force at once. */
#ifndef QQ_LAB_PROPOSAL_H
#define QQ_LAB_PROPOSAL_H

#include "central/lab/effect.h"
#include "central/lab/library.h"
#include "central/store/rule_store.h"

#define PROPOSAL_TEXT_BYTES_MAX ((size_t)64 * 1024) /* six times the longest of the catalog */

struct proposal { /* looked at, not yet made */
    const struct rule *older, *newer;
    struct effect effect;
};

bool proposal_may_write(struct str role);  /* propose, let in, refuse */
bool proposal_may_retire(struct str role); /* take out what is in force */
/* False: problems were added. */
MUST_USE enum err proposal_look(const struct library *l, struct arena *a,
                                const struct catalog_file *text, int32_t today,
                                struct problem_list *problems, bool *out_is_sound,
                                struct proposal *out_proposal);
/* Of what proposal_look found sound. */
MUST_USE enum err proposal_make(const struct library *l, const struct proposal *p, struct str text,
                                const struct rule_word *word, int64_t *out_id);
/* Of a draft. False: what it asks for is no longer there, or the catalog has a later version;
 * problems were added and it waits on. */
MUST_USE enum err proposal_approve(const struct library *l, struct arena *a, int64_t id,
                                   const struct rule_word *word, struct problem_list *problems,
                                   bool *out_is_let_in);
/* A version that waits or was, beside what is in force now. older NULL: nothing is, or it is this
 * one. */
MUST_USE enum err proposal_again(const struct library *l, struct arena *a,
                                 const struct rule_version *v, int32_t today,
                                 struct problem_list *problems, bool *out_is_sound,
                                 struct proposal *out_proposal);

#endif
