#include "edge-agent/intake/opened.h"

#include "common/base/arena.h"
#include "common/os/file.h"
#include "common/sheet/xls.h"
#include "edge-agent/intake/drop.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static enum err read_bytes(struct format_source *s, char *bytes, size_t room, size_t *out_len)
{
    const struct opened *f = (const struct opened *)s;
    ssize_t got;
    do
        got = read(f->descriptor, bytes, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(ERR_IO, "read a dropped file: %s", strerror(errno));
    *out_len = (size_t)got;
    return OK;
}

static enum err read_bytes_at(struct format_source *s, int64_t offset, char *bytes, size_t room,
                              size_t *out_len)
{
    const struct opened *f = (const struct opened *)s;
    ssize_t got;
    do
        got = pread(f->descriptor, bytes, room, (off_t)offset);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(ERR_IO, "read a dropped file: %s", strerror(errno));
    *out_len = (size_t)got;
    return OK;
}

static enum err open_path(const char *path, int *out_descriptor)
{
    *out_descriptor = open(path, O_RDONLY | O_CLOEXEC);
    return *out_descriptor >= 0 ? OK
                                : fail(errno == ENOENT ? ERR_BUSY : ERR_DENIED,
                                       "open a dropped file: %s", strerror(errno));
}

static bool is_xls(const struct opened *o)
{
    char head[XLS_HEAD_BYTES];
    ssize_t got = pread(o->descriptor, head, sizeof head, 0);
    return got > 0 && xls_looks_so(str_make(head, (size_t)got));
}

static enum err open_copy(struct opened *o, const char *copy)
{
    struct file_info info;
    int descriptor;
    TRY(file_stat(copy, &info));
    TRY(open_path(copy, &descriptor));
    close(o->descriptor);
    o->descriptor = descriptor;
    o->source.size = info.size_bytes;
    o->is_xls = true;
    return file_remove(copy);
}

enum err opened_open(struct opened *o, const struct drop_file *file, const char *folder,
                     struct arena *a, struct problem_list *problems)
{
    *o = (struct opened){{read_bytes, read_bytes_at, file->size_bytes}, -1, false};
    TRY(open_path(file->path, &o->descriptor));
    if (!is_xls(o))
        return OK;
    const char *copy = str_copy_z(a, str_format(a, "%s/.xls-copy.xlsx", folder));
    TRY(xls_to_xlsx(file->path, copy, problems));
    return open_copy(o, copy);
}

void opened_close(struct opened *o)
{
    if (o->descriptor >= 0)
        close(o->descriptor);
    o->descriptor = -1;
}
