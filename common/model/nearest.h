/* nearest.h — "did you mean …?": the offered text with the smallest edit distance, when it is small
 * enough to be meant.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    nearest_best is empty when nothing is near.
 * Limits:   texts over NEAREST_CHARS_MAX characters are never near.
 * Promise:  distance counts characters, not bytes (Wagner and Fischer, 1974). */
#ifndef QQ_MODEL_NEAREST_H
#define QQ_MODEL_NEAREST_H

#include "common/base/str.h"

#define NEAREST_CHARS_MAX 40

struct nearest {
    struct str wanted, best;
    size_t distance;
};

void nearest_init(struct nearest *n, struct str wanted);
void nearest_offer(struct nearest *n, struct str candidate);
struct str nearest_best(const struct nearest *n);
size_t nearest_distance(struct str a, struct str b); /* SIZE_MAX when either is too long */

#endif
