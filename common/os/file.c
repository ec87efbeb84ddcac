#include "common/os/file.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum err fail_errno(const char *what, const char *path)
{
    int code = errno;
    enum err e = code == ENOENT || code == ENOTDIR  ? ERR_MISSING
                 : code == EACCES || code == EPERM  ? ERR_DENIED
                 : code == ENOSPC || code == EDQUOT ? ERR_FULL
                 : code == EEXIST                   ? ERR_EXISTS
                                                    : ERR_IO;
    return fail(e, "%s %s: %s", what, path, strerror(code));
}

static enum err read_all(int fd, const char *path, char *bytes, size_t len)
{
    size_t have = 0;
    while (have < len) {
        ssize_t n = read(fd, bytes + have, len - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno("read", path);
        if (n == 0)
            return fail(ERR_IO, "read %s: it became shorter meanwhile", path);
        have += (size_t)n;
    }
    return OK;
}

enum err file_read(const char *path, size_t limit_bytes, struct arena *a, struct str *out_bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno("open", path);
    struct stat st;
    enum err e = OK;
    if (fstat(fd, &st) != 0) {
        e = fail_errno("stat", path);
    } else if (!S_ISREG(st.st_mode)) {
        e = fail(ERR_INVALID, "%s is not a file", path);
    } else if ((uint64_t)st.st_size > limit_bytes) {
        e = fail(ERR_TOO_LARGE, "%s has %lld bytes, at most %zu", path, (long long)st.st_size,
                 limit_bytes);
    } else {
        size_t len = (size_t)st.st_size;
        char *bytes = arena_take_raw(a, len + 1);
        e = read_all(fd, path, bytes, len);
        bytes[len] = '\0';
        if (e == OK)
            *out_bytes = str_make(bytes, len);
    }
    close(fd);
    return e;
}

static enum err sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len >= sizeof folder)
        return fail(ERR_INVALID, "path too long");
    if (slash && len == 0)
        snprintf(folder, sizeof folder, "/");
    else if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)len, path);
    else
        snprintf(folder, sizeof folder, ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno("open", folder);
    enum err e = fsync(fd) == 0 ? OK : fail_errno("fsync", folder);
    close(fd);
    return e;
}

static enum err write_all(int fd, const char *path, struct str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno("write", path);
        bytes = str_skip(bytes, (size_t)n);
    }
    return fsync(fd) == 0 ? OK : fail_errno("fsync", path);
}

enum err file_replace(const char *path, struct str bytes, unsigned mode)
{
    char temporary[PATH_MAX];
    int n = snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return fail(ERR_INVALID, "path too long");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (fd < 0)
        return fail_errno("create", temporary);
    enum err e = fchmod(fd, (mode_t)mode) == 0 ? OK : fail_errno("chmod", temporary);
    if (e == OK)
        e = write_all(fd, temporary, bytes);
    if (close(fd) != 0 && e == OK)
        e = fail_errno("close", temporary);
    if (e == OK && rename(temporary, path) != 0)
        e = fail_errno("rename", path);
    if (e != OK) {
        unlink(temporary);
        return e;
    }
    return sync_folder_of(path);
}

static struct file_info info_of(const struct stat *st, struct str name)
{
    return (struct file_info){.name = name,
                              .size_bytes = st->st_size,
                              .modified_ns =
                                  (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
                              .inode = st->st_ino,
                              .is_folder = S_ISDIR(st->st_mode)};
}

enum err file_stat(const char *path, struct file_info *out_info)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return fail_errno("stat", path);
    const char *slash = strrchr(path, '/');
    *out_info = info_of(&st, str_of(slash ? slash + 1 : path));
    return OK;
}

enum err file_hash(const char *path, struct hash *out_hash, int64_t *out_size_bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno("open", path);
    char bytes[65536];
    struct sha256 s;
    int64_t size = 0;
    ssize_t n;
    sha256_init(&s);
    while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR)) {
        if (n > 0) {
            sha256_add(&s, str_make(bytes, (size_t)n));
            size += n;
        }
    }
    struct hash h = sha256_done(&s);
    enum err e = n < 0 ? fail_errno("read", path) : OK;
    close(fd);
    if (e == OK) {
        *out_hash = h;
        *out_size_bytes = size;
    }
    return e;
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct file_info *)a)->name, ((const struct file_info *)b)->name);
}

enum err file_list(const char *folder, struct arena *a, struct file_info **out_items,
                   size_t *out_count)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return fail_errno("open folder", folder);
    VEC(struct file_info) items = {0};
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        struct stat st;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (fstatat(dirfd(dir), entry->d_name, &st, 0) == 0) /* gone meanwhile: not listed */
            VEC_PUSH(&items, a, info_of(&st, str_copy(a, str_of(entry->d_name))));
    }
    closedir(dir);
    if (items.count)
        qsort(items.at, items.count, sizeof *items.at, by_name);
    *out_items = items.at;
    *out_count = items.count;
    return OK;
}

struct tree {
    struct arena *arena;
    struct str ending;
    VEC(struct str) paths;
};

static enum err walk(struct tree *t, const char *root, struct str below, int depth)
{
    if (depth > 32)
        return fail(ERR_INVALID, "%s is nested too deeply", root);
    struct str folder =
        below.len ? str_format(t->arena, "%s/" STR_FMT, root, STR_ARG(below)) : str_of(root);
    struct file_info *items;
    size_t count;
    TRY(file_list(str_copy_z(t->arena, folder), t->arena, &items, &count));
    for (size_t i = 0; i < count; i++) {
        struct str path = below.len ? str_format(t->arena, STR_FMT "/" STR_FMT, STR_ARG(below),
                                                 STR_ARG(items[i].name))
                                    : items[i].name;
        if (items[i].is_folder)
            TRY(walk(t, root, path, depth + 1));
        else if (str_ends(path, t->ending))
            VEC_PUSH(&t->paths, t->arena, path);
    }
    return OK;
}

static int by_path(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

enum err file_list_tree(const char *folder, struct str ending, struct arena *a,
                        struct str **out_paths, size_t *out_count)
{
    struct tree t = {.arena = a, .ending = ending};
    TRY(walk(&t, folder, STR_NONE, 0));
    if (t.paths.count)
        qsort(t.paths.at, t.paths.count, sizeof *t.paths.at, by_path);
    *out_paths = t.paths.at;
    *out_count = t.paths.count;
    return OK;
}

enum err file_move(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return fail_errno("move", from);
    TRY(sync_folder_of(to));
    return sync_folder_of(from);
}

enum err file_remove(const char *path)
{
    return unlink(path) == 0 ? OK : fail_errno("remove", path);
}

enum err file_make_folder(const char *path, unsigned mode)
{
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof part)
        return fail(ERR_INVALID, "not a usable path");
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        char kept = part[i];
        part[i] = '\0';
        if (mkdir(part, (mode_t)mode) != 0 && errno != EEXIST)
            return fail_errno("make folder", part);
        part[i] = kept;
    }
    struct stat st;
    if (stat(path, &st) != 0)
        return fail_errno("stat", path);
    return S_ISDIR(st.st_mode) ? OK : fail(ERR_EXISTS, "%s is there and is not a folder", path);
}

enum err file_free_bytes(const char *path, int64_t *out_free_bytes, int64_t *out_total_bytes)
{
    struct statvfs v;
    if (statvfs(path, &v) != 0)
        return fail_errno("statvfs", path);
    *out_free_bytes = (int64_t)v.f_bavail * (int64_t)v.f_frsize;
    *out_total_bytes = (int64_t)v.f_blocks * (int64_t)v.f_frsize;
    return OK;
}
