/* Any bytes behind the head of an old workbook: copied, or refused with a sentence; the library
 * that reads them may die of it, and does so alone. */
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/os/file.h"
#include "common/sheet/xls.h"

#include <fcntl.h>
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <unistd.h>

/* A child that dies is what the guard is for: no finding, and no report of the fuzzer's. */
static void in_child(void)
{
    __sanitizer_set_death_callback(NULL);
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return pthread_atfork(NULL, NULL, in_child);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list problems;
    const char *from = str_copy_z(a, str_format(a, "/tmp/fuzz-xls-%d.xls", (int)getpid()));
    const char *to = str_copy_z(a, str_format(a, "/tmp/fuzz-xls-%d.xlsx", (int)getpid()));
    problem_list_init(&problems, a, 4);
    ASSERT(file_replace(from, str_make(data, size), 0600) == OK);
    enum err e = xls_to_xlsx(from, to, &problems);
    ASSERT(e == OK || e == ERR_MALFORMED);
    ASSERT(problems.items.count == (e == OK ? 0 : 1));
    ASSERT(problems.items.count == 0 || problems.items.at[0].zh.len > 0);
    remove(from);
    remove(to);
    arena_free(a);
    return 0;
}
