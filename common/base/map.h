/* map.h — text to pointer or number, in an arena.
 *
 * Owns:     nothing; keys are borrowed views and must outlive the map.
 * Threads:  one writer, or many readers.
 * Fails:    never.
 * Limits:   the arena's.
 * Promise:  finding costs the same however many entries there are. */
#ifndef QQ_BASE_MAP_H
#define QQ_BASE_MAP_H

#include "common/base/str.h"

struct arena;

struct map_entry {
    struct str key;
    const void *value;
    bool is_used;
};

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t capacity; /* a power of two */
    size_t count;
};

void map_init(struct map *m, struct arena *a);
/* Adds the key, or replaces its value; returns the value that stood there, NULL when it is new. */
const void *map_put(struct map *m, struct str key, const void *value);
const void *map_get(const struct map *m, struct str key); /* NULL: not there */

#endif
