#include "common/os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
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

static struct rlimit at_most(uint64_t n)
{
    return (struct rlimit){(rlim_t)n, (rlim_t)n};
}

/* Sanitizers reserve terabytes of address space: no limit of memory under them. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#endif

#ifndef IS_SANITIZED
/* Bytes of address space this process has. */
static uint64_t own_memory(void)
{
    unsigned long long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f) {
        if (fscanf(f, "%llu", &pages) != 1)
            pages = 0;
        fclose(f);
    }
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

#endif

static _Noreturn void be_guarded(int (*work)(void *context), void *context,
                                 const struct process_limits *limits)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    static const int signals[] = {SIGTERM, SIGINT, SIGSEGV, SIGBUS,
                                  SIGFPE,  SIGILL, SIGABRT, SIGALRM};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        signal(signals[i], SIG_DFL); /* who catches them in the parent shall not in here */
    struct rlimit seconds = at_most((uint64_t)limits->seconds);
    struct rlimit no_core = at_most(0); /* it would hold what the file says */
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_CORE, &no_core);
#ifndef IS_SANITIZED
    struct rlimit memory = at_most(own_memory() + limits->memory_bytes);
    setrlimit(RLIMIT_AS, &memory);
#endif
    _exit(work(context));
}

enum err process_run_guarded(int (*work)(void *context), void *context,
                             const struct process_limits *limits, int *out_status)
{
    pid_t pid = fork();
    if (pid < 0)
        return fail(ERR_IO, "fork: %s", strerror(errno));
    if (pid == 0)
        be_guarded(work, context, limits);
    struct timespec step = {0, 2000000};
    bool has_ended = false;
    for (int64_t waited_ms = 0; !has_ended; waited_ms += 2) {
        if (waited_ms > (int64_t)limits->seconds * 2000) /* sleeping, not working */
            process_kill(pid);
        TRY(process_has_ended(pid, &has_ended, out_status));
        if (!has_ended)
            nanosleep(&step, NULL);
    }
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
