/* problem.h — a fault in data or in a declaration: where it is, how bad, and what to do, in words
 * for a person.
 *
 * Owns:     nothing; texts are views into the arena of the unit of work.
 * Threads:  one at a time.
 * Fails:    never: a problem is a value, not an error of the operation that found it.
 * Limits:   a list stops growing at its limit and counts on.
 * Promise:  Chinese for the officer, English for the engineer; `value` may hold personal data, so a
 * problem goes into the report beside the file and never into a log. */
#ifndef QQ_BASE_PROBLEM_H
#define QQ_BASE_PROBLEM_H

#include "common/base/str.h"
#include "common/base/vec.h"

enum problem_severity {
    PROBLEM_WARNING, /* the row goes through, the doubt travels with it */
    PROBLEM_ERROR,   /* the row (or the declaration) is refused */
};

struct problem {
    enum problem_severity severity;
    struct str code;   /* "id.checksum": stable, for machines */
    struct str file;   /* where: what applies is filled, the rest is empty or 0 */
    uint32_t line;     /* of a declaration, or row of a file, from 1 */
    uint32_t column;   /* from 1 */
    struct str header; /* name of the column as the file has it */
    struct str value;  /* what stood there, cut to PROBLEM_VALUE_CHARS_MAX characters */
    struct str zh;     /* what is wrong, what was expected and how to mend it */
    struct str en;
};

#define PROBLEM_VALUE_CHARS_MAX 40

struct problem_list {
    struct arena *arena;
    VEC(struct problem) items;
    size_t kept_max;
    size_t errors; /* counted also past kept_max */
    size_t warnings;
};

void problem_list_init(struct problem_list *l, struct arena *a, size_t kept_max);
void problem_add(struct problem_list *l,
                 struct problem p); /* texts are copied into the list's arena */
/* "file:line:column: error: words" for declarations, in English with the Chinese behind it. */
struct str problem_format(struct arena *a, const struct problem *p);

#endif
