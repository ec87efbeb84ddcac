/* record_store.h — rows merged into their datasets, counted per import, or set aside in quarantine.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of intake; inside the link's transaction.
 * Fails:    errors of db.h.
 * Limits:   as the catalog.
 * Promise:  every row of a chunk is counted once: merged, duplicate or quarantined. What identifies
 * a row version is its dataset and rid. */
#ifndef QQ_STORE_RECORD_STORE_H
#define QQ_STORE_RECORD_STORE_H

#include "central/merge/merge.h"
#include "central/store/person_store.h"
#include "common/model/record.h"
#include "common/wire/message.h"

struct record_source { /* where the rows of a chunk come from */
    struct str site, import_id;
    int64_t batch_id, recorded_edge_ms, recorded_hub_ms;
    int64_t merged_in; /* a later batch, when the rows lay in quarantine; 0: batch_id */
};

struct record_tally {
    uint64_t merged, duplicate, quarantined, conflict;
    int64_t sum_fen;
    int32_t first_day, last_day; /* of which days the rows speak; 0: they do not say */
};

struct record_batch {
    struct str site;
    uint64_t epoch, seq;
    int64_t created_ms, received_ms;
    struct hash catalog;
};

MUST_USE enum err record_store_begin_batch(struct store *s, const struct record_batch *b,
                                           int64_t *out_batch_id);
/* Behind the newest batch of that epoch. */
MUST_USE enum err record_store_next_seq(struct store *s, struct str site, uint64_t epoch,
                                        uint64_t *out_seq);
/* Notes a chunk by its bytes. *out_is_new false: it was applied before and is only offered again.
 */
MUST_USE enum err record_store_note_chunk(struct store *s, struct str site, struct str body,
                                          bool *out_is_new);
/* Writes one valid row (or its deletion), resolves its persons, marks them dirty, adds to the
 * tally. */
MUST_USE enum err record_store_merge(struct store *s, struct person_batch *people,
                                     const struct record_source *source, const struct record *r,
                                     bool is_deletion, struct record_tally *tally);
MUST_USE enum err record_store_add_tally(struct store *s, struct str site, struct str import_id,
                                         struct str dataset, const struct record_tally *tally);
MUST_USE enum err record_store_read_tally(struct store *s, struct str site, struct str import_id,
                                          struct record_tally *out_tally);
MUST_USE enum err record_store_note_freshness(struct store *s, struct str dataset, int64_t at_ms);
MUST_USE enum err record_store_file_end(struct store *s, struct str site,
                                        const struct message_file_end *m, bool is_equal);

/* Whether rows of some file have come and its end has not. */
MUST_USE enum err record_store_is_halfway(struct store *s, bool *out_is_halfway);

struct record_quarantine {
    struct str site, import_id, dataset, code, reason_zh, reason_en;
    uint64_t epoch, seq, rows;
    uint64_t kind; /* of the item */
    struct str body;
    int64_t received_ms;
};
MUST_USE enum err record_store_quarantine(struct store *s, const struct record_quarantine *q);

struct record_quarantined {
    int64_t id, batch_id;
    struct str site, import_id, dataset;
    uint64_t epoch, seq, rows, kind;
    struct str body;
};
/* The newest that lies in quarantine; 0: nothing does. */
MUST_USE enum err record_store_last_quarantined(struct store *s, int64_t *out_id);
/* The oldest behind `after` and not behind `last` that was not replayed; with `is_other_catalog`
 * only what was set aside under another catalog than the present. ERR_MISSING: none. */
MUST_USE enum err record_store_next_quarantined(struct store *s, struct arena *a, int64_t after,
                                                int64_t last, bool is_other_catalog,
                                                struct record_quarantined *out_item);
/* Marks it replayed and takes its rows out of the tally: applying it counts them anew. */
MUST_USE enum err record_store_take_quarantined(struct store *s, const struct record_quarantined *q,
                                                int64_t now_ms);

/* The ledger: per site and dataset, what the files said and what the hub has. */
struct record_ledger_row {
    struct str site, dataset;
    int64_t files, rows, accepted, rejected, merged, duplicate, quarantined, conflict;
    int64_t site_sum_fen, hub_sum_fen;
};
MUST_USE enum err record_store_ledger(struct store *s, struct arena *a,
                                      struct record_ledger_row **out_rows, size_t *out_count);

/* Calls `take` for each current row of the dataset, in the order in which they came; `a` is emptied
 * between rows. */
MUST_USE enum err record_store_each(struct store *s, const struct dataset *d, struct arena *a,
                                    void (*take)(void *context, const struct value *values),
                                    void *context);
struct record_place { /* a field that names a person, of a stored row */
    const struct dataset *dataset;
    size_t field;
    int64_t rid;
};
/* Whom the row named before stays known (row_move). */
MUST_USE enum err record_store_set_person(struct store *s, struct arena *a,
                                          const struct record_place *place, int64_t person,
                                          int tier);
/* One stored row, for evidence: value of each field as stored. */
MUST_USE enum err record_store_read(struct store *s, const struct dataset *d, int64_t rid,
                                    struct arena *a, struct value *out_values,
                                    struct str *out_site);

#endif
