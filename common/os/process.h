/* process.h — children of a program, and the lock that keeps a second one off the same folder.
 *
 * Owns:     the children's pids until they are waited for.
 * Threads:  the loop thread.
 * Fails:    ERR_IO from the kernel; ERR_EXISTS the lock is taken by another process.
 * Limits:   none.
 * Promise:  a child dies with its parent (death signal); a lock is gone with its process, however
 * it ends. */
#ifndef QQ_OS_PROCESS_H
#define QQ_OS_PROCESS_H

#include "common/base/err.h"

#include <stdint.h>

/* Runs `program` with arguments ended by NULL (the first is its name). */
MUST_USE enum err process_start(const char *program, const char *const *arguments,
                                int64_t *out_pid);
/* Whether it has ended; then *out_status is its exit status, or 128 + the signal. Never waits. */
MUST_USE enum err process_has_ended(int64_t pid, bool *out_has_ended, int *out_status);
struct process_limits {
    int seconds;           /* of processor time; twice as many of the clock */
    uint64_t memory_bytes; /* of address space beyond what this process has */
};
/* Calls `work` in a child made of this process and waits for it: what comes from outside may make
 * it crash, hang or grow, and nothing here. *out_status as process_has_ended. The child shares
 * nothing that it changes; `work` may allocate and use files, and must touch no connection and no
 * database.
 */
MUST_USE enum err process_run_guarded(int (*work)(void *context), void *context,
                                      const struct process_limits *limits, int *out_status);
void process_terminate(int64_t pid); /* SIGTERM */
void process_kill(int64_t pid);      /* SIGKILL */
/* Path of the running program. */
MUST_USE enum err process_self(char *out_path, uint64_t size);
/* Takes the lock file, making it when it is not there; the descriptor keeps it until the process
 * ends. */
MUST_USE enum err process_lock(const char *path, int *out_descriptor);

#endif
