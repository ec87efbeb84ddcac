#include "common/os/loop.h"

#include "common/base/check.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct loop {
    struct pollfd descriptors[LOOP_DESCRIPTORS_MAX + 1]; /* the first is the signals' */
    nfds_t count;
    bool is_stopping;
};

enum err loop_new(struct loop **out_loop)
{
    struct loop *l = calloc(1, sizeof *l);
    ASSERT(l != NULL);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    int fd = -1;
    if (sigprocmask(SIG_BLOCK, &stop, NULL) == 0)
        fd = signalfd(-1, &stop, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd < 0) {
        free(l);
        return fail(ERR_IO, "signals: %s", strerror(errno));
    }
    signal(SIGPIPE, SIG_IGN);
    l->descriptors[0] = (struct pollfd){.fd = fd, .events = POLLIN};
    l->count = 1;
    *out_loop = l;
    return OK;
}

void loop_free(struct loop *l)
{
    if (!l)
        return;
    close(l->descriptors[0].fd);
    free(l);
}

static nfds_t find(const struct loop *l, int descriptor)
{
    nfds_t i = 1;
    while (i < l->count && l->descriptors[i].fd != descriptor)
        i++;
    return i;
}

enum err loop_watch(struct loop *l, int descriptor)
{
    if (find(l, descriptor) < l->count)
        return OK;
    if (l->count > LOOP_DESCRIPTORS_MAX)
        return fail(ERR_FULL, "more than %d descriptors", LOOP_DESCRIPTORS_MAX);
    l->descriptors[l->count++] = (struct pollfd){.fd = descriptor, .events = POLLIN};
    return OK;
}

void loop_forget(struct loop *l, int descriptor)
{
    nfds_t i = find(l, descriptor);
    if (i < l->count)
        l->descriptors[i] = l->descriptors[--l->count];
}

enum err loop_wait(struct loop *l, int64_t timeout_ms)
{
    int wait = l->is_stopping       ? 0
               : timeout_ms < 0     ? 0
               : timeout_ms > 60000 ? 60000
                                    : (int)timeout_ms;
    int n = poll(l->descriptors, l->count, wait);
    if (n < 0 && errno != EINTR)
        return fail(ERR_IO, "poll: %s", strerror(errno));
    struct signalfd_siginfo info;
    while (read(l->descriptors[0].fd, &info, sizeof info) == (ssize_t)sizeof info)
        l->is_stopping = true;
    return OK;
}

bool loop_is_stopping(const struct loop *l)
{
    return l->is_stopping;
}
