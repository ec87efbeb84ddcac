/* xlsx_strings.h — the shared strings of a workbook, packed: a workbook of a quarter million rows
 * names three hundred thousand, and an office's old PC holds them all at once.
 *
 * Owns:     nothing; everything stands in the arena given and never moves.
 * Threads:  one.
 * Fails:    never; xlsx_strings_add says false when there is no more room.
 * Limits:   XLSX_SHARED_MAX strings of XLSX_SHARED_BYTES_MAX.
 * Promise:  five bytes a string besides its own, nine for one of 255 bytes and more. */
#ifndef QQ_FORMAT_XLSX_STRINGS_H
#define QQ_FORMAT_XLSX_STRINGS_H

#include "common/base/str.h"
#include "common/base/vec.h"

#define XLSX_SHARED_MAX ((size_t)4 << 20)
#define XLSX_SHARED_BYTES_MAX ((size_t)96 << 20)
#define XLSX_STRINGS_BLOCK ((size_t)4096)

struct xlsx_strings {
    struct arena *arena;
    uint32_t *places[XLSX_SHARED_MAX / XLSX_STRINGS_BLOCK]; /* chunk × 65,536 + where in it */
    VEC(char *) chunks;
    size_t open, left; /* the chunk that the next ones go into, and its bytes that are free */
    size_t count, bytes;
};

bool xlsx_strings_add(struct xlsx_strings *s, struct str text);
/* Empty when there is none of that number. */
struct str xlsx_strings_at(const struct xlsx_strings *s, uint64_t number);

#endif
