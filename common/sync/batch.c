#include "common/sync/batch.h"

bool batch_take(struct batch *b, size_t bytes, uint64_t rows)
{
    bool fits = b->items < BATCH_ITEMS_MAX && rows <= BATCH_ROWS_MAX &&
                b->rows <= BATCH_ROWS_MAX - rows && bytes <= BATCH_BYTES_MAX &&
                b->bytes <= BATCH_BYTES_MAX - bytes;
    if (!fits && b->items > 0)
        return false;
    b->items++;
    b->bytes += bytes;
    b->rows += rows;
    return true;
}
