/* suite_plain.h — a suite without secrets for the simulator, which must run thousands of seeds a
 * minute: SHA-256 stands for signatures and tags, and nothing is hidden.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    as suite.h: a flipped bit or a foreign key is refused just the same.
 * Limits:   as suite.h.
 * Promise:  lives under tests; no program of the tree can be made to accept it. */
#ifndef QQ_TESTS_SUITE_PLAIN_H
#define QQ_TESTS_SUITE_PLAIN_H

#include "common/seal/suite.h"

#define SUITE_PLAIN 250

/* keyring_add_suite(k, &suite_plain), keys by suite_generate(&suite_plain, …). */
extern const struct suite_ops suite_plain;

#endif
