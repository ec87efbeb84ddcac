/* name.h — when two written names may be one person's (indicators 3.0, "name compatible").
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never.
 * Limits:   names over NAME_CHARS_MAX characters are compared by equality alone.
 * Promise:  equal after normalising is EQUAL; one character apart, or of the same sound, is NEAR,
 * which makes a tier worse; all else is OTHER. */
#ifndef QQ_IDENTITY_NAME_H
#define QQ_IDENTITY_NAME_H

#include "common/base/str.h"

#define NAME_CHARS_MAX 40

struct arena;

enum name_match { NAME_EQUAL, NAME_NEAR, NAME_OTHER };

/* Width folded, spaces and dots between parts unified or dropped, traditional and variant
 * characters to their usual form. */
struct str name_normalise(struct arena *a, struct str name);
enum name_match name_compare(struct str a, struct str b); /* both normalised */

#endif
