/* ledger.h — the agent's history of imports: what each file gave, what was refused and why, and
 * what the hub made of it.
 *
 * Owns:     the tables import, import_problem, nack of the database given.
 * Threads:  the loop thread.
 * Fails:    errors of db.h; ERR_MISSING where one entry is asked for.
 * Limits:   LEDGER_PROBLEMS_MAX lines of report an import; what is beyond is counted.
 * Promise:  ledger_save inside the transaction of a chunk makes position, counts and rows one. */
#ifndef QQ_EDGE_AGENT_INTAKE_LEDGER_H
#define QQ_EDGE_AGENT_INTAKE_LEDGER_H

#include "common/base/problem.h"
#include "common/base/sha256.h"
#include "common/db/db.h"

#define LEDGER_PROBLEMS_MAX 10000

struct ledger;
struct message_file_receipt;
struct message_nack;

enum import_state {
    IMPORT_READING,  /* rows up to `position` are durable */
    IMPORT_IMPORTED, /* all rows are durable, the file still has to be moved */
    IMPORT_ARCHIVED,
    IMPORT_REFUSED,   /* nothing of it was taken */
    IMPORT_ABANDONED, /* replaced or gone while it was read; its rows so far stand */
};

struct import_entry {
    struct str id, name, dataset, encoding, archive, note_zh, note_en;
    struct hash file_hash;
    int64_t size_bytes;
    enum import_state state;
    uint64_t position, rows, accepted, rejected, warned, skipped, listed, header_changed;
    int64_t sum_fen, started_ms, finished_ms;
    int64_t hub_ms; /* 0: the hub has not answered yet */
    uint64_t hub_merged, hub_duplicate, hub_quarantined;
    int64_t hub_sum_fen;
    bool is_hub_equal;
};

struct ledger_totals {
    uint64_t files, files_refused, rows, accepted, rejected, nacks, unreadable;
};

struct ledger_nack {
    struct str code, sentence_zh, sentence_en, rows;
};

MUST_USE enum err ledger_open(struct db *db, struct ledger **out_ledger); /* makes the tables */
void ledger_close(struct ledger *l); /* not the database; NULL is legal */
struct db *ledger_db(const struct ledger *l);
const char *ledger_state_name(enum import_state state);

/* Writes the whole entry but the hub's part. */
MUST_USE enum err ledger_save(struct ledger *l, const struct import_entry *e);
MUST_USE enum err ledger_find(struct ledger *l, struct str id, struct arena *a,
                              struct import_entry *out_entry);
/* Of this name and in state reading or imported: to be gone on with. */
MUST_USE enum err ledger_find_open(struct ledger *l, struct str name, struct arena *a,
                                   struct import_entry *out_entry);
/* The last whole import of the same bytes. */
MUST_USE enum err ledger_find_same(struct ledger *l, const struct hash *file_hash, struct arena *a,
                                   struct import_entry *out_entry);
/* The file of the dataset that was read whole before this one; ERR_MISSING: there is none. */
MUST_USE enum err ledger_find_before(struct ledger *l, struct str dataset, struct str import_id,
                                     struct arena *a, struct import_entry *out_entry);
/* Newest first, at most `max`, from the `skip`th on. */
MUST_USE enum err ledger_list(struct ledger *l, size_t skip, size_t max, struct arena *a,
                              struct import_entry **out_entries, size_t *out_count);
/* All in state reading or imported, at most `max`. */
MUST_USE enum err ledger_list_open(struct ledger *l, size_t max, struct arena *a,
                                   struct import_entry **out_entries, size_t *out_count);
/* `line` of the report, from 1. */
MUST_USE enum err ledger_add_problem(struct ledger *l, struct str import_id, uint64_t line,
                                     const struct problem *p);
MUST_USE enum err ledger_problems(struct ledger *l, struct str import_id, uint64_t after_line,
                                  size_t max, struct problem_list *out_problems);
MUST_USE enum err ledger_totals(struct ledger *l, struct ledger_totals *out_totals);
MUST_USE enum err ledger_apply_receipt(struct ledger *l, const struct message_file_receipt *r);
MUST_USE enum err ledger_apply_nack(struct ledger *l, const struct message_nack *n, int64_t now_ms);
MUST_USE enum err ledger_nacks(struct ledger *l, struct str import_id, size_t max, struct arena *a,
                               struct ledger_nack **out_nacks, size_t *out_count);
#endif
