/* workbook.h — a workbook packed from parts as hostile as a test wants them.
 *
 * Owns:     nothing; the bytes live in the arena.
 * Threads:  any.
 * Fails:    ends the test.
 * Limits:   memory.
 * Promise:  the archive is sound; what is wrong is inside its parts. */
#ifndef QQ_TESTS_SUPPORT_WORKBOOK_H
#define QQ_TESTS_SUPPORT_WORKBOOK_H

#include "common/base/str.h"

struct arena;

struct workbook_parts {
    struct str sheet, shared, styles; /* shared and styles: left out when empty */
    struct str workbook;              /* empty: one sheet */
};
struct str workbook_pack(struct arena *a, const struct workbook_parts *parts);

#endif
