/* proof.h — a rule over the rows of its golden folder: what it found beside what is claimed.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  one; the database is the proof's own, in memory.
 * Fails:    as given.h; ERR_STOPPED a rule over its budget. Faulty cells and statements are
 * problems.
 * Limits:   as given.h.
 * Promise:  real tables, the statements that the hub would run, today GIVEN_TODAY. Evaluating
 * everything and evaluating the subjects of the cases alone must find the same. */
#ifndef QQ_LAB_PROOF_H
#define QQ_LAB_PROOF_H

#include "central/lab/given.h"
#include "central/store/finding_store.h"

struct proof_case {
    struct given_case given;
    const struct finding_found **hits; /* of its subject */
    size_t hit_count;
};

struct proof {
    struct proof_case *cases;
    size_t case_count;
    const struct finding_found **strangers; /* hits that no case speaks of */
    size_t stranger_count;
    struct str *lacking; /* kinds of cases that a rule needs and the folder lacks: "near miss",
                            "unless left" */
    size_t lacking_count;
    bool is_dirty_same;
    bool is_passed; /* of all that stands above, nothing is amiss */
};

bool proof_is_right(const struct proof_case *c);
/* False: problems were added and there is no proof. */
MUST_USE enum err proof_run(struct arena *a, const struct catalog *c, const struct rule *r,
                            const char *folder, struct problem_list *problems, bool *out_is_run,
                            struct proof *out_proof);
/* Whether the statements of the rule meet the tables of a hub: draft_prepare on an empty one. */
MUST_USE enum err proof_prepare(struct arena *a, const struct catalog *c, const struct rule *r,
                                struct problem_list *problems, bool *out_is_sound);

#endif
