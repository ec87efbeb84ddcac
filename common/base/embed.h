/* embed.h — files that live inside a program (pages, migrations): the table that cmake/embed.cmake
 * makes.
 *
 * Owns:     nothing; the bytes are part of the program.
 * Threads:  any.
 * Fails:    embed_find returns NULL.
 * Limits:   none.
 * Promise:  each file's bytes are followed by a NUL, so that text can be passed on as it is. */
#ifndef QQ_BASE_EMBED_H
#define QQ_BASE_EMBED_H

#include "common/base/str.h"

struct embed_file {
    const char *path; /* relative to the root given in CMake; NULL ends the table */
    const char *bytes;
    size_t len;
};

const struct embed_file *embed_find(const struct embed_file *table, struct str path);

#endif
