/* transport_conformance.h — what every driver of common/transport must do, asked of a site's end
 * and the hub's.
 *
 * Owns:     nothing.
 * Threads:  the loop thread.
 * Fails:    as a cmocka assertion.
 * Limits:   waits at most CONFORMANCE_WAIT_MS for anything.
 * Promise:  both ends must be free of faults; they are left open. */
#ifndef QQ_TESTS_TRANSPORT_CONFORMANCE_H
#define QQ_TESTS_TRANSPORT_CONFORMANCE_H

#include "common/transport/transport.h"

#define CONFORMANCE_WAIT_MS 30000

void transport_conformance_check(struct transport *site, struct str site_name,
                                 struct transport *hub);

#endif
