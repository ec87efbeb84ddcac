/* rule_print.h — what the commands about rules answer, as text for a terminal and as JSON.
 *
 * Owns:     nothing.
 * Threads:  the one of the command.
 * Fails:    never.
 * Limits:   none.
 * Promise:  both forms say the same; subjects stand by number or key, never by name. */
#ifndef QQ_ROLES_RULE_PRINT_H
#define QQ_ROLES_RULE_PRINT_H

#include "central/lab/effect.h"
#include "central/lab/proof.h"
#include "central/store/rule_store.h"

/* Rules that are sound, and the faults of the others. */
void rule_print_checked(struct arena *a, bool is_json, const struct rule *const *rules,
                        size_t count, const struct problem_list *problems);
void rule_print_proof(struct arena *a, bool is_json, const struct rule *r,
                      const struct proof *proof);

struct rule_effect {
    const struct rule *older, *newer; /* older NULL: none */
    const struct effect *effect;
    int64_t took_ms;
};
/* Counts, and the first `limit` changes one by one. */
void rule_print_effect(struct arena *a, bool is_json, const struct rule_effect *e, size_t limit);

void rule_print_versions(struct arena *a, bool is_json, const struct rule_version *rows,
                         size_t count);

#endif
