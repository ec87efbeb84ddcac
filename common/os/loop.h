/* loop.h — one thread's wait: descriptors, a deadline, and the signals that stop a program.
 *
 * Owns:     its list of descriptors; SIGINT and SIGTERM of the program (and it ignores SIGPIPE).
 * Threads:  the thread that made it, before other threads start.
 * Fails:    ERR_IO from the kernel; ERR_FULL too many descriptors.
 * Limits:   LOOP_DESCRIPTORS_MAX descriptors.
 * Promise:  a stop signal that came before or during the wait ends it. */
#ifndef QQ_OS_LOOP_H
#define QQ_OS_LOOP_H

#include "common/base/err.h"

#include <stdint.h>

#define LOOP_DESCRIPTORS_MAX 256

struct loop;

MUST_USE enum err loop_new(struct loop **out_loop);
void loop_free(struct loop *l);
MUST_USE enum err loop_watch(struct loop *l, int descriptor); /* readable; twice is once */
void loop_forget(struct loop *l, int descriptor);
MUST_USE enum err loop_wait(
    struct loop *l,
    int64_t timeout_ms); /* returns when something is ready, the time is over, or a stop came */
bool loop_is_stopping(const struct loop *l);

#endif
