/* self_store.h — what the unit's own rules said of its own rows at their last run.
 *
 * Owns:     tables self_rule, self_hit and self_hit_row of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h.
 * Limits:   SELF_HITS_MAX hits a rule are kept (all are counted), SELF_HIT_ROWS_MAX rows a hit.
 * Promise:  a rule's results are replaced whole, with the hash of the declaration that gave them.
 */
#ifndef QQ_EDGE_AGENT_SELFCHECK_SELF_STORE_H
#define QQ_EDGE_AGENT_SELFCHECK_SELF_STORE_H

#include "common/base/sha256.h"
#include "common/db/db.h"

#define SELF_HITS_MAX 500
#define SELF_HIT_ROWS_MAX 20
#define SELF_RULES_MAX 100

struct self_rule { /* one run */
    struct str rule;
    struct hash hash;
    int64_t version;
    struct str zh, en, check_zh, check_en;
    int32_t day;
    int64_t changes, rows, hits;
    struct str why; /* empty: computed; else "rows", "room", "budget", "failed" */
    int64_t at_ms;
};

struct self_hit_row {
    struct str import_id, file; /* file: its name, when it is read */
    uint64_t row;
    struct str shown_zh, shown_en;
};

struct self_hit {
    int64_t id; /* when it is read */
    struct str rule, subject, episode;
    int64_t level;
    struct str say_zh, say_en;
    const struct self_hit_row *rows;
    size_t row_count;
};

/* In one transaction. */
MUST_USE enum err self_store_replace(struct db *db, const struct self_rule *run,
                                     const struct self_hit *hits, size_t count);
/* ERR_MISSING: it never ran. */
MUST_USE enum err self_store_last(struct db *db, struct str rule, struct arena *a,
                                  struct self_rule *out);
/* Results of rules that are not among these go: they run here no more. */
MUST_USE enum err self_store_keep_only(struct db *db, const struct str *rules, size_t count);

/* By rule; at most SELF_RULES_MAX. */
MUST_USE enum err self_store_rules(struct db *db, struct arena *a, struct self_rule **out_rules,
                                   size_t *out_count);
/* Runs of which the hub was not told; and that it was, in the transaction that says so to it. */
MUST_USE enum err self_store_untold(struct db *db, struct arena *a, struct self_rule **out_rules,
                                    size_t *out_count);
MUST_USE enum err self_store_note_told(struct db *db, struct str rule);
/* Of all rules together. */
MUST_USE enum err self_store_count(struct db *db, uint64_t *out_hits);
/* Worst first, with their rows; at most `max`. */
MUST_USE enum err self_store_hits(struct db *db, struct str rule, size_t max, struct arena *a,
                                  struct self_hit **out_hits, size_t *out_count);

#endif
