#include "common/os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum err process_start(const char *program, const char *const *arguments, int64_t *out_pid)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0)
        return fail(ERR_IO, "fork: %s", strerror(errno));
    if (pid == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL); /* the loop's setting is not the child's */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) /* the parent died before the line above */
            _exit(1);
        execv(program, (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    *out_pid = pid;
    return OK;
}

enum err process_has_ended(int64_t pid, bool *out_has_ended, int *out_status)
{
    int status;
    pid_t n = waitpid((pid_t)pid, &status, WNOHANG);
    if (n < 0)
        return fail(ERR_IO, "wait: %s", strerror(errno));
    *out_has_ended = n > 0;
    if (n > 0)
        *out_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return OK;
}

void process_terminate(int64_t pid)
{
    kill((pid_t)pid, SIGTERM);
}

void process_kill(int64_t pid)
{
    kill((pid_t)pid, SIGKILL);
}

enum err process_self(char *out_path, uint64_t size)
{
    ssize_t n = readlink("/proc/self/exe", out_path, (size_t)size - 1);
    if (n < 0)
        return fail(ERR_IO, "path of the program: %s", strerror(errno));
    out_path[n] = '\0';
    return OK;
}

enum err process_lock(const char *path, int *out_descriptor)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(ERR_IO, "open %s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int code = errno;
        close(fd);
        return code == EWOULDBLOCK ? fail(ERR_EXISTS, "%s is held by another process", path)
                                   : fail(ERR_IO, "lock %s: %s", path, strerror(code));
    }
    char pid[32];
    int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || write(fd, pid, (size_t)n) != n) {
        close(fd);
        return fail(ERR_IO, "write %s", path);
    }
    *out_descriptor = fd;
    return OK;
}
