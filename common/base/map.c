#include "common/base/map.h"

#include "common/base/arena.h"

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

static struct map_entry *slot(const struct map *m, struct str key)
{
    size_t i = (size_t)str_hash(key) & (m->capacity - 1);
    while (m->entries[i].is_used && !str_equal(m->entries[i].key, key))
        i = (i + 1) & (m->capacity - 1);
    return &m->entries[i];
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->capacity = old.capacity ? old.capacity * 2 : 16;
    m->entries = NEW_ARRAY(m->arena, struct map_entry, m->capacity);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].is_used)
            *slot(m, old.entries[i].key) = old.entries[i];
}

const void *map_put(struct map *m, struct str key, const void *value)
{
    if ((m->count + 1) * 4 > m->capacity * 3)
        grow(m);
    struct map_entry *e = slot(m, key);
    const void *before = e->is_used ? e->value : NULL;
    if (!e->is_used)
        m->count++;
    *e = (struct map_entry){key, value, true};
    return before;
}

const void *map_get(const struct map *m, struct str key)
{
    if (m->count == 0)
        return NULL;
    const struct map_entry *e = slot(m, key);
    return e->is_used ? e->value : NULL;
}
