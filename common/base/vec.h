/* vec.h — a typed growing array inside an arena, one macro for the type and one for a push.
 *
 * Owns:     nothing; the elements are the arena's.
 * Threads:  one at a time.
 * Fails:    as the arena.
 * Limits:   the arena's.
 * Promise:  elements move when the array grows: keep indexes, not pointers, across a push. */
#ifndef QQ_BASE_VEC_H
#define QQ_BASE_VEC_H

#include "common/base/arena.h"

/* struct VEC(type) { type *at; size_t count; … } declared in place: VEC(struct field) fields; */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

#define VEC_PUSH(vec, arena, ...)                                                                  \
    do {                                                                                           \
        if ((vec)->count == (vec)->capacity) {                                                     \
            size_t capacity_ = (vec)->capacity ? (vec)->capacity * 2 : 8;                          \
            (vec)->at = arena_grow((arena), (vec)->at, (vec)->capacity * sizeof *(vec)->at,        \
                                   capacity_ * sizeof *(vec)->at);                                 \
            (vec)->capacity = capacity_;                                                           \
        }                                                                                          \
        (vec)->at[(vec)->count++] = (__VA_ARGS__);                                                 \
    } while (0)

#endif
