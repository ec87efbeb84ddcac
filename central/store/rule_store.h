/* rule_store.h — versions of rules that people proposed: drafts, those in force, those that were.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    ERR_MISSING no such version; ERR_INVALID a move that is not allowed from where it
 * stands; ERR_DENIED who proposed it lets it in; ERR_EXISTS the number is taken; errors of db.h.
 * Limits:   none.
 * Promise:  a text never changes and is never forgotten. What is in force was let in by another
 * person than the one who proposed it: the schema refuses anything else. */
#ifndef QQ_STORE_RULE_STORE_H
#define QQ_STORE_RULE_STORE_H

#include "central/store/store.h"
#include "common/base/fsm.h"
#include "common/base/sha256.h"

enum rule_version_status {
    RULE_VERSION_DRAFT,
    RULE_VERSION_REFUSED,
    RULE_VERSION_PUBLISHED,
    RULE_VERSION_RETIRED
};
extern const struct fsm rule_store_states;

struct rule_version {
    int64_t id, version;
    struct str rule, zh, en, text;
    struct hash hash;
    enum rule_version_status status;
    struct str proposed_by, decided_by, retired_by;
    int64_t proposed_ms, decided_ms, retired_ms;
    int32_t valid_from, valid_to;                     /* 0: not yet */
    int64_t before, after, appear, disappear, change; /* hits, when it was proposed */
};

struct rule_word { /* who decides, and when */
    struct str by;
    int32_t today;
    int64_t now_ms;
};

/* As a draft. */
MUST_USE enum err rule_store_propose(struct store *s, const struct rule_version *v,
                                     int64_t *out_id);
/* Drafts first, then the newest; of one rule, or of all when `rule` is empty. */
MUST_USE enum err rule_store_list(struct store *s, struct arena *a, struct str rule,
                                  struct rule_version **out_rows, size_t *out_count);
MUST_USE enum err rule_store_get(struct store *s, struct arena *a, int64_t id,
                                 struct rule_version *out_row);
/* Inside the caller's transaction. The version before it is retired with it; ERR_INVALID when a
 * later one was let in already. */
MUST_USE enum err rule_store_publish(struct store *s, struct arena *a, int64_t id,
                                     const struct rule_word *word);
/* By anybody, also by who proposed it. */
MUST_USE enum err rule_store_refuse(struct store *s, struct arena *a, int64_t id,
                                    const struct rule_word *word);
/* The published version of the rule is taken out. */
MUST_USE enum err rule_store_retire(struct store *s, struct str rule, const struct rule_word *word);
/* Another number: another set of rules is in force. */
MUST_USE enum err rule_store_generation(struct store *s, int64_t *out_generation);

#endif
