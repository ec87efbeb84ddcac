/* library.h — the rules of the hub: those of the catalog, and those that were published on it.
 *
 * Owns:     an arena with the published ones; those of the catalog and the store are borrowed.
 * Threads:  the loop thread of the role.
 * Fails:    errors of db.h. A published version that no longer loads (a dataset lost a field) is
 * logged and not in force; the others are.
 * Limits:   LIBRARY_BYTES_MAX.
 * Promise:  of one rule the version with the highest number counts, wherever it stands; one that
 * was taken out takes lower ones with it. Rules are in the order of their ids, and live until the
 * next refresh that says they are others. */
#ifndef QQ_LAB_LIBRARY_H
#define QQ_LAB_LIBRARY_H

#include "central/store/store.h"
#include "common/rules/rule.h"

#define LIBRARY_BYTES_MAX ((size_t)256 * 1024 * 1024)

struct library {
    struct store *store;
    const struct rule *const *catalog_rules;
    size_t catalog_count;
    struct arena *arena; /* holds what follows */
    const struct rule **rules;
    size_t count;
    int64_t generation;
};

/* Without any rule until the first refresh. */
void library_init(struct library *l, struct store *s, const struct rule *const *catalog_rules,
                  size_t catalog_count);
void library_done(struct library *l);
/* Cheap when nothing was published or taken out since. */
MUST_USE enum err library_refresh(struct library *l, bool *out_is_other);
const struct rule *library_rule(const struct library *l, struct str id); /* NULL: none */
/* Every declaration that ever was in force and is still known, for what rests on an older one. */
MUST_USE enum err library_every(struct library *l, struct arena *a, const struct rule ***out_rules,
                                size_t *out_count);
/* The highest number that a version of the rule ever had, drafts included; 0: there is none. */
MUST_USE enum err library_version(const struct library *l, struct arena *a, struct str rule,
                                  int64_t *out_version);

#endif
