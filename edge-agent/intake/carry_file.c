#include "edge-agent/intake/carry_file.h"

#include "common/base/arena.h"
#include "common/os/file.h"
#include "edge-agent/intake/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES ((size_t)64 << 10)

static enum err fail_errno(const char *what)
{
    enum err e = errno == ENOENT                      ? ERR_MISSING
                 : errno == EACCES || errno == EPERM  ? ERR_DENIED
                 : errno == ENOSPC || errno == EDQUOT ? ERR_FULL
                                                      : ERR_IO;
    return fail(e, "%s: %s", what, strerror(errno));
}

static enum err copy(int from, int to, char *piece)
{
    for (;;) {
        ssize_t got = read(from, piece, PIECE_BYTES);
        if (got < 0)
            return fail_errno("read the file");
        if (got == 0)
            return fsync(to) == 0 ? OK : fail_errno("write into the drop folder");
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(to, piece + done, (size_t)(got - done));
            if (put < 0)
                return fail_errno("write into the drop folder");
            done += put;
        }
    }
}

static enum err copy_paths(const char *from, const char *to, struct arena *a)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
    enum err e = OK;
    if (in < 0)
        return fail_errno(from);
    out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (out < 0)
        e = fail_errno("write into the drop folder");
    else
        e = copy(in, out, arena_take_raw(a, PIECE_BYTES));
    if (out >= 0)
        close(out);
    close(in);
    return e;
}

enum err carry_file(const char *from, const char *drop_folder, struct arena *a,
                    struct drop_file *out_file)
{
    const char *slash = strrchr(from, '/');
    struct str name = str_of(slash ? slash + 1 : from);
    struct file_info info;
    if (drop_is_unfinished_name(name))
        return fail(ERR_USAGE, "files of such a name are left alone in the drop folder; rename it");
    struct str place = archive_place(a, drop_folder, STR("."), name);
    const char *to = archive_path(a, drop_folder, str_skip(place, 2));
    const char *part = str_copy_z(a, str_format(a, "%s.part", to));
    TRY(copy_paths(from, part, a));
    TRY(file_move(part, to));
    TRY(file_stat(to, &info));
    *out_file = (struct drop_file){.name = str_skip(place, 2),
                                   .path = to,
                                   .size_bytes = info.size_bytes,
                                   .modified_ns = info.modified_ns,
                                   .inode = info.inode};
    return OK;
}
