/* chunk.h — accepted rows and problems that go into one transaction.
 *
 * Owns:     its arena, emptied after each commit.
 * Threads:  the loop thread.
 * Fails:    errors of db.h and of the sink; then nothing of the chunk is durable.
 * Limits:   CHUNK_CELLS_MAX cells, CHUNK_TEXT_BYTES_MAX bytes of text, CHUNK_PROBLEMS_MAX problems.
 * Promise:  rows, the own ones among them, problems, position and counts are written by one
 * transaction or not at all. */
#ifndef QQ_EDGE_AGENT_INTAKE_CHUNK_H
#define QQ_EDGE_AGENT_INTAKE_CHUNK_H

#include "common/base/vec.h"
#include "common/format/format.h"
#include "common/model/record.h"
#include "common/wire/columns.h"
#include "common/wire/message.h"
#include "edge-agent/intake/ledger.h"
#include "edge-agent/intake/refused_row.h"

#define CHUNK_CELLS_MAX 90000 /* × sizeof(struct value) ≈ 2.9 MB */
#define CHUNK_TEXT_BYTES_MAX ((size_t)640 * 1024)
#define CHUNK_PROBLEMS_MAX 2000
#define CHUNK_ROWS_LOOKED_AT_MAX                                                                   \
    50000 /* so that the position moves on through refused rows too                                \
           */

/* Where the items of an import go, inside the transaction of their chunk: the agent's outbox, or at
 * the hub the merge itself. The caller embeds this as its first member. */
struct import_sink {
    enum err (*put)(struct import_sink *self, enum message_kind kind, struct str body,
                    uint64_t rows);
};

/* Rows one behind the other with which the same is done. */
struct chunk_run {
    size_t first, count;
    bool is_deletion;
    struct str why;
};

struct own_rows;

struct chunk {
    struct arena *arena;
    struct own_rows *own; /* NULL: none are kept */
    const struct dataset *dataset;
    struct columns_chunk columns;
    size_t rows_max;
    size_t text_bytes, looked_at;
    struct problem_list problems;
    VEC(struct chunk_run) runs;
    VEC(struct refused_row) kept;
    VEC(struct record) noted;
};

void chunk_init(struct chunk *c, const struct dataset *d, size_t rows_max);
void chunk_done(struct chunk *c);
/* Copies a row that was refused, or a header, for the report. */
void chunk_keep(struct chunk *c, const struct format_row *row, bool is_header);
/* Copies the record; the chunk must not be full. */
void chunk_add(struct chunk *c, const struct record *r);
/* The same for one whose key is to be deleted, and why. */
void chunk_delete(struct chunk *c, const struct record *r, struct str why);
/* A refused row of a `whole` dataset whose key could be read: it is there. */
void chunk_note_key(struct chunk *c, const struct record *r);
bool chunk_is_full(const struct chunk *c);
/* Commits rows and problems together with the entry as it stands (its `listed` grows), and empties
 * the chunk. */
MUST_USE enum err chunk_commit(struct chunk *c, struct db *db, struct import_sink *sink,
                               struct ledger *l, struct import_entry *entry, int64_t now_ms);

#endif
