/* file.h — files read with a limit, replaced at once, listed, moved; nothing half-written is ever
 * seen under its final name.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    ERR_MISSING, ERR_TOO_LARGE, ERR_FULL (no disk), ERR_DENIED (permissions), ERR_IO; the
 *           note holds the path and the reason.
 * Limits:   the limits given.
 * Promise:  file_replace survives a power cut: old or new content, never a mixture (tmp + fsync +
 *           rename + fsync of the folder). */
#ifndef QQ_OS_FILE_H
#define QQ_OS_FILE_H

#include "common/base/err.h"
#include "common/base/sha256.h"
#include "common/base/str.h"

struct arena;

struct file_info {
    struct str name; /* without the folder */
    int64_t size_bytes;
    int64_t modified_ns;
    uint64_t inode;
    bool is_folder;
};

MUST_USE enum err file_read(const char *path, size_t limit_bytes, struct arena *a,
                            struct str *out_bytes);
MUST_USE enum err file_replace(const char *path, struct str bytes,
                               unsigned mode); /* mode like 0600 */
MUST_USE enum err file_stat(const char *path, struct file_info *out_info);
MUST_USE enum err file_hash(const char *path, struct hash *out_hash, int64_t *out_size_bytes);
/* Names in byte order, without "." and "..". */
MUST_USE enum err file_list(const char *folder, struct arena *a, struct file_info **out_items,
                            size_t *out_count);
/* Every file below the folder whose name ends with `ending`; names are paths relative to it, in
 * byte order. */
MUST_USE enum err file_list_tree(const char *folder, struct str ending, struct arena *a,
                                 struct str **out_paths, size_t *out_count);
MUST_USE enum err file_move(const char *from, const char *to); /* same file system; replaces */
MUST_USE enum err file_remove(const char *path);
MUST_USE enum err file_make_folder(const char *path,
                                   unsigned mode); /* with its parents; there already is OK */
MUST_USE enum err file_free_bytes(const char *path, int64_t *out_free_bytes,
                                  int64_t *out_total_bytes);

#endif
