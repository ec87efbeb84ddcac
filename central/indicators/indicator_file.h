/* indicator_file.h — a file of open contracting data piece by piece: a line when it has a release
 * or a package a line, else all of it.
 *
 * Owns:     the file and the piece read last.
 * Threads:  one.
 * Fails:    ERR_MISSING no such file; ERR_TOO_LARGE a piece over INDICATOR_PIECE_BYTES_MAX; ERR_IO.
 * Limits:   one piece in memory, whatever the length of the file.
 * Promise:  a piece that is not open contracting data is counted, the first fifty are logged by
 * their lines, never by their content, and the rest goes on. */
#ifndef QQ_INDICATORS_INDICATOR_FILE_H
#define QQ_INDICATORS_INDICATOR_FILE_H

#include "common/ocds/package.h"

#define INDICATOR_PIECE_BYTES_MAX ((size_t)256 << 20)

struct indicator_file;

struct indicator_piece {
    int64_t start, len; /* bytes of the file; len 0: there is none */
    const struct package *package;
    struct arena *arena; /* until the next piece */
};

MUST_USE enum err indicator_file_open(const char *path, struct indicator_file **out);
void indicator_file_close(struct indicator_file *f); /* NULL is legal */
/* The next piece with releases; len 0 behind the last. */
MUST_USE enum err indicator_file_next(struct indicator_file *f, struct indicator_piece *out);
/* A piece that was given before. */
MUST_USE enum err indicator_file_again(struct indicator_file *f, int64_t start, int64_t len,
                                       struct indicator_piece *out);
int64_t indicator_file_refused(const struct indicator_file *f); /* lines and releases */

#endif
