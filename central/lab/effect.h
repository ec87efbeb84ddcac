/* effect.h — what another version of a rule would find on the hub's own rows, beside what this one
 * finds.
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  the thread of the store.
 * Fails:    ERR_STOPPED the newer over its budget; errors of db.h. An older that fails by itself is
 * no failure: it must be possible to replace it. Limits:   the budget of the database, for each of
 * the two. Promise:  only reads. Both are evaluated over everything now, so what is stored plays no
 * part: a version that never ran is compared like one that did. Wording alone changes nothing. */
#ifndef QQ_LAB_EFFECT_H
#define QQ_LAB_EFFECT_H

#include "central/store/finding_store.h"

struct effect_change {
    enum finding_change_kind kind;
    const struct finding_found *before, *after; /* NULL as in finding.h */
    int64_t finding;                            /* that is stored of it; 0: none */
};

struct effect {
    bool is_older_dead;   /* it could not be computed: as if there was none */
    size_t before, after; /* hits */
    size_t appear, disappear, change, stay;
    struct effect_change *changes; /* but those that stay, by subject and episode */
    size_t count;
};

/* `older` NULL: there was none before. Two versions say the same of a subject and episode when
 * level, tier, amount and the values that both name are equal. */
MUST_USE enum err effect_weigh(struct store *s, struct arena *a, const struct rule *older,
                               const struct rule *newer, int32_t today, struct effect *out_effect);
const char *effect_word(enum finding_change_kind kind); /* "appear", "disappear", … */

#endif
