/* thing.h — the number of a thing that is no person (a company, a lot, an account), made of its key
 * alone.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   62 bits of SHA-256: among ten million keys two are taken for one with a chance of one
 * in a hundred thousand.
 * Promise:  always below zero, so that it is no person's; the same on every machine and for ever,
 * so that nothing has to be stored to know it. */
#ifndef QQ_BASE_THING_H
#define QQ_BASE_THING_H

#include "common/base/str.h"

int64_t thing_id(struct str key);

#endif
