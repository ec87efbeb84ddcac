/* arena.h — memory of one unit of work (a file, a batch, a request): taken piece by piece, given
 * back all at once.
 *
 * Owns:     everything taken from it.
 * Threads:  one at a time.
 * Fails:    never returns NULL; taking more than the limit aborts (lengths from outside are checked
 * before, house style 4.6). Limits:   the byte limit given to arena_new. Promise:  pieces are
 * zeroed, aligned for any type, and stay until arena_reset or arena_free. */
#ifndef QQ_BASE_ARENA_H
#define QQ_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *a); /* arena_free(NULL) is legal */
void arena_reset(
    struct arena *a); /* forgets all pieces, keeps the first block for the next unit of work */
void *arena_take(struct arena *a, size_t size_bytes);
/* Like arena_take without zeroing, for large buffers that are written whole. */
void *arena_take_raw(struct arena *a, size_t size_bytes);
/* Makes a piece larger, in place when it is the newest; old bytes are kept, new bytes are not
 * zeroed. */
void *arena_grow(struct arena *a, void *piece, size_t old_bytes, size_t new_bytes);
size_t arena_used(const struct arena *a); /* bytes */

#define NEW(arena, type) ((type *)arena_take((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, count) ((type *)arena_take((arena), sizeof(type) * (count)))

#endif
