#include "common/base/arena.h"

#include "common/base/check.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES_MIN ((size_t)16 * 1024)
#define BLOCK_BYTES_STEP_MAX ((size_t)1024 * 1024)

struct block {
    struct block *next; /* older */
    size_t size;
    size_t used;
    max_align_t bytes[];
};

struct arena {
    struct block *newest;
    size_t limit;
    size_t used; /* bytes handed out */
};

static size_t round_up(size_t n)
{
    return (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

static void add_block(struct arena *a, size_t need)
{
    size_t size = a->newest ? a->newest->size * 2 : BLOCK_BYTES_MIN;
    if (size > BLOCK_BYTES_STEP_MAX)
        size = BLOCK_BYTES_STEP_MAX;
    if (size < need)
        size = need;
    struct block *b = malloc(sizeof *b + size);
    ASSERT(b != NULL);
    b->next = a->newest;
    b->size = size;
    b->used = 0;
    a->newest = b;
}

struct arena *arena_new(size_t limit_bytes)
{
    struct arena *a = calloc(1, sizeof *a);
    ASSERT(a != NULL);
    a->limit = limit_bytes;
    return a;
}

void arena_reset(struct arena *a)
{
    struct block *b = a->newest;
    while (b && b->next) {
        struct block *older = b->next;
        free(b);
        b = older;
    }
    if (b)
        b->used = 0;
    a->newest = b;
    a->used = 0;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    free(a->newest);
    free(a);
}

void *arena_take_raw(struct arena *a, size_t size_bytes)
{
    ASSERT(size_bytes <= a->limit);
    size_t size = round_up(size_bytes ? size_bytes : 1);
    ASSERT(a->used + size <= a->limit);
    if (!a->newest || a->newest->size - a->newest->used < size)
        add_block(a, size);
    char *piece = (char *)a->newest->bytes + a->newest->used;
    a->newest->used += size;
    a->used += size;
    return piece;
}

void *arena_take(struct arena *a, size_t size_bytes)
{
    return memset(arena_take_raw(a, size_bytes), 0, size_bytes);
}

void *arena_grow(struct arena *a, void *piece, size_t old_bytes, size_t new_bytes)
{
    size_t old_size = round_up(old_bytes ? old_bytes : 1);
    size_t new_size = round_up(new_bytes ? new_bytes : 1);
    struct block *b = a->newest;
    if (piece && b && (char *)piece + old_size == (char *)b->bytes + b->used &&
        b->used - old_size + new_size <= b->size) {
        ASSERT(a->used - old_size + new_size <= a->limit);
        b->used = b->used - old_size + new_size;
        a->used = a->used - old_size + new_size;
        return piece;
    }
    void *fresh = arena_take_raw(a, new_bytes);
    if (piece)
        memcpy(fresh, piece, old_bytes < new_bytes ? old_bytes : new_bytes);
    return fresh;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
