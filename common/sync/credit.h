/* credit.h — how much a receiver lets each peer have under way, by how much has come already and
 * whether there is room (protocol.md 2).
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   1 to CREDIT_MOST envelopes; pauses of CREDIT_BUSY_MIN_MS … CREDIT_BUSY_MAX_MS.
 * Promise:  nobody is ever given nothing: one envelope may always come, so that the end of a pause
 * is noticed by itself. */
#ifndef QQ_SYNC_CREDIT_H
#define QQ_SYNC_CREDIT_H

#include <stdbool.h>
#include <stdint.h>

#define CREDIT_MOST 16
#define CREDIT_BUSY_MIN_MS 1000
#define CREDIT_BUSY_MAX_MS 60000

struct credit {
    uint64_t envelopes;
    int64_t busy_ms; /* 0, or how long the peer shall send nothing */
};

/* `load`: of the queue of what has come, in thousandths. `is_full`: no room on the disk. */
struct credit credit_grant(unsigned load, bool is_full);

#endif
