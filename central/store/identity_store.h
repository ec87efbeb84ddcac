/* identity_store.h — persons who may be one: the questions, what was decided, and clusters merged
 * and split by it (analysis.md 1).
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store; all writing inside the caller's
 * transaction.
 * Fails:    ERR_MISSING no such pair, event or way of writing; ERR_INVALID a decision that
 * contradicts another one, or an undoing while a later decision rests on it; errors of db.h.
 * Limits:   IDENTITY_SEEK_MAX persons of one name and birth date are compared; IDENTITY_PAGE_MAX
 * pairs a page.
 * Promise:  nobody is merged without a person's word. A merge keeps the older id, of those that
 * have a number; a split gives what goes a new one; both can be undone, and then the current rows
 * are as they were. What was decided is not asked again. */
#ifndef QQ_STORE_IDENTITY_STORE_H
#define QQ_STORE_IDENTITY_STORE_H

#include "central/store/store.h"

#define IDENTITY_SEEK_MAX 16
#define IDENTITY_PAGE_MAX 100
#define IDENTITY_GENERATION "identity.generation" /* note: grows with each decision */

/* Compares the two by all that is known of them and asks, if their kind is worth it. */
MUST_USE enum err identity_store_ask(struct store *s, struct arena *a, int64_t person,
                                     int64_t other, int64_t now_ms);
/* The same with everybody who may be this person: same name and birth date, or without a birth
 * date the same name. */
MUST_USE enum err identity_store_seek(struct store *s, struct arena *a, int64_t person,
                                      bool has_birth, int64_t now_ms);

/* Reads every current row again, after a dataset has begun to say what speaks of a person, or on a
 * hub older than that: what its evidence is, and who it names. Its own transactions, `now_ms` in
 * all. *out_moved: rows that stood with another person, or with none. */
MUST_USE enum err identity_store_look_again(struct store *s, int64_t now_ms, int64_t *out_rows,
                                            int64_t *out_moved);

struct identity_pair {
    int64_t id, person, other, tier, score, is_asked, opened_ms, decided_ms;
    int64_t cluster, other_cluster; /* whose they are now */
    struct str kind;                /* "same_number", "same_birth", "written", "split" */
    struct str explanation, decision, decided_by, reason;
    struct str say_zh, say_en;                         /* the explanation, for a person */
    struct str number, other_number, name, other_name; /* personal: whoever shows them masks them */
};
struct identity_filter { /* empty: all */
    struct str kind;
    bool is_open;         /* asked, and not decided */
    int64_t after, limit; /* after: *out_next of the page before */
};
MUST_USE enum err identity_store_list(struct store *s, struct arena *a,
                                      const struct identity_filter *f,
                                      struct identity_pair **out_pairs, size_t *out_count,
                                      int64_t *out_total, int64_t *out_next);
MUST_USE enum err identity_store_count_open(struct store *s, int64_t *out_count);
MUST_USE enum err identity_store_get(struct store *s, struct arena *a, int64_t pair,
                                     struct identity_pair *out_pair);

struct identity_way { /* how a cluster is written, in order of number and name */
    struct str number, name, explanation, decided_by;
    int64_t home, tier, at_ms;
};
MUST_USE enum err identity_store_ways(struct store *s, struct arena *a, int64_t cluster,
                                      struct identity_way **out_ways, size_t *out_count);
struct identity_rows { /* where a cluster stands */
    struct str dataset, site;
    int64_t rows;
};
MUST_USE enum err identity_store_rows(struct store *s, struct arena *a, int64_t cluster,
                                      struct identity_rows **out_rows, size_t *out_count);
struct identity_event {
    int64_t id, pair, kept, moved, tier, score, at_ms, undone_ms;
    struct str kind, explanation, by, reason, undone_by, undone_reason;
};
/* What was decided about the cluster, or the pair (0: any); the newest first. */
MUST_USE enum err identity_store_events(struct store *s, struct arena *a, int64_t cluster,
                                        int64_t pair, struct identity_event **out_events,
                                        size_t *out_count);

struct identity_word { /* a person's */
    struct str by, reason;
    int64_t now_ms;
};
/* "same", "different" or "unclear". */
MUST_USE enum err identity_store_decide(struct store *s, struct arena *a, int64_t pair,
                                        struct str decision, const struct identity_word *word,
                                        int64_t *out_event);
/* Takes one way of writing out of a cluster that has others. */
MUST_USE enum err identity_store_split(struct store *s, struct arena *a, int64_t cluster,
                                       size_t way, const struct identity_word *word,
                                       int64_t *out_event);
MUST_USE enum err identity_store_undo(struct store *s, struct arena *a, int64_t event,
                                      const struct identity_word *word);

#endif
