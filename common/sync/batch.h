/* batch.h — which waiting items leave together in the next envelope.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   BATCH_ITEMS_MAX items, BATCH_ROWS_MAX records, BATCH_BYTES_MAX bytes in plain.
 * Promise:  order is kept, nothing is skipped, and an item over a limit still goes, alone. */
#ifndef QQ_SYNC_BATCH_H
#define QQ_SYNC_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BATCH_ITEMS_MAX 5000
#define BATCH_ROWS_MAX 5000
#define BATCH_BYTES_MAX ((size_t)1024 * 1024)

struct batch {
    size_t items, bytes;
    uint64_t rows;
};

/* Offers the next item in order. False: it must wait for the next batch, and so must all behind it.
 */
bool batch_take(struct batch *b, size_t bytes, uint64_t rows);

#endif
